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
    # Of the stage that runs: when the one before it was done, and when it was last heard of.
    began = heard = time.monotonic()

    def finish() -> None:
        nonlocal began
        for stage, counts in latest.items():
            screen.print(f"{stage:<8} {counts_line(counts)} ({heard - began:.1f} s)")
        latest.clear()
        began = heard

    with screen.status("starting …") as status:

        def tell(stage: str, counts: Counts) -> None:
            nonlocal heard
            if stage not in latest:
                finish()
            heard = time.monotonic()
            latest[stage] = dict(counts)
            status.update(f"{stage}: {counts_line(counts)}")

        try:
            yield tell
        finally:
            finish()
