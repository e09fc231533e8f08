"""`onrecord status` and `doctor`: what ran, what waits, and whether this machine is fit to run it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from flows import options
from flows.render import console, counts_line, table

if TYPE_CHECKING:
    from flows.settings import Settings

Finding = tuple[bool, str, str]
"""Whether it is well, what was looked at and found, and the remedy."""

_LEAST_DISK = 1 << 30
_LEAST_STARTUP_SECONDS = 60


def status(warehouse: options.Warehouse = None, as_of: options.AsOf = None) -> None:
    """Show the last runs, what waits for each stage, what was set aside and why, and the disk that is used."""
    from claims.extraction.extractor import EXTRACTOR
    from claims.reader import READER
    from flows.run_log import last_runs
    from warehouse.answers import set_aside_reasons
    from warehouse.connect import open_warehouse
    from warehouse.errors import WarehouseMissing
    from warehouse.read import backlog, counts

    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    if not settings.warehouse.exists():
        raise WarehouseMissing(f"no warehouse at {settings.warehouse}: run `onrecord run` or `onrecord demo` first")
    screen = console()
    runs = last_runs(settings.home)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        waiting = backlog(con, as_of=clock.as_of, extractor=EXTRACTOR, reader=READER)
        rows = counts(con)
        reasons = set_aside_reasons(con)
    screen.print("last runs")
    shown = [(r.started_at, r.stage, r.state, r.seconds, r.error or counts_line(r.counts or {})) for r in runs]
    screen.print(table(("started", "stage", "state", "seconds", "what"), shown, limit=100))
    screen.print("\nwaiting")
    screen.print(table(("stage", "what", "n"), [(row["stage"], row["waiting"], row["n"]) for row in waiting]))
    screen.print("\nset aside")
    screen.print(table(("stage", "error", "n", "latest"), [tuple(row.values()) for row in reasons], limit=100))
    screen.print("\nrows")
    screen.print(table(("table", "n"), list(rows.items())))
    screen.print("\ndisk")
    screen.print(table(("what", "MB"), [(name, round(size / 1e6, 1)) for name, size in _sizes(settings)]))


def doctor(warehouse: options.Warehouse = None, published: options.Published = None) -> None:
    """Look at versions, paths, locks and Prefect's environment, and say what to do about what is not well."""
    settings = options.settings_from(warehouse, published)
    screen = console()
    ill = 0
    for findings in (_versions(), _folders(settings), _files(settings), _prefect()):
        for well, what, remedy in findings:
            ill += not well
            screen.print(f"{'ok ' if well else 'ILL'} {what}" + ("" if well else f"\n    {remedy}"))
    if ill:
        raise typer.Exit(1)


def _sizes(settings: "Settings") -> Iterator[tuple[str, int]]:
    for path in (settings.warehouse, settings.published):
        if path.exists():
            yield str(path), path.stat().st_size
    for folder in ("raw", "prefect"):
        files = [file for file in (settings.home / folder).rglob("*") if file.is_file()]
        yield str(settings.home / folder), sum(file.stat().st_size for file in files)


def _versions() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    python = ".".join(map(str, sys.version_info[:3]))
    yield (3, 11) <= sys.version_info[:2] <= (3, 13), f"Python {python}", "use Python 3.11, 3.12 or 3.13"
    for name in ("onrecord", "duckdb", "prefect", "fastapi", "pytz", "pandas", "trafilatura", "typer"):
        try:
            found = version(name)
        except PackageNotFoundError:
            yield False, f"{name} is not installed", "install it as the README says"
            continue
        if name == "fastapi" and tuple(int(part) for part in found.split(".")[:2]) >= (0, 151):
            yield False, f"fastapi {found}", "Prefect's server does not start with it: install fastapi<0.151"
        else:
            yield True, f"{name} {found}", ""


def _folders(settings: "Settings") -> Iterator[Finding]:
    for folder in dict.fromkeys((settings.home, settings.warehouse.parent, settings.published.parent)):
        there = next(place for place in (folder, *folder.parents) if place.exists())
        fit = there.is_dir() and os.access(there, os.W_OK)
        yield fit, f"folder {folder}", f"{there} cannot be written: choose another with ONRECORD_HOME or --warehouse"
        free = shutil.disk_usage(there).free
        yield free >= _LEAST_DISK, f"{free / 1e9:.1f} GB free at {there}", "make room: less than 1 GB is left"
    yield settings.outlets.exists(), f"outlets {settings.outlets}", "set ONRECORD_OUTLETS to your outlets.toml"


def _files(settings: "Settings") -> Iterator[Finding]:
    from warehouse.answers import storage_version
    from warehouse.connect import open_published, open_warehouse
    from warehouse.errors import WarehouseBusy, WarehouseError

    def opened(path: Path, open_file: Callable[[], str], advice: str) -> Finding:
        if not path.exists():
            return True, f"{path} is not there yet", ""
        try:
            return True, f"{path}, storage {open_file()}", ""
        except WarehouseBusy as error:
            return False, str(error), "another run is at work: wait for it"
        except WarehouseError as error:
            return False, str(error), advice

    def of_warehouse() -> str:
        with open_warehouse(settings.warehouse, wait_seconds=1) as con:
            return storage_version(con)

    def of_published() -> str:
        with open_published(settings.published) as con:
            return storage_version(con)

    yield opened(settings.warehouse, of_warehouse, "restore it from a copy, or move it away and run again")
    yield opened(settings.published, of_published, "run `onrecord publish` to replace it")


def _prefect() -> Iterator[Finding]:
    home = os.environ.get("PREFECT_HOME")
    if home:
        yield Path(home).parent.is_dir(), f"PREFECT_HOME {home}", "make the folder: Prefect's server cannot"
    address = os.environ.get("PREFECT_API_URL")
    yield True, f"Prefect server: {address or 'none, flows run here'}", ""
    startup = os.environ.get("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "")
    slow = startup.isdigit() and int(startup) < _LEAST_STARTUP_SECONDS
    yield not slow, f"start-up limit of a temporary server: {startup or '300'} s", "raise it to 300"
    analytics = os.environ.get("PREFECT_SERVER_ANALYTICS_ENABLED", "false").lower()
    yield analytics in ("false", "0"), f"Prefect's server reports home: {analytics}", "set it to false: no telemetry"
