"""The glossary names only what is there: every name in it is a relation, a column, a value or a file of this house."""

import re
from enum import EnumType
from pathlib import Path

import pytest

from claims import vocabulary
from warehouse.connect import open_warehouse

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`([^`\n]+)`", GLOSSARY)) - {"in this type", "_now", "_id"})
VALUES = {str(value) for enum in vars(vocabulary).values() if isinstance(enum, EnumType) for value in list[str](enum)}
FILES = {"outlets.toml"}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    with open_warehouse(tmp_path_factory.mktemp("glossary") / "warehouse.duckdb") as con:
        columns = con.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
        macros = con.execute(
            "select function_name, array_to_string(parameters, ', ') from duckdb_functions() "
            "where function_type = 'table_macro'"
        ).fetchall()
    names = {table for table, _ in columns} | {column for _, column in columns}
    names |= {f"{table}.{column}" for table, column in columns}
    return names | {name for name, _ in macros} | {f"{name}({parameters})" for name, parameters in macros}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_glossary_exists(name: str, known: set[str]) -> None:
    assert name in known | VALUES | FILES


def test_every_value_that_readers_meet_is_explained() -> None:
    spoken = (*vocabulary.Anonymity, *vocabulary.Kind, *vocabulary.Outcome)
    assert [value for value in spoken if f"**{value}**" not in GLOSSARY] == []


def test_every_table_is_named() -> None:
    migrations = [path.read_text(encoding="utf-8") for path in (ROOT / "warehouse" / "migrations").glob("*.sql")]
    tables = [table for sql in migrations for table in re.findall(r"^create table (\w+)", sql, re.MULTILINE)]
    assert tables
    assert [table for table in tables if f"`{table}" not in GLOSSARY] == []
