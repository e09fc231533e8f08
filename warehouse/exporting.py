"""Writing out what analysts read: every view as CSV or Parquet, with a dictionary of what each column means."""

from pathlib import Path
from typing import Any

from claims.records import Estimate
from warehouse.connect import VIEWS
from warehouse.read import Connection
from warehouse.rows import dicts, records
from warehouse.sql import shipped

# A spreadsheet runs cells that begin like this; the quotation mark before them keeps them text.
_FORMULA = r"^''*[=+\-@\t\r]"


def judged_claims(con: Connection) -> list[dict[str, Any]]:
    """Return every utterance with an outcome, with its question and the addresses that printed it."""
    return dicts(con, shipped("queries")["judged_claims"])


def claim_credibility(con: Connection) -> list[dict[str, Any]]:
    """Return every trackable utterance with its outcome, its number of origins, and the subject that made it."""
    return dicts(con, shipped("queries")["claim_credibility"])


def estimates_of(con: Connection, method: str) -> list[Estimate]:
    """Return the estimates by `method` as of the time of the views."""
    return records(con, Estimate, shipped("queries")["estimates_at"], method=method)


def dictionary(con: Connection) -> list[dict[str, Any]]:
    """Return every column of every exported view: `relation, relation_meaning, name, type, meaning`."""
    return [row for row in dicts(con, shipped("queries")["relation_columns"]) if row["relation"] in VIEWS]


def write_views(con: Connection, folder: Path, form: str) -> dict[str, int]:
    """Write every view to a file of its own in `folder` ("csv" or "parquet") and return the rows of each.

    Rows stand in one order, so that equal contents are equal files. In CSV, lists and structs are JSON and cells that a
    spreadsheet would run begin with an apostrophe; Parquet holds the values as they are.
    """
    columns: dict[str, list[dict[str, Any]]] = {}
    for row in dictionary(con):
        columns.setdefault(row["relation"], []).append(row)
    written = {}
    for name in sorted(columns):
        cells = ", ".join(_cell(row["name"], row["type"]) for row in columns[name]) if form == "csv" else "*"
        rows = con.sql(f"select {cells} from {name} order by all")  # noqa: S608 -- names of our own views
        target = str(folder.absolute() / f"{name}.{form}")
        if form == "csv":
            rows.write_csv(target, header=True)
        else:
            rows.write_parquet(target)
        written[name] = len(rows)
    return written


def _cell(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
        text = f"to_json({quoted})::varchar"
    elif kind == "VARCHAR":
        text = quoted
    else:
        return quoted
    return f"if(regexp_matches({text}, '{_FORMULA}'), '''' || {text}, {text}) as {quoted}"
