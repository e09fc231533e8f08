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


@pytest.mark.parametrize(
    "clause",
    [
        "speaking under strict anonymity",
        "who agreed to speak only if she was not named",
        "who spoke on the basis that they would not be identified",
        "requesting that his name be withheld",
        "who asked us not to print her name",
        "who asked that her name be left out",
        "who asked us to conceal her identity",
        "whose name has been withheld",
        "who may not be named under army rules",
        "who was not permitted to brief journalists",
        "who lacked permission to speak publicly",
        "speaking on background",
        "who did not want his name in print",
        "who declined to provide his last name",
        "who requested that neither name nor unit be disclosed",
        "who was granted anonymity to speak freely",
    ],
)
def test_a_refusal_in_any_wording(clause: str) -> None:
    speeches = heard(f"An officer at the depot, {clause}, said the gate was open.")
    assert any(speech.telling.condition_stated for speech in speeches if speech.referent.text == "officer at the depot")


@pytest.mark.parametrize(
    "text",
    [
        "An officer at the depot said the prisoner was not allowed to speak to his wife.",
        "An officer at the depot said the donor had asked for a receipt in his name.",
        "An officer at the depot said the ships had yet to be named.",
        "An officer at the depot said that Alcoholics Anonymous met there.",
    ],
)
def test_what_is_no_refusal(text: str) -> None:
    assert not any(speech.telling.condition_stated for speech in heard(text))


def test_one_of_a_group_shares_its_condition_and_others_do_not() -> None:
    text = (
        "Engineers on the bridge, who did not want to be named, said bolts were missing. "
        "One engineer said nobody was told. Farmers said the road was shut."
    )
    stated = {speech.referent.text: speech.telling.condition_stated for speech in heard(text)}
    assert stated == {"engineers on the bridge": True, "engineer on the bridge": True, "farmers": False}
