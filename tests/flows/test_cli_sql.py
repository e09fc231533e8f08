"""`onrecord sql`: every format, and nothing in the data that steers the terminal."""

import csv
import io
import json

import duckdb
import pytest
from builders import day

from flows.publish import publish_batch
from flows.settings import Clock, load_settings


@pytest.fixture
def published(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    publish_batch(settings, Clock.fixed(day(60)))
    return settings.published


def test_a_table_is_printed_whole_where_no_terminal_limits_it(published, onrecord):
    printed = onrecord("sql", "select claim_id, passage, claim_text from claims_now order by claim_id")
    assert printed.code == 0
    lines = printed.out.splitlines()
    assert lines[0].split() == ["claim_id", "passage", "claim_text"]
    assert lines[2].startswith("a-c")
    assert lines[-1] == "3 rows"


def test_csv_and_json_keep_the_values(published, onrecord):
    query = (
        "select claim_id, due_latest, trackable, null as none, [1, 2] as list, 1.5 as half, 7 as n"
        " from claims_now order by claim_id limit 1"
    )
    rows = list(csv.reader(io.StringIO(onrecord("sql", query, "--format", "csv").out)))
    assert rows[1][1:] == ["2019-03-10T12:00:00+00:00", "true", "", "[1, 2]", "1.5", "7"]
    (row,) = json.loads(onrecord("sql", query, "--format", "json").out)
    assert row["due_latest"] == "2019-03-10T12:00:00+00:00"
    assert (row["trackable"], row["none"], row["list"], row["half"], row["n"]) == (True, None, [1, 2], 1.5, 7)


def test_json_has_no_infinity_and_loses_no_column_of_a_repeated_name(published, onrecord):
    query = "select 1 as a, 2 as a, 'inf'::double as b, {'x': date '2020-01-02'} as c"
    assert json.loads(onrecord("sql", query, "--format", "json").out) == [
        {"a": 1, "a_2": 2, "b": None, "c": {"x": "2020-01-02"}}
    ]


@pytest.mark.parametrize(
    ("ending", "reader"), [("csv", "read_csv"), ("json", "read_json"), ("parquet", "read_parquet")]
)
def test_a_file_takes_the_format_of_its_name(published, onrecord, tmp_path, ending, reader):
    out = tmp_path / f"answer.{ending}"
    assert onrecord("sql", "select claim_id, due_latest from claims_now", "--out", out).code == 0
    with duckdb.connect() as con:
        rows = con.table_function(f"read_{ending}", [str(out)]).fetchall()
    assert sorted(row[0] for row in rows) == ["a-c", "b-c", "c-c"]


def test_control_characters_are_shown_and_not_sent(published, onrecord):
    printed = onrecord("sql", "select chr(27) || '[31mred' || chr(155) || 'x' || chr(8238) as evil")
    assert not set(printed.out) & {"\x1b", "\x9b", "\u202e"}
    assert "�[31mred" in printed.out


def test_markup_in_the_data_is_text(published, onrecord):
    assert "[red]x[/red] :smile:" in onrecord("sql", "select '[red]x[/red] :smile:' as a").out


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["selec 1"], "Parser Error"),
        (["select nope from claims_now"], "nope"),
        (["delete from articles"], "read-only"),
        (["   "], "empty"),
        (["select 1", "--format", "parquet"], "--out"),
        (["select 1", "--format", "xml"], "xml"),
        (["select 1", "--published", "missing.duckdb"], "onrecord run"),
    ],
)
def test_errors_are_one_line_and_exit_code_2(published, onrecord, arguments, remedy):
    printed = onrecord("sql", *arguments)
    assert printed.code == 2
    assert printed.err.startswith("onrecord: ")
    assert printed.err.count("\n") == 1
    assert remedy in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    "query",
    [
        "from '{there}'",
        "from read_text('{there}')",
        "from glob('{folder}/*')",
        "copy (select 1) to '{folder}/new.csv'",
        "attach '{folder}/new.duckdb'",
        "export database '{folder}/all'",
        "set enable_external_access = true",
        "set allowed_directories = ['{folder}']",
        "select * from claims_now; copy (select 1) to '{folder}/new.csv'",
    ],
)
def test_a_query_sees_and_writes_no_other_file(published, onrecord, tmp_path, query):
    there = tmp_path / "secret.csv"
    there.write_text("word\nopen sesame\n")
    before = sorted(tmp_path.iterdir())
    printed = onrecord("sql", query.format(there=there, folder=tmp_path))
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_parquet_goes_where_it_is_asked_to_and_nowhere_else(published, onrecord, tmp_path):
    out = tmp_path / "answer.parquet"
    other = f"copy (select 1) to '{tmp_path}/other.parquet'"
    assert onrecord("sql", other, "--out", out).code == 2
    assert onrecord("sql", "select 1 as one", "--out", out).code == 0
    assert [path.name for path in tmp_path.glob("*.parquet")] == ["answer.parquet"]
