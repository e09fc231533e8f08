"""Levels: sentences of our own for each, and the attributes that come with them."""

from collections import Counter
from pathlib import Path

import pytest
from marked import read_marked

from claims.anonymity import Level
from claims.hearing import hear
from claims.vocabulary import Anonymity, Plurality

LEVELS = Path(__file__).parents[1] / "gold" / "levels.tsv"
ROWS = [line.split("\t") for line in LEVELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def level_of(marked: str) -> Level:
    text, relations = read_marked(marked)
    return hear(text, relations)[1][-1].level


@pytest.mark.parametrize(("level", "marked"), ROWS, ids=[f"{level}-{number}" for number, (level, _) in enumerate(ROWS)])
def test_the_level_of_a_source(level: str, marked: str) -> None:
    assert level_of(marked).anonymity == level


def test_every_level_has_its_sentences() -> None:
    counts = Counter(level for level, _ in ROWS)
    assert sum(counts.values()) >= 230
    assert min(counts[level.value] for level in Anonymity) >= 25


@pytest.mark.parametrize(
    ("marked", "plurality"),
    [
        ("<s>Two aides</s> <c>said</c> <x>he was ill</x>.", Plurality.SEVERAL),
        ("<s>An aide</s> <c>said</c> <x>he was ill</x>.", Plurality.ONE),
        ("<s>Officials</s> <c>said</c> <x>the road was shut</x>.", Plurality.SEVERAL),
        ("<s>The ministry</s> <c>said</c> <x>the road was shut</x>.", Plurality.COLLECTIVE),
        ("<s>A ministry spokesman</s> <c>said</c> <x>the road was shut</x>.", Plurality.ONE),
        ("<x>The road was</x> <c>reportedly</c> <x>shut</x>.", Plurality.NONE),
        ("<s>A Gallup poll</s> <c>found</c> <x>that few agree</x>.", Plurality.COLLECTIVE),
        ("<s>Court documents</s> <c>show</c> <x>that he paid</x>.", Plurality.SEVERAL),
        ("<s>One of the three judges</s> <c>said</c> <x>the law was void</x>.", Plurality.ONE),
        ("<s>A majority of voters</s> <c>want</c> <x>change</x>.", Plurality.SEVERAL),
        ("<s>Ana Ruiz and Bo Larsen</s> <c>said</c> <x>they would marry</x>.", Plurality.SEVERAL),
        ("<s>France and Germany</s> <c>said</c> <x>they would send aid</x>.", Plurality.SEVERAL),
    ],
)
def test_how_many_speak(marked: str, plurality: Plurality) -> None:
    assert level_of(marked).plurality == plurality


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        (
            "<s>A senior White House official</s> <c>said</c> <x>talks had begun</x>.",
            "unnamed; organisation 'White House'; senior",
        ),
        (
            "<s>A Pentagon official</s> <c>said</c> <x>it was lost</x>.",
            "unnamed; organisation 'U.S. Department of Defense'; role generic",
        ),
        (
            "<s>A source close to the family</s> <c>said</c> <x>he was ill</x>.",
            "unnamed; described only by closeness or knowledge",
        ),
        ("<s>Sources</s> <c>said</c> <x>he was ill</x>.", "unnamed; nothing usable is said of the source"),
        ("<s>Jana Novak</s> <c>said</c> <x>he was ill</x>.", "named: Jana Novak"),
        ("<c>It is said</c> <x>that he was ill</x>.", "nobody is named or recoverable as the source"),
    ],
)
def test_the_reason_is_in_words(marked: str, reason: str) -> None:
    assert level_of(marked).reason == reason


def test_attributes_of_an_unnamed_source() -> None:
    level = level_of("<s>A former senior State Department official briefed on the talks</s> <c>said</c> <x>no</x>.")
    assert level.organisation == "U.S. Department of State"
    assert (level.seniority, level.standing, level.access) == ("senior", "former", "briefed")
    assert level.role == "official"
    assert level.descriptor == "senior, former, U.S. Department of State official"


@pytest.mark.parametrize(
    ("source", "access"),
    [
        ("a person who attended the meeting", "took part"),
        ("a person who witnessed the attack", "witnessed"),
        ("two people briefed on the plan", "briefed"),
        ("a person familiar with the plan", "familiar"),
        ("a person who was told of the plan", "hearsay"),
        ("an official", None),
    ],
)
def test_access(source: str, access: str | None) -> None:
    assert level_of(f"<s>{source}</s> <c>said</c> <x>it had failed</x>.").access == access


def test_a_descriptor_is_a_class_and_never_a_person() -> None:
    one = level_of("<s>A Western diplomat</s> <c>said</c> <x>the vote was rigged</x>.")
    other = level_of("<s>Another Western diplomat</s> <c>said</c> <x>the vote was fair</x>.")
    assert one.descriptor == other.descriptor == "Western diplomat"
    assert level_of("<s>Karl Weiss</s> <c>said</c> <x>no</x>.").descriptor is None
