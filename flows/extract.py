"""Extract: articles that have not been read by this extractor and reader become attributions, sources and claims."""

from collections.abc import Sequence

from claims.errors import ClaimsError, UnreadableText
from claims.extraction.extractor import EXTRACTOR
from claims.language import NOT_ENGLISH, is_foreign
from claims.reader import READER, Reading, read_article
from claims.records import Article, Extraction, SetAside, Succession, key
from claims.succession import successions
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent, until_empty
from flows.questions import first_questions
from flows.run_log import Counts, logged
from flows.set_asides import set_aside
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection, articles_to_extract, claims_of, latest_extraction

STAGE = Stage.EXTRACT


def extract_articles(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Read every article that waits and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update(articles=0, attributions=0, claims=0, set_aside=0)
        until_empty(STAGE, counts, lambda: (batch or extract_batch)(settings, clock), tell)
        tell(STAGE, counts)
    return counts


def extract_batch(settings: Settings, clock: Clock) -> Counts:
    """Read the next batch of articles and write what was found in one transaction; empty where none waits."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        articles = articles_to_extract(con, extractor=EXTRACTOR, reader=READER, how_many=settings.batch)
    if not articles:
        return {}
    readings: list[Reading] = []
    set_asides: list[SetAside] = []
    unread: list[Extraction] = []
    for article in articles:
        try:
            if is_foreign(article.text):
                raise UnreadableText(NOT_ENGLISH, what=article.article_id)
            readings.append(read_article(article, recorded_at=clock.recorded_at))
        except ClaimsError as error:
            set_asides.append(set_aside(STAGE, article.article_id, error, clock))
            unread.append(_nothing_found(article, clock))
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        store_readings(con, readings, clock)
        add(con, unread)
        add(con, set_asides)
    return {
        "articles": len(readings),
        "attributions": sum(len(reading.attributions) for reading in readings),
        "claims": sum(len(reading.claims) for reading in readings),
        "set_aside": len(set_asides),
    }


def store_readings(con: Connection, readings: Sequence[Reading], clock: Clock) -> None:
    """Write what was read in articles, and the links from what earlier readings of them found."""
    links = _successions(con, readings, clock)
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


def _nothing_found(article: Article, clock: Clock) -> Extraction:
    """Return the row that takes a text which cannot be read out of the queue, for this extractor and reader."""
    return Extraction(
        extraction_id=key("extraction", article.article_id, EXTRACTOR, READER),
        article_id=article.article_id,
        extractor=EXTRACTOR,
        reader=READER,
        attribution_ids=(),
        claim_ids=(),
        recorded_at=clock.recorded_at,
    )


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("extract")
