"""What the terminal shows: tables, counts and stories, with nothing in the data able to steer the terminal."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.table import Table
from rich.text import Text

# C0 and C1 control characters, and the marks that reorder or hide text on the screen.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_WIDE = 100_000
# A column narrower than this cannot be read when it is folded; between two of them lies a gap.
_READABLE = 20
_GAP = 3


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows for the terminal: a table where it fits, else each row as lines of its own, one a column."""

    columns: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield what fits into the width that is left."""
        widths = [max(map(cell_len, column)) for column in zip(self.columns, *self.body, strict=True)]
        least = sum(min(width, _READABLE) for width in widths) + _GAP * (len(widths) - 1)
        if least <= options.max_width:
            yield self._table(widths)
        else:
            yield from self._stacked()

    def _table(self, widths: Sequence[int]) -> Table:
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column, width, is_number in zip(self.columns, widths, self.is_number, strict=True):
            # What is short stays whole: dates, ids and numbers that are folded are hard to read and cannot be copied.
            side: JustifyMethod = "right" if is_number else "left"
            drawn.add_column(Text(column), justify=side, overflow="fold", no_wrap=width <= _READABLE)
        for line in self.body:
            drawn.add_row(*map(Text, line))
        return drawn

    def _stacked(self) -> Iterator[Table]:
        for number, line in enumerate(self.body):
            drawn = Table.grid(padding=(0, 2))
            drawn.add_column(no_wrap=True)
            drawn.add_column(overflow="fold")
            for column, text in zip(self.columns, line, strict=True):
                drawn.add_row(Text(column), Text(text))
            if number < len(self.body) - 1:
                drawn.add_row("", "")
            yield drawn


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, limit: int | None = None) -> Rows:
    """Return `rows` as they are shown; cells longer than `limit` are cut with an ellipsis."""
    given = [tuple(row) for row in rows]
    numbers = [[isinstance(value, int | float) and not isinstance(value, bool) for value in row] for row in given]
    return Rows(
        columns=tuple(map(plain, columns)),
        body=tuple(tuple(cell(value, limit=limit) for value in row) for row in given),
        is_number=tuple(bool(numbers) and all(kinds) for kinds in zip(*numbers, strict=True))
        or (False,) * len(columns),
    )


def counts_line(counts: Mapping[str, int]) -> str:
    """Return counts as words: "3 stored, 1 known, 0 set aside"."""
    return ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in counts.items()) or "nothing to do"
