"""Structured evidence: the rows of a data set of events (ACLED, GDELT, one's own) become short dated articles.

An event record says what happened and when, and somebody published it: so it is stored as what it says, one article a
record, under the data set as its outlet. It is evidence like any other later passage, counts as one origin, and a
record that its makers change becomes a new row beside the old one. Nothing is extracted from it: it makes no claims.
"""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from claims.articles import Page
from claims.errors import UnreadableInput
from claims.records import SetAside
from claims.vocabulary import Stage
from flows.archive import keep
from flows.batches import Tell, batches, silent
from flows.ingest import ingest_batch
from flows.outlets import read_outlets
from flows.run_log import Counts, add_counts, logged
from flows.set_asides import set_aside
from flows.settings import Clock, Settings
from warehouse.tables import parquet_rows

DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%m/%d/%Y")
# A record whose makers last touched it long after the event says nothing of when it could first be known.
SOON_KNOWN_DAYS = 60
LONGEST_ROW = 1_000_000

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a data set say what, and how its codes read as words."""

    names: Mapping[str, tuple[str, ...]]
    cameo: Mapping[str, str]


@cache
def known_columns() -> Columns:
    """Return the columns and codes of events.toml."""
    found = tomllib.loads(Path(__file__).with_name("events.toml").read_text(encoding="utf-8"))
    names = {what: tuple(columns) for what, columns in found["columns"].items()}
    return Columns(names=names, cameo=dict(found["cameo"]))


def import_events(
    settings: Settings, clock: Clock, paths: Iterable[Path], *, dataset: str, tell: Tell = silent
) -> Counts:
    """Store every event of the CSV and Parquet files as a dated article of `dataset`, and return the counts.

    `clock.recorded_at` is when the snapshot was taken: an answer as of an earlier time does not know its events.
    """
    outlets = read_outlets(settings.outlets)
    pages = (page for path in paths for page in event_pages(path, dataset=dataset, clock=clock, home=settings.home))
    with logged(settings.home, Stage.INGEST) as counts:
        counts.update(stored=0, known=0, set_aside=0)
        for batch in batches(pages, settings.batch * 20):
            counts.update(add_counts(counts, ingest_batch(settings, clock, batch, outlets)))
            tell(Stage.INGEST, counts)
    return counts


def event_pages(path: Path, *, dataset: str, clock: Clock, home: Path) -> Iterator[Page | SetAside]:
    """Yield a page for each event in the file at `path`; a row without a day or words is set aside with its number.

    Raises UnreadableInput where the file is no table of events.
    """
    rows = parquet_rows(path) if path.suffix.lower() == ".parquet" else _csv_rows(path)
    for number, row in enumerate(rows, start=1):
        what = f"{path}:{number}"
        if number == 1:
            _check(row, path)
        try:
            yield _page(row, dataset=dataset, clock=clock, home=home, what=what)
        except UnreadableInput as error:
            yield set_aside(Stage.INGEST, what, error, clock)


def _csv_rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_ROW)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(LONGEST_ROW)
            file.seek(0)
            # GDELT writes tabs; a semicolon is what spreadsheets of many countries write.
            yield from csv.DictReader(file, delimiter=max("\t;,", key=head.count))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(f"{path} is no table that can be read ({error}): save it as CSV in UTF-8") from error


def _check(row: Row, path: Path) -> None:
    names = known_columns().names
    for wanted in ("id", "date"):
        if _given(row, wanted) is None and not any(name in row for name in names[wanted]):
            raise UnreadableInput(
                f"{path} has no column for an event's {wanted}: name one {' or '.join(names[wanted])}"
            )


def _given(row: Row, what: str) -> str | None:
    """Return what a row says of `what`, as text, or None."""
    for name in known_columns().names[what]:
        value = row.get(name)
        if value is not None and str(value).strip():
            return str(value).strip()
    return None


def _page(row: Row, *, dataset: str, clock: Clock, home: Path, what: str) -> Page:
    event_id = _given(row, "id")
    day = _day(_given(row, "date"))
    if event_id is None or day is None:
        raise UnreadableInput("the event has no id or no day that can be read: mend the row", what=what)
    if day > clock.recorded_at.date():
        raise UnreadableInput(
            "the event lies after its snapshot was taken: mend the row, or give --known-at", what=what
        )
    known = _known(_given(row, "known"), day)
    url = _given(row, "url")
    return Page(
        text=_sentences(row, day, what),
        url=None,
        doc_id=f"{dataset}:{event_id}",
        outlet=dataset,
        title=f"{_given(row, 'type') or 'Event'} {event_id}",
        credit=None,
        published=known.isoformat(),
        fetched_at=clock.recorded_at,
        raw_ref=keep(home, repr(sorted((k, str(v)) for k, v in row.items() if k)).encode()),
        attributions=(),
        what=url or what,
    )


def _day(text: str | None) -> date | None:
    for form in DATE_FORMATS if text else ():
        try:
            return datetime.strptime((text or "")[:30].split("T")[0].removesuffix(" 00:00:00"), form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _known(text: str | None, day: date) -> date:
    """Return the day on which a record can first have been known: its own, unless that is much later or earlier."""
    found: date | None = None
    if text and _is_number(text) and len(text) in (9, 10):
        found = datetime.fromtimestamp(int(text), UTC).date()
    elif text:
        found = _day(text[:8] if _is_number(text) else text)
    return found if found and 0 <= (found - day).days <= SOON_KNOWN_DAYS else day


def _is_number(text: str) -> bool:
    # "²" is a digit, too, and thousands of digits are more than Python reads.
    return text.isascii() and text.isdigit() and len(text) < 20


def _sentences(row: Row, day: date, what: str) -> str:
    """Return the event as dated prose: the record's own words, or who did what to whom where it has only codes."""
    dated = f"On {day.day} {day:%B %Y}"
    words = _given(row, "text")
    place = _given(row, "place")
    if words is None:
        deed = _deed(_given(row, "code"))
        one, other = _given(row, "actor1"), _given(row, "actor2")
        if deed is None or one is None or other is None:
            raise UnreadableInput(
                "the event has neither words nor two actors and a deed: it can bear on no claim", what=what
            )
        words = f"{_cased(one)} {deed} {_cased(other)}{f' in {place}' if place else ''}."
    if dated.removeprefix("On ") not in words:
        words = f"{dated}, {words}"
    deaths = _given(row, "deaths")
    if deaths and _is_number(deaths) and int(deaths) > 0 and not re.search(rf"\b{deaths}\b", words):
        words = f"{words.rstrip()} {dated}, {int(deaths):,} people were killed{f' in {place}' if place else ''}."
    return words


def _deed(code: str | None) -> str | None:
    """Return in words what a CAMEO code says was done, None for talk and plans."""
    known = known_columns().cameo
    # Spreadsheets drop the zero that half the codes begin with.
    full = code if code is None or (code[:1] in ("0", "1", "2") and len(code) != 1) else f"0{code}"
    return next((known[full[:n]] for n in (4, 3, 2) if full and full[:n] in known), None)


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name
