"""The rule-based extractor: a text to its attribution relations."""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.quotations import attach_quotations, quotation_of, quoted_spans, whole_sentences
from claims.extraction.relations import Relation
from claims.extraction.rules import Draft, read_sentence
from claims.extraction.tokens import MAX_TOKENS, Tokens, tokens_of
from claims.layout import Role, blocks
from claims.records import Span

EXTRACTOR = "rules-1"


def find_relations(text: str) -> tuple[Relation, ...]:
    """Return the attribution relations of `text`, ordered by cue, spans into `text` as given."""
    quotes = quoted_spans(text)
    found: list[Relation] = []
    for block in blocks(text):
        if block.role is Role.FURNITURE:
            continue
        for span in whole_sentences(text, block.span, quotes):
            tokens = tokens_of(text, span, quotes)[:MAX_TOKENS]
            offset = len(found)
            found.extend(_relation(draft, tokens, quotes, offset) for draft in read_sentence(tokens))
    return ordered(attach_quotations(text, found, quotes))


def _relation(draft: Draft, tokens: Tokens, quotes: Sequence[Span], offset: int) -> Relation:
    def span(piece: tuple[int, int]) -> Span:
        return Span(tokens[piece[0]].start, tokens[piece[1] - 1].end)

    content = tuple(sorted(span(piece) for piece in draft.contents))
    return Relation(
        source=(span(draft.source),) if draft.source else (),
        cue=(span(draft.cue),),
        content=content,
        quotation=quotation_of(content, quotes),
        nested_in=None if draft.parent is None else draft.parent + offset,
        confidence=0.8,
    )


def ordered(relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """Return the relations in the order of their cues, `nested_in` renumbered."""
    order = sorted(range(len(relations)), key=lambda i: (relations[i].cue, i))
    place: dict[int | None, int | None] = {None: None} | {old: new for new, old in enumerate(order)}
    return tuple(replace(relations[i], nested_in=place[relations[i].nested_in]) for i in order)
