"""Ingest: files, folders, addresses and feeds become articles; each input is stored, already known, or set aside."""

from collections.abc import Sequence

from claims.articles import read_article
from claims.errors import ClaimsError
from claims.reader import Reading
from claims.reader import read_article as read_attributions
from claims.records import Article, SetAside
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, batches, silent
from flows.extract import store_readings
from flows.given import given_relations
from flows.inputs import Page, read_inputs
from flows.outlets import Outlets, read_outlets
from flows.run_log import Counts, add_counts, logged
from flows.set_asides import set_aside
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction

STAGE = Stage.INGEST


def ingest_inputs(
    settings: Settings, clock: Clock, inputs: Sequence[str], *, batch: Batch | None = None, tell: Tell = silent
) -> Counts:
    """Store every article that `inputs` hold (the feeds of outlets.toml where there are none) and return the counts."""
    outlets = read_outlets(settings.outlets)
    found = read_inputs(inputs, now=clock.recorded_at, outlets=outlets, home=settings.home)
    with logged(settings.home, STAGE) as counts:
        counts.update(stored=0, known=0, set_aside=0)
        for pages in batches(found, settings.batch):
            counts.update(add_counts(counts, (batch or ingest_batch)(settings, clock, pages, outlets)))
            tell(STAGE, counts)
    return counts


def ingest_batch(settings: Settings, clock: Clock, pages: Sequence[Page | SetAside], outlets: Outlets) -> Counts:
    """Store one batch of pages in one transaction and return what became of each.

    An article whose attributions were given with it is read at once: there is nothing left to extract. Attributions
    without content claim nothing: they are left out, and counted.
    """
    articles: list[Article] = []
    readings: list[Reading] = []
    set_asides: list[SetAside] = []
    names: dict[str, str] = {}
    empty = 0
    for page in pages:
        if isinstance(page, SetAside):
            set_asides.append(page)
            continue
        try:
            article = read_article(page, recorded_at=clock.recorded_at)
            if page.attributions is not None:
                given = given_relations(page.attributions, article.text, all_of_them=False)
                empty += len(page.attributions) - len(given)
                readings.append(read_attributions(article, recorded_at=clock.recorded_at, given=given))
            articles.append(article)
            if page.outlet_name:
                names.setdefault(article.outlet_id, page.outlet_name)
        except ClaimsError as error:
            set_asides.append(set_aside(STAGE, page.what, error, clock))
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        add(con, outlets.records(articles, recorded_at=clock.recorded_at, names=names))
        stored = add(con, articles)
        store_readings(con, readings, clock)
        add(con, set_asides)
    counts = {"stored": stored, "known": len(articles) - stored, "set_aside": len(set_asides)}
    return counts | ({"attributions_without_content": empty} if empty else {})


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("ingest")
