"""A published copy answers as the warehouse does: its tables are the views, its macros are the macros."""

from pathlib import Path

import duckdb
import pytest
from builders import day

from warehouse.connect import open_published, open_warehouse
from warehouse.load import set_clock
from warehouse.materialise import STAY_VIEWS, materialise
from warehouse.publish import publish

# With the timeline of the small warehouse: before it, at its first and last day, when all is due, long after.
TIMES = (-1, 0, 1, 8, 60, 4_000)


@pytest.fixture
def published(small_warehouse: Path, tmp_path: Path) -> Path:
    with open_warehouse(small_warehouse) as con:
        set_clock(con, day(60))
    path = tmp_path / "p.duckdb"
    publish(small_warehouse, path)
    return path


def names(con: duckdb.DuckDBPyConnection, kind: str) -> set[str]:
    found = con.execute(f"from duckdb_{kind}s() select {kind}_name where not internal").fetchall()
    return {name for (name,) in found}


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return sorted(map(repr, con.execute(sql).fetchall()))


def test_every_table_holds_what_its_view_gives(small_warehouse, published):
    with open_warehouse(small_warehouse) as live:
        views = names(live, "view")
        expected = {name: rows(live, f"from {name}") for name in views}
        described = {name: live.execute(f"describe {name}").fetchall() for name in views}
    with open_published(published) as con:
        assert names(con, "view") == views & STAY_VIEWS
        assert {name: rows(con, f"from {name}") for name in views} == expected
        for name in views:
            assert [row[:2] for row in con.execute(f"describe {name}").fetchall()] == [r[:2] for r in described[name]]
    assert expected["claims_now"]
    assert expected["source_record"]


@pytest.mark.slow
def test_macros_answer_for_any_time_as_in_the_warehouse(small_warehouse, published):
    asked = [
        f"from {name}(timestamptz '{day(at).isoformat()}')"
        for name in ("claim_status", "scored_claims", "records", "source_record", "due_claims", "proposals_as_of")
        for at in TIMES
    ]
    with open_warehouse(small_warehouse) as live:
        expected = [rows(live, sql) for sql in asked]
    with open_published(published) as con:
        assert [rows(con, sql) for sql in asked] == expected


def test_comments_stay_and_say_as_of_when(small_warehouse, published):
    with open_warehouse(small_warehouse) as live:
        views = dict(live.execute("select view_name, comment from duckdb_views() where not internal").fetchall())
        columns = set(
            live.execute("select table_name, column_name, comment from duckdb_columns() where not internal").fetchall()
        )
    with open_published(published) as con:
        tables = dict(con.execute("select table_name, comment from duckdb_tables() where not internal").fetchall())
        assert {name: tables[name] for name in views if name not in STAY_VIEWS} == {
            name: f"{comment} As of publication." for name, comment in views.items() if name not in STAY_VIEWS
        }
        assert (
            set(
                con.execute(
                    "select table_name, column_name, comment from duckdb_columns() where not internal"
                ).fetchall()
            )
            == columns
        )


def test_nothing_of_the_work_is_left_behind(small_warehouse, published):
    with open_warehouse(small_warehouse) as live:
        known = names(live, "view") | names(live, "table")
    with open_published(published) as con:
        assert names(con, "view") | names(con, "table") == known
    assert sorted(path.name for path in published.parent.iterdir() if path.name.startswith((".p", "p."))) == [
        "p.duckdb"
    ]


def test_a_copy_without_a_clock_is_answered_too(small_warehouse, tmp_path):
    with open_warehouse(small_warehouse) as con:
        con.execute("checkpoint")
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(small_warehouse.read_bytes())
    assert "claims_now" in materialise(copy)
    with open_published(copy) as con:
        assert con.execute("select count(*) from claims_now").fetchone() == (0,)
