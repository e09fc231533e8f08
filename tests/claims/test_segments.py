"""Several claims in one attribution, each readable alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked

from claims.extraction.relations import Relation
from claims.hearing import hear
from claims.records import Span
from claims.segments import claim_text, split_claims
from claims.vocabulary import Quotation


def texts(marked: str) -> list[str]:
    text, relations = read_marked(marked)
    scene, speeches = hear(text, relations)
    last = speeches[-1]
    return [claim_text(scene, last.referent, last.relation, segment) for segment in split_claims(text, last.relation)]


@pytest.mark.parametrize(
    ("marked", "claims"),
    [
        (
            "<x>The ministry is buying grain and is also preparing a price cap</x>, <s>an official</s> <c>said</c>.",
            ["The ministry is buying grain", "The ministry is also preparing a price cap"],
        ),
        (
            "<s>Ana Diaz</s> <c>said</c> <x>the port was closed and had lost its crane</x>.",
            ["the port was closed", "the port had lost its crane"],
        ),
        (
            "“<x>The port is closed. The crane has gone,</x>” <s>Ana Diaz</s> <c>said</c>.",
            ["The port is closed.", "The crane has gone,"],
        ),
        (
            "<x>“We are talking to both sides, although the talks are very slow,”</x> <s>an aide</s> <c>said</c>.",
            ["“We [aide] are talking to both sides", "the talks are very slow,”"],
        ),
        ("<s>Ana Diaz</s> <c>said</c> <x>she was tired</x>.", ["she [Ana Diaz] was tired"]),
        ("<s>Ana Diaz</s> <c>said</c> <x>bread and milk are scarce</x>.", ["bread and milk are scarce"]),
        ("<s>Ana Diaz</s> <c>said</c> <x>that the port was shut</x>.", ["the port was shut"]),
        ("<s>Ana Diaz</s> <c>said</c> <x>that she was tired</x>.", ["she [Ana Diaz] was tired"]),
        ("<s>Ana Diaz</s> <c>said</c> <x>that was a lie</x>.", ["that was a lie"]),
        ("<s>Ana Diaz</s> <c>said</c> “<x>that ship has sailed</x>.”", ["that ship has sailed"]),
        ("<s>Ana Diaz</s> <c>asked</c> <x>whether the port was shut</x>.", ["whether the port was shut"]),
        ("<s>Ana Diaz</s> <c>expects</c> <x>further delays</x>.", ["[Ana Diaz expects] further delays"]),
        ("<s>Ana Diaz</s> <c>plans</c> <x>to sell the mill</x>.", ["[Ana Diaz plans] to sell the mill"]),
    ],
)
def test_claims_of_one_attribution(marked: str, claims: list[str]) -> None:
    assert texts(marked) == claims


def test_a_quotation_in_two_pieces_is_one_sentence() -> None:
    assert len(texts("“<x>The port,</x>” <s>Ana Diaz</s> <c>said</c>, “<x>is closed.</x>”")) == 1


@given(st.text(min_size=1, max_size=80), st.sampled_from(Quotation))
def test_every_content_has_a_claim_inside_it(text: str, quotation: Quotation) -> None:
    relation = Relation(source=(), cue=(), content=(Span(0, len(text)),), quotation=quotation)
    found = split_claims(text, relation)
    assert found
    assert all(0 <= span.start < span.end <= len(text) for segment in found for span in segment.spans)
