"""Where a report says that it was filed is no part of what anybody said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.datelines import dateline_length
from claims.extraction.by_rule import relations_by_rule as find_relations

DATELINES = [
    "WASHINGTON — ",
    "WASHINGTON (AP) — ",
    "CARACAS, Feb 8 (Reuters) - ",
    "NEW DELHI, 12 March (PTI) -- ",
    "UNITED NATIONS, Sept. 3, 2021 (AFP) – ",
    "LOS ANGELES, Calif. — ",
    "Nairobi (Meridian Wire) - ",
    "Bogotá, Feb 24 (Meridian Wire) – ",
    "SÃO PAULO (AP) - ",
    "MUMBAI, June 4 (PTI): ",
    "BOSTON, Sept. 9, 2025 /PRNewsline/ -- ",
    "LONDON--(TRADE WIRE)--",
]
NO_DATELINES = [
    "Washington — the city, not the state — said no.",
    "NATO said on Monday that it would act.",
    "The U.S. - a late entrant - said yes.",
    "GM: more jobs will go, the company said.",
    "\"We are ready\" - he said.",
    "Paris (the city) slept.",
    "EITHER/OR is the rule, he said -- no more.",
]  # fmt: skip


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_measured_to_the_character(dateline):
    assert dateline_length(f"{dateline}The minister said taxes would fall.") == len(dateline)


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_only_looks_like_one_is_none(text):
    assert dateline_length(text) == 0


@pytest.mark.parametrize("dateline", DATELINES)
def test_no_content_holds_the_dateline(dateline):
    text = f"{dateline}Taxes will fall next year, a senior treasury official said on Tuesday."
    (relation,) = find_relations(text)
    assert relation.content[0].start == len(dateline)


@given(st.text(max_size=200))
def test_a_dateline_never_takes_the_whole_paragraph(text):
    assert 0 <= dateline_length(text) <= max(0, len(text) - 1)
