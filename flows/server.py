"""A Prefect server and what is served on it, started and stopped as one; Prefect itself is loaded only in children."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from flows.prefect_env import prepare, server_variables
from flows.settings import Settings

if sys.platform != "win32":
    import fcntl

HOST = "127.0.0.1"
# A server on a cold or busy machine needs a minute for its first migrations.
START_SECONDS = 300.0
_POLL_SECONDS = 0.3
# What is asked to end and does not is killed: nothing is lost by it.
_GRACE_SECONDS = 20.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


class ServeError(OSError):
    """What is served cannot start or go on; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process that we started, and what we call it."""

    name: str
    process: subprocess.Popen[bytes]


def serve(settings: Settings, *, port: int, say: Callable[[str], None]) -> None:
    """Start a Prefect server on loopback and serve the deployments of prefect.yaml until TERM or INT.

    Raises ServeError where the port is taken, another one serves this home, or a child ends by itself; whatever was
    started has ended when this returns or raises.
    """
    prepare(settings.home)
    with _alone(settings.home), _told_to_stop() as stop, ExitStack() as children:
        address = f"http://{HOST}:{_port(port)}"
        environment = {**os.environ, **server_variables(settings.keep_days), **_variables(settings)}
        environment["PREFECT_API_URL"] = f"{address}/api"
        *_, number = address.rpartition(":")
        command = ("-m", "prefect", "server", "start", "--host", HOST, "--port", number)
        server = children.enter_context(started("server", command, environment))
        say(f"Prefect's server is starting at {address}")
        if not _healthy(server, address, stop):
            return
        runner = children.enter_context(started("runner", ("-m", "flows.serving"), environment))
        say("serving the deployments of prefect.yaml; stop it with Ctrl-C or TERM")
        while not stop.wait(_POLL_SECONDS):
            _check((server, runner))
        say("stopping")


@contextmanager
def started(name: str, command: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[Child]:
    """Yield a child that runs Python with `command`; it and its own children have ended when the block has."""
    # In a session of its own: Ctrl-C reaches us alone, and we end the children in order.
    process = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, *command],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_prepare_child if sys.platform != "win32" else None,  # noqa: PLW1509  # no threads here
    )
    try:
        yield Child(name=name, process=process)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    # First the one that knows how to end what it runs, then whatever is left of its group. INT, since on TERM Prefect's
    # runner leaves without ending its runs.
    process.send_signal(signal.SIGINT)
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
    finally:
        if sys.platform != "win32":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _prepare_child() -> None:
    # A shell starts what runs in the background deaf to INT, and so would we start them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Where we are killed, nobody else would end them, and the next start would find its port taken.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)


def _check(children: tuple[Child, ...]) -> None:
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise ServeError(f"the {child.name} ended by itself ({_ending(code)}): see above, then start again")


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _healthy(server: Child, address: str, stop: threading.Event) -> bool:
    """Return whether the server answers before we are told to stop; raises ServeError where it never will."""
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(trust_env=False, timeout=5.0) as client:
        while not stop.wait(_POLL_SECONDS):
            _check((server,))
            try:
                if client.get(f"{address}/api/health").status_code == httpx.codes.OK:
                    return True
            except httpx.TransportError:
                pass
            if time.monotonic() > deadline:
                raise ServeError(f"Prefect's server did not answer at {address} for {START_SECONDS:.0f} s: try again")
    return False


def _port(wanted: int) -> int:
    """Return the port to listen at, a free one for 0; raises ServeError where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError as error:
            raise ServeError(
                f"port {wanted} cannot be had ({error.strerror}): name another with --port, 0 for any free one"
            ) from error
        port: int = probe.getsockname()[1]
    return port


def _variables(settings: Settings) -> dict[str, str]:
    """Return where things lie, for children that must not find another place by themselves."""
    places = ("home", "warehouse", "published", "outlets")
    return {f"ONRECORD_{name.upper()}": str(getattr(settings, name)) for name in places}


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / ".serve.lock").open("w") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ServeError(f"another `onrecord serve` is at work in {home}: stop it first") from error
        yield


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Yield an event that TERM and INT set; afterwards they mean again what they meant before."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
