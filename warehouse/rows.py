"""Rows of the warehouse turned back into records."""

import enum
import types
import typing
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import duckdb

from claims.records import Span

R = TypeVar("R")


def records(con: duckdb.DuckDBPyConnection, record_type: type[R], sql: str, **values: Any) -> list[R]:
    """Return the rows of `sql` as records: every field of the record must be a column; other columns are left out."""
    return [build(record_type, row) for row in dicts(con, sql, **values)]


def dicts(con: duckdb.DuckDBPyConnection, sql: str, **values: Any) -> list[dict[str, Any]]:
    """Return the rows of `sql`, with `values` bound by name, as dictionaries by column."""
    cursor = con.execute(sql, values) if values else con.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def build(record_type: type[R], row: dict[str, Any]) -> R:
    """Return the record of one row: structs as spans, lists as tuples, words as members of their vocabulary."""
    return record_type(
        **{name: convert(row[name]) for name, convert in _converters(cast(Hashable, record_type)).items()}
    )


@cache
def _converters(record_type: Hashable) -> dict[str, Any]:
    return {name: _converter(hint) for name, hint in typing.get_type_hints(record_type).items()}


def _converter(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        inner = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        convert = _converter(inner)
        return lambda value: None if value is None else convert(value)
    if hint is Span:
        return lambda value: Span(value["start"], value["end"])
    if typing.get_origin(hint) is tuple:
        convert = _converter(typing.get_args(hint)[0])
        return lambda value: tuple(convert(item) for item in value)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint
    return lambda value: value
