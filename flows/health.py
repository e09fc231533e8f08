"""How an installation does: last runs, backlog, feeds, set-asides, disk; and what of it somebody should look at."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from os import scandir
from pathlib import Path
from typing import Any

from claims.extraction.extractor import EXTRACTOR
from claims.reader import READER
from flows.run_log import Run, last_of_each, last_runs
from flows.settings import Clock, Settings
from warehouse.answers import feed_health, standing_set_asides
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseMissing
from warehouse.read import backlog, counts

Row = Mapping[str, Any]

# What people do has no deadline; what machines do every hour should not be a day behind.
_MACHINES_WORK = frozenset({"ingest", "extract", "match"})
LATE = timedelta(hours=24)
# The nightly run publishes, and two hours are long for it.
STALE = timedelta(hours=26)
SILENT = timedelta(days=7)
LONGEST_RUN = timedelta(hours=6)
LEAST_DISK = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an installation was at `as_of`; `attention` says in words what is not as it should be."""

    as_of: datetime
    runs: tuple[Run, ...]
    waiting: tuple[Row, ...]
    feeds: tuple[Row, ...]
    set_asides: tuple[Row, ...]
    rows: Mapping[str, int]
    disk: Mapping[str, int]
    published_at: datetime | None
    attention: tuple[str, ...]


def look(settings: Settings, clock: Clock) -> Health:
    """Return how things stand; raises WarehouseMissing or WarehouseBusy where the warehouse cannot be read."""
    if not settings.warehouse.exists():
        raise WarehouseMissing(f"no warehouse at {settings.warehouse}: run `onrecord run` or `onrecord demo` first")
    latest = last_of_each(settings.home)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        waiting = backlog(con, as_of=clock.as_of, extractor=EXTRACTOR, reader=READER)
        feeds = feed_health(con)
        set_asides = standing_set_asides(con, clock.as_of)
        rows = counts(con)
    published = settings.published
    published_at = datetime.fromtimestamp(published.stat().st_mtime, UTC) if published.exists() else None
    return Health(
        as_of=clock.as_of,
        runs=last_runs(settings.home),
        waiting=tuple(waiting),
        feeds=tuple(feeds),
        set_asides=tuple(set_asides),
        rows=rows,
        disk=dict(_sizes(settings)),
        published_at=published_at,
        attention=(
            *_of_runs(latest.values(), clock.as_of),
            *_of_backlog(waiting, clock.as_of),
            *_of_feeds(feeds, clock.as_of),
            *_of_publishing(latest, published_at),
            *_of_disk(settings.home),
        ),
    )


def as_json(health: Health) -> str:
    """Return `health` as a JSON object with times in ISO 8601."""
    return json.dumps(asdict(health), default=_iso, ensure_ascii=False, indent=1)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _of_runs(latest: Iterable[Run], now: datetime) -> Iterator[str]:
    for run in latest:
        if run.state == "failed":
            yield f"the last {run.stage} failed at {run.started_at}: {run.error}"
        elif run.state == "unfinished" and datetime.fromisoformat(run.started_at) < now - LONGEST_RUN:
            yield f"the last {run.stage} began at {run.started_at} and never ended: run it again"


def _of_backlog(waiting: Sequence[Row], now: datetime) -> Iterator[str]:
    for row in waiting:
        if row["stage"] in _MACHINES_WORK and row["n"] and row["since"] and row["since"] < now - LATE:
            yield f"{row['n']:,} {row['waiting']}, since {row['since']:%Y-%m-%d %H:%M}: is `onrecord serve` at work?"


def _of_feeds(feeds: Sequence[Row], now: datetime) -> Iterator[str]:
    for feed in feeds:
        ended_well = feed["last_success_at"]
        if feed["next_look_at"] and feed["next_look_at"] < now - LATE:
            yield f"{feed['address']} was due at {feed['next_look_at']:%Y-%m-%d %H:%M}: is `onrecord serve` at work?"
        elif feed["is_dead"] or (feed["failures_in_row"] and (ended_well is None or ended_well < now - LATE)):
            since = f"since {ended_well:%Y-%m-%d %H:%M}" if ended_well else "ever"
            yield f"{feed['address']} has not answered well {since}: {feed['last_message'] or feed['last_status']}"
        elif feed["silent_since"] and feed["silent_since"] < now - SILENT:
            yield f"{feed['address']} has brought nothing since {feed['silent_since']:%Y-%m-%d}: has it moved?"


def _of_publishing(latest: Mapping[str, Run], published_at: datetime | None) -> Iterator[str]:
    """Tell of a published copy that is far behind what the stages have done since."""
    others = [run.started_at for run in latest.values() if run.stage != "publish" and run.state == "done"]
    if not others:
        return
    last = datetime.fromisoformat(max(others))
    if published_at is None:
        yield "nothing is published: run `onrecord publish`"
    elif published_at < last - STALE:
        yield f"the published file is of {published_at:%Y-%m-%d %H:%M}, behind the last run: run `onrecord publish`"


def _of_disk(home: Path) -> Iterator[str]:
    free = shutil.disk_usage(home).free
    if free < LEAST_DISK:
        yield f"{free / 1e9:.1f} GB free at {home}: make room, less than 1 GB is left"


def _sizes(settings: Settings) -> Iterator[tuple[str, int]]:
    for path in (settings.warehouse, settings.published):
        if path.exists():
            yield str(path), path.stat().st_size
    for folder in sorted(entry for entry in settings.home.iterdir() if entry.is_dir()):
        yield str(folder), _size(folder)


def _size(folder: Path) -> int:
    total = 0
    with scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                total += _size(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                total += entry.stat(follow_symlinks=False).st_size
    return total
