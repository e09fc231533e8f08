"""Copies: which of the articles that are new reprint which, written before their claims are compared."""

from dataclasses import replace

from claims.copies import find_copies
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import articles


def find_new_copies(settings: Settings, clock: Clock) -> int:
    """Compare the articles that were not compared yet with all others and return how many copies were new."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        texts = articles(con)
    fetched = {article.article_id: article.fetched_at for article in texts}
    found = find_copies(texts, decided_at=clock.recorded_at)
    # What joins two texts is known once both are: a past answer must come out as it did.
    rows = [replace(c, recorded_at=max(c.recorded_at, fetched[c.article_id], fetched[c.of_article_id])) for c in found]
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        return add(con, rows)
