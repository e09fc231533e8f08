"""Views answered once: in a published copy they are tables, as of publication, under the names that they have here."""

from pathlib import Path

import duckdb

from warehouse.connect import STORAGE_VERSION, VIEWS
from warehouse.sql import shipped

# Left as views: they would say again what other tables hold (whole texts, every event), and are quick as they are.
STAY_VIEWS = frozenset({"articles_now", "claim_history", "claim_lineage"})
# Enough for a million claims; what does not fit goes to disk beside the copy.
_MEMORY = "2GB"


def materialise(path: Path) -> tuple[str, ...]:
    """Turn the views of the copy at `path` into tables of the same rows, columns and comments; return their names.

    Nobody else may have the file open. Macros stay macros: with `as_of` they answer for any time.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": _MEMORY,
        "temp_directory": f"{path}.tmp",
    }
    con = duckdb.connect(str(path), config=config)
    try:
        con.execute("set timezone = 'UTC'")
        _answer_macros_once(con)
        views = [name for name in _views(con) if name not in STAY_VIEWS]
        for name in views:
            _replace(con, name)
        con.execute("checkpoint")
    finally:
        con.close()
    return tuple(views)


def _answer_macros_once(con: duckdb.DuckDBPyConnection) -> None:
    """Hide every macro of one moment behind a temporary one that holds its answer for the moment of the views."""
    found = {name for (name,) in con.execute(shipped("queries")["macros_of_a_moment"]).fetchall()}
    for name in (name for name in VIEWS if name in found):
        con.execute(f"create temp table answer_{name} as from {name}(now_as_of())")
        con.execute(f"create temp macro {name}(as_of) as table from answer_{name}")


def _views(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = {name for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall()}
    return [name for name in VIEWS if name in found]


def _replace(con: duckdb.DuckDBPyConnection, name: str) -> None:
    comments = con.execute(shipped("queries")["view_comments"], {"name": name}).fetchall()
    con.execute(f"create table main.fresh_{name} as from {name}")
    con.execute(f"drop view {name}")
    con.execute(f"alter table fresh_{name} rename to {name}")
    for column, comment in comments:
        what = f"column {name}.{column}" if column else f"table {name}"
        said = comment if column else f"{comment} As of publication."
        con.execute(f"comment on {what} is {_quoted(said)}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
