"""The schema is the records, and all of it is described in the database."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

import warehouse
from warehouse.connect import VIEWS, migrate, open_warehouse
from warehouse.errors import WarehouseMissing
from warehouse.load import type_to_table
from warehouse.sql import shipped


@pytest.fixture
def con(tmp_path: Path):
    with open_warehouse(tmp_path / "w.duckdb") as con:
        yield con


@pytest.mark.parametrize("record", type_to_table, ids=lambda record: record.__name__)
def test_a_record_is_a_row(con, record):
    columns = [row[0] for row in con.execute(f"describe {type_to_table[record]}").fetchall()]
    assert columns == [field.name for field in dataclasses.fields(record)]


def test_every_record_has_its_table_and_every_table_its_record(con):
    tables = {row[0] for row in con.execute("select table_name from duckdb_tables() where not internal").fetchall()}
    # The index of copies is derived from the texts; nobody handles its rows one by one.
    index = {"copy_index", "copy_marks", "undated_copy_marks", "claim_places", "claim_terms"}
    assert tables - set(type_to_table.values()) == {"clock", "migrations"} | index


def test_every_table_column_view_and_macro_carries_a_comment(con):
    bare = con.execute(
        """
        select table_name from duckdb_tables() where not internal and comment is null
        union all select view_name from duckdb_views() where not internal and comment is null
        union all select function_name from duckdb_functions()
            where not internal and schema_name = 'main' and function_type like '%macro%' and comment is null
        union all select table_name || '.' || column_name from duckdb_columns() where not internal and comment is null
        """
    ).fetchall()
    assert bare == []


def test_the_list_of_views_is_the_folder_of_views():
    assert sorted(VIEWS) == sorted(shipped("views"))


@pytest.mark.parametrize("folder", ["views", "queries", "checks", "migrations"])
def test_the_first_line_of_every_sql_file_says_what_it_is(folder):
    for name, text in shipped(folder).items():
        first = text.splitlines()[0]
        assert (first[:3], first[-1]) == ("-- ", "."), name


def test_opening_twice_changes_nothing(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path):
        pass
    with open_warehouse(path) as con:
        assert migrate(con) == ()


def test_an_edited_migration_is_refused(con):
    con.execute("update migrations set sha256 = 'other' where name = '001_articles'")
    with pytest.raises(WarehouseMissing, match="001_articles"):
        migrate(con)


def test_importing_the_warehouse_loads_no_language_model_and_no_scheduler():
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, warehouse.read, warehouse.publish, warehouse.load;"
            "print([m for m in sys.modules if m.split('.')[0] in ('prefect', 'trafilatura', 'onnxruntime')"
            " or m.startswith(('claims.extraction', 'claims.articles', 'flows'))])",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(warehouse.__file__).parent.parent,
    )
    assert seen.stdout.strip() == "[]"
