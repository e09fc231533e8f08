"""Writing records: whole batches in one statement, nothing twice."""

import dataclasses
import typing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from claims import fetches, page_records, records, review_records
from claims.records import Span
from warehouse.sql import shipped

type_to_table: dict[type, str] = {
    records.Outlet: "outlets",
    records.Article: "articles",
    records.Copy: "copies",
    records.Extraction: "extractions",
    records.Attribution: "attributions",
    records.Source: "sources",
    records.Claimant: "claimants",
    records.Claim: "claims",
    records.Succession: "successions",
    records.Correction: "corrections",
    records.Match: "matches",
    records.Grouping: "groupings",
    records.Evidence: "evidence",
    records.Resolution: "resolutions",
    review_records.FrozenQuestion: "questions",
    review_records.Rejection: "rejections",
    review_records.SecondReading: "second_readings",
    review_records.ExternalReview: "external_reviews",
    review_records.JudgeAnswer: "judge_answers",
    records.Estimate: "estimates",
    review_records.PhraseScore: "phrase_scores",
    review_records.CalibrationScore: "calibration_scores",
    review_records.CalibrationPoint: "calibration_curves",
    records.PhraseProbability: "phrase_probabilities",
    records.SetAside: "set_asides",
    page_records.PageFacts: "page_facts",
    page_records.Revision: "revisions",
    fetches.Fetch: "fetches",
    fetches.Mending: "mendings",
}


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block writes when it ends well, and nothing of it otherwise."""
    con.execute("begin transaction")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def add(con: duckdb.DuckDBPyConnection, rows: Sequence[Any]) -> int:
    """Insert the records that are not there yet and return how many were new; all of one type."""
    if not rows:
        return 0
    table = type_to_table[type(rows[0])]
    sql = f"insert into {table} by name select unnest($rows, max_depth := 2) on conflict do nothing"
    return _insert(con, sql, rows)


def add_frame(con: duckdb.DuckDBPyConnection, record_type: type, frame: pd.DataFrame) -> int:
    """Insert the rows of a frame that are not there yet and return how many were new.

    Its columns are named after the record's fields; a field of spans may come as two columns, `…_start` and `…_end`.
    """
    pairs = [name.removesuffix("_start") for name in frame.columns if name.endswith("_start")]
    plain = [f'"{name}"' for name in frame.columns if name.removesuffix("_start").removesuffix("_end") not in pairs]
    kinds = typing.get_type_hints(record_type)
    spans = [_span(name, many=typing.get_origin(kinds[name]) is tuple) for name in pairs]
    sql = f"insert into {type_to_table[record_type]} by name from frame select {', '.join([*plain, *spans])}"
    result = con.execute(f"{sql} on conflict do nothing").fetchone()
    return int(result[0]) if result else 0


def _span(name: str, *, many: bool) -> str:
    struct = f"{{'start': {name}_start, 'end': {name}_end}}"
    return f"{f'[{struct}]' if many else struct} as {name}"


def add_groupings(con: duckdb.DuckDBPyConnection, groupings: Sequence[records.Grouping]) -> int:
    """Write the groupings that differ from what stood for their claim at their time and return how many did."""
    changed = []
    for at in sorted({grouping.recorded_at for grouping in groupings}):
        names = [grouping.claim_id for grouping in groupings if grouping.recorded_at == at]
        found = con.execute(shipped("queries")["groupings_at"], {"as_of": at, "claim_ids": names}).fetchall()
        standing = {row[0]: row[1:] for row in found}
        changed += [
            g
            for g in groupings
            if g.recorded_at == at and standing.get(g.claim_id) != (g.story_id, g.origin_id, g.proposition_id)
        ]
    if not changed:
        return 0
    # Of two runs as of one moment the later takes the place: what the earlier one found stood for no time at all.
    sql = "insert or replace into groupings by name select unnest($rows, max_depth := 2)"
    return _insert(con, sql, changed)


def _insert(con: duckdb.DuckDBPyConnection, sql: str, rows: Sequence[Any]) -> int:
    result = con.execute(sql, {"rows": [_row(record) for record in rows]}).fetchone()
    return int(result[0]) if result else 0


def replace_estimates(con: duckdb.DuckDBPyConnection, estimates: Sequence[records.Estimate], as_of: datetime) -> int:
    """Replace the estimates of `as_of` by the given ones and return how many there are now."""
    con.execute("delete from estimates where as_of = ?", [as_of])
    return add(con, estimates)


def replace_scores(con: duckdb.DuckDBPyConnection, rows: Sequence[Any], as_of: datetime) -> int:
    """Replace the scores of phrases and calibration as of `as_of` by the given rows and return how many there are."""
    con.execute("delete from phrase_scores where as_of = ?", [as_of])
    con.execute("delete from calibration_scores where as_of = ?", [as_of])
    con.execute("delete from calibration_curves where as_of = ?", [as_of])
    return sum(add(con, [row for row in rows if type(row) is kind]) for kind in dict.fromkeys(map(type, rows)))


def set_clock(con: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """Make the views that end in _now answer for `as_of`."""
    if con.execute("select as_of from clock").fetchall() != [(as_of,)]:
        con.execute("delete from clock")
        con.execute("insert into clock values (?)", [as_of])


def replace_phrase_probabilities(con: duckdb.DuckDBPyConnection, rows: Sequence[records.PhraseProbability]) -> int:
    """Make the table of standards hold exactly the given rows and return how many there are."""
    if set(con.execute(shipped("queries")["phrase_probabilities"]).fetchall()) == {
        dataclasses.astuple(r) for r in rows
    }:
        return len(rows)
    con.execute("delete from phrase_probabilities")
    return add(con, rows)


def _row(record: Any) -> dict[str, Any]:
    return {field.name: _value(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _value(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    return str(value) if isinstance(value, str) else value
