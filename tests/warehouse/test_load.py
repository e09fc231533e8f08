"""Nothing is written twice, nothing by half."""

from datetime import UTC, datetime
from pathlib import Path

import builders
import duckdb
import pytest
from builders import START, day
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.records import Article, Claim, Estimate, Outlet, PhraseProbability, Span
from warehouse import read
from warehouse.connect import migrate, open_published, open_warehouse
from warehouse.errors import WarehouseBusy, WarehouseMissing
from warehouse.load import add, add_groupings, replace_estimates, replace_phrase_probabilities, set_clock, transaction
from warehouse.rows import records


@pytest.fixture(scope="module")
def memory():
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con


@pytest.fixture
def con(memory):
    memory.execute("begin transaction")
    yield memory
    memory.execute("rollback")


def test_a_record_comes_back_as_it_went_in(con):
    article = builders.article(captions=(Span(0, 3), Span(5, 9)), title="“Quoted” – naïve")
    claim = builders.claim()
    add(con, [article])
    add(con, [claim])
    assert records(con, Article, "select * from articles") == [article]
    assert records(con, Claim, "select * from claims") == [claim]


def test_adding_again_adds_nothing_and_says_so(con):
    assert add(con, [builders.article("a"), builders.article("b")]) == 2
    assert add(con, [builders.article("a"), builders.article("c")]) == 1
    assert add(con, [builders.article("a", title="another")]) == 0
    assert con.execute("select title from articles where article_id = 'a'").fetchall() == [("Sanctions to follow",)]


def test_nothing_to_add_is_no_error(con):
    assert add(con, []) == 0


def test_a_row_that_breaks_a_rule_is_refused(con):
    with pytest.raises(duckdb.ConstraintException):
        add(con, [builders.article(published_earliest=day(2), published_latest=day(1))])


def test_a_failing_transaction_leaves_nothing(tmp_path: Path):
    with open_warehouse(tmp_path / "w.duckdb") as con:
        with pytest.raises(KeyError), transaction(con):
            add(con, [builders.article()])
            raise KeyError("lost")
        assert read.article_ids(con) == set()


def test_groupings_are_written_only_when_they_change(con):
    first = builders.grouping("c", "a", "o", "p")
    assert add_groupings(con, [first]) == 1
    assert add_groupings(con, [builders.grouping("c", "a", "o", "p", day(1))]) == 0
    assert add_groupings(con, [builders.grouping("c", "a", "o", "q", day(2))]) == 1
    found = con.execute("select proposition_id from groupings_as_of($t)", {"t": day(1)}).fetchall()
    assert found == [("p",)]
    assert con.execute("select proposition_id from groupings_as_of($t)", {"t": day(3)}).fetchall() == [("q",)]


def test_of_two_groupings_as_of_one_moment_the_later_stands(con):
    add_groupings(con, [builders.grouping("c", "a", "o", "p")])
    assert add_groupings(con, [builders.grouping("c", "b", "o", "q")]) == 1
    assert con.execute("select story_id, proposition_id from groupings").fetchall() == [("b", "q")]


def test_groupings_are_compared_with_what_stood_at_their_time(con):
    add_groupings(con, [builders.grouping("c", "a", "o", "p")])
    add_groupings(con, [builders.grouping("c", "a", "o", "q", day(4))])
    assert add_groupings(con, [builders.grouping("c", "a", "o", "q", day(2))]) == 1
    found = [
        con.execute("select proposition_id from groupings_as_of($t)", {"t": day(number)}).fetchone()
        for number in (1, 3, 5)
    ]
    assert found == [("p",), ("q",), ("q",)]


def test_estimates_of_one_time_are_replaced_and_others_stay(con):
    def estimate(as_of: datetime, rate: float) -> Estimate:
        return Estimate(
            estimate_id=f"{as_of}", subject_kind="outlet", subject="ledger", as_of=as_of, method="m", n=3, rate=rate,
            low80=0.1, high80=0.9, low95=0.0, high95=1.0, verdict="no evidence of difference",
        )  # fmt: skip

    replace_estimates(con, [estimate(day(1), 0.2)], day(1))
    replace_estimates(con, [estimate(day(2), 0.3)], day(2))
    replace_estimates(con, [estimate(day(1), 0.4)], day(1))
    assert con.execute("select rate from estimates order by as_of").fetchall() == [(0.4,), (0.3,)]


def test_the_clock_has_one_row(con):
    set_clock(con, day(1))
    set_clock(con, day(2))
    set_clock(con, day(2))
    assert con.execute("select as_of from clock").fetchall() == [(day(2),)]


def test_standards_are_replaced_as_a_whole(con):
    likely = PhraseProbability(standard="s", phrase="likely", low=0.6, mid=0.7, high=0.8, origin="o")
    assert replace_phrase_probabilities(con, [likely]) == 1
    assert replace_phrase_probabilities(con, [likely]) == 1
    assert con.execute("select count(*) from phrase_probabilities").fetchone() == (1,)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_loading_any_batch_twice_is_loading_it_once(memory, names):
    rows = [Outlet(outlet_id=name, name=name, recorded_at=START) for name in names]
    memory.execute("begin transaction")
    try:
        assert add(memory, rows) == len(set(names))
        assert add(memory, rows) == 0
    finally:
        memory.execute("rollback")


def test_a_second_writer_is_told_to_wait(tmp_path: Path, hold_warehouse):
    path = tmp_path / "w.duckdb"
    with (
        hold_warehouse(path),
        pytest.raises(WarehouseBusy, match="held by another process"),
        open_warehouse(path, wait_seconds=0.3),
    ):
        pass


def test_a_file_that_is_no_warehouse_is_named(tmp_path: Path):
    path = tmp_path / "w.duckdb"
    path.write_text("not a database" * 1000)
    with pytest.raises(WarehouseMissing, match=r"w\.duckdb"), open_warehouse(path):
        pass


def test_the_file_opens_with_tools_of_this_year(tmp_path: Path):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path) as con:
        tags = con.execute("select tags from duckdb_databases() where path is not null").fetchall()
    assert "v1.5" in str(tags)


def test_times_are_aware_and_utc(con):
    add(con, [builders.article()])
    found = records(con, Article, "select * from articles")[0].fetched_at
    assert found == START
    assert found.utcoffset() == START.astimezone(UTC).utcoffset()


def test_a_damaged_file_whose_path_speaks_of_locks_is_not_waited_for(tmp_path: Path):
    path = tmp_path / "locks" / "w.duckdb"
    path.parent.mkdir()
    path.write_text("no database", encoding="utf-8")
    with pytest.raises(WarehouseMissing), open_warehouse(path, wait_seconds=0):
        pass


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as theirs:
        theirs.execute("create table claims (number integer)")
    with pytest.raises(WarehouseMissing, match="something else"), open_warehouse(path):
        pass
    with pytest.raises(WarehouseMissing, match="no published warehouse"), open_published(path):
        pass
    with duckdb.connect(str(path)) as theirs:
        assert theirs.execute("select table_name from duckdb_tables()").fetchall() == [("claims",)]
