"""How a host is treated: few requests at a time, none too soon after the last, across restarts as well."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx

from claims.records import key
from flows.failures import Postponed
from flows.fetching.asking import retry_after
from flows.fetching.deadline import paused

LONGEST_WAIT = 300.0
_DAY = 86_400.0


class Hosts:
    """Lets requests to each host through, `at_once` at a time and one every `interval` seconds at most.

    When a host may be asked next is kept in `folder`, so that a process that takes over obeys it too.
    """

    def __init__(self, *, interval: float, at_once: int, folder: Path | None = None) -> None:
        self._interval = interval
        self._folder = folder
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()
        self._places: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(at_once))
        self._closed = threading.Event()

    def enter(self, host: str, *, interval: float | None = None) -> Callable[[], None]:
        """Wait for a place at `host` and return what gives it up; raises Postponed where the wait would be too long."""
        gap = max(self._interval, interval or 0.0)
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
        with self._lock:
            now = time.time()
            start = max(now, self._not_before(host, now))
            if start - now > LONGEST_WAIT:
                raise Postponed(
                    f"{host} is to be left alone for {start - now:.0f} seconds: try again then",
                    url=host,
                    retry_after=start - now,
                )
            if gap:
                self._remember(host, start + gap)
        if self._closed.wait(start - now):
            raise Postponed("the run was stopped: run it again", url=host)

    def rest(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds`, a day at most: it asked for that."""
        with self._lock:
            now = time.time()
            self._remember(host, max(self._not_before(host, now), now + min(seconds, _DAY)))

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._closed.set()

    def _path(self, host: str) -> Path | None:
        return self._folder / "hosts" / key("host", host) if self._folder else None

    def _not_before(self, host: str, now: float) -> float:
        path = self._path(host)
        if host not in self._next and path is not None:
            try:
                noted = float(path.read_text(encoding="ascii"))
            except (OSError, ValueError):
                noted = 0.0
            # A clock that was set back must not keep us away for years.
            self._next[host] = noted if noted - now <= _DAY else now
        return self._next.get(host, 0.0)

    def _remember(self, host: str, moment: float) -> None:
        self._next[host] = moment
        path = self._path(host)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{moment:.3f}", encoding="ascii")


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
