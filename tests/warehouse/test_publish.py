"""What analysts read: whole, checked, never in their way."""

import os
from pathlib import Path

import builders
import duckdb
import pytest
from builders import day

from warehouse import read
from warehouse.connect import open_published, open_warehouse
from warehouse.errors import BadQuery, FailedCheck, WarehouseBusy, WarehouseMissing
from warehouse.load import add, set_clock
from warehouse.publish import publish


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    warehouse, published = tmp_path / "w.duckdb", tmp_path / "out" / "p.duckdb"
    with open_warehouse(warehouse) as con:
        for record in builders.told("a"):
            add(con, [record])
        set_clock(con, day(1))
    return warehouse, published


def test_the_published_copy_answers(paths):
    assert publish(*paths) > 5
    assert list(read.frame("select claim_id, workflow from claims_now", paths[1])["workflow"]) == ["open"]
    assert sorted(path.name for path in paths[1].parent.iterdir()) == ["p.duckdb"]


def test_copies_that_killed_runs_left_behind_are_removed_and_no_other_files(paths):
    folder = paths[1].parent
    folder.mkdir()
    left, wal, fresh, other = (
        folder / name for name in (".p.duckdb.a.new", ".p.duckdb.a.new.wal", ".p.duckdb.b.new", ".q.duckdb.a.new")
    )
    for path in (left, wal, fresh, other):
        path.write_bytes(b"half a copy")
    (folder / ".p.duckdb.a.new.tmp").mkdir()
    for path in (left, wal, other, folder / ".p.duckdb.a.new.tmp"):
        os.utime(path, (1, 1))
    publish(*paths)
    assert sorted(path.name for path in folder.iterdir()) == [".p.duckdb.b.new", ".q.duckdb.a.new", "p.duckdb"]


def test_an_open_reader_keeps_the_old_copy_and_a_new_one_sees_the_new(paths):
    publish(*paths)
    with open_published(paths[1]) as reader:
        with open_warehouse(paths[0]) as con:
            for record in builders.told("b"):
                add(con, [record])
        publish(*paths)
        assert reader.execute("select count(*) from claims_now").fetchone() == (1,)
        # The same process would share the old file by its name: a new reader is another process in real life.
    assert read.frame("select count(*) as n from claims_now", paths[1])["n"][0] == 2


def test_a_failing_check_leaves_the_published_copy_alone(paths):
    publish(*paths)
    before = paths[1].read_bytes()
    with open_warehouse(paths[0]) as con:
        add(con, [builders.resolution("nobody", None)])
    with pytest.raises(FailedCheck, match="resolution_of_nothing"):
        publish(*paths)
    assert paths[1].read_bytes() == before


def test_a_busy_warehouse_is_waited_for_and_then_named(paths, hold_warehouse):
    with hold_warehouse(paths[0]), pytest.raises(WarehouseBusy):
        publish(*paths, wait_seconds=0.3)


def test_readers_cannot_write(paths):
    publish(*paths)
    with open_published(paths[1]) as con, pytest.raises(duckdb.InvalidInputException):
        con.execute("delete from claims")


def test_a_missing_published_file_is_named(tmp_path: Path):
    with pytest.raises(WarehouseMissing, match=r"nowhere\.duckdb"):
        read.frame("select 1", tmp_path / "nowhere.duckdb")


def test_bad_sql_says_where(paths):
    publish(*paths)
    with pytest.raises(BadQuery, match="nonsense"):
        read.frame("select nonsense from claims_now", paths[1])
