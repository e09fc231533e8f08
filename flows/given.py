"""Attributions whose spans come with a document: checked, and put into the form in which the reader takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from claims.errors import BadSpans
from claims.extraction.quotations import quotation_of, quoted_spans
from claims.extraction.relations import Relation
from claims.records import Span, Spans


def given_relations(attributions: Iterable[object], text: str) -> tuple[Relation, ...]:
    """Return the relations that a document carries, in their order; one that lies in the content of another is nested.

    Raises BadSpans where a span is no pair of whole numbers inside `text`, or where an attribution says nothing.
    """
    quotes = quoted_spans(text)
    relations = []
    for number, attribution in enumerate(attributions, start=1):
        if not isinstance(attribution, Mapping):
            raise BadSpans(f"attribution {number} is no object with source, cue and content")
        content = _spans(attribution.get("content"), text, f"content of attribution {number}")
        if not content:
            raise BadSpans(f"attribution {number} has no content: leave it out")
        relations.append(
            Relation(
                source=_spans(attribution.get("source"), text, f"source of attribution {number}"),
                cue=_spans(attribution.get("cue"), text, f"cue of attribution {number}"),
                content=content,
                quotation=quotation_of(content, quotes),
            )
        )
    return _nested(relations)


def _spans(value: object, text: str, what: str) -> Spans:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise BadSpans(f"the {what} is no list of [start, end]")
    return tuple(sorted(_span(pair, text, what) for pair in value))


def _span(pair: object, text: str, what: str) -> Span:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise BadSpans(f"the {what} holds {pair!r}, which is no [start, end]"[:200])
    start, end = pair
    # True and 1.0 are numbers to Python, and no places in a text.
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise BadSpans(
            f"the {what} has the span {pair!r}, which does not lie inside the {len(text)} characters of text"
        )
    return Span(start, end)


def _nested(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    hulls = [_hull((*r.source, *r.cue, *r.content)) for r in relations]
    contents = [_hull(r.content) for r in relations]
    found = []
    for number, relation in enumerate(relations):
        inner = hulls[number]
        holders = [
            (outer.end - outer.start, other)
            for other, outer in enumerate(contents)
            if other != number and outer.start <= inner.start and inner.end <= outer.end and hulls[other] != inner
        ]
        found.append(replace(relation, nested_in=min(holders)[1] if holders else None))
    return tuple(found)


def _hull(spans: Spans) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))
