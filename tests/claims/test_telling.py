"""Conditions of anonymity, to whom a source spoke, and who relays it."""

import pytest
from marked import read_marked

from claims.conditions import find_disclosures
from claims.hearing import Speech, hear
from claims.vocabulary import Anonymity


def heard(marked: str) -> tuple[Speech, ...]:
    text, relations = read_marked(marked)
    return hear(text, relations)[1]


CONDITIONS = [
    (
        "“<x>No,</x>” <s>an aide</s> <c>said</c>, speaking on condition of anonymity because talks were private.",
        "because talks were private",
    ),
    ("<s>An aide who spoke on the condition of anonymity</s> <c>said</c> <x>it was over</x>.", None),
    (
        "<s>An aide, who asked not to be named to protect his job,</s> <c>said</c> <x>it was over</x>.",
        "to protect his job",
    ),
    (
        "<s>Two officials who were not authorised to speak to the press</s> <c>said</c> <x>it was over</x>.",
        "were not authorised to speak to the press",
    ),
    (
        "<s>A trader who declined to be identified for fear of reprisal</s> <c>said</c> <x>it was over</x>.",
        "for fear of reprisal",
    ),
    ("<s>A lawyer, requesting anonymity,</s> <c>said</c> <x>it was over</x>.", None),
    (
        "<s>A guard</s> <c>said</c> <x>it was over</x>, asking not to be identified because he feared arrest.",
        "because he feared arrest",
    ),
    (
        "<s>A diplomat</s> <c>said</c> <x>it was over</x>. The diplomat spoke on condition of anonymity, "
        "citing protocol.",
        "citing protocol",
    ),
    ("<s>A clerk, speaking on background,</s> <c>said</c> <x>it was over</x>.", None),
    ("<s>An officer who wished to remain anonymous</s> <c>said</c> <x>it was over</x>.", None),
]


@pytest.mark.parametrize(("marked", "reason"), CONDITIONS, ids=[str(number) for number in range(len(CONDITIONS))])
def test_a_condition_and_its_reason(marked: str, reason: str | None) -> None:
    telling = heard(marked)[-1].telling
    assert telling.condition_stated
    assert telling.condition_reason == reason


@pytest.mark.parametrize(
    "marked",
    [
        "<s>A member of Alcoholics Anonymous</s> <c>said</c> <x>it was over</x>.",
        "<s>Helen Moss</s> <c>declined</c> <x>to identify the others</x>.",
        "<s>An aide</s> <c>said</c> <x>anonymous letters had arrived</x>.",
        "<s>The minister</s> <c>said</c> <x>he was authorised to sign</x>.",
        "<s>Helen Moss</s> <c>said</c> <x>she never spoke on condition of anonymity</x>.",
    ],
)
def test_no_condition(marked: str) -> None:
    assert not heard(marked)[-1].telling.condition_stated


def test_a_condition_holds_for_all_that_the_source_says() -> None:
    speeches = heard(
        "<s1>A senior Treasury official</s1> <c1>said</c1> <x1>yes</x1>. “<x2>No,</x2>” <s2>the "
        "official</s2> <c2>said</c2>, "
        "speaking on condition of anonymity. <s3>The ministry</s3> <c3>said</c3> <x3>nothing</x3>."
    )
    assert [speech.telling.condition_stated for speech in speeches] == [True, True, False]


def test_a_disclosure_that_covers_the_others() -> None:
    speeches = heard(
        "<s1>A guard</s1> <c1>said</c1> <x1>yes</x1>. <s2>One nurse, who like others spoke on condition of "
        "anonymity,</s2> "
        "<c2>said</c2> <x2>no</x2>. <s3>Ida Berg</s3> <c3>said</c3> <x3>maybe</x3>."
    )
    assert [speech.telling.condition_stated for speech in speeches] == [True, True, False]


def test_two_unnamed_officials_are_kept_apart() -> None:
    speeches = heard(
        "<s1>A Russian official</s1> <c1>said</c1> <x1>yes</x1>. "
        "<s2>A Ukrainian official, asking not to be named,</s2> <c2>said</c2> <x2>no</x2>."
    )
    assert [speech.telling.condition_stated for speech in speeches] == [False, True]


def test_what_was_told_to_an_outlet_is_inherited() -> None:
    speeches = heard(
        "<s1>A Polish official</s1> <c1>said</c1> <x1>yes</x1>. <s2>The official</s2> <c2>told</c2> Reuters "
        "<x2>it was late</x2>."
    )
    assert [speech.telling.told_to for speech in speeches] == ["Reuters", "Reuters"]


def test_a_relay_is_the_outer_outlet() -> None:
    inner = heard(
        "<x1><s2>A source close to the court</s2> <c2>said</c2> <x2>the judge was ill</x2></x1>, "
        "<c1>reports</c1> <s1>AFP</s1>."
    )[1]
    assert (inner.telling.relayed_by, inner.telling.hops) == ("Agence France-Presse", 1)
    assert inner.level.anonymity == Anonymity.RELATIONAL


def test_an_outlet_that_cites_its_own_source_is_graded_by_that_source() -> None:
    speech = heard(
        "<s>The Washington Post</s> <c>reported</c> <x>that the envoy quit</x>, citing two unnamed sources."
    )[0]
    assert speech.level.anonymity == Anonymity.BARE
    assert speech.telling.relayed_by == "The Washington Post"
    plain = heard("<s>The Washington Post</s> <c>reported</c> <x>that the envoy quit</x>.")[0]
    assert plain.level.anonymity == Anonymity.INSTITUTION


def test_an_official_is_held_to_what_the_own_side_expects() -> None:
    inner = heard(
        "<x1><s2>The Obama administration</s2> <c2>expects</c2> <x2>a vote in May</x2></x1>, "
        "<s1>a senior White House official</s1> <c1>said</c1>."
    )[1]
    assert inner.referent.text == "senior White House official"
    assert "can be held to it" in inner.level.reason
    other = heard(
        "<x1><s2>The Kremlin</s2> <c2>expects</c2> <x2>a vote in May</x2></x1>, <s1>a senior White House "
        "official</s1> <c1>said</c1>."
    )[1]
    assert other.referent.text == "Kremlin"


def test_disclosures_are_found_with_their_place() -> None:
    text = "He spoke on condition of anonymity because it was late, and left."
    (found,) = find_disclosures(text)
    assert text[found.span.start : found.span.end] == "spoke on condition of anonymity because it was late"
    assert found.reason == "because it was late"
