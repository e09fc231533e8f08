"""Lists of addresses: one a line in a text, or the column “url” of a CSV."""

import csv
import io
import re
from collections.abc import Iterator

from claims.errors import UnreadableInput

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|\n")


def is_address_list(text: str) -> bool:
    """Return whether a text holds addresses and nothing else; a line that begins with # is a remark."""
    lines = list(_lines(text[:200_000]))
    return bool(lines) and all(_ADDRESS.fullmatch(line) for _, line in lines)


def listed_addresses(text: str) -> Iterator[str]:
    """Yield the addresses of a list, each once, in order."""
    yield from dict.fromkeys(line for _, line in _lines(text))


def csv_addresses(text: str, *, what: str) -> Iterator[str | UnreadableInput]:
    """Yield the addresses in the column “url” of a CSV, each once; a row without one becomes an error that names it.

    Raises UnreadableInput where there is no such column.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    seen, is_empty = set(), True
    try:
        names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        if "url" not in names:
            raise UnreadableInput("the CSV has no column “url”: name the one with the addresses so", what=what)
        for row in rows:
            is_empty = False
            url = (row.get(names["url"]) or "").strip()
            if _ADDRESS.fullmatch(url) is None:
                yield UnreadableInput("its “url” is no web address: mend it", what=f"{what}:{rows.line_num}")
            elif url not in seen:
                seen.add(url)
                yield url
        if is_empty:
            raise UnreadableInput("it is empty: give one address a line", what=what)
    except csv.Error as error:
        raise UnreadableInput(f"it is not CSV ({error}): save it as CSV with a column “url”", what=what) from error


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_LINE_ENDS.split(text), start=1):
        if line.strip() and not line.strip().startswith("#"):
            yield number, line.strip()
