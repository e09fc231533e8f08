"""What a scheduler does with a farm, in a process of its own that may be killed: ingest at each simulated time,
and every fourth midnight a second look at the pages that are due for one.

    python farm_drive.py HOME PORT HOURS UNTIL_HOURS

It goes on where an earlier one was killed. The only things that are not as they are for a user: names are resolved to
this machine, waiting for one's turn takes no time, and a server that does not answer is given up on early.
"""

import socket
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from farm import INTERVAL, START, TIME, TURN

from flows import ingest, pages, revisions
from flows.fetching import clients, guard
from flows.fetching.politeness import Timer
from flows.pipeline import run_stage
from flows.settings import Clock, load_settings


class Simulated(Timer):
    """Time that passes by being waited for."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self._elapsed = 0.0
        self._lock = threading.Lock()
        self._mine = threading.local()

    def now(self) -> float:
        with self._lock:
            self._mine.asked = self.start.timestamp() + self._elapsed
        return float(self._mine.asked)

    def wait(self, stopped: threading.Event, seconds: float) -> bool:
        with self._lock:
            # From when this thread asked: others may have waited since.
            self._mine.turn = self._mine.asked + seconds
            self._elapsed = max(self._elapsed, self._mine.turn - self.start.timestamp())
        return stopped.is_set()

    def turn(self) -> float:
        """When this thread was let through last."""
        return float(self._mine.turn)


def look(home: Path, port: int, at: datetime) -> None:
    """Run what is scheduled at one time."""
    timer = Simulated(at)
    settings = load_settings(home=home, outlets=home / "outlets.toml").model_copy(
        update={"allow_hosts": _Farm(port), "host_interval": INTERVAL, "batch": 100_000}
    )
    access_from = ingest.access_from

    def with_timer(given: Any) -> Any:
        access = access_from(given)
        return replace(access, manners=replace(access.manners, timer=timer))

    send = guard.GuardedTransport.handle_request

    def told(transport: guard.GuardedTransport, request: httpx.Request) -> httpx.Response:
        request.headers[TIME], request.headers[TURN] = at.isoformat(), repr(timer.turn())
        return send(transport, request)

    ingest.access_from = revisions.access_from = with_timer
    guard.GuardedTransport.handle_request = told  # type: ignore[method-assign]
    try:
        run_stage("ingest", settings, Clock.fixed(at))
        # Seldom, so that the test takes no hour: every fourth midnight.
        if at.hour == 0 and (at - START).days % 4 == 2:
            revisions.refetch(settings, Clock.fixed(at))
    finally:
        ingest.access_from = revisions.access_from = access_from
        guard.GuardedTransport.handle_request = send  # type: ignore[method-assign]


class _Farm(frozenset[str]):
    """All hosts of the farm."""

    def __new__(cls, port: int) -> "_Farm":
        return super().__new__(cls, {f"site-{number:02}.farm.example:{port}" for number in range(100)})


def main(home: Path, port: int, hours: float, until: float) -> None:
    """Look at the farm every `hours` of simulated time until `until`, then compare what came."""
    resolve = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **more: resolve(  # type: ignore[assignment]
        "127.0.0.1" if str(host).endswith(".farm.example") else host, *rest, **more
    )
    make = clients._client

    def impatient(*given: Any) -> httpx.Client:
        client = make(*given)
        client.timeout = httpx.Timeout(2.0)
        return client

    clients._client = impatient
    pages.time = type("Time", (), {"sleep": staticmethod(lambda _: None)})  # type: ignore[assignment]
    progress = home / "progress"
    done = float(progress.read_text()) if progress.exists() else 0.0
    while done < until:
        done += hours
        look(home, port, START + timedelta(hours=done))
        part = progress.with_suffix(".part")
        part.write_text(str(done))
        part.replace(progress)
    run_stage("match", load_settings(home=home), Clock.fixed(START + timedelta(hours=until)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
