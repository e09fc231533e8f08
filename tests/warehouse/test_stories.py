"""A story in SQL is a story in Python, whatever copies what and whoever said so."""

from datetime import timedelta

import pytest
from builders import START, article, copy, day
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.copies import stories
from claims.records import key
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import stories as stories_in_sql

NAMES = "abcdefgh"
names = st.sampled_from(NAMES)
decisions = st.tuples(
    names,
    names,
    st.sampled_from(["copies-1", "copies-2", "person:Ann"]),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from([0.12, 0.3, 0.35, 0.7, 0.95, 1.0]),
).filter(lambda d: d[0] != d[1])


def row(one, other, by="copies-1", hour=0, withdrawn=False, *, containment=0.5):
    when = START + timedelta(hours=hour)
    return copy(
        one,
        other,
        copy_id=key(one, other, by, hour, withdrawn, containment),
        decided_by=by,
        recorded_at=when,
        withdrawn_at=when if withdrawn else None,
        containment=containment,
    )


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with open_warehouse(tmp_path_factory.mktemp("stories") / "w.duckdb") as con:
        add(con, [article(name) for name in NAMES])
        yield con


def both(con, rows):
    with transaction(con):
        con.execute("delete from copies")
        add(con, rows)
    found = stories_in_sql(con, day(30))
    assert found == stories(NAMES, rows)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(decisions, max_size=14))
def test_the_macro_and_the_function_agree_on_any_decisions(con, links):
    both(con, [row(*link[:-1], containment=link[-1]) for link in links])


def test_two_originals_of_one_copy_do_not_join_each_other(con):
    found = both(con, [row("r", "a", containment=0.9), row("r", "b", containment=0.6)])
    assert found["a"] != found["b"]


def test_a_long_chain_is_one_story(con):
    chain = [row(one, other) for one, other in zip(NAMES[1:], NAMES, strict=False)]
    assert set(both(con, chain).values()) == {"a"}


def test_what_a_person_joined_counts_beside_what_machines_found(con):
    found = both(con, [row("c", "a", containment=0.9), row("c", "b", "person:Ann")])
    assert found["a"] == found["b"] == found["c"]
