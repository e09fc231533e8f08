"""Relations of whole texts: nesting, quotations over several sentences and paragraphs, and any text at all."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.by_rule import relations_by_rule as find_relations
from claims.extraction.nesting import nested, ordered
from claims.extraction.relations import Relation
from claims.records import Span, Spans
from claims.vocabulary import Quotation

WORDS = [
    *(
        "said",
        "says",
        "told",
        "The",
        "minister",
        "Reuters",
        "that",
        "he",
        "expects",
        "according",
        "to",
        "to",
        "and",
        "who",
    ),
    *(
        "it",
        "is",
        "unclear",
        "whether",
        "reportedly",
        "claim",
        "by",
        "of",
        ",",
        ",",
        ".",
        "?",
        "“",
        "”",
        '"',
        "''",
        "‘",
        "’",
    ),
    *("(", ")", ":", "—", "-", "\n\n", "\n", "U.S.", "1,000", "did", "not", "adding", "As", "wins", "talks"),
]
NEWSLIKE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def words(text: str, spans: Spans) -> str:
    return " || ".join(text[start:end] for start, end in spans)


def cues(text: str) -> list[str]:
    return [words(text, found.cue) for found in find_relations(text)]


def test_what_a_source_is_said_to_expect_lies_inside_what_the_other_said() -> None:
    text = "The ministry expects further closures, the official told Reuters."
    inner, outer = find_relations(text)
    assert words(text, inner.source) == "The ministry"
    assert words(text, inner.content) == "further closures"
    assert words(text, outer.content) == "The ministry expects further closures"
    assert (inner.nested_in, outer.nested_in) == (1, None)


def test_a_relay_holds_the_relation_that_it_relays() -> None:
    text = "A banker close to the fund expressed doubts whether it would pay, reports the Courier."
    inner, outer = find_relations(text)
    assert words(text, inner.source) == "A banker close to the fund"
    assert words(text, outer.source) == "the Courier"
    assert inner.nested_in == 1
    assert outer.content[0].start == 0


def test_a_relay_in_front() -> None:
    text = "Reuters reported that the official said the talks had failed."
    outer, inner = find_relations(text)
    assert inner.nested_in == 0
    assert words(text, inner.content) == "the talks had failed"
    assert outer.content[0].end == inner.content[0].end


def test_a_second_relay_holds_all_that_stands_before_it() -> None:
    text = "The mine will shut, the manager said, the Courier reported."
    inner, outer = find_relations(text)
    assert (words(text, inner.content), inner.nested_in) == ("The mine will shut", 1)
    assert words(text, outer.content) == "The mine will shut, the manager said"


def test_quotation_in_a_later_sentence_goes_to_the_same_speaker() -> None:
    text = "“We are ready,” the captain said, smiling. “The ship is ready.” The crowd cheered. “Go!” a boy shouted."
    captain, boy = find_relations(text)
    assert words(text, captain.content) == "“We are ready,” || “The ship is ready.”"
    assert words(text, boy.content) == "“Go!”"


def test_quotation_runs_over_paragraphs_until_it_is_closed() -> None:
    text = "“We are ready,” the captain said. “The ship is ready.\n\n“So is the crew.”\n\n“And you?”"
    (captain,) = find_relations(text)
    assert words(text, captain.content) == "“We are ready,” || “The ship is ready. || “So is the crew.”"


def test_unclosed_quotation_stays_in_its_paragraph() -> None:
    text = "“We are ready, the captain said.\n\nThe mayor said the quay was full."
    assert words(text, find_relations(text)[-1].source) == "The mayor"


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“It is over,” she said.", Quotation.DIRECT),
        ("She said it was “over for all of us” now.", Quotation.MIXED),
        ("She said it was over.", Quotation.INDIRECT),
    ],
)
def test_how_a_content_is_quoted(text: str, quotation: Quotation) -> None:
    assert [found.quotation for found in find_relations(text)] == [quotation]


def test_second_copy_of_a_caption_is_passed_over() -> None:
    caption = "Fishermen wait in the port of Varna, where the union says that half the fleet is idle, May 3, 2021."
    body = "The union said that the fleet would not sail again before the summer."
    assert cues(f"{caption}\n{caption}\n\n{body}") == ["says", "said"]


def test_headline_colon_needs_somebody_who_can_speak() -> None:
    body = "\n\nThe port of Varna was closed for a third day on Friday as a storm went on."
    assert cues("Police: two ships collide off Varna" + body) == [":"]
    assert cues("Breaking: two ships collide off Varna" + body) == []


def test_transcript() -> None:
    answer = "LINDQVIST: I think the port is safe. It was built well."
    text = f"Two guests sat in the studio on the evening of the storm.\n\n{answer}"
    (found,) = find_relations(text)
    assert words(text, found.source) == "LINDQVIST"
    assert words(text, found.content) == "I think the port is safe. It was built well."


def holds_the_laws(text: str) -> None:
    found = find_relations(text)
    for relation in found:
        assert relation.cue
        assert relation.content
        assert 0 < relation.confidence <= 1
        for start, end in (*relation.source, *relation.cue, *relation.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        assert relation.nested_in is None or 0 <= relation.nested_in < len(found)
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    assert all(list(one.content) == sorted(one.content) for one in found)


@given(st.text(max_size=300))
def test_laws_on_any_text(text: str) -> None:
    holds_the_laws(text)


@given(NEWSLIKE)
def test_laws_on_newslike_text(text: str) -> None:
    holds_the_laws(text)


@given(NEWSLIKE)
def test_nobody_relays_in_a_circle(text: str) -> None:
    found = find_relations(text)
    for start in range(len(found)):
        seen: set[int] = set()
        place: int | None = start
        while place is not None:
            assert place not in seen
            seen.add(place)
            place = found[place].nested_in


@given(NEWSLIKE, st.integers(min_value=1, max_value=4))
def test_blank_lines_at_the_end_change_nothing(text: str, lines: int) -> None:
    assert find_relations(text + "\n" * lines) == find_relations(text)


@pytest.mark.parametrize(
    "piece",
    [
        "The minister said that it would fail, ",
        "said ",
        "“ ",
        '"',
        "who, ",
        "a of ",
        "wants to ",
        "1,",
        ".",
        "U.S. ",
        "a - b ",
    ],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        find_relations(text)
        return time.process_time() - started

    short, long = piece * (20_000 // len(piece)), piece * (160_000 // len(piece))
    seconds(short)
    assert seconds(long) < 8 * 3 * max(seconds(short), 0.02)


def relation(cue: Span, *content: Span) -> Relation:
    return Relation(source=(), cue=(cue,), content=content, quotation=Quotation.INDIRECT)


def test_nested_takes_the_smallest_content_around() -> None:
    widest, wide, inner = (
        relation(Span(90, 95), Span(0, 89)),
        relation(Span(0, 4), Span(5, 80)),
        relation(Span(9, 12), Span(13, 70)),
    )
    assert [found.nested_in for found in nested((widest, wide, inner))] == [None, 0, 1]


def test_nested_leaves_a_content_beside_alone() -> None:
    assert [
        one.nested_in for one in nested((relation(Span(0, 4), Span(5, 9)), relation(Span(10, 14), Span(15, 19))))
    ] == [None, None]


def test_ordered_renumbers() -> None:
    late = relation(Span(20, 24), Span(0, 19))
    early = Relation(source=(), cue=(Span(3, 6),), content=(Span(7, 19),), quotation=Quotation.INDIRECT, nested_in=0)
    assert [found.nested_in for found in ordered((late, early))] == [1, None]
