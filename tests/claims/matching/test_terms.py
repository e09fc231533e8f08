"""Words as terms: stems, names, contraries, and numbers as intervals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.quantities import Quantity, quantities
from claims.matching.terms import content_terms, contraries, government, kindred, names, stem, tokens, weight


@pytest.mark.parametrize(
    "family",
    [
        "defect defects defected defections defector",
        "resign resigned resignation resigns",
        "evacuate evacuated evacuation",
        "win won winner",
        "kill killed",
        "rise rose risen rising",
        "uphold upheld",
    ],
)
def test_forms_of_one_word_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_content_terms_leave_out_what_carries_nothing() -> None:
    assert content_terms("The union said that its members will walk out on Friday") == (
        "union",
        "memb",
        "strik",
        stem("friday"),
    )
    assert tokens("Maduro's 1,200 men") == ("maduro", "1200", "men")


def test_names_are_told_from_words_that_open_a_sentence() -> None:
    found = names("Strikes are planned. President Nicolas Maduro met the Bank of England's Mark Carney on Monday.")
    assert found == {"nicolas maduro", "bank of england", "mark carney"}
    assert names("Federer will beat Nadal") == {"federer", "nadal"}
    assert names("U.S. Steel and the U.N. agreed") == {"us steel", "un"}


def test_kindred_contrary_and_common_words() -> None:
    assert kindred(stem("deserters")) & kindred(stem("defections"))
    assert kindred(stem("soldiers")) & kindred(stem("military"))
    assert stem("overturn") in contraries()[stem("upheld")]
    assert stem("upheld") in contraries()[stem("overturned")]
    assert weight("peopl") < weight("mutini")
    assert "treasury" in government("washington")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 550 soldiers", 550, math.inf),
        ("at least a dozen people", 12, math.inf),
        ("up to 3,000 troops", -math.inf, 3000),
        ("twenty-five workers", 25, 25),
        ("a deal worth $3.5 billion", 3.5e9, 3.5e9),
        ("two thousand protesters", 2000, 2000),
        ("between 5 and 7 percent", 5, 7),
        ("0.25 percentage points", 0.25, 0.25),
        ("thousands of workers", 2000, math.inf),
        ("ten lakh barrels", 1e6, 1e6),
    ],
)
def test_a_number_is_an_interval(text: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "on March 5, 2019",
        "on 5 May",
        "at 10 a.m.",
        "in 2017 it fell",
        "Boeing 737 jets",
        "the 4th round",
        "a 30-year-old man",
    ],
)
def test_dates_times_and_labels_count_nothing(text: str) -> None:
    assert quantities(text) == ()


def test_more_than_550_is_not_just_over_a_hundred() -> None:
    (many,), (few,) = quantities("more than 550 soldiers crossed"), quantities("just over a hundred had crossed")
    (least,) = quantities("at least 500 troops")
    assert many.excludes(few)
    assert few.excludes(many)
    assert many.implies(least)
    assert not least.implies(many)
    assert not quantities("5 percent")[0].comparable(many)


BOUNDS = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted)


@given(BOUNDS, BOUNDS)
def test_laws_of_intervals(one: list[float], other: list[float]) -> None:
    a = Quantity(low=one[0], high=one[1], unit=frozenset({"seat"}))
    b = Quantity(low=other[0], high=other[1], unit=frozenset({"seat"}))
    assert a.implies(a)
    assert a.excludes(b) == b.excludes(a)
    assert not (a.implies(b) and a.excludes(b))
