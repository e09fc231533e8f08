"""Bytes to text, without guessing where guessing would hide damage."""

import codecs
import re

from claims.errors import UnreadableText

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_BOMS_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"OggS", b"RIFF",
)  # fmt: skip
_LEGACY_LETTERS = re.compile(r"[^\W\d_]|[‘’“”–—…€£°©®™•·«»§\u00a0¡¿½¼¾]")


def declared_charset(payload: bytes) -> str | None:
    """Return the text encoding that markup names in its first lines, if Python knows it as one."""
    found = _CHARSET.search(payload[:2_048])
    return known_charset(found[1].decode("ascii")) if found else None


def known_charset(name: str | None) -> str | None:
    """Return Python's name of a character encoding, or None if it is none."""
    try:
        # "rot13" and "zip" are codecs too, but no character sets.
        return codecs.lookup(name).name if name and "".encode(name) == b"" else None
    except (LookupError, TypeError, ValueError):
        return None


def _legacy(payload: bytes) -> str | None:
    """Return `payload` read as Windows-1252 where it is clearly Western text, else None."""
    try:
        text = payload.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [character for character in text if ord(character) > 127]
    fitting = sum(_LEGACY_LETTERS.fullmatch(character) is not None for character in high)
    plain = sum(character.isascii() and (character.isalpha() or character.isspace()) for character in text)
    clear = len(high) <= 0.15 * len(text) and fitting >= 0.95 * len(high) and plain >= 0.6 * len(text)
    return text if clear else None


def decoded(payload: bytes, *, what: str, charset: str | None = None) -> str:
    """Return `payload` as text: by its byte-order mark, by `charset`, as UTF-8, or as clearly Western legacy text.

    Raises UnreadableText for what is empty, binary, or UTF-8 that is cut off or damaged.
    """
    if not payload.strip():
        raise UnreadableText("it is empty: give the article's text", what=what)
    for mark, name in (*_BOMS, *_BOMS_16):
        if payload.startswith(mark):
            return _strictly(payload, name, what)
    sample = payload[:100_000]
    if payload.startswith(_MAGIC) or b"\0" in payload or len(_BINARY.findall(sample)) > 0.005 * len(sample):
        raise UnreadableText("it is binary, not text: save the article as text, HTML or JSON", what=what)
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data"
    if charset and codecs.lookup(charset).name != "utf-8":
        return _strictly(payload, charset, what)
    if not cut_off and charset is None and not _MULTIBYTE.search(payload) and (text := _legacy(payload)) is not None:
        return text
    trouble = "its UTF-8 is cut off in the middle of a letter" if cut_off else "it is neither UTF-8 nor Western text"
    raise UnreadableText(f"{trouble}: get the whole file again, or save it as UTF-8", what=what)


def _strictly(payload: bytes, charset: str, what: str) -> str:
    try:
        return payload.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableText(f"it is not the {charset} that it says it is: save it as UTF-8", what=what) from error
