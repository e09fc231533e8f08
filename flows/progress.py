"""How a run shows where it is: a live line on a terminal, and one line a finished stage everywhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.batches import Tell
from flows.render import console, counts_line
from flows.run_log import Counts


@contextmanager
def shown() -> Iterator[Tell]:
    """Yield what is told of each batch, shown on the standard error; a stage's line stays when the next begins."""
    screen = console(sys.stderr)
    latest: dict[str, Counts] = {}
    started = time.monotonic()

    def finish(stage: str) -> None:
        screen.print(f"{stage:<8} {counts_line(latest.pop(stage))} ({time.monotonic() - started:.1f} s)")

    with screen.status("starting …") as status:

        def tell(stage: str, counts: Counts) -> None:
            nonlocal started
            for other in [name for name in latest if name != stage]:
                finish(other)
                started = time.monotonic()
            latest[stage] = dict(counts)
            status.update(f"{stage}: {counts_line(counts)}")

        try:
            yield tell
        finally:
            for stage in list(latest):
                finish(stage)
