"""Short passages: the relations found in them, and who their sources turn out to be."""

import re

import pytest

from claims.extraction.by_rule import relations_by_rule as find_relations
from claims.extraction.pronouns import resolve_pronoun
from claims.extraction.relations import Relation
from claims.hearing import Speech, hear, printed
from claims.records import Span
from claims.vocabulary import Anonymity, Quotation


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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Bo Adeyemi, a lawyer, spoke after the trial. “He is as guilty as you,” said Adeyemi.", None),
        ("Bo Adeyemi spoke of the trial of Marcus Bell. “He is as guilty as you,” said Adeyemi.", "Marcus Bell"),
        ("The trials of Marcus Bell and Aaron Hale began. “He is guilty,” said Bo Adeyemi.", None),
        ("Marcus Adeyemi, a lawyer, spoke after the trial. He said he would appeal.", "Marcus Adeyemi"),
    ],
)
def test_nobody_calls_himself_he(text: str, who: str | None) -> None:
    scene, speeches = hear(text, find_relations(text))
    found = list(re.finditer(r"\bhe\b", text, re.IGNORECASE))[-1]
    assert resolve_pronoun(scene, Span(*found.span()), speeches[-1].referent) == who


def test_a_speaker_within_a_quotation_is_somebody_else() -> None:
    text = "Marcus Bell spoke to Aaron Hale. “He said the bank would close,” Bell said."

    def at(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),)

    outer = Relation(
        source=(Span(text.rindex("Bell"), text.rindex("Bell") + 4),),
        cue=(Span(text.rindex("said"), text.rindex("said") + 4),),
        content=at("“He said the bank would close,”"),
        quotation=Quotation.DIRECT,
    )
    inner = Relation(
        source=at("He"), cue=at("said"), content=at("the bank would close"), quotation=Quotation.DIRECT, nested_in=0
    )
    assert [speech.referent.text for speech in hear(text, (outer, inner))[1]] == ["Marcus Bell", "Aaron Hale"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Western Grid said on Tuesday that it would cut 400 jobs.", Anonymity.INSTITUTION),
        ("Western Grid said jobs would go. The company said the cuts were needed.", Anonymity.INSTITUTION),
        ("Orrin agreed to buy Valcor. Orrin said two plants would close.", Anonymity.INSTITUTION),
        ("Orrin plc said profits would fall.", Anonymity.INSTITUTION),
        ("United Metalworkers said the offer was an insult.", Anonymity.INSTITUTION),
        ("Valdera Quint Inc. posted a loss. Valdera Quint said sales would rise.", Anonymity.INSTITUTION),
        ("Western Exporters, a trade group, said the tariff would hurt.", Anonymity.INSTITUTION),
        ("Siemens said it expected orders to rise by May.", Anonymity.INSTITUTION),
        ("Fenwick Barrow said the deal was dead.", Anonymity.NAMED),
        ("Fenwick Barrow, the mayor, said it would cost millions.", Anonymity.NAMED),
        ("Fenwick Barrow said he hoped it would rain. The company said nothing.", Anonymity.NAMED),
        ("Mr. Barrow left. Barrow said it would cost millions.", Anonymity.NAMED),
        ("Ana Marine said it would cost millions.", Anonymity.NAMED),
    ],
)
def test_a_firm_is_no_person(text: str, level: Anonymity) -> None:
    speeches = hear(text, find_relations(text))[1]
    named = [
        speech for speech in speeches if printed(text, speech.relation.source).split()[0] not in ("The", "it", "he")
    ]
    assert named[-1].level.anonymity == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A military attaché of a NATO country said the army was split.", Anonymity.SECTOR),
        ("A Northern Mail reporter saw three trucks cross the bridge.", Anonymity.DOCUMENT),
        ("A reporter said three trucks crossed the bridge.", Anonymity.SECTOR),
    ],
)
def test_blocs_and_what_a_reporter_saw(text: str, level: Anonymity) -> None:
    assert last(text).level.anonymity == level


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“We will not talk,” a senior ministry official told Hudson Wire.", "Hudson Wire"),
        ("The minister, Paul Dent, told French radio that talks would resume.", "French radio"),
        ("Paul Dent told Ana Ruiz that he would go.", None),
        ("Paul Dent told the court that he would go.", None),
    ],
)
def test_to_whom_it_was_told(text: str, told: str | None) -> None:
    assert last(text).telling.told_to == told
