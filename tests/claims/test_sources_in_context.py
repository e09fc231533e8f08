"""Short passages: the relations found in them, and who their sources turn out to be."""

import pytest

from claims.extraction.extractor import find_relations
from claims.hearing import Speech, hear, printed
from claims.vocabulary import Anonymity


def last(text: str) -> Speech:
    return hear(text, find_relations(text))[1][-1]


IN_CONTEXT = [
    (
        "The National Ports Board met on Friday. In a statement, it said that the balance would be paid.",
        "it",
        "that the balance would be paid",
        "National Ports Board",
        Anonymity.INSTITUTION,
    ),
    (
        "The union met on Friday. In a statement, it said that the strike would go on.",
        "it",
        "that the strike would go on",
        "union",
        Anonymity.INSTITUTION,
    ),
    (
        "Crews will strike on May 20, the secretary of the Pilots' Federation, Suresh Naik, said here on Monday.",
        "the secretary of the Pilots' Federation, Suresh Naik",
        "Crews will strike on May 20",
        "Suresh Naik",
        Anonymity.NAMED,
    ),
    (
        "According to the bank's quarterly report, unemployment stood at 6.1 per cent.",
        "the bank's quarterly report",
        "unemployment stood at 6.1 per cent",
        "bank's quarterly report",
        Anonymity.DOCUMENT,
    ),
    (
        "Most analysts polled by the agency expect two cuts this year.",
        "Most analysts polled by the agency",
        "two cuts this year",
        "most analysts polled by the agency",
        Anonymity.SECTOR,
    ),
    (
        "Documents seen by The Northern Mail show that the ministry knew of the leak.",
        "Documents seen by The Northern Mail",
        "that the ministry knew of the leak",
        "documents seen by The Northern Mail",
        Anonymity.DOCUMENT,
    ),
    (
        "An exit poll by the Tarvos Institute put the Bloc two points ahead.",
        "An exit poll by the Tarvos Institute",
        "the Bloc two points ahead",
        "exit poll by the Tarvos Institute",
        Anonymity.DOCUMENT,
    ),
    (
        "BOSTON, Sept. 9, 2025 /PRNewsline/ -- Lumera Labs Inc. (NASDAQ: LMRA) today announced that it will expand.",
        "Lumera Labs Inc. (NASDAQ: LMRA)",
        "that it will expand",
        "Lumera Labs Inc",
        Anonymity.INSTITUTION,
    ),
]


@pytest.mark.parametrize(("text", "source", "content", "resolved", "level"), IN_CONTEXT)
def test_the_source_of_a_passage(text: str, source: str, content: str, resolved: str, level: Anonymity) -> None:
    speech = last(text)
    assert printed(text, speech.relation.source) == source
    assert printed(text, speech.relation.content) == content
    assert (speech.referent.text, speech.level.anonymity) == (resolved, level)


@pytest.mark.parametrize(
    "text", ["It is said that he left.", "It has been reported that he left.", "It seems that he left."]
)
def test_an_impersonal_cue_has_no_source(text: str) -> None:
    assert last(text).level.anonymity == Anonymity.BARE


def test_a_speaker_who_speaks_here_ends_before_it() -> None:
    text = "“The plan is dead,” said Ana Ruiz here on Friday."
    assert printed(text, last(text).relation.source) == "Ana Ruiz"


def test_only_a_poll_puts_somebody_ahead() -> None:
    assert find_relations("The mayor put the blame on the polls.") == ()
    assert find_relations("After the poll the mayor gave the club a field.") == ()
