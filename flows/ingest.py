"""Ingest: files, folders, addresses and feeds become articles; each input is stored, already known, or set aside."""

from collections.abc import Sequence
from pathlib import Path

from claims.articles import read_page
from claims.cleaning import harmless
from claims.errors import ClaimsError
from claims.fetches import Fetch
from claims.page_records import PageFacts
from claims.reader import Reading
from claims.reader import read_article as read_attributions
from claims.records import Article, SetAside
from claims.vocabulary import Stage
from flows.archived import archived_pages, moved, note_pages
from flows.batches import Batch, Tell, batches, silent
from flows.extract import store_readings
from flows.given import given_relations
from flows.inputs import Page, read_inputs
from flows.outlets import Outlets, read_outlets
from flows.pages import Manners
from flows.reader import Access, Found, Known, Memory
from flows.revising import settle_versions
from flows.run_log import Counts, add_counts, logged
from flows.set_asides import set_aside
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.fetches import add_mendings, add_set_asides, feed_states, known_addresses
from warehouse.load import add, transaction
from warehouse.pages import new_articles

STAGE = Stage.INGEST


def ingest_inputs(
    settings: Settings, clock: Clock, inputs: Sequence[str], *, batch: Batch | None = None, tell: Tell = silent
) -> Counts:
    """Store every article that `inputs` hold (the feeds of outlets.toml that are due where there are none).

    Returns the counts. The warehouse is open to read what is remembered of addresses, and to write each batch; never
    while anything is fetched.
    """
    outlets = read_outlets(settings.outlets)
    access = access_from(settings)
    found = read_inputs(inputs, now=clock.recorded_at, outlets=outlets, home=settings.home, access=access)
    with logged(settings.home, STAGE) as counts:
        counts.update(stored=0, known=0, set_aside=0)
        for pages in batches(found, settings.batch):
            counts.update(add_counts(counts, (batch or ingest_batch)(settings, clock, pages, outlets)))
            tell(STAGE, counts)
    return counts


def ingest_archive(settings: Settings, clock: Clock, home: Path, *, tell: Tell = silent) -> Counts:
    """Store again every article that the archive under `home` holds, id and all, and return the counts.

    Nothing is fetched. Under another home than that of `settings` the kept bytes are copied there.
    """
    outlets = read_outlets(settings.outlets)
    found = archived_pages(home, now=clock.recorded_at)
    if home.resolve() != settings.home.resolve():
        found = (moved(item, home, settings.home) if isinstance(item, Page) else item for item in found)
    with logged(settings.home, STAGE) as counts:
        counts.update(stored=0, known=0, set_aside=0)
        for pages in batches(found, settings.batch):
            counts.update(add_counts(counts, ingest_batch(settings, clock, pages, outlets)))
            tell(STAGE, counts)
    return counts


def access_from(settings: Settings) -> Access:
    """Return how `settings` let us use the network, and what the warehouse remembers of it."""
    manners = Manners(allowed=settings.allow_hosts, contact=settings.contact, interval=settings.host_interval)
    memory = Memory()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
            memory = Memory(states=feed_states(con), known=known_addresses(con))
    return Access(manners=manners, fetchers=settings.fetchers, memory=memory)


def ingest_batch(settings: Settings, clock: Clock, pages: Sequence[Found], outlets: Outlets) -> Counts:
    """Store one batch of pages in one transaction and return what became of each.

    An article whose attributions were given with it is read at once: there is nothing left to extract. Attributions
    without content claim nothing: they are left out, and counted.
    """
    found: list[tuple[Article, PageFacts]] = []
    page_of: dict[str, Page] = {}
    readings: list[Reading] = []
    set_asides: list[SetAside] = []
    looks = [page for page in pages if isinstance(page, Fetch)]
    read: dict[str, str] = {}
    names: dict[str, str] = {}
    empty = 0
    for page in pages:
        if isinstance(page, SetAside):
            set_asides.append(page)
        if not isinstance(page, Page):
            continue
        try:
            article, facts = read_page(page, recorded_at=clock.recorded_at)
            if page.attributions is not None:
                given = given_relations(page.attributions, article.text, all_of_them=False)
                empty += len(page.attributions) - len(given)
                readings.append(read_attributions(article, recorded_at=clock.recorded_at, given=given))
            found.append((article, facts))
            page_of.setdefault(article.article_id, page)
            read[harmless(page.what)] = article.article_id
            if page.outlet_name:
                names.setdefault(article.outlet_id, page.outlet_name)
        except ClaimsError as error:
            set_asides.append(set_aside(STAGE, page.what, error, clock))
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        settled = settle_versions(con, found, clock, as_given=[one.extraction.article_id for one in readings])
        # Before the rows: what is stored can always be made again.
        new = new_articles(con, [article.article_id for article in settled.articles])
        note_pages(settings.home, [(name, page_of[name]) for name in new], now=clock.recorded_at)
        add(con, outlets.records(settled.articles, recorded_at=clock.recorded_at, names=names))
        stored = add(con, settled.articles)
        add(con, settled.facts)
        add(con, settled.revisions)
        store_readings(con, readings, clock)
        read = {what: settled.same_as.get(name, name) for what, name in read.items()}
        add_mendings(con, read, recorded_at=clock.recorded_at)
        add_set_asides(con, set_asides)
        add(con, looks)
    known = sum(isinstance(page, Known) for page in pages) + len(found) - stored
    counts = {"stored": stored, "known": known, "set_aside": len(set_asides)}
    also = {"attributions_without_content": empty, "looks": len(looks)}
    return counts | {word: number for word, number in also.items() if number}


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("ingest")
