"""What an analyst may write in a correction, and what it is taken for."""

from datetime import UTC, datetime

import pytest
from builders import START, day
from hypothesis import given
from hypothesis import strategies as st

from claims.corrections import Wanted, claimant_of, is_name, read_horizon, word_of
from claims.errors import UnreadableInput
from claims.vocabulary import Anonymity, CorrectedField, Kind, Modality, Polarity

MADE = (START, START)
WORDS = [
    (CorrectedField.LEVEL, Anonymity),
    (CorrectedField.KIND, Kind),
    (CorrectedField.POLARITY, Polarity),
    (CorrectedField.MODALITY, Modality),
]


@pytest.mark.parametrize(("field", "vocabulary"), WORDS)
def test_every_word_of_the_vocabulary_is_read_whatever_its_case(field, vocabulary):
    for word in vocabulary:
        assert word_of(field, f" {word.upper()} ") == word == word_of(field, word.lower())


@pytest.mark.parametrize(("field", "vocabulary"), WORDS)
def test_another_word_is_refused_and_the_allowed_ones_are_named(field, vocabulary):
    with pytest.raises(UnreadableInput) as refusal:
        word_of(field, "nonsense")
    assert all(word in str(refusal.value) for word in vocabulary)


@pytest.mark.parametrize(
    ("words", "due", "text", "latest"),
    [
        ("by the end of March", None, "by the end of March", datetime(2019, 3, 31, 23, 59, 59, tzinfo=UTC)),
        (None, "2019-03-31", "2019-03-31", datetime(2019, 3, 31, 23, 59, 59, tzinfo=UTC)),
        (" in  spring", "2019-03-20/2019-06-20", "in spring", datetime(2019, 6, 20, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_horizon_is_words_or_days_or_both(words, due, text, latest):
    read = read_horizon(words, due, MADE)
    assert (read.text, read.latest) == (text, latest)


def test_an_interval_begins_where_it_says_but_not_before_publication():
    assert read_horizon(None, "2019-03-20/2019-06-20", MADE).earliest == datetime(2019, 3, 20, tzinfo=UTC)
    assert read_horizon(None, "2019-01-01/2019-06-20", MADE).earliest == START
    assert read_horizon(None, "2019-06-20", MADE).earliest == START
    assert read_horizon(None, "2019-06-20", None).earliest is None


@pytest.mark.parametrize(
    ("words", "due", "made", "remedy"),
    [
        ("when pigs fly", None, MADE, "--due"),
        ("by the end of March", None, None, "--due"),
        (" ", None, MADE, "--due"),
        (None, "March", MADE, "2019-03-31"),
        (None, "2019-03-01/2019-03-02/2019-03-03", MADE, "2019-03-31"),
        (None, "2019-04-01/2019-03-01", MADE, "earlier day first"),
        (None, "2018-12-31", MADE, "2019-02-08"),
    ],
)
def test_a_horizon_that_cannot_be_read_is_refused_with_what_to_write(words, due, made, remedy):
    with pytest.raises(UnreadableInput, match=remedy):
        read_horizon(words, due, made)


@given(first=st.integers(-400, 400), length=st.integers(0, 400))
def test_no_horizon_ends_before_publication(first, length):
    days = f"{day(first).date()}/{day(first + length).date()}"
    try:
        read = read_horizon(None, days, MADE)
    except UnreadableInput:
        assert day(first + length).date() < START.date()
    else:
        assert START <= read.earliest <= read.latest


def test_only_who_is_named_is_a_claimant():
    person = claimant_of("Sen. Marco A. Rubio", "A1", recorded_at=START)
    assert (person.name, person.is_person) == ("Marco Rubio", True)
    assert person.claimant_id == claimant_of("MARCO RUBIO", "A1", recorded_at=START).claimant_id
    body = claimant_of("the White House", "A2", recorded_at=START)
    assert (body.name, body.is_person) == ("White House", False)
    assert claimant_of("a senior official", "A3", recorded_at=START) is None
    assert claimant_of(None, "A1", recorded_at=START) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("Marco Rubio", True), ("White House official", False), ("official", False), (None, False)]
)
def test_a_description_is_no_name(text, expected):
    assert is_name(text) is expected


def test_days_alone_correct_the_horizon():
    assert Wanted(due="2019-03-31").fields() == (CorrectedField.HORIZON,)
    assert Wanted(due="2019-03-31", horizon="in March", trackable=False).fields() == (
        CorrectedField.TRACKABLE,
        CorrectedField.HORIZON,
    )
    assert Wanted().fields() == ()
