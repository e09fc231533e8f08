"""Quotations that run on over paragraphs: “A,” she said. ¶ “B.” says both."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claims.extraction.quotations import overlapping, quotation_of
from claims.extraction.relations import Relation
from claims.records import Span, Spans
from claims.sentences import paragraphs
from claims.vocabulary import Quotation

_FEW_WORDS = 4
_LOOSE = 3  # characters of a paragraph that may stand outside its quotations


def with_running_quotations(text: str, relations: Sequence[Relation], quotes: Spans) -> list[Relation]:
    """Return `relations` with the paragraphs that are nothing but quotation given to who was quoted right before.

    Only where no relation has anything in such a paragraph, and it is quoted with the same mark. Annotators of
    PolNeAR's training part gave it to that speaker in 98 of 114 cases, and to nobody in 6. The order is kept.
    """
    found = list(relations)
    taken = _cover(span for relation in found for spans in (relation.source, relation.content) for span in spans)
    cues = sorted((relation.cue[0].start, index) for index, relation in enumerate(found))
    speaker: int | None = None
    for paragraph in paragraphs(text):
        within = overlapping(quotes, paragraph)
        if not _is_quotation(text, paragraph, within):
            speaker = _last_quoted(text, found, quotes, _in(cues, paragraph))
        elif next(_in(cues, paragraph), None) is not None or overlapping(taken, paragraph):
            speaker = None
        elif speaker is not None:
            relation = found[speaker]
            if text[relation.content[-1].start] == text[within[0].start]:
                rest = Span(within[0].start, within[-1].end)
                found[speaker] = replace(relation, content=(*relation.content, rest))
    return found


def _cover(spans: Iterable[Span]) -> Spans:
    """Return the characters of the spans as disjoint spans in order."""
    covered: list[Span] = []
    for span in sorted(spans):
        if covered and span.start <= covered[-1].end:
            covered[-1] = Span(covered[-1].start, max(covered[-1].end, span.end))
        else:
            covered.append(span)
    return tuple(covered)


def _in(cues: Sequence[tuple[int, int]], paragraph: Span) -> Iterator[int]:
    """Yield the relations whose cue begins in a paragraph, in order."""
    for start, index in cues[bisect_left(cues, (paragraph.start, 0)) :]:
        if start >= paragraph.end:
            return
        yield index


def _is_quotation(text: str, paragraph: Span, within: Sequence[Span]) -> bool:
    quoted = sum(min(quote.end, paragraph.end) - max(quote.start, paragraph.start) for quote in within)
    long = len(text[paragraph.start : paragraph.end].split()) >= _FEW_WORDS
    return bool(within) and long and quoted >= paragraph.end - paragraph.start - _LOOSE


def _last_quoted(text: str, relations: Sequence[Relation], quotes: Spans, inside: Iterator[int]) -> int | None:
    """Return the last of a paragraph's relations if it quotes a named speaker's words and no more."""
    last = None
    for index in inside:
        last = index
    if last is None or not relations[last].source or not text[relations[last].cue[0].start].isalpha():
        return None
    return last if quotation_of(relations[last].content, quotes) is Quotation.DIRECT else None
