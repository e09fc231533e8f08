"""Web sites on this machine that answer as a test wants, and count how they are asked."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from flows.pages import Manners
from flows.reader import Access

LOOPBACK = Manners(allowed=frozenset({"127.0.0.1", "localhost"}), interval=0)
ACCESS = Access(manners=LOOPBACK)


@dataclass
class Request:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass
class Site:
    """A site: `answers` by path, each a body, a status and headers, or what to do with the handler."""

    address: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0

    def asked(self, *, robots: bool = False) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests if robots or request.path != "/robots.txt"]

    def says(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Let the site answer `path` with `body` and return the address; `Retry_After=…` is the header Retry-After."""
        payload = body.encode() if isinstance(body, str) else body
        self.answers[path] = (payload, status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.address + path

    def does(self, path: str, act: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """Let `act` answer `path` and return the address."""
        self.answers[path] = act
        return self.address + path


@contextmanager
def serving(*, keeps_etags: bool = True) -> Iterator[Site]:
    """Yield a site that runs until the block ends; with `keeps_etags` it answers 304 to the ETag that it gave."""
    site = Site()
    lock = Lock()
    now = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def log_message(self, *args: object) -> None:
            """Keep the tests' output clean."""

        def do_GET(self) -> None:
            with lock:
                site.requests.append(Request(self.path, dict(self.headers), time.monotonic()))
                now[0] += 1
                site.most_at_once = max(site.most_at_once, now[0])
            try:
                self.close_connection = True
                self._answer(site.answers.get(self.path, (b"", 404, {})))
            except OSError:
                return
            finally:
                with lock:
                    now[0] -= 1

        def _answer(self, answer: Any) -> None:
            if callable(answer):
                answer(self)
                return
            body, status, headers = answer
            if keeps_etags and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                body, status = b"", 304
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
