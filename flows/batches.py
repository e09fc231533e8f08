"""What the stages share: batches, how progress is told, and who runs a batch (a plain call, or a Prefect task)."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from flows.run_log import Counts, add_counts

Item = TypeVar("Item")

Batch = Callable[..., Counts]
"""Does one batch of a stage and returns what became of it; a flow passes the same function wrapped as a task."""


class Tell(Protocol):
    """Is told after each batch how far its stage has come."""

    def __call__(self, stage: str, counts: Counts) -> None: ...


def silent(stage: str, counts: Counts) -> None:
    """Tell nobody."""


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of `size`, the last one as long as it comes."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def until_empty(stage: str, counts: Counts, work: Callable[[], Counts], tell: Tell) -> None:
    """Do batches, adding to `counts`, until one finds nothing left to do (an empty count)."""
    while done := work():
        counts.update(add_counts(counts, done))
        tell(stage, counts)
