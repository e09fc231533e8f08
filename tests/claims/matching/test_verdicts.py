"""The verdict on pairs of claims: who agrees with whom, who claims more, who contradicts, and who only seems to."""

from datetime import timedelta
from typing import Any

import pytest
from builders import START, day
from claim_contexts import NEGATIVE, POSITIVE, context
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.context import ClaimContext
from claims.matching.verdicts import MATCHER, match_claims
from claims.records import Match, key
from claims.vocabulary import Anonymity, Kind, Modality, Verdict

Side = tuple[str, dict[str, Any]]
NOT: dict[str, Any] = {"polarity": NEGATIVE}
FACT: dict[str, Any] = {"kind": Kind.FACT}


def matches(one: ClaimContext, other: ClaimContext) -> list[Match]:
    return list(match_claims([one, other], decided_at=START))


def verdict(one: Side, other: Side) -> Verdict | None:
    found = matches(context("c1", one[0], **one[1]), context("c2", other[0], **other[1]))
    return found[0].verdict if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("the Bank of England will raise interest rates in May", {}),
            ("the Bank of England is going to hike interest rates in May", {}),
        ),
        (
            ("Siemens will acquire Alstom's rail business", {"kind": Kind.INTENTION}),
            ("Siemens would buy the rail business of Alstom", {}),
        ),
        (("Mount Agung will erupt again within days", {}), ("a new eruption of Mount Agung within days", {})),
        (("the Senate would not pass the farm bill", NOT), ("the farm bill will be passed by the Senate", NOT)),
        (
            ("no talks with the rebels of Arauca took place", {"kind": Kind.DENIAL, **NOT}),
            ("talks with the rebels of Arauca took place", {**FACT, **NOT}),
        ),
    ],
)
def test_the_same_in_other_words(one: Side, other: Side) -> None:
    assert verdict(one, other) is Verdict.SAME
    assert verdict(other, one) is Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("the Bank of England will raise interest rates in May", {}),
            ("the Bank of England will cut interest rates in May", {}),
        ),
        (("the Senate will approve the farm bill", {}), ("the Senate will approve the farm bill", NOT)),
        (
            ("the Supreme Court will uphold the ruling against Apple", {}),
            ("the Supreme Court will overturn the ruling against Apple", {}),
        ),
        (("Federer will beat Nadal in the final", {}), ("Nadal will beat Federer in the final", {})),
        (("12 people were killed in the Lima quake", FACT), ("30 people were killed in the Lima quake", FACT)),
        (
            ("mass defections from Maduro's army", {}),
            ("defections from Maduro's army", NOT),
        ),
        (
            ("more than 500 soldiers will defect from Maduro's army", {}),
            ("more than 100 soldiers will defect from Maduro's army", NOT),
        ),
    ],
)
def test_contrary(one: Side, other: Side) -> None:
    assert verdict(one, other) is Verdict.CONTRARY
    assert verdict(other, one) is Verdict.CONTRARY


@pytest.mark.parametrize(
    ("doubt", "expectation"),
    [
        (("mass defections from Maduro's army", NOT), ("some defections from Maduro's army", {})),
        (
            ("more than 500 soldiers will defect from Maduro's army", NOT),
            ("more than 100 soldiers will defect from Maduro's army", {}),
        ),
        (
            ("enough groundwork has been laid to spur a wider mutiny in the ranks of Maduro's army", NOT),
            ("further defections from Maduro's side", {}),
        ),
    ],
)
def test_a_doubt_of_much_and_an_expectation_of_some_may_both_hold(doubt: Side, expectation: Side) -> None:
    assert verdict(doubt, expectation) in {Verdict.DIFFERENT, None}
    assert verdict(expectation, doubt) in {Verdict.DIFFERENT, None}


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        (
            ("Siemens will acquire Alstom's rail business for $3 billion by June", {}),
            ("Siemens will acquire Alstom's rail business", {}),
        ),
        (
            ("more than 500 soldiers will defect from Maduro's army", {}),
            ("more than 100 soldiers will defect from Maduro's army", {}),
        ),
        (("mass defections from Maduro's army", {}), ("defections from Maduro's army", {})),
        (("defections from Maduro's army", NOT), ("mass defections from Maduro's army", NOT)),
        (
            ("the Senate will approve the farm bill", {"horizon_text": "this week", "due_latest": day(7)}),
            ("the Senate will approve the farm bill", {"horizon_text": "this year", "due_latest": day(300)}),
        ),
    ],
)
def test_the_narrower_claim_comes_first_in_the_row(narrow: Side, broad: Side) -> None:
    for names in (("c1", "c2"), ("c2", "c1")):
        one, other = context(names[0], narrow[0], **narrow[1]), context(names[1], broad[0], **broad[1])
        (found,) = matches(one, other)
        assert (found.verdict, found.claim_id, found.other_claim_id) == (Verdict.NARROWER, *names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Siemens will acquire Alstom's rail business", {}), ("Siemens will acquire Gamesa's wind business", {})),
        (("he will resign", {}), ("he will resign", {})),
        (("Trump's words", FACT), ("Trump's comments", FACT)),
        (
            ("Clinton leads Sanders by 46 percent to 44 percent in a poll of Nevada", FACT),
            ("a poll of Democrats has Clinton ahead of Sanders by 61 percent to 30 percent", FACT),
        ),
        (("the union will strike on Friday", {}), ("the party will strike a deal on Friday", {})),
        (("the Senate approved the farm bill", FACT), ("the Senate will approve the farm bill", {})),
        (("Bolton will visit Ankara", {}), ("Bolton will visit Kyiv", {})),
        (
            ("will cut 300 jobs in March", {"kind": Kind.INTENTION, "resolved_source": "Siemens", "anonymity": "A2"}),
            ("will cut 300 jobs in March", {"kind": Kind.INTENTION, "resolved_source": "Nokia", "anonymity": "A2"}),
        ),
    ],
)
def test_like_words_about_different_things_are_not_the_same(one: Side, other: Side) -> None:
    assert verdict(one, other) in {Verdict.DIFFERENT, None}


