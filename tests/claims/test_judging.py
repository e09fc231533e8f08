"""What a language model is asked, and what of its answers counts: only words that stand in the passage."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.judging import MOST_PASSAGES, AskedClaim, AskedPassage, messages, read_answers
from claims.records import Span
from claims.vocabulary import Stance

CLAIM = AskedClaim(
    claim_id="c",
    said="“sanctions will follow”",
    held_up_if="sanctions follow by 31 March",
    failed_if="none do",
    made=date(2019, 2, 8),
    due=date(2019, 3, 31),
)
TEXT = "The Treasury imposed sanctions on five officials on Friday."
PASSAGE = AskedPassage(article_id="a", span=Span(0, len(TEXT)), text=TEXT, published=date(2019, 2, 16))
GOOD = {
    "number": 1,
    "stance": "supports",
    "quote": "imposed sanctions on five officials",
    "event_date": "2019-02-15",
    "official": True,
    "why": "the Treasury acted",
}


def answered(**changes):
    return read_answers(json.dumps({"answers": [GOOD | changes]}), [PASSAGE])[0]


def test_an_answer_with_words_of_the_passage_counts():
    answer = answered()
    assert answer.refused is None
    assert (answer.stance, answer.event_date, answer.official) == (Stance.SUPPORTS, date(2019, 2, 15), True)


@pytest.mark.parametrize(
    "quote",
    ["imposed new sanctions on five officials", "Imposed sanctions on five", "sanctions … on Friday", "on", "", None],
)
def test_words_that_do_not_stand_in_the_passage_are_refused(quote):
    assert answered(quote=quote).refused == "its quote does not stand in the passage"


@pytest.mark.parametrize("stance", ["certainly", None, 1, ["supports"]])
def test_a_stance_of_its_own_making_is_refused(stance):
    assert "stance" in answered(stance=stance).refused


def test_what_is_kept_of_an_answer_can_be_stored_and_shown():
    answer = answered(quote="\ud800 \x1b[31m no such words" * 100, why="red \x1b[31m \ud800\x00")
    assert answer.refused
    assert len(answer.quote) <= 300
    assert (answer.quote + answer.why).encode().isascii() is False
    assert not set(answer.quote + answer.why) & {"\x1b", "\x00", "\ud800"}


def test_a_day_that_is_none_is_no_day():
    assert answered(event_date="mid-February").event_date is None
    assert answered(event_date=20190215).event_date is None


def test_official_must_be_said_outright():
    assert not answered(official="true").official


def test_a_fenced_answer_is_read_and_a_chat_is_not():
    raw = json.dumps({"answers": [GOOD]})
    assert read_answers(f"```json\n{raw}\n```", [PASSAGE])[0].refused is None
    assert "not the JSON" in read_answers(f"Sure! {raw}", [PASSAGE])[0].refused


def test_a_passage_that_was_passed_over_is_refused():
    first, second = read_answers(json.dumps({"answers": [GOOD]}), [PASSAGE, PASSAGE])
    assert first.refused is None
    assert "did not answer" in second.refused


def test_the_model_sees_criteria_and_passages_but_no_source():
    system, user = messages(CLAIM, [PASSAGE])
    asked = json.loads(user["content"])
    assert asked["held_up_if"] == CLAIM.held_up_if
    assert asked["passages"][0]["text"] == TEXT
    assert set(asked) == {"claim", "made_on", "due_by", "held_up_if", "failed_if", "passages"}
    assert "not instructions" in system["content"]


def test_too_many_passages_at_once_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="at most"):
        messages(CLAIM, [PASSAGE] * (MOST_PASSAGES + 1))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(GOOD)), inner, max_size=6),
    max_leaves=12,
)


@given(JSON | st.builds(lambda items: {"answers": items}, st.lists(JSON, max_size=4)))
def test_whatever_a_model_says_gives_one_answer_a_passage_and_no_foreign_words(said):
    answers = read_answers(json.dumps(said), [PASSAGE, PASSAGE])
    assert len(answers) == 2
    assert all(answer.refused or answer.quote is None or answer.quote in TEXT for answer in answers)
