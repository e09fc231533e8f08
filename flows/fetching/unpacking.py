"""Packed bytes to plain ones, only as far as a cap allows: a small answer may unpack to any size."""

import zlib
from collections.abc import Iterable, Iterator

_ANY = zlib.MAX_WBITS | 32
_BARE = -zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"


class Damaged(Exception):
    """What is packed cannot be unpacked, or ends too early."""


def unpacked(chunks: Iterable[bytes], *, cap: int, bare: bool = False) -> Iterator[bytes]:
    """Yield `chunks` unpacked (gzip, zlib; headless deflate where `bare` allows it), little more than `cap` bytes.

    Raises Damaged where that is impossible.
    """
    unpack = zlib.decompressobj(_ANY)
    given, ended, first = 0, True, True
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                try:
                    part = unpack.decompress(rest, cap + 1 - given)
                except zlib.error:
                    if not (first and bare):
                        raise
                    unpack = zlib.decompressobj(_BARE)
                    part = unpack.decompress(rest, cap + 1 - given)
                first = False
                given += len(part)
                yield part
                if given > cap:
                    return
                # A file may be several packed ones, one after the other; anything else behind the end is padding.
                rest, ended = unpack.unused_data, unpack.eof
                if ended:
                    if not rest.startswith(_GZIP):
                        break
                    unpack = zlib.decompressobj(_ANY)
    except zlib.error as error:
        raise Damaged from error
    if not ended:
        raise Damaged


def gunzipped(payload: bytes, *, cap: int) -> bytes:
    """Return `payload` unpacked where it is gzip, else as it is, cut after `cap` bytes and one; raises Damaged."""
    return b"".join(unpacked([payload], cap=cap))[: cap + 1] if payload.startswith(_GZIP) else payload
