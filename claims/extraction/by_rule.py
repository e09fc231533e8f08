"""Attribution relations by rule: what the tagger leaves out, and the baseline that it is measured against."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.datelines import dateline_length
from claims.extraction.headlines import names_in, read_headline, transcript_speaker
from claims.extraction.nesting import ordered
from claims.extraction.quotations import quotation_of, quoted_spans
from claims.extraction.relations import Relation
from claims.extraction.rules import read_sentence
from claims.extraction.sentence import Draft
from claims.extraction.speech import attach_quotations, whole_sentences
from claims.extraction.tokens import Tokens, tokens_of
from claims.layout import Block, Role, blocks
from claims.records import Span, Spans
from claims.vocabulary import Quotation

_MAX_TOKENS = 400
# How often each rule matched an annotated relation (half of source and content, touching cues) in 400 articles of
# PolNeAR's training part, without and with quotation marks. What stands inside a content was not annotated there.
_PRECISION = {
    "aside": (0.7, 0.9),
    "according": (0.6, 0.8),
    "as": (0.4, 0.4),
    "that": (0.75, 0.9),
    "bare": (0.7, 0.75),
    "quote": (0.8, 0.8),
    "colon": (0.5, 0.5),
    "object": (0.45, 0.6),
    "to": (0.55, 0.55),
    "preposition": (0.5, 0.6),
    "passive": (0.6, 0.6),
    "headline": (0.6, 0.8),
    "transcript": (0.8, 0.8),
    "impersonal": (0.25, 0.25),
    "adverb": (0.25, 0.25),
}


def relations_by_rule(text: str, layout: Sequence[Block] | None = None) -> tuple[Relation, ...]:
    """Return the attribution relations of `text`, ordered by cue, spans into `text` as given.

    Furniture and second copies of captions are passed over. `nested_in` is the place of the relation that relays.
    `layout` is what `blocks(text)` gives, where it is known already.
    """
    quotes = quoted_spans(text)
    names: frozenset[str] | None = None
    found: list[Relation] = []
    for block in blocks(text) if layout is None else layout:
        if block.role is Role.FURNITURE:
            continue
        if names is None or block.role is Role.HEADLINE:
            names = names_in(text[block.span.end :])
            headline = _headline(text, block.span, quotes, names)
            if headline is not None:
                found.append(headline)
                continue
        found.extend(_of_paragraph(text, block.span, quotes, len(found)))
    return ordered(_with_kind(attach_quotations(text, found, quotes), quotes))


def _of_paragraph(text: str, paragraph: Span, quotes: Spans, offset: int) -> Iterator[Relation]:
    name = transcript_speaker(text[paragraph.start : paragraph.end])
    if name is not None:
        yield _of_transcript(text, paragraph, name)
        return
    body = Span(paragraph.start + dateline_length(text[paragraph.start : paragraph.end]), paragraph.end)
    for sentence in whole_sentences(text, body, quotes):
        tokens = tokens_of(text, sentence, quotes)
        for start in range(0, len(tokens), _MAX_TOKENS):
            window = tokens[start : start + _MAX_TOKENS]
            drafts = read_sentence(window)
            yield from (_relation(draft, window, offset) for draft in drafts)
            offset += len(drafts)


def _headline(text: str, line: Span, quotes: Spans, names: frozenset[str]) -> Relation | None:
    tokens = tokens_of(text, line, quotes)
    draft = read_headline(tokens, names) if len(tokens) <= _MAX_TOKENS else None
    return None if draft is None else _relation(draft, tokens, 0)


def _of_transcript(text: str, line: Span, name: int) -> Relation:
    colon = line.start + name
    start = colon + len(text[colon : line.end]) - len(text[colon + 1 : line.end].lstrip())
    return Relation(
        source=(Span(line.start, colon),),
        cue=(Span(colon, colon + 1),),
        content=(Span(start, line.end),),
        quotation=Quotation.INDIRECT,
        confidence=_PRECISION["transcript"][0],
    )


def _relation(draft: Draft, tokens: Tokens, offset: int) -> Relation:
    def span(piece: tuple[int, int]) -> Span:
        return Span(tokens[piece[0]].start, tokens[piece[1] - 1].end)

    holds_quote = any(token.kind == "q" for first, last in draft.contents for token in tokens[first:last])
    return Relation(
        source=(span(draft.source),) if draft.source else (),
        cue=(span(draft.cue),),
        content=tuple(sorted(span(piece) for piece in draft.contents)),
        quotation=Quotation.INDIRECT,
        nested_in=None if draft.parent is None else draft.parent + offset,
        confidence=_PRECISION[draft.rule][holds_quote],
    )


def _with_kind(relations: Sequence[Relation], quotes: Spans) -> list[Relation]:
    return [replace(relation, quotation=quotation_of(relation.content, quotes)) for relation in relations]
