"""Quotations: where a text is between quote marks, and which later quotations go on with a quotation."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.relations import Relation
from claims.records import Span, Spans
from claims.sentences import paragraphs, sentences
from claims.vocabulary import Quotation

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’']")
_OPENING = {"“": "”", "„": "”", "‟": "”", "``": "''", "«": "»", "‹": "›"}
_CLOSING = {"”", "»", "›"}
_SPACE_BEFORE = re.compile(r"[\s(\[—–:-]")
_ENDING = (*_CLOSING, '"', "''")


def quoted_spans(text: str) -> Spans:
    """Return the spans of the quotations of `text`, quote marks included, in order and disjoint.

    Quotations inside a quotation are part of it. A quotation ends with its paragraph at the latest, so an unbalanced
    mark cannot swallow an article; one that runs over several paragraphs gives one span a paragraph.
    """
    return tuple(span for paragraph in paragraphs(text) for span in _quoted_in(text, paragraph))


def _quoted_in(text: str, paragraph: Span) -> Iterator[Span]:
    start, kind = -1, ""
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        role = _role(text, mark, paragraph, open_kind=kind)
        if role == "open":
            start, kind = mark.start(), mark.group()
        elif role == "close":
            yield Span(start, mark.end())
            start, kind = -1, ""
    if kind and kind not in ("'", "‘") and paragraph.end - start > 1:
        yield Span(start, paragraph.end)


def _role(text: str, mark: re.Match[str], paragraph: Span, *, open_kind: str) -> str:
    """Tell whether a quote mark opens or closes a quotation, or is to be passed over."""
    kind = mark.group()
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    opens = bool(_SPACE_BEFORE.match(before)) and not after.isspace()
    if kind in ("'", "‘", "’"):
        return _single_role(kind, before, after, opens, open_kind)
    if kind in _OPENING:
        if open_kind in _OPENING and after.isspace():
            return "close"
        return "open"
    if kind in _CLOSING:
        if open_kind and open_kind != "‘":
            return "close"
        return "open" if opens and kind == "”" and not open_kind else ""
    if open_kind in ('"', "''", "``") and (kind == open_kind or open_kind == "``"):
        return "open" if opens and not before == "(" and mark.start() - paragraph.start > 0 and after.isalnum() else "close"
    if open_kind in _OPENING:
        return "" if opens else "close"
    inches = kind == '"' and before.isdigit()
    return "" if inches or after.isspace() else "open"


def _single_role(kind: str, before: str, after: str, opens: bool, open_kind: str) -> str:
    if open_kind not in ("", "'", "‘"):
        return ""
    if kind != "’" and opens and after.isalpha():
        return "open"
    ends = not before.isspace() and not after.isalnum()
    if kind == "'" and open_kind == "'" and ends:
        return "close"
    return "close" if kind == "’" and open_kind == "‘" and ends else ""


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


def whole_sentences(text: str, block: Span, quotes: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of a paragraph, those that meet inside one quotation joined."""
    start: int | None = None
    for span in sentences(text[block.start : block.end]):
        end = block.start + span.end
        start = block.start + span.start if start is None else start
        if any(quote.start < end < quote.end for quote in overlapping(quotes, Span(end - 1, end + 1))):
            continue
        yield Span(start, end)
        start = None
    if start is not None:
        yield Span(start, block.end)


def attach_quotations(text: str, relations: Sequence[Relation], quotes: Sequence[Span]) -> tuple[Relation, ...]:
    """Return `relations` with the quotations that go on with theirs added to their contents, order kept.

    A sentence that is nothing but a quotation belongs to whoever was quoted just before it in the paragraph; a quotation
    left open at the end of a paragraph goes on in the next one if that opens with a quotation.
    """
    extended = list(relations)
    speaker: int | None = None
    order = sorted(range(len(extended)), key=lambda i: extended[i].cue)
    at = 0
    for paragraph in paragraphs(text):
        for span in whole_sentences(text, paragraph, quotes):
            inside: list[int] = []
            while at < len(order) and (not extended[order[at]].cue or extended[order[at]].cue[0].start < span.end):
                inside.append(order[at])
                at += 1
            quoting = [i for i in inside if extended[i].nested_in is None and _quotes_speech(extended[i], quotes, text)]
            within = overlapping(quotes, span)
            if quoting:
                speaker = quoting[-1]
            elif speaker is not None and not inside and within and _is_only(text, span, within):
                relation = extended[speaker]
                extended[speaker] = replace(relation, content=(*relation.content, Span(within[0].start, within[-1].end)))
            else:
                speaker = None
        last = overlapping(quotes, Span(paragraph.end - 1, paragraph.end))
        if not (last and not text[last[-1].start : last[-1].end].endswith(_ENDING)):
            speaker = None
    return tuple(extended)


def _quotes_speech(relation: Relation, quotes: Sequence[Span], text: str) -> bool:
    return any(
        len(text[quote.start : quote.end].split()) > 2 for piece in relation.content for quote in overlapping(quotes, piece)
    )


def _is_only(text: str, span: Span, quotes: Sequence[Span]) -> bool:
    return sum(quote.end - quote.start for quote in quotes) >= (span.end - span.start) - 3
