"""Publish: a checked copy of the warehouse replaces the file that analysts read."""

from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import set_clock, transaction
from warehouse.publish import publish

STAGE = Stage.PUBLISH


def publish_all(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Publish what the warehouse holds and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update((batch or publish_batch)(settings, clock))
        tell(STAGE, counts)
    return counts


def publish_batch(settings: Settings, clock: Clock) -> Counts:
    """Set the clock of the views that end in _now, run the checks and replace the published file."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        set_clock(con, clock.as_of)
    return {"checks": publish(settings.warehouse, settings.published, wait_seconds=settings.wait_seconds)}


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("publish")
