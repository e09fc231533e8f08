"""Reading WARC files, ours and anybody's: records one by one, checked, and nothing of any size in memory at once."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from claims.errors import UnreadableInput

MOST = 10_000_000
_BLOCK = 65_536
# A gzip member as writers of WARC files begin one: deflated, without a name.
_MEMBER = b"\x1f\x8b\x08\x00"
# Where a record begins in a file that is not packed.
_PLAIN, _GAP = b"WARC/1.", b"\r\n\r\n"
_READ = frozenset({"response", "resource", "metadata"})
# The last of them is what the library raises for a head that is cut off.
_WHAT_IS_WRONG = (ArchiveLoadFailed, zlib.error, ValueError, EOFError, KeyError, OSError, AttributeError)


class _CutOff(UnreadableInput):
    """The record ends before its length says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a WARC file with its payload, unpacked."""

    kind: str
    url: str
    date: datetime | None
    status: int | None
    content_type: str
    payload: bytes


def records(path: Path, *, what: str) -> Iterator[Record | UnreadableInput]:
    """Yield the answers, resources and notes in a WARC file, and what is wrong where one cannot be had.

    A record that is damaged, too large, or not what its digest says spoils only itself; a cut-off last record, such as
    a killed run leaves, is passed over. Raises UnreadableInput for what is no WARC file.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if not file.read(10).startswith((_MEMBER, b"WARC/")):
            raise UnreadableInput("it is no WARC file: get it again", what=what)
        offset = 0
        while offset < size:
            item, after = _at(file, offset, what=f"{what}#{offset}")
            if after is None:
                after = _next_after(file, offset)
                if after is None and (isinstance(item, _CutOff) or _is_cut_off(file, offset)):
                    return
            if item is not None:
                yield item
            offset = size if after is None else after


def _at(file: BinaryIO, offset: int, *, what: str) -> tuple[Record | UnreadableInput | None, int | None]:
    """Return the record at `offset`, or what is wrong with it, and where the next one begins: None if that is lost."""
    file.seek(offset)
    found = ArchiveIterator(file, check_digests=True)
    item: Record | UnreadableInput | None = None
    try:
        record = next(found)
        try:
            item = _read(record, what=what) if record.rec_type in _READ else None
        except _CutOff as error:
            return error, None
        except UnreadableInput as error:
            item = error
        found.read_to_end()
        # Not the record's own end: what is not packed has blank lines behind it, at which no record begins.
        after = found.offset
        if found.reader.decompressor and (found.next_line or b"").startswith(_PLAIN):
            shared = "several records share one gzip member: pack the file anew with `warcio recompress`"
            return UnreadableInput(shared, what=what), None
    except StopIteration:
        return None, None
    except _WHAT_IS_WRONG:
        return UnreadableInput("the record is damaged: get its file again", what=what), None
    return item, after if after > offset else None


def _is_cut_off(file: BinaryIO, offset: int) -> bool:
    """Return whether the file ends before the gzipped record at `offset` does."""
    file.seek(offset)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while (block := file.read(_BLOCK)) and not unpack.eof:
            unpack.decompress(block, _BLOCK * 100)
    except zlib.error:
        return False
    return not unpack.eof


def _next_after(file: BinaryIO, offset: int) -> int | None:
    """Return where the next record may begin, None where none does."""
    file.seek(0)
    is_plain = file.read(len(_PLAIN)) == _PLAIN
    sign, ahead = (_GAP + _PLAIN, len(_GAP)) if is_plain else (_MEMBER, 0)
    file.seek(offset + 1)
    place, kept = offset + 1, b""
    while block := file.read(_BLOCK):
        found = (kept + block).find(sign)
        if found != -1:
            return place - len(kept) + found + ahead
        # Always as much as a sign may have begun in, however little a read gives.
        kept = (kept + block)[1 - len(sign) :]
        place += len(block)
    return None


def payload_at(path: Path, offset: int, *, what: str) -> bytes:
    """Return the payload of the record that begins at `offset`; raise UnreadableInput where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(file, check_digests=True):
                return _read(record, what=what).payload
    except FileNotFoundError as error:
        raise UnreadableInput("this record is not in the archive: read its page again", what=what) from error
    except _WHAT_IS_WRONG as error:
        raise UnreadableInput("this record is damaged: read its page again", what=what) from error
    raise UnreadableInput("this record is not in the archive: read its page again", what=what)


def _read(record: ArcWarcRecord, *, what: str) -> Record:
    payload = _capped(record.content_stream())
    if len(payload) > MOST:
        raise UnreadableInput(f"the record has more than {MOST:,} bytes: leave it out", what=what)
    # The digest is known once all of the record was read.
    while record.raw_stream.read(_BLOCK):
        pass
    # A record whose head is cut off has no length that is left to read.
    if getattr(record.raw_stream, "limit", 1) > 0:
        raise _CutOff("the record is cut off: get it again", what=what)
    if record.digest_checker.problems:
        raise UnreadableInput("the record is not what its digest says it was: get it from elsewhere", what=what)
    headers, http = record.rec_headers, record.http_headers
    status = http.get_statuscode() if http else None
    kind = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    return Record(
        kind=record.rec_type,
        url=headers.get_header("WARC-Target-URI") or "",
        date=_moment(headers.get_header("WARC-Date")),
        status=int(status) if status and status.isdigit() else None,
        content_type=kind,
        payload=payload,
    )


def _capped(stream: BinaryIO) -> bytes:
    """Return what `stream` holds, read only until it is clear that it is too much."""
    parts, length = [], 0
    while length <= MOST and (part := stream.read(_BLOCK)):
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def _moment(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((value or "").strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
