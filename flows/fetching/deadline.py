"""One deadline for all that an answer costs: httpx limits each step alone, and a dripping server never times out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class Deadline:
    """The moment until which an answer must be there; waiting for our own turn moves it on."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left, less than none once it has passed."""
        return self._at - time.monotonic()

    def move(self, seconds: float) -> None:
        """Move the moment on by `seconds`."""
        self._at += seconds


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Yield the deadline that holds for all connections of this thread within the block."""
    new = Deadline(seconds)
    token = _CURRENT.set(new)
    try:
        yield new
    finally:
        _CURRENT.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """Let the deadline of this thread stand still within the block."""
    started = time.monotonic()
    try:
        yield
    finally:
        if current := _CURRENT.get():
            current.move(time.monotonic() - started)


def time_left(timeout: float | None) -> float | None:
    """Return how long one step may take: `timeout`, or what the deadline leaves where that is less; at least zero."""
    current = _CURRENT.get()
    if current is None:
        return timeout
    left = max(0.0, current.left())
    return left if timeout is None else min(timeout, left)
