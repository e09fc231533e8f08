"""Reading what is known of pages: their versions, and which versions took which others' place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from claims.page_records import Version
from claims.vocabulary import Basis
from warehouse.rows import dicts, records
from warehouse.sql import shipped

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Factless:
    """An article that was stored before anything was known of its page."""

    article_id: str
    url: str | None
    published_basis: Basis
    recorded_at: datetime


def versions_at(con: Connection, addresses: Iterable[str]) -> list[Version]:
    """Return all texts that stood at `addresses`."""
    wanted = sorted(set(addresses))
    return records(con, Version, shipped("queries")["versions_at"], addresses=wanted) if wanted else []


def articles_without_facts(con: Connection) -> list[Factless]:
    """Return the articles that were stored before anything was known of their pages."""
    return records(con, Factless, shipped("queries")["articles_without_facts"])


def revisions_touching(con: Connection, article_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs (later, earlier) of versions of one page of which one is among `article_ids`."""
    if not article_ids:
        return []
    found = dicts(con, shipped("queries")["revisions_touching"], article_ids=list(article_ids))
    return [(row["article_id"], row["was_article_id"]) for row in found]


def pages_of(con: Connection, article_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the outlet and the address of the page of each of these articles that has one."""
    rows = dicts(con, shipped("queries")["pages_of"], article_ids=sorted(set(article_ids)))
    return {row["article_id"]: (row["outlet_id"], row["address"]) for row in rows}


def superseded(con: Connection, as_of: datetime) -> set[str]:
    """Return the articles that another text of their page had taken the place of by `as_of`."""
    return {row["article_id"] for row in dicts(con, shipped("queries")["superseded_at"], as_of=as_of)}


def new_articles(con: Connection, article_ids: Sequence[str]) -> list[str]:
    """Return those of `article_ids` that are not stored yet, in their order."""
    rows = dicts(con, shipped("queries")["articles_stored"], article_ids=list(article_ids))
    stored = {row["article_id"] for row in rows}
    return [name for name in dict.fromkeys(article_ids) if name not in stored]