def test_claims_made_months_apart_never_meet() -> None:
    text = "the Bank of England will raise interest rates"
    one = context("c1", text)
    assert matches(one, context("c2", text, made=day(20)))
    assert not matches(one, context("c2", text, made=day(60)))
    assert not matches(one, context("c2", text, made=None)), "an undated claim meets only those of its own story"


def test_copies_of_one_story_are_the_same_whatever_the_editor_changed() -> None:
    original = context("c1", "further military defections from Maduro's side", article_id="story", story_id="story")
    edited = context(
        "c2",
        "more military defections from Maduro's side",
        story_id="story",
        modality=Modality.POSSIBLE,
        anonymity=Anonymity.SPECIFIC,
    )
    (found,) = matches(original, edited)
    assert found.verdict is Verdict.SAME
    assert found.detail.startswith("copies of one story")
    assert "modality" in found.detail
    assert "level" in found.detail


def test_hundreds_of_reprints_cost_one_row_each_and_crowd_nobody_out() -> None:
    text = "the Bank of England will raise interest rates in May"
    reprints = [context(f"r{i:03}", text, story_id="a-r000") for i in range(200)]
    other = context("other", "the Bank of England is going to hike interest rates in May", made=day(1))
    found = match_claims([*reprints, other], decided_at=START)
    assert len(found) == 200
    assert [m for m in found if "other" in (m.claim_id, m.other_claim_id)]


def test_rows_name_their_pair_and_who_decided() -> None:
    one, other = context("b", "Mount Agung will erupt again"), context("a", "Mount Agung will erupt again")
    (found,) = matches(one, other)
    assert (found.claim_id, found.other_claim_id, found.decided_by) == ("a", "b", MATCHER)
    assert found.match_id == key("match", ["a", "b"], MATCHER, Verdict.SAME)
    assert 0 <= found.score <= 1


TEXTS = [
    "the Bank of England will raise interest rates in May",
    "the Bank of England will cut interest rates in May",
    "Siemens will acquire Alstom's rail business",
    "Siemens will buy the rail business of Alstom by June",
    "more than 500 soldiers will defect from Maduro's army",
    "the Senate will approve the farm bill",
    "Mount Agung will erupt again within days",
]
CONTEXTS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from([POSITIVE, NEGATIVE]), st.integers(0, 40), st.integers(0, 3)),
    min_size=2,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(CONTEXTS, st.integers(0, 8))
def test_arrival_in_parts_finds_what_arrival_at_once_finds(drawn: list[tuple[str, Any, int, int]], cut: int) -> None:
    contexts = [
        context(f"c{i}", text, polarity=polarity, made=START + timedelta(days=days), story_id=f"story{story}-{text}")
        for i, (text, polarity, days, story) in enumerate(drawn)
    ]
    at_once = {m.match_id for m in match_claims(contexts, decided_at=START)}
    assert at_once == {m.match_id for m in match_claims(contexts[::-1], decided_at=START)}
    early, late = contexts[:cut], contexts[cut:]
    parts = [*match_claims(early, decided_at=START), *match_claims(late, early, decided_at=START)]
    assert at_once <= {m.match_id for m in parts}
    assert match_claims([], contexts, decided_at=START) == ()
