"""Paragraphs and sentences of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.sentences import paragraphs, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rained.", "It poured."],
        ["Mr. Lee met Dr. Roy at the U.S. Senate.", "They left on Jan. 3 at 5 p.m. by car."],
        ["He lives in the U.S.", "The house is small."],
        ["John B. Smith of Acme Inc. spoke.", "No. 4 was lost."],
        ["This was plan B.", "The first had failed."],
        ["“Why?”", "“Who knows.”", "He left…", "Then what?"],
        ["He called (it was late.)", "She slept."],
        ["It rose by 3.5 percent.", "5 people won."],
        ["« Oui. »", "Élan was there."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence() -> None:
    assert split("A headline\nA line without a stop\r\nLast one.") == [
        "A headline",
        "A line without a stop",
        "Last one.",
    ]


@given(st.text(st.sampled_from("aB .?!…\n\r\t\"”“1—é'"), max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(st.text(max_size=200))
def test_paragraphs_cover_all_but_white_space(text: str) -> None:
    assert "".join("".join(text[start:end].split()) for start, end in paragraphs(text)) == "".join(text.split())
