"""Where a text is between quote marks, however the marks are made and wherever one is missing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.quotations import quotation_of, quoted_spans
from claims.records import Span
from claims.vocabulary import Quotation

MARKED = st.text(st.sampled_from("aB .,?!'\"“”‘’«»‹›`(\n—5"), max_size=80)


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said ''yes'' and ``no''.", ["''yes''", "``no''"]),
        ("Il dit « oui » et ‹ non ›.", ["« oui »", "‹ non ›"]),
        ("He said „yes” aloud.", ["„yes”"]),
        ("A ‘hard’ line on the ‘so-called’ plan", ["‘hard’", "‘so-called’"]),
        ("A 'hard' line on the farmers' plan, it's said", ["'hard'"]),
        ("“He said ‘yes’ to me,” she wrote.", ["“He said ‘yes’ to me,”"]),
        ("It’s the players’ ball, isn't it?", []),
        ('A 6" pipe and a 4" one.', []),
        ("", []),
    ],
)
def test_marks_of_every_make(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_quotation_ends_with_its_paragraph() -> None:
    text = "“We will fight on, the colonel said.\n\nThe town was quiet. “Go home,” he added."
    assert quoted(text) == ["“We will fight on, the colonel said.", "“Go home,”"]


def test_running_quotation_gives_a_span_a_paragraph() -> None:
    text = "“We will fight on.\n\n“We will not tire,” the colonel said."
    assert quoted(text) == ["“We will fight on.", "“We will not tire,”"]


def test_mark_that_was_never_closed_is_passed_over_for_the_next() -> None:
    assert quoted("He called it “grim and left. “Go home,” he said.") == ["“Go home,”"]


@given(MARKED)
def test_spans_are_disjoint_ordered_and_inside_one_line(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all("\n" not in text[start:end] for start, end in spans)


@given(MARKED, MARKED)
def test_a_paragraph_does_not_change_the_quotations_before_it(first: str, second: str) -> None:
    first = first.replace("\n", " ")
    assert quoted_spans(f"{first}\n\n{second}")[: len(quoted_spans(first))] == quoted_spans(first)


def test_direct_mixed_and_indirect() -> None:
    text = "“All of it.” Some “of it” is. None is."
    quotes = quoted_spans(text)
    assert quotation_of((Span(0, 12),), quotes) is Quotation.DIRECT
    assert quotation_of((Span(13, 29),), quotes) is Quotation.MIXED
    assert quotation_of((Span(30, 38),), quotes) is Quotation.INDIRECT
