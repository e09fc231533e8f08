"""The extractor: a text to its attribution relations, by a trained tagger, and by rule where nobody is named."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.extraction.by_rule import relations_by_rule
from claims.extraction.nesting import nested, ordered
from claims.extraction.quotations import quotation_of, quoted_spans
from claims.extraction.relations import Relation
from claims.extraction.running import with_running_quotations
from claims.extraction.tagging.tagger import kept_from, tagged_relations
from claims.layout import Block, Role, blocks
from claims.lexicons.load import group
from claims.names import canonical_institution, outlets
from claims.records import Span

EXTRACTOR = "tagger-1"
_DOUBTED = 0.2
_SURE = 0.5


def find_relations(text: str) -> tuple[Relation, ...]:
    """Return the attribution relations of `text`, ordered by cue, spans into `text` as given.

    Furniture and second copies of captions are passed over. `nested_in` is the place of the relation that relays;
    `confidence` is the calibrated probability that source, cue and most of the content are right.
    """
    quotes, layout = quoted_spans(text), blocks(text)
    doubted = [_trimmed(text, relation) for relation in tagged_relations(_without_furniture(text, layout), _DOUBTED)]
    ruled = relations_by_rule(text, layout)
    kept = [relation for relation in doubted if relation.confidence >= kept_from()]
    tagged = with_running_quotations(text, _resumed(_sourced(text, kept, ruled), ruled), quotes)
    # Where the tagger saw a relation and thought little of it, the rule is seldom right either.
    nobodys = _without_source(doubted, ruled)
    relayed = _relayed(text, tagged, ruled)
    found = [*tagged, *nobodys, *(relation for relation in relayed if relation not in nobodys)]
    found = [replace(relation, quotation=quotation_of(relation.content, quotes)) for relation in found]
    return ordered(nested(found))


def _without_furniture(text: str, layout: Sequence[Block]) -> str:
    """Return `text` with its furniture blanked out, every other character in its place."""
    kept = list(text)
    for block in layout:
        if block.role is Role.FURNITURE:
            kept[block.span.start : block.span.end] = "\n" * (block.span.end - block.span.start)
    return "".join(kept)


def _trimmed(text: str, relation: Relation) -> Relation:
    """Return the relation with no comma or space at the ends of source and content, nor "As …" for a piece of it."""
    source = tuple(_trim(text, span) for span in relation.source)
    content = tuple(_trim(text, span) for span in relation.content)
    more = tuple(span for span in content if text[span.start : span.end].casefold() != "as")
    content = more or content
    return replace(relation, source=source, content=content)


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while end - 1 > start and text[end - 1] in ",;: \n":
        end -= 1
    while start + 1 < end and text[start] in ",;: \n":
        start += 1
    return Span(start, end)


def _sourced(text: str, tagged: Sequence[Relation], ruled: Sequence[Relation]) -> list[Relation]:
    """Return the tagged relations, and the rules' where "according to X, C" or "as X noted, C" was not seen, or not X.

    The tagger learnt from whole articles, and often misses these where a text of a sentence or two opens with them.
    """
    framed = {relation.cue[0]: relation for relation in ruled if relation.source and _is_framed(text, relation)}
    blind = [relation for relation in tagged if not relation.source and _rule_at(relation, framed) is not None]
    cues = sorted(span for relation in tagged if relation not in blind for span in relation.cue)
    read = [replace(rule, nested_in=None) for cue, rule in framed.items() if not _meets(cue, cues)]
    return [*(relation for relation in tagged if relation not in blind), *read]


def _is_framed(text: str, relation: Relation) -> bool:
    start = min(relation.cue[0].start, relation.source[0].start)
    return text[start : start + 9].casefold() == "according" or text[max(0, start - 8) : start].casefold().split()[
        -1:
    ] == ["as"]


def _rule_at(relation: Relation, framed: Mapping[Span, Relation]) -> Relation | None:
    return next((rule for cue, rule in framed.items() if _meets(cue, sorted(relation.cue))), None)


def _resumed(tagged: Sequence[Relation], ruled: Sequence[Relation]) -> list[Relation]:
    """Return the tagged relations with what rules see resumed behind the cue ("A rose, she said, and B fell").

    The tagger cuts such contents at the source more often than not.
    """
    cues = sorted((relation.cue[0], index) for index, relation in enumerate(ruled) if len(relation.content) > 1)
    found = []
    for relation in tagged:
        place = bisect_right(cues, (relation.cue[-1], len(ruled)))
        for cue, index in cues[max(0, place - 2) : place + 1]:
            rest = _rest(relation, ruled[index]) if _meets(cue, sorted(relation.cue)) else ()
            if rest:
                relation = replace(relation, content=(*relation.content, *rest))  # noqa: PLW2901 -- one rule a cue
                break
        found.append(relation)
    return found


def _rest(relation: Relation, ruled: Relation) -> tuple[Span, ...]:
    """Return the ruled pieces behind the cue where both have the same pieces before it and the tagger none behind."""
    end = max(span.end for span in (*relation.cue, *relation.source))
    before = [span for span in relation.content if span.end <= end]
    if len(before) != len(relation.content) or not any(_meets(span, before) for span in ruled.content):
        return ()
    return tuple(span for span in ruled.content if span.start >= end)


def _relayed(text: str, tagged: Sequence[Relation], ruled: Sequence[Relation]) -> list[Relation]:
    """Return what rules find inside the contents that an outlet passes on ("A source doubts it, reports Reuters").

    Who passes a claim on is not who made it, and the tagger learnt to see only the one that stands outside.
    """
    passed_on = sorted(span for relation in tagged if _is_outlet(text, relation.source) for span in relation.content)
    cues = sorted(span for relation in tagged for span in relation.cue)
    return [
        replace(relation, nested_in=None)
        for relation in ruled
        if relation.source
        and relation.confidence >= _SURE
        and all(_within(span, passed_on) for span in (*relation.source, *relation.cue, *relation.content))
        and not any(_meets(span, cues) for span in relation.cue)
    ]


def _is_outlet(text: str, source: Sequence[Span]) -> bool:
    if not source:
        return False
    name = canonical_institution(" ".join(text[source[0].start : source[0].end].split())) or "?"
    return name in outlets() or name.split()[-1] in group("institution_words.tsv", "outlet_closing")


def _within(span: Span, holders: Sequence[Span]) -> bool:
    place = bisect_right(holders, (span.start, span.end))
    return any(
        holder.start <= span.start and span.end <= holder.end for holder in holders[max(0, place - 2) : place + 1]
    )


def _without_source(tagged: Sequence[Relation], ruled: Sequence[Relation]) -> list[Relation]:
    """Return what rules attribute to nobody ("many officers are suspected of …") where no tagged cue is.

    The tagger learnt from a corpus that annotates nothing inside a content, and seldom finds these there.
    """
    cues = sorted(span for relation in tagged for span in relation.cue)
    return [
        replace(relation, nested_in=None)
        for relation in ruled
        if not relation.source and not any(_meets(span, cues) for span in relation.cue)
    ]


def _meets(span: Span, others: Sequence[Span]) -> bool:
    place = bisect_right(others, (span.end, 0))
    return any(other.start < span.end and span.start < other.end for other in others[max(0, place - 3) : place])
