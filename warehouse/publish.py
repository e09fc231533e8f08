"""Publishing: a checked copy of the warehouse, replaced atomically, that readers may hold open for ever."""

import contextlib
import glob
import os
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from warehouse.check import run_checks
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseBusy
from warehouse.materialise import materialise

_POLL_SECONDS = 0.1
# Whoever still writes a copy has touched it since.
_ABANDONED_SECONDS = 86_400.0


def publish(warehouse: Path, published: Path, *, wait_seconds: float = 60.0) -> int:
    """Replace `published` by a copy of `warehouse`, its views answered, and return the number of checks that it passed.

    Readers that hold the old copy open keep it. Raises FailedCheck, and then publishes nothing; WarehouseBusy when
    another process keeps the warehouse for longer than `wait_seconds`.
    """
    with open_warehouse(warehouse, wait_seconds=wait_seconds) as con:
        n_checks = run_checks(con)
        con.execute("checkpoint")
    published.parent.mkdir(parents=True, exist_ok=True)
    _sweep(published)
    deadline = time.monotonic() + wait_seconds
    handle, name = tempfile.mkstemp(prefix=f".{published.name}.", suffix=".new", dir=published.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        while not _guarded_copy(warehouse, fresh):
            if time.monotonic() >= deadline:
                raise WarehouseBusy(f"{warehouse} was never at rest for {wait_seconds:.0f} s: stop what writes to it")
            time.sleep(_POLL_SECONDS)
        # Writers need not wait for this: it is done in the copy.
        materialise(fresh)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.chmod(0o644)
        fresh.replace(published)
    finally:
        fresh.unlink(missing_ok=True)
    return n_checks


def _sweep(published: Path) -> None:
    """Remove the copies that killed runs have left behind: each is as large as the warehouse."""
    for left in published.parent.glob(f".{glob.escape(published.name)}.*.new*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _guarded_copy(warehouse: Path, fresh: Path) -> bool:
    # A read-only connection keeps every writer out while the file is copied; this process holds no writing
    # connection, whose lock plain I/O on the file would drop.
    try:
        guard = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.IOException:
        return False
    try:
        if Path(f"{warehouse}.wal").exists():
            return False
        with fresh.open("wb") as target, warehouse.open("rb") as origin:
            shutil.copyfileobj(origin, target, length=1 << 20)
    finally:
        guard.close()
    return True
