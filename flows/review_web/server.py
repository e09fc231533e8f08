"""The server of the review page: one machine, one sitting, nothing reachable from elsewhere."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from claims.errors import UnreadableInput
from flows.desk import Reviewer, Sitting, load_desk
from flows.review_web.app import MOST_BYTES, SAFETY, Request, Room, respond

HOST = "127.0.0.1"
_QUIET_SECONDS = 30


class _Handler(BaseHTTPRequestHandler):
    """Hands a request to `respond` and its reply back."""

    server_version, sys_version = "onrecord", ""
    timeout = _QUIET_SECONDS
    room: Room

    def do_GET(self) -> None:
        self._answer(b"")

    do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET  # noqa: N815 -- the names that the base class looks up

    def do_POST(self) -> None:
        said = self.headers.get("Content-Length", "0")
        length = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else MOST_BYTES + 1
        # One byte more than is taken tells that it is too long, without reading all of it.
        self._answer(self.rfile.read(min(length, MOST_BYTES + 1)))

    def _answer(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = respond(self.room, Request(method=self.command or "", target=self.path, headers=headers, body=body))
        payload = reply.body.encode("utf-8", "replace")
        self.send_response(reply.status)
        sent = {"Content-Type": reply.kind, "Content-Length": str(len(payload)), **SAFETY, **reply.headers}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that the base class gives it
        """Keep the terminal to what the reviewer needs."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def open_room(reviewer: Reviewer, port: int) -> tuple[Room, ThreadingHTTPServer]:
    """Return a sitting and its server, bound to this machine alone; raises UnreadableInput where the port is taken."""
    room = Room(reviewer=reviewer, port=port, queue=load_desk(reviewer))
    handler = type("Handler", (_Handler,), {"room": room})
    try:
        server = _Server((HOST, port), handler)
    except OSError as error:
        raise UnreadableInput(f"port {port} cannot be used ({error.strerror}): name another with --port") from error
    room.port = int(server.server_address[1])
    return room, server


def review_on_page(reviewer: Reviewer, port: int, *, tell: Callable[[str], None]) -> Sitting:
    """Serve the review page until the reviewer ends it, there or by Ctrl-C, and return what the sitting came to."""
    room, server = open_room(reviewer, port)
    tell(f"{len(room.queue)} claims wait; review them at\n\n  {room.address}\n\nFinish on the page, or Ctrl-C, ends it")
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    serving.start()
    try:
        room.finished.wait()
    except KeyboardInterrupt:
        tell("")
    finally:
        # What is being written is written to its end before anything is published.
        with room.lock:
            server.shutdown()
        server.server_close()
    return room.sitting
