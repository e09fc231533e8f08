"""Tables that others made: the rows of a Parquet file, read by DuckDB."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import BadQuery

_AT_A_TIME = 2_000


def parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the Parquet file at `path` as dicts, a few at a time; raises BadQuery where it is none."""
    con = duckdb.connect()
    try:
        found = con.execute("from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        while rows := found.fetchmany(_AT_A_TIME):
            yield from (dict(zip(names, row, strict=True)) for row in rows)
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise BadQuery(f"{path} cannot be read as Parquet ({first}): give such a file, or CSV") from error
    finally:
        con.close()
