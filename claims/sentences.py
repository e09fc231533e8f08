"""Paragraphs and sentences of a text, as spans."""

import re
from collections.abc import Iterator

from claims.lexicons.load import sections
from claims.records import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Possessive, and only from the start of a run of stops: linear on any text.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++(?:[ \u00a0\u202f](?=[»›]))?[\"'”’»›)\]]*+(?=(\s++)[\"'“‘«‹(\[]*+(\S))")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(?:\w+(?:[’'&-]\w+)*\.)*\w+(?:[’'&-]\w+)*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_WINDOW = 24


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans of the non-blank lines of `text`, trimmed of white space."""
    spans = []
    for line in _LINE.finditer(text):
        chunk = line.group()
        left = len(chunk) - len(chunk.lstrip())
        right = len(chunk.rstrip())
        if left < right:
            spans.append(Span(line.start() + left, line.start() + right))
    return tuple(spans)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`; a sentence never crosses a line break."""
    return tuple(span for paragraph in paragraphs(text) for span in _split(text, paragraph))


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if not _ends_sentence(text, start, stop):
            continue
        yield Span(start, stop.end())
        start = stop.end(1)
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Return whether a full stop (or ?, !, …) ends a sentence, from the word before it and what follows."""
    first = stop.group(2)
    if not (first.isupper() or first.isdigit() or first in "—–-$€£@#"):
        return False
    if stop.group() != ".":
        return True
    before = _LAST_WORD.search(text, max(start, stop.start() - _WINDOW), stop.start())
    if before is None:
        return True
    word = before.group().lower()
    classes = sections("sentence_words.txt")
    if word in classes["titles"]:
        return False
    if word in classes["short_forms"] or _INITIALS.match(before.group()):
        # "the U.S. The" ends a sentence, "the U.S. Senate", "John B. Smith" and "Jan. 3" do not.
        following = _WORD.match(text, stop.start(2))
        return following is not None and following.group().lower() in classes["openers"]
    return True
