"""Text as it may be stored and shown: no control characters, no markup in titles, no hard-wrapped lines."""

import html
import re

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|\x9b[0-?]*[ -/]*[@-~]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HIDING = (
    r"\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_CONTROLS = re.compile(rf"[\x00-\x08\x0e-\x1f{_HIDING}]")
_ANY = re.compile(rf"[\x00-\x08\x0b-\x1f\u2028\u2029\ud800-\udfff{_HIDING}]")
_STEERING = re.compile(rf"[\x00-\x1f\u200c\u200d\u2028\u2029\ud800-\udfff{_HIDING}]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.{0,500}?-->")
_TITLE_LENGTH = 500
_WRAPPED = range(45, 101)


def without_controls(text: str) -> str:
    """Return `text` with plain line ends and without control, escape, bidirectional and zero-width characters."""
    if _ANY.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    return without_surrogates(_CONTROLS.sub("", text))


def harmless(text: str) -> str:
    """Return `text` as one line in which every character that steers, hides or breaks is written as its escape."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def without_surrogates(text: str) -> str:
    """Return `text` of the same length in which lone surrogates, which no file can hold, became U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def one_line(value: str | None) -> str | None:
    """Return a title, byline or credit as one plain line, or None if nothing is left of it."""
    if value is None:
        return None
    plain = _TAG.sub("", html.unescape(_TAG.sub("", value)))
    return " ".join(without_controls(plain).split())[:_TITLE_LENGTH].rstrip() or None


def unwrapped(text: str) -> str:
    """Return `text` with hard-wrapped lines joined into paragraphs, and any other text as it is."""
    if re.search(r"\n[ \t]*\n", text) is None:
        return text
    paragraphs = [part.split("\n") for part in re.split(r"\n(?:[ \t]*\n)+", text)]
    inner = [line.strip() for lines in paragraphs for line in lines[:-1]]
    full = [line for line in inner if len(line) in _WRAPPED and line[-1] not in '.!?:”"']
    if len(inner) < 4 or len(full) < 0.6 * len(inner):
        return text
    return "\n\n".join(" ".join(line.strip() for line in lines) for lines in paragraphs)
