"""Quotations: where a text is between quote marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from claims.records import Span, Spans
from claims.sentences import paragraphs
from claims.vocabulary import Quotation

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’']")
_OPENING = {"“": "”", "„": "”", "‟": "”", "``": "''", "«": "»", "‹": "›"}
_CLOSING = ("”", "»", "›")
_STRAIGHT = ('"', "''")
_SINGLE = ("'", "‘", "’")
_SPACE_BEFORE = re.compile(r"[\s(\[—–:-]")
CLOSING_MARKS = (*_CLOSING, *_STRAIGHT)


def quoted_spans(text: str) -> Spans:
    """Return the spans of the quotations of `text`, quote marks included, in order and disjoint.

    Quotations inside a quotation are part of it. A quotation ends with its paragraph at the latest, so an unbalanced
    mark cannot swallow an article; one that runs over several paragraphs gives one span a paragraph.
    """
    return tuple(span for paragraph in paragraphs(text) for span in _quoted_in(text, paragraph))


def _quoted_in(text: str, paragraph: Span) -> Iterator[Span]:
    start, opened = -1, ""
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
        after = text[mark.end()] if mark.end() < paragraph.end else " "
        role = _role(mark.group(), before, after, opened)
        if role == "open":
            start, opened = mark.start(), mark.group()
        elif role == "close":
            yield Span(start, mark.end())
            start, opened = -1, ""
    if opened and opened not in _SINGLE and paragraph.end - start > 1:
        yield Span(start, paragraph.end)


def _role(kind: str, before: str, after: str, opened: str) -> str:
    """Tell whether a quote mark opens or closes a quotation, or is neither, given the mark that is open.

    A mark that looks like an opening while another is open starts anew: the earlier one was never closed.
    """
    looks_opening = _looks_opening(before, after)
    if kind in _SINGLE:
        return _single_role(kind, looks_opening=looks_opening, ends=_may_end(before, after), opened=opened)
    if kind in _OPENING or kind in _CLOSING:
        return _directed_role(kind, looks_opening=looks_opening, before_space=after.isspace(), opened=opened)
    return _straight_role(kind, before, after, opened=opened)


def _directed_role(kind: str, *, looks_opening: bool, before_space: bool, opened: str) -> str:
    if kind in _OPENING:
        return "close" if opened in _OPENING and before_space else "open"
    if opened not in ("", "‘"):
        return "close"
    return "open" if looks_opening and not opened else ""


def _straight_role(kind: str, before: str, after: str, *, opened: str) -> str:
    looks_opening = _looks_opening(before, after)
    if opened in (*_STRAIGHT, "``"):
        return "open" if looks_opening and before != "(" and after.isalnum() else "close"
    if opened in _OPENING:
        return "" if looks_opening else "close"
    inches = kind == '"' and before.isdigit()
    return "" if inches or after.isspace() else "open"


def _looks_opening(before: str, after: str) -> bool:
    return bool(_SPACE_BEFORE.match(before)) and not after.isspace()


def _may_end(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _single_role(kind: str, *, looks_opening: bool, ends: bool, opened: str) -> str:
    """Tell a single quote mark from an apostrophe; inside double marks it is never more than that."""
    if opened and opened not in _SINGLE:
        return ""
    if kind != "’" and looks_opening:
        return "open"
    closes = (kind, opened) in (("'", "'"), ("’", "‘"))
    return "close" if closes and ends else ""


def quotation_of(content: Spans, quotes: Sequence[Span]) -> Quotation:
    """Return how `content` is quoted: direct if quote marks enclose all of it, mixed if part, else indirect."""
    quoted = total = 0
    for piece in content:
        total += piece.end - piece.start
        for quote in overlapping(quotes, piece):
            quoted += min(quote.end, piece.end) - max(quote.start, piece.start)
    if not quoted:
        return Quotation.INDIRECT
    return Quotation.DIRECT if quoted >= 0.9 * total else Quotation.MIXED


def overlapping(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    """Return the quotations that share a character with `span`."""
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    last = bisect_left(quotes, span.end, lo=first, key=lambda quote: quote.start)
    return quotes[first:last]
