"""Clauses by which a source refuses to be named: conditions, never attributions."""

import pytest

from claims.extraction.by_rule import relations_by_rule as find_relations
from claims.hearing import Speech, hear, printed
from claims.vocabulary import Anonymity


def heard(text: str) -> tuple[Speech, ...]:
    return hear(text, find_relations(text))[1]


@pytest.mark.parametrize(
    ("text", "resolved", "level", "reason"),
    [
        (
            "A senior official of the Fisheries Ministry, who did not wish to be identified, said the ban would go.",
            "senior official of the Fisheries Ministry",
            Anonymity.SPECIFIC,
            None,
        ),
        (
            "A witness, who cannot be named for legal reasons, told the court that the car stood there.",
            "witness",
            Anonymity.SECTOR,
            "for legal reasons",
        ),
        (
            "An executive at the bank, who declined to be named, said the merger was off.",
            "executive at the bank",
            Anonymity.ORGANISATION,
            None,
        ),
        (
            "A nurse at the hospital who would not give her name said the ward was full.",
            "nurse at the hospital",
            Anonymity.ORGANISATION,
            None,
        ),
        (
            "Two people at the ministry said it was over. They asked not to be named because talks are private.",
            "two people at the ministry",
            Anonymity.ORGANISATION,
            "because talks are private",
        ),
    ],
)
def test_a_refusal_to_be_named_is_a_condition(text: str, resolved: str, level: Anonymity, reason: str | None) -> None:
    (speech,) = heard(text)
    assert speech.referent.text == resolved
    assert speech.level.anonymity == level
    assert speech.telling.condition_stated
    assert speech.telling.condition_reason == reason


def test_the_pronoun_of_a_refusal_goes_back_to_a_speaker_of_its_number() -> None:
    text = (
        "Two bankers said the deal was dead. A lawyer for the fund said it was alive. "
        "She asked not to be identified because the file is sealed."
    )
    conditions = {speech.referent.text: speech.telling.condition_stated for speech in heard(text)}
    assert conditions == {"two bankers": False, "lawyer for the fund": True}


def test_a_successor_who_may_not_be_named_yet_is_no_refusal() -> None:
    text = "The club said a new coach may not be named before June."
    (speech,) = heard(text)
    assert printed(text, speech.relation.content) == "a new coach may not be named before June"
    assert not speech.telling.condition_stated
