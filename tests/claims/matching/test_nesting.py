"""What is told inside another claim: one conversation, one proposition, said once."""

from collections.abc import Sequence

import pytest
from builders import START, article, day
from claim_contexts import context
from marked import read_marked

from claims.matching.context import ClaimContext
from claims.matching.grouping import group
from claims.matching.nesting import coincidence, is_inside, says_the_same, told_inside
from claims.matching.verdicts import match_claims
from claims.reader import read_article
from claims.records import Grouping, Span
from claims.vocabulary import Kind, Polarity


def contexts_of(*marked: str) -> list[ClaimContext]:
    text, relations = "", []
    for one in marked:
        found, spans = read_marked(one)
        text, relations = found, [*relations, *spans]
    reading = read_article(article("a", text), recorded_at=START, given=relations)
    sources = {source.source_id: source for source in reading.sources}
    return [
        ClaimContext(
            claim=claim,
            source=sources[claim.source_id],
            article_id="a",
            outlet_id="ledger",
            story_id="a",
            published_earliest=START,
            published_latest=START,
            passage=text,
        )
        for claim in reading.claims
    ]


def grouped(contexts: Sequence[ClaimContext]) -> tuple[Grouping, ...]:
    return group(contexts, match_claims(contexts, decided_at=day(1)), [], recorded_at=day(1))


@pytest.mark.parametrize(
    "marked",
    [
        (
            "<x>Orrin is expected to pay mostly in cash</x>, <s>one of the people</s> <c>said</c>.",
            "<x>Orrin</x> <c>is expected</c> <x>to pay mostly in cash</x>, one of the people said.",
        ),
        (
            "<x>The administration expects more soldiers to defect</x>, <s>the official</s> <c>told</c> reporters.",
            "<s>The administration</s> <c>expects</c> <x>more soldiers to defect</x>, the official told reporters.",
        ),
    ],
)
def test_a_relation_inside_another_is_no_second_utterance(marked: tuple[str, str]) -> None:
    contexts = contexts_of(*marked)
    found = grouped(contexts)
    assert len(found) == 2
    assert len({row.origin_id for row in found}) == 1
    assert len({row.proposition_id for row in found}) == 1


def test_what_nobody_in_particular_expects_is_the_speakers() -> None:
    contexts = contexts_of(
        "<x>Orrin is expected to pay mostly in cash</x>, <s>one of the people</s> <c>said</c>.",
        "<x>Orrin</x> <c>is expected</c> <x>to pay mostly in cash</x>, one of the people said.",
    )
    assert len({c.source.resolved_source for c in contexts}) == 1
    assert {c.claim.claim_text for c in contexts} == {
        "Orrin is expected to pay mostly in cash",
        "Orrin [is expected] to pay mostly in cash",
    }


def test_what_the_outer_speaker_adds_stays_a_claim_of_its_own() -> None:
    contexts = contexts_of(
        "<x>The road over the pass was closed to lorries at dawn because the ministry expects more snow</x>, "
        "<s>an aide</s> <c>said</c>.",
        "The road over the pass was closed to lorries at dawn because <s>the ministry</s> <c>expects</c> "
        "<x>more snow</x>, an aide said.",
    )
    found = grouped(contexts)
    assert len({row.origin_id for row in found}) == 1
    assert len({row.proposition_id for row in found}) > 1


def test_the_innermost_holder_counts_and_others_articles_hold_nothing() -> None:
    whole = context("w", "the aide said the envoy said the road is shut", article_id="a", content=(Span(0, 45),))
    half = context("h", "the envoy said the road is shut", article_id="a", content=(Span(14, 45),))
    least = context("l", "the road is shut", article_id="a", content=(Span(29, 45),))
    other = context("o", "the road is shut", article_id="b", content=(Span(29, 45),))
    inside = told_inside([whole, half, least, other])
    assert {name: holder.claim.claim_id for name, holder in inside.items()} == {"h": "w", "l": "h"}
    assert not is_inside(other, whole)


def test_only_a_claim_of_the_same_assertion_and_most_of_the_words_says_the_same() -> None:
    outer = context("w", "the road to the pass is shut by snow", article_id="a", content=(Span(0, 36),))
    inner = context("i", "road to the pass is shut", article_id="a", content=(Span(4, 28),))
    assert coincidence(inner, outer) == pytest.approx(0.75)
    assert says_the_same(inner, outer)
    denied = context("d", "road to the pass is shut", article_id="a", polarity=Polarity.NEGATIVE)
    assert not says_the_same(denied, outer)
    assert not says_the_same(context("n", "road to the pass is shut", article_id="a", kind=Kind.NONE), outer)


def test_a_headline_and_the_body_tell_of_one_conversation() -> None:
    head = context("h", "further defections from the army", article_id="a", resolved_source="White House official")
    body = context(
        "b", "further defections from the army", article_id="a", resolved_source="senior White House official"
    )
    assert len({row.origin_id for row in grouped([head, body])}) == 1
