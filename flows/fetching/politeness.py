"""How a host is treated: few requests at a time, none too soon after the last, across restarts as well."""

import fcntl
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from claims.records import key
from flows.failures import Postponed
from flows.fetching.asking import retry_after
from flows.fetching.deadline import paused

LONGEST_WAIT = 300.0
_DAY = 86_400.0


class Timer:
    """The time by which turns are counted, and how it is waited for: this machine's own."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, stopped: threading.Event, seconds: float) -> bool:
        """Wait for `seconds` and return whether that was stopped before."""
        return stopped.wait(seconds)


class Hosts:
    """Lets requests to each host through, `at_once` at a time and one every `interval` seconds at most.

    When a host may be asked next is kept in `folder`, so that processes beside and after this one obey it too.
    """

    def __init__(
        self, *, interval: float, at_once: int, folder: Path | None = None, timer: Timer | None = None
    ) -> None:
        self._interval = interval
        self._folder = folder
        self._timer = timer or Timer()
        self._notes: dict[str, _Note] = defaultdict(_Note)
        self._lock = threading.Lock()
        self._places: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(at_once))
        self._closed = threading.Event()

    def enter(self, host: str, *, interval: float | None = None) -> Callable[[], None]:
        """Wait for a place at `host` and return what gives it up; raises Postponed where the wait would be too long."""
        # What is longer than a day would look like a clock that was set back.
        gap = min(max(self._interval, interval or 0.0), _DAY)
        with paused():
            with self._lock:
                place = self._places[host]
            place.acquire()
            try:
                self._wait(host, gap)
            except BaseException:
                place.release()
                raise
        return place.release

    def _wait(self, host: str, gap: float) -> None:
        with self._noted(host) as note:
            now = self._timer.now()
            start = max(now, note.not_before(now))
            if start - now > LONGEST_WAIT:
                raise Postponed(
                    f"{host} is to be left alone for {start - now:.0f} seconds: try again then",
                    url=host,
                    retry_after=start - now,
                )
            if gap:
                note.moment = start + gap
        if self._timer.wait(self._closed, start - now):
            raise Postponed("the run was stopped: run it again", url=host)

    def rest(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds`, a day at most: it asked for that."""
        with self._noted(host) as note:
            now = self._timer.now()
            note.moment = max(note.not_before(now), now + min(seconds, _DAY))

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._closed.set()

    @contextmanager
    def _noted(self, host: str) -> Iterator["_Note"]:
        """Yield when `host` may be asked next, to be read and changed by one thread of one process at a time."""
        with self._lock:
            if self._folder is None:
                yield self._notes[host]
                return
            path = self._folder / "hosts" / key("host", host)
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                note = _Note(_number(file.read()))
                try:
                    yield note
                finally:
                    # In place and of one width: a process that is killed leaves no half of it.
                    file.seek(0)
                    file.write(f"{note.moment:018.3f}\n")


@dataclass(slots=True)
class _Note:
    """The moment before which a host is not to be asked."""

    moment: float = 0.0

    def not_before(self, now: float) -> float:
        """Return the moment; a clock that was set back must not keep us away for years."""
        return self.moment if self.moment - now <= _DAY else now


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


class Turns(httpx.BaseTransport):
    """A transport that waits for its turn at each host, and gives its place up when the answer is closed.

    `check` is asked before each request, redirects' included; it raises where the address is not to be fetched, and
    returns the interval that the host asks for.
    """

    def __init__(
        self, inner: httpx.BaseTransport, hosts: Hosts, check: Callable[[httpx.URL], float | None] | None = None
    ) -> None:
        self._inner = inner
        self._hosts = hosts
        self._check = check

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to `request` once it was its turn."""
        host = request.url.netloc.decode("ascii")
        asked = self._check(request.url) if self._check else None
        leave = self._hosts.enter(host, interval=asked)
        try:
            response = self._inner.handle_request(request)
        except BaseException:
            leave()
            raise
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise TypeError("a transport of another kind of client")
        response.stream = _Place(response.stream, leave)
        if response.status_code in (429, 503):
            wait = retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
            if wait:
                self._hosts.rest(host, wait)
        return response

    def close(self) -> None:
        """End all connections, and all waiting."""
        self._hosts.close()
        self._inner.close()


class _Place(httpx.SyncByteStream):
    """The body of an answer; closing it gives the place at its host up, once."""

    def __init__(self, stream: httpx.SyncByteStream, leave: Callable[[], None]) -> None:
        self._stream = stream
        self._leave: Callable[[], None] | None = leave

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        leave, self._leave = self._leave, None
        try:
            self._stream.close()
        finally:
            if leave is not None:
                leave()
