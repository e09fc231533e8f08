"""Prefect servers as tests start them: what they say, and what they are asked over HTTP."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

import httpx

T = TypeVar("T")


def until(answer: Callable[[], T | None], *, seconds: float = 240.0) -> T:
    """Return the first answer that is one, asked for again and again; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = answer()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"nothing came within {seconds:.0f} s")


class Api:
    """A Prefect server's own interface."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=f"{address}/api/", timeout=30.0, trust_env=False)

    def close(self) -> None:
        self.client.close()

    def is_up(self) -> bool:
        try:
            return self.client.get("health").status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, path: str, listed: list[Any] | None = None, **told: Any) -> Any:
        """Return what the server answers to a POST."""
        return self._given(lambda: self.client.post(path, json=told if listed is None else listed))

    def get(self, path: str) -> Any:
        """Return what the server answers to a GET."""
        return self._given(lambda: self.client.get(path))

    def _given(self, request: Callable[[], httpx.Response]) -> Any:
        def answer() -> httpx.Response | None:
            found = request()
            # Its SQLite was held; its own clients ask again, too.
            return None if found.status_code == 503 else found

        found = until(answer)
        assert found.is_success, found.text
        return found.json()

    def deployment(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"deployments/name/{name}")
        return found

    def run(self, deployment: str, **parameters: Any) -> str:
        """Ask for a run of `deployment` now and return its id."""
        made = self.ask(f"deployments/{self.deployment(deployment)['id']}/create_flow_run", parameters=parameters)
        return str(made["id"])

    def state(self, run_id: str) -> str:
        return str(self.get(f"flow_runs/{run_id}")["state_name"])

    def ended(self, run_id: str) -> str | None:
        """Return how a run ended, None while it has not."""
        state = self.state(run_id)
        return state if state in ("Completed", "Failed", "Crashed", "Cancelled") else None

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        wanted = {"id": {"any_": [self.deployment(deployment)["id"]]}}
        found: list[dict[str, Any]] = self.ask("flow_runs/filter", deployments=wanted)
        return found


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Yield the address of a webhook on loopback, and what was posted there."""
    heard: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", heard
        server.shutdown()
