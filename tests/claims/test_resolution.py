"""Proposed outcomes: what later passages settle, what they only seem to, and what may never be used."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import article
from claim_contexts import NEGATIVE, context
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.context import ClaimContext
from claims.records import Article, Evidence, Resolution, key
from claims.resolution import PROPOSER, propose
from claims.vocabulary import Anonymity, Kind, Outcome, ResolverKind, Stance

NOW = datetime(2021, 1, 1, tzinfo=UTC)


def on(month: int, day: int) -> datetime:
    return datetime(2019, month, day, 12, tzinfo=UTC)


PUBLISHED = on(5, 10)


def later(name: str, text: str, when: datetime | None, outlet: str = "herald") -> Article:
    return article(name, text, outlet_id=outlet, published_earliest=when, published_latest=when)


def asked(text: str, **fields: Any) -> ClaimContext:
    return context("c", text, **({"made": on(3, 1), "due_latest": on(6, 30)} | fields))


def proposals(
    claim: ClaimContext, *articles: Article, as_of: datetime = NOW, stories: dict[str, str] | None = None
) -> tuple[tuple[Evidence, ...], tuple[Resolution, ...]]:
    return propose([claim], articles, stories=stories or {}, as_of=as_of, recorded_at=NOW)


def outcome(claim: ClaimContext, *texts: str, when: datetime = PUBLISHED) -> Outcome | None:
    articles = [later(f"l{i}", text, when) for i, text in enumerate(texts)]
    found = proposals(claim, *articles)[1]
    assert len(found) <= 1
    return found[0].outcome if found else None


RATE = "the Bank of England will raise interest rates"
RULING = "the Supreme Court will uphold the ruling against Apple"
STRIKE = "teachers in Chicago will go on strike"
SANCTIONS = "the European Union will impose sanctions on Belarus"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (asked(RATE), "The Bank of England raised interest rates on Thursday, its third increase in a year."),
        (
            asked("hundreds of soldiers would cross into Colombia"),
            "More than 320 members of the armed forces have crossed into Colombia since Saturday, officials said.",
        ),
        (
            asked(
                "is preparing a further round of sanctions against the circle around President Nicolas Maduro",
                kind=Kind.INTENTION,
                anonymity=Anonymity.SPECIFIC,
                organisation="White House",
            ),
            "The United States imposed sanctions on Friday on five officials close to President Nicolás Maduro.",
        ),
        (asked(RULING), "The Supreme Court on Monday upheld a lower court's ruling against Apple."),
        (asked(STRIKE), "Teachers in Chicago went on strike on Thursday after talks with the city collapsed."),
        (asked(SANCTIONS), "The European Union on Monday imposed sanctions on 40 officials in Belarus."),
        (
            asked("Hurricane Dorian will make landfall in Florida"),
            "Hurricane Dorian made landfall in Florida on Sunday.",
        ),
        (
            asked("Siemens will acquire Alstom's rail business"),
            "Siemens acquired the rail business of Alstom on Friday.",
        ),
        (
            asked("Ana Ruiz will win the mayoral election in Quito"),
            "Ana Ruiz won the mayoral election in Quito on Sunday.",
        ),
        (asked("Maduro will not resign", polarity=NEGATIVE, due_latest=on(4, 30)), "Maduro did not resign in April."),
        (
            asked("more than 500 soldiers will defect from Maduro's army"),
            "More than 550 soldiers have defected from Maduro's army, Colombia's migration agency said on Thursday.",
        ),
    ],
)
def test_what_was_reported_done_held_up(claim: ClaimContext, passage: str) -> None:
    assert outcome(claim, passage) is Outcome.HELD_UP


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (asked(RULING), "The Supreme Court on Monday overturned the ruling against Apple."),
        (
            asked("Ana Ruiz will win the mayoral election in Quito"),
            "Ana Ruiz lost the mayoral election in Quito on Sunday.",
        ),
        (
            asked("the Senate will approve the farm bill"),
            "The Senate rejected the farm bill on Tuesday by 60 votes to 38.",
        ),
        (asked("Maduro will not resign", polarity=NEGATIVE), "President Nicolas Maduro resigned on Sunday."),
        (asked(RATE, due_latest=on(5, 8)), "The Bank of England did not raise interest rates on Thursday."),
        (
            asked("the Bank of England will raise interest rates by at least 0.5 percentage points"),
            "The Bank of England raised interest rates on Thursday by 0.25 percentage points.",
        ),
    ],
)
def test_only_what_was_said_in_so_many_words_failed(claim: ClaimContext, passage: str) -> None:
    assert outcome(claim, passage) is Outcome.FAILED


NOT_YET = [
    "The Bank of England is expected to raise interest rates on Thursday.",
    "The Bank of England will raise interest rates on Thursday, economists said.",
    "The Bank of England may have to raise interest rates, its governor said.",
    "If the Bank of England raised interest rates, house prices would fall.",
    "The Bank of England has yet to raise interest rates.",
    "The Bank of England did not raise interest rates on Thursday.",
    "Has the Bank of England raised interest rates too late?",
    "The Bank of England, which raised interest rates a year ago, published its report on Thursday.",
    "The Bank of England raised interest rates in 2017.",
    "The Bank of England raised interest rates in January.",
    "The Bank of England raised its forecast for growth on Thursday.",
    "The Bank of Japan raised interest rates on Thursday.",
    "Sweden's central bank raised interest rates on Thursday.",
    "Banks raised mortgage rates on Thursday, though the Bank of England left its own alone.",
    "The Bank of England was said to be planning an increase in interest rates.",
    "The Bank of England opened a museum about interest on Thursday.",
]


@pytest.mark.parametrize("passage", NOT_YET)
def test_what_did_not_happen_before_the_deadline_proposes_nothing(passage: str) -> None:
    assert outcome(asked(RATE), passage) is None


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            asked("he [Paul Reed] would release his tax return on Friday", horizon_text="on Friday"),
            "Paul Reed released a video on Friday about his dog.",
        ),
        (asked("Paul Reed is going to win so much"), "Paul Reed won the chess prize of Tallinn on Friday."),
        (asked("Paul Reed might be winning them in Florida"), "Paul Reed won the primary in Georgia on Tuesday."),
        (
            asked("a new Paul Reed to appear next time", polarity=NEGATIVE),
            "Paul Reed appeared to say that it rains.",
        ),
        (asked("Paul Reed will be the nominee"), "The nominee, Paul Reed, attacked the press on Friday."),
        (asked("to support Reed", kind=Kind.INTENTION), "Unions supported Reed on Friday."),
        (asked("Paul Reed will sign the farm bill"), "“Paul Reed signed the farm bill on Friday,” his rival joked."),
    ],
)
def test_a_passage_about_the_same_person_is_no_evidence_by_itself(claim: ClaimContext, passage: str) -> None:
    assert outcome(claim, passage) is None


def test_a_smaller_number_is_part_of_it_and_settles_nothing_while_it_may_grow() -> None:
    claim = asked("more than 500 soldiers will defect from Maduro's army", due_latest=on(5, 1))
    few = "Just over a hundred soldiers had defected from Maduro's army, Colombia's migration agency said on {}."
    evidence, found = proposals(claim, later("l", few.format("Sunday"), on(4, 10)))
    assert [(item.stance, found) for item in evidence] == [(Stance.PARTLY, ())]
    assert outcome(claim, few.format("Friday"), when=on(5, 4)) in {Outcome.PARTLY, None}


def test_what_came_after_the_deadline_held_up_late() -> None:
    passage = "The Bank of England raised interest rates on Thursday."
    assert outcome(asked(RATE, due_latest=on(5, 1)), passage, when=on(5, 10)) is Outcome.HELD_UP_LATE
    assert outcome(asked(RATE, due_latest=on(4, 1)), passage, when=on(5, 10)) is None, "after the lag nothing is read"


def test_passages_that_disagree_are_left_to_people() -> None:
    texts = [
        "The Supreme Court on Monday upheld the ruling against Apple.",
        "The Supreme Court overturned the ruling against Apple.",
    ]
    assert outcome(asked(RULING), *texts) is None
    claim = asked(RULING)
    evidence, _ = proposals(claim, *(later(f"l{i}", text, on(5, 10)) for i, text in enumerate(texts)))
    assert {item.stance for item in evidence} == {Stance.SUPPORTS, Stance.REFUTES}


def test_unnamed_reports_need_two_outlets_with_stories_of_their_own() -> None:
    claim = asked(
        "villagers will be evacuated from the slopes of the volcano", passage="Mount Agung shook Bali on Friday."
    )
    text = "Villagers were evacuated from the slopes of the volcano Agung in Bali on Thursday."
    one, other = later("l1", text, on(5, 10)), later("l2", "Overnight, " + text, on(5, 10), outlet="post")
    assert proposals(claim, one)[1] == ()
    assert proposals(claim, one, other, stories={"l2": "l1"})[1] == (), "a reprint is no second origin"
    (found,) = proposals(claim, one, other)[1]
    assert found.outcome is Outcome.HELD_UP
    assert len(found.evidence_ids) == 2


@pytest.mark.parametrize(
    ("kind", "polarity_fields", "passage", "expected"),
    [
        (
            Kind.FACT,
            {},
            "The Treasury confirmed on Friday that Evrofinance had closed its office in Moscow.",
            Outcome.HELD_UP,
        ),
        (Kind.FACT, {}, "Evrofinance had closed its office in Moscow, a rival paper wrote on Friday.", None),
    ],
)
def test_a_fact_is_confirmed_not_repeated(
    kind: Kind, polarity_fields: dict[str, Any], passage: str, expected: Outcome | None
) -> None:
    claim = asked("Evrofinance closed its office in Moscow", kind=kind, **polarity_fields)
    assert outcome(claim, passage) is expected


@pytest.mark.parametrize(
    "change",
    [
        {"trackable": False},
        {"kind": Kind.OPINION},
        {"kind": Kind.NONE},
        {"made": None},
        {"kind": Kind.CONDITIONAL},
    ],
)
def test_some_claims_are_never_proposed_on(change: dict[str, Any]) -> None:
    assert outcome(asked(RATE, **change), "The Bank of England raised interest rates on Thursday.") is None


def test_a_passage_is_the_articles_own_words_and_ids_are_stable() -> None:
    text = (
        "Markets fell.\n\nThe Bank of England raised interest rates on Thursday, “at last”, traders said.\n\nGold rose."
    )
    claim = asked(RATE)
    evidence, found = proposals(claim, later("l", text, on(5, 10)))
    (item,), (resolution,) = evidence, found
    assert item.quote == text[item.span.start : item.span.end]
    assert item.event_date == date(2019, 5, 9)
    assert (resolution.resolved_by, resolution.resolved_by_kind) == (PROPOSER, ResolverKind.MACHINE)
    assert resolution.evidence_ids == (item.evidence_id,)
    assert resolution.resolution_id == key("resolution", "c", Outcome.HELD_UP, PROPOSER, (item.evidence_id,))
    assert proposals(claim, later("l", text, on(5, 10))) == (evidence, found)


def test_the_sentence_before_names_who_did_it() -> None:
    text = "Ana Ruiz gave a short speech in Quito on Sunday. She resigned an hour later."
    evidence, found = proposals(asked("Ana Ruiz will resign"), later("l", text, on(5, 12)))
    assert [item.quote for item in evidence] == [text]
    assert [resolution.outcome for resolution in found] == [Outcome.HELD_UP]


def test_an_article_never_confirms_its_own_reprint() -> None:
    done = "The Bank of England raised interest rates on Thursday."
    told = asked(
        RATE, passage="Economists said on Friday that the Bank of England will raise interest rates.", story_id="s"
    )
    reprint = later("copy", f"{told.passage} {done}", on(5, 10))
    assert proposals(told, later("a-c", done, on(5, 10)))[1] == (), "the claim's own article"
    assert proposals(told, later("copy", done, on(5, 10)), stories={"copy": "s"})[1] == (), "a copy of its story"
    assert proposals(told, reprint)[1] == (), (
        "an article that prints the claim's very sentence, whoever missed the copy"
    )
    assert proposals(told, later("other", done, on(5, 10)))[1] != ()


def test_what_was_not_out_yet_is_not_read() -> None:
    done = later("l", "The Bank of England raised interest rates on Thursday.", on(5, 10))
    assert proposals(asked(RATE), done, as_of=on(5, 9)) == ((), ())
    assert proposals(asked(RATE), done, as_of=on(5, 11))[1] != ()
    assert proposals(asked(RATE), replace(done, published_earliest=None, published_latest=None)) == ((), ())
    vague = replace(done, published_earliest=on(2, 1), published_latest=on(5, 30))
    assert proposals(asked(RATE), vague) == ((), ()), "it may have been printed before the claim was made"


PASSAGES = [
    "The Bank of England raised interest rates on Thursday.",
    "The Bank of England cut interest rates on Friday.",
    "The Supreme Court on Monday upheld the ruling against Apple.",
    "The Supreme Court overturned the ruling against Apple.",
    "Ana Ruiz won the mayoral election in Quito on Sunday.",
    "Teachers in Chicago went on strike on Thursday.",
    "The Bank of England is expected to raise interest rates.",
]
ARTICLES = st.lists(
    st.tuples(st.lists(st.sampled_from(PASSAGES), min_size=1, max_size=4), st.integers(-80, 140)), max_size=6
)


def written(drawn: Sequence[tuple[list[str], int]]) -> list[Article]:
    return [
        later(f"l{i}", " ".join(texts), on(3, 1) + timedelta(days=days), outlet=f"paper{i % 3}")
        for i, (texts, days) in enumerate(drawn)
    ]


@settings(max_examples=60, deadline=None)
@given(ARTICLES, st.integers(0, 200))
def test_laws_of_proposals(drawn: list[tuple[list[str], int]], days: int) -> None:
    claims = [replace(asked(text), claim=replace(asked(text).claim, claim_id=text)) for text in (RATE, RULING, STRIKE)]
    articles = written(drawn)
    as_of = on(3, 1) + timedelta(days=days)
    evidence, found = propose(claims, articles, stories={}, as_of=as_of, recorded_at=NOW)
    texts = {a.article_id: a for a in articles}
    for item in evidence:
        source = texts[item.article_id]
        assert item.quote == source.text[item.span.start : item.span.end]
        assert source.published_earliest is not None
        assert on(3, 1) <= source.published_earliest <= as_of
    known = {item.evidence_id: item for item in evidence}
    for resolution in found:
        stances = {known[name].stance for name in resolution.evidence_ids}
        assert len(stances) == 1
        assert Stance.REPEATS not in stances
    after = [a for a in articles if a.published_earliest and on(3, 1) <= a.published_earliest <= as_of]
    assert propose(claims, after, stories={}, as_of=as_of, recorded_at=NOW) == (evidence, found), (
        "nothing earlier matters"
    )
    assert propose(claims[::-1], articles[::-1], stories={}, as_of=as_of, recorded_at=NOW) == (evidence, found)
