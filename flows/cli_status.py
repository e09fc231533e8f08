"""`onrecord status` and `doctor`: what ran, what waits, and whether this machine is fit to run it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import options
from flows.render import console, counts_line, plain, table

if TYPE_CHECKING:
    from flows.health import Health
    from flows.settings import Settings

Finding = tuple[bool, str, str]
"""Whether it is well, what was looked at and found, and the remedy."""

_LEAST_DISK = 1 << 30
_LEAST_STARTUP_SECONDS = 60
_CELL = 100
_FEED = ("address", "last_look_at", "last_status", "failures_in_row", "new_a_day", "silent_since", "entries_waiting")


def status(
    warehouse: options.Warehouse = None,
    published: options.Published = None,
    as_of: options.AsOf = None,
    json: Annotated[bool, typer.Option("--json", help="As one JSON object, for programs.")] = False,
) -> None:
    """Show the last runs, what waits for each stage, how feeds do, what was set aside, the disk; and what needs you.

    Its exit code is for monitors. 0: all is well. 1: something wants attention: the last run of a stage failed or never
    ended, work waits for over a day, a feed does not answer or has been silent for a week, the published file is more
    than a day behind, less than 1 GB of disk is left, or another process holds the warehouse for too long.
    2: there is no warehouse, or it cannot be used.
    """
    from flows.health import look

    health = look(options.settings_from(warehouse, published), options.clock_from(as_of))
    if json:
        from flows.health import as_json

        sys.stdout.write(as_json(health) + "\n")
    else:
        _print(health)
    if health.attention:
        raise typer.Exit(1)


def _print(health: "Health") -> None:
    screen = console()
    runs = [(r.started_at, r.stage, r.state, r.seconds, r.error or counts_line(r.counts or {})) for r in health.runs]
    waiting = [(row["stage"], row["waiting"], row["n"], row["since"]) for row in health.waiting]
    feeds = [[row[name] for name in _FEED] for row in health.feeds]
    set_asides = [[row[name] for name in ("stage", "error", "n", "latest", "message")] for row in health.set_asides]
    sizes = [(name, round(size / 1e6, 1)) for name, size in health.disk.items()]
    parts: tuple[tuple[str, tuple[str, ...], Sequence[Sequence[object]]], ...] = (
        ("last runs", ("started", "stage", "state", "seconds", "what"), runs),
        ("waiting", ("stage", "what", "n", "since"), waiting),
        ("feeds", ("address", "last look", "came to", "failures", "new a day", "silent since", "waiting"), feeds),
        ("set aside", ("stage", "error", "n", "latest", "why, for instance"), set_asides),
        ("rows", ("table", "n"), list(health.rows.items())),
        ("disk", ("what", "MB"), sizes),
    )
    for title, columns, rows in parts:
        if rows:
            screen.print(f"{title}\n", table(columns, rows, limit=_CELL), "", sep="\n")
    published = f"{health.published_at:%Y-%m-%d %H:%M}" if health.published_at else "never"
    screen.print(f"published {published}")
    for line in health.attention:
        screen.print(f"ATTENTION {plain(line)}", soft_wrap=True)
    if not health.attention:
        screen.print("all is well")


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
