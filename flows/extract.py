"""Extract: articles that have not been read by this extractor and reader become attributions, sources and claims."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from claims.extraction.extractor import EXTRACTOR
from claims.reader import READER, Reading
from claims.records import Succession
from claims.succession import successions
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, batches, silent, until_empty
from flows.questions import first_questions
from flows.readers import Reader, read_here, readers
from flows.revising import version_links
from flows.run_log import Counts, add_counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection, articles_to_extract, claims_of, latest_extraction

STAGE = Stage.EXTRACT


def extract_articles(
    settings: Settings,
    clock: Clock,
    *,
    batch: Batch | None = None,
    reading_with: Callable[[Settings], AbstractContextManager[Reader]] = readers,
    tell: Tell = silent,
) -> Counts:
    """Read every article that waits and return the counts; `reading_with` says where the reading is done."""
    with logged(settings.home, STAGE) as counts, reading_with(settings) as reader:
        counts.update(articles=0, attributions=0, claims=0, set_aside=0)
        until_empty(STAGE, counts, lambda: (batch or extract_batch)(settings, clock, reader), tell)
        tell(STAGE, counts)
    return counts


def extract_batch(settings: Settings, clock: Clock, reader: Reader = read_here) -> Counts:
    """Read the next articles, a batch for each process, and write what each batch gives; empty where none waits.

    Each batch is written in one transaction as soon as it is read, so that one that fails loses no other.
    """
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        how_many = settings.batch * settings.processes
        articles = articles_to_extract(con, extractor=EXTRACTOR, reader=READER, how_many=how_many)
    counts: Counts = {}
    for read in reader(list(batches(articles, settings.batch)), clock):
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
            store_readings(con, read.readings, clock)
            add(con, read.unread)
            add(con, read.set_asides)
        done = {
            "articles": len(read.readings),
            "attributions": sum(len(reading.attributions) for reading in read.readings),
            "claims": sum(len(reading.claims) for reading in read.readings),
            "set_aside": len(read.set_asides),
        }
        counts = add_counts(counts, done)
    return counts


def store_readings(con: Connection, readings: Sequence[Reading], clock: Clock) -> None:
    """Write what was read in articles, and the links from what earlier readings and earlier versions of them held."""
    links = [*_successions(con, readings, clock), *version_links(con, readings, clock)]
    add(con, links)
    add(con, first_questions(con, [claim for reading in readings for claim in reading.claims], links))
    add(con, [claimant for reading in readings for claimant in reading.claimants])
    add(con, [attribution for reading in readings for attribution in reading.attributions])
    add(con, [source for reading in readings for source in reading.sources])
    add(con, [claim for reading in readings for claim in reading.claims])
    add(con, [reading.extraction for reading in readings])


def _successions(con: Connection, readings: Sequence[Reading], clock: Clock) -> list[Succession]:
    """Return the links from claims of earlier readings to those that take their place now."""
    links: list[Succession] = []
    for reading in readings:
        before = latest_extraction(con, reading.extraction.article_id)
        if before is not None:
            old = claims_of(con, before.claim_ids, before.reader)
            links.extend(successions(old, reading.claims, recorded_at=clock.recorded_at))
    return links


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("extract")
