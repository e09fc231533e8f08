"""The run log: one JSON line when a stage starts and one when it ends, in `runs.jsonl` beside the warehouse.

It is no table, so that running twice adds no row to any.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

Counts = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one stage as the log tells it; `state` is done, failed or unfinished."""

    run_id: str
    stage: str
    started_at: str
    state: str = "unfinished"
    seconds: float | None = None
    counts: Counts | None = None
    error: str | None = None


def add_counts(total: Counts, more: Counts) -> Counts:
    """Return the sum of two counts, word by word, in the order in which the words first came."""
    return {word: total.get(word, 0) + more.get(word, 0) for word in {**total, **more}}


@contextmanager
def logged(home: Path, stage: str) -> Iterator[Counts]:
    """Log that `stage` runs, yield the counts to fill, and log how it ended."""
    run_id = uuid4().hex[:12]
    started = datetime.now(UTC)
    watch = time.monotonic()
    counts: Counts = {}
    line: dict[str, object] = {"run_id": run_id, "stage": stage, "started_at": started.isoformat(timespec="seconds")}
    _append(home, line)
    try:
        yield counts
    except BaseException as error:
        _append(home, {**line, "state": "failed", "seconds": _since(watch), "error": _one_line(error)})
        raise
    log.info("%s: %s", stage, counts)
    _append(home, {**line, "state": "done", "seconds": _since(watch), "counts": counts})


def last_runs(home: Path, *, limit: int = 20) -> tuple[Run, ...]:
    """Return the latest runs, oldest first; a run that was killed stays unfinished."""
    return _runs(home)[-limit:]


def last_of_each(home: Path) -> dict[str, Run]:
    """Return the latest run of each stage that ever ran."""
    return {run.stage: run for run in _runs(home)}


def _runs(home: Path) -> tuple[Run, ...]:
    runs: dict[str, Run] = {}
    path = home / "runs.jsonl"
    if not path.exists():
        return ()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := _parsed(line):
            runs[found["run_id"]] = Run(**{name: found[name] for name in Run.__slots__ if name in found})
    return tuple(runs.values())


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None  # the half line of a killed process
    return found if isinstance(found, dict) and {"run_id", "stage", "started_at"} <= found.keys() else None


def trim(home: Path, *, days: int) -> int:
    """Drop the lines of runs that began over `days` ago and return how many; the last run of each stage stays."""
    if not (home / "runs.jsonl").exists():
        return 0
    with _alone(home):
        runs = _runs(home)
        oldest = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        kept = {run.run_id for run in runs if run.started_at >= oldest}
        kept |= {run.run_id for run in {run.stage: run for run in runs}.values()}
        lines = (home / "runs.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
        found = [(line, _parsed(line)) for line in lines if line.strip()]
        staying = [line for line, told in found if told and told["run_id"] in kept]
        if len(staying) < len(found):
            fresh = home / ".runs.jsonl.new"
            fresh.write_text("".join(f"{line}\n" for line in staying), encoding="utf-8")
            fresh.replace(home / "runs.jsonl")
    return len(found) - len(staying)


def _append(home: Path, line: dict[str, object]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    # A leading line break ends the half line that a killed process may have left.
    with _alone(home), (home / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(line, ensure_ascii=False) + "\n")


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    # A line that is appended while the log is being trimmed would be lost with the old file.
    with (home / ".runs.lock").open("w") as lock:
        if sys.platform != "win32":
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _since(watch: float) -> float:
    return round(time.monotonic() - watch, 3)


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:500]
