"""What the command line asks of a warehouse beyond the stages: analysts' queries, and how the file is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import BadQuery
from warehouse.rows import dicts
from warehouse.sql import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a query: the names of its columns (a name may come twice) and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def confine(con: duckdb.DuckDBPyConnection, *, out: Path | None = None) -> None:
    """Keep every later statement of `con` to the database that it has open, and to `out` where that is given."""
    con.execute("set allowed_paths = $paths", {"paths": [str(out.absolute())] if out else []})
    con.execute("set enable_external_access = false")


def answer(con: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Return the answer to an analyst's query; raises BadQuery, which says where it fails."""
    with _asked():
        con.execute(sql)
        columns = tuple(column[0] for column in con.description or ())
        return Answer(columns=columns, rows=con.fetchall() if columns else [])


def write_parquet(con: duckdb.DuckDBPyConnection, sql: str, out: Path) -> None:
    """Write the answer to an analyst's query to `out`, with its types as they are; raises BadQuery."""
    with _asked():
        con.sql(sql).write_parquet(str(out.absolute()))


def claims_said(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[dict[str, Any]]:
    """Return the words of every claim current at `as_of`: `claim_id, article_id, doc_id, url, first, last, said`."""
    return dicts(con, shipped("queries")["claims_said"], as_of=as_of)


def judgements(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return all judgements by persons and imports, oldest first; one of a claim whose place was taken comes twice."""
    return dicts(con, shipped("queries")["judgements"])


def standing_set_asides(con: duckdb.DuckDBPyConnection, as_of: datetime) -> list[dict[str, Any]]:
    """Return how many inputs stand set aside for which reason: `stage, error, n, latest, message` of the latest."""
    return dicts(con, shipped("queries")["standing_set_asides"], as_of=as_of)


def feed_health(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return how each feed and sitemap does, the worst first, by the columns of the view `feed_health`."""
    return dicts(con, shipped("queries")["feed_health"])


def storage_version(con: duckdb.DuckDBPyConnection) -> str:
    """Return the storage version of the open file, as DuckDB names it."""
    row = con.execute("select tags['storage_version'] from duckdb_databases() where not internal").fetchone()
    return str(row[0]) if row and row[0] else "unknown"


@contextmanager
def _asked() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise BadQuery(f"the query cannot be run: {error}") from error
