"""`onrecord sql`: a query on the published file, as a table or as CSV, JSON or Parquet."""

import csv
import io
import json
import math
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from flows import options
from flows.render import console, plain, table

if TYPE_CHECKING:
    from warehouse.answers import Answer

_CELL = 120


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='"select …"; - reads it from the standard input.')],
    published: options.Published = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="A table by default, or what --out ends in.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to the terminal.")] = None,
) -> None:
    """Run a query on the published file, which sees no other file, and print the answer or write it to one."""
    from warehouse.answers import answer, confine, write_parquet
    from warehouse.connect import open_published

    form = form or _form_of(out)
    if out is not None:
        options.output(out)
    if form is Format.PARQUET and out is None:
        raise typer.BadParameter("Parquet needs a file: add --out FILE", param_hint="--format")
    text = sys.stdin.read() if query == "-" else query
    if not text.strip():
        raise typer.BadParameter("the query is empty")
    with open_published(options.settings_from(published=published).published) as con:
        # A query that came from elsewhere reads and writes nothing else of whoever runs it.
        confine(con, out=out if form is Format.PARQUET else None)
        if form is Format.PARQUET and out is not None:
            write_parquet(con, text, out)
            return
        found = answer(con, text)
    if out is None:
        _print(found, form)
    else:
        with out.open("w", encoding="utf-8", newline="") as file:
            _write(found, form, file)


def _form_of(out: Path | None) -> Format:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    known = {"": Format.TABLE, "txt": Format.TABLE, "csv": Format.CSV, "json": Format.JSON, "parquet": Format.PARQUET}
    if ending not in known:
        remedy = "end it in .csv, .json, .parquet or .txt, or add --format"
        raise typer.BadParameter(f"{out} has an ending that names no format: {remedy}", param_hint="--out")
    return known[ending]


def _print(found: "Answer", form: Format) -> None:
    if form is Format.TABLE:
        _write(found, form, sys.stdout)
        console().print(f"{len(found.rows):,} row{'' if len(found.rows) == 1 else 's'}")
        return
    # A file or a pipe gets the data as they are; a terminal must not obey them.
    buffer = io.StringIO(newline="")
    _write(found, form, buffer)
    sys.stdout.write(plain(buffer.getvalue()) if sys.stdout.isatty() else buffer.getvalue())


def _write(found: "Answer", form: Format, file: IO[str]) -> None:
    match form:
        case Format.JSON:
            names = _distinct(found.columns)
            answer = [dict(zip(names, map(_jsonable, row), strict=True)) for row in found.rows]
            file.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
        case Format.CSV:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(found.columns)
            writer.writerows([_cell(value) for value in row] for row in found.rows)
        case _:
            console(file).print(table(found.columns, found.rows, limit=_CELL))


def _distinct(columns: Sequence[str]) -> list[str]:
    """Return the column names with a number added to those that come twice: a JSON object would keep only the last."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _jsonable(value: object) -> object:
    match value:
        case dict():
            return {str(name): _jsonable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_jsonable(inner) for inner in value]
        case float() | Decimal():
            # JSON has no infinity and no NaN.
            return float(value) if math.isfinite(value) else None
        case None | bool() | int():
            return value
        case _:
            return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _cell(value: object) -> object:
    match value:
        case dict() | list() | tuple():
            return json.dumps(_jsonable(value), ensure_ascii=False)
        case bool():
            return str(value).lower()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return value
