"""What the terminal shows: tables, counts and stories, with nothing in the data able to steer the terminal."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# C0 and C1 control characters, and the marks that reorder or hide text on the screen.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_WIDE = 100_000


class _Screen(Console):
    """A console on which no text can steer the terminal, whoever forgot to make it plain."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*(plain(given) if isinstance(given, str) else given for given in objects), **options)


def console(file: IO[str] | None = None, *, width: int = _WIDE) -> Console:
    """Return a console that takes text as it is; where no terminal limits a line, `width` does."""
    stream = file or sys.stdout
    if stream.isatty():
        return _Screen(file=stream, markup=False, emoji=False, highlight=False)
    return _Screen(file=stream, width=width, markup=False, emoji=False, highlight=False)


def plain(text: str) -> str:
    """Return `text` with every character that could steer a terminal made visible as �."""
    return _STEERING.sub("�", text)


def cell(value: object, *, limit: int | None = None) -> str:
    """Return `value` as one line for a table: empty for None, times in UTC, lists and structs as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M") if limit else value.isoformat()
        case date():
            return value.isoformat()
        case float():
            return f"{value:.6g}"
        case list() | dict() | tuple():
            text = json.dumps(value, default=str, ensure_ascii=False)
        case _:
            text = str(value)
    text = plain(" ".join(text.split()))
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, limit: int | None = None) -> Table:
    """Return a table of `rows`; cells longer than `limit` are cut with an ellipsis."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    numbers = None
    body = []
    for row in rows:
        is_number = [isinstance(value, int | float) and not isinstance(value, bool) for value in row]
        numbers = [a and b for a, b in zip(numbers or is_number, is_number, strict=True)]
        body.append([Text(cell(value, limit=limit)) for value in row])
    for index, column in enumerate(columns):
        right = numbers is not None and numbers[index]
        drawn.add_column(Text(plain(column)), justify="right" if right else "left", overflow="fold")
    for line in body:
        drawn.add_row(*line)
    return drawn


def counts_line(counts: Mapping[str, int]) -> str:
    """Return counts as words: "3 stored, 1 known, 0 set aside"."""
    return ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in counts.items()) or "nothing to do"
