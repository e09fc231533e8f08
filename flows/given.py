"""Attributions whose spans come with a document: checked, and put into the form in which the reader takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from claims.errors import BadSpans
from claims.extraction.quotations import quotation_of, quoted_spans
from claims.extraction.relations import Relation
from claims.records import Span, Spans


def given_relations(attributions: Iterable[object], text: str, *, all_of_them: bool = True) -> tuple[Relation, ...]:
    """Return the relations that a document carries, in their order; one that lies in the content of another is nested.

    Without `all_of_them`, those that have no content, and so claim nothing, are left out. Raises BadSpans where a
    span is no pair of whole numbers inside `text`.
    """
    quotes = quoted_spans(text)
    relations = []
    for number, attribution in enumerate(attributions, start=1):
        if not isinstance(attribution, Mapping):
            raise BadSpans(f"attribution {number} is no object with source, cue and content")
        content = _spans(attribution.get("content"), text, f"content of attribution {number}")
        relations.append(
            Relation(
                source=_spans(attribution.get("source"), text, f"source of attribution {number}"),
                cue=_spans(attribution.get("cue"), text, f"cue of attribution {number}"),
                content=content,
                quotation=quotation_of(content, quotes),
            )
        )
    return _nested([relation for relation in relations if all_of_them or relation.content])


def _spans(value: object, text: str, what: str) -> Spans:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise BadSpans(f"the {what} is no list of [start, end]")
    found = (_span(pair, text, what) for pair in value)
    # A span from a place to the same place marks no words.
    return tuple(sorted(span for span in found if span.start < span.end))


def _span(pair: object, text: str, what: str) -> Span:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise BadSpans(f"the {what} holds {pair!r}, which is no [start, end]"[:200])
    start, end = (_place(value) for value in pair)
    if start is None or end is None or not 0 <= start <= end <= len(text):
        raise BadSpans(
            f"the {what} has the span {pair!r}, which does not lie inside the {len(text)} characters of text"[:300]
        )
    return Span(start, end)


def _place(value: object) -> int | None:
    """Return a place in a text; tables write whole numbers as 5.0, and True is a number only to Python."""
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) is int else None


def _nested(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    hulls = [_hull((*r.source, *r.cue, *r.content)) for r in relations]
    contents = [_hull(r.content) for r in relations]
    found = []
    for number, relation in enumerate(relations):
        inner = hulls[number]
        holders = [
            (outer.end - outer.start, other)
            for other, outer in enumerate(contents)
            if other != number and inner and outer and _lies_in(inner, outer) and hulls[other] != inner
        ]
        found.append(replace(relation, nested_in=min(holders)[1] if holders else None))
    return tuple(found)


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _hull(spans: Spans) -> Span | None:
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None
