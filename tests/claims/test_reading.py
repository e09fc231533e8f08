"""Kinds, polarity and modality on sentences of our own; what can be tracked, and why."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked

from claims.reader import label_document
from claims.reading import Reading, read_claim
from claims.vocabulary import Anonymity, Kind, Modality, Polarity

KINDS = Path(__file__).parents[1] / "gold" / "kinds.tsv"
ROWS = [line.split("\t") for line in KINDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("labels", "marked"), ROWS, ids=[f"{row[0].split()[0]}-{n}" for n, row in enumerate(ROWS)])
def test_kind_polarity_and_modality(labels: str, marked: str) -> None:
    text, relations = read_marked(marked)
    read = label_document(text, relations=relations)[-1]
    assert f"{read['kind']} {read['polarity']} {read['modality']}" == labels


def test_every_kind_has_its_sentences() -> None:
    counts = Counter(labels.split()[0] for labels, _ in ROWS)
    assert sum(counts.values()) >= 150
    assert all(counts[kind.value] >= 10 for kind in Kind)


def read(cue: str, content: str, **fields: bool) -> Reading:
    return read_claim(cue, content, anonymity=Anonymity.NAMED, **fields)


@pytest.mark.parametrize(
    ("cue", "content", "trackable", "reason"),
    [
        ("said", "that 12 people were hurt", True, "a public event or state that can be checked"),
        ("said", "the law is a disgrace", False, "a judgement: nothing could settle it"),
        ("plans", "to sell the airport", True, "public reporting would show whether it happened"),
        ("predicted", "that things will get better over time", False, "too vague to be settled"),
        ("spoke about", "the harvest", False, "not a claim"),
        ("denied", "that he took money", True, "what is denied can be checked"),
        ("said", "he does not know the answer", False, "a private circumstance"),
        ("said", "the plan would create 300 jobs", True, "both halves could be observed"),
        ("said", "troops could leave as early as June if the talks succeed", True, "both halves could be observed"),
        ("said", "the plan would make life easier", False, "its condition or its outcome could not be observed"),
        ("vows", "to champion the poor", False, "an aim, not an act"),
    ],
)
def test_what_can_be_tracked_and_why(cue: str, content: str, trackable: bool, reason: str) -> None:
    found = read(cue, content)
    assert (found.trackable, found.trackable_reason) == (trackable, reason)


def test_the_side_of_the_speaker_turns_a_prediction_into_an_intention() -> None:
    content = "the ministry will close the pass"
    assert read("said", content).kind == Kind.PREDICTION
    assert read("said", content, own_side=True).kind == Kind.INTENTION


@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from(Anonymity))
def test_any_words_can_be_read(cue: str, content: str, anonymity: Anonymity) -> None:
    found = read_claim(cue, content, anonymity=anonymity)
    assert found.trackable_reason
    if found.kind in (Kind.OPINION, Kind.NONE):
        assert not found.trackable
        assert found.modality == Modality.NONE
    if found.kind == Kind.DENIAL:
        assert found.polarity == Polarity.NEGATIVE
