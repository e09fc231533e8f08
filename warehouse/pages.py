"""Reading what is known of pages: their versions, and which versions took which others' place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from claims.page_records import Version
from claims.vocabulary import Basis
from warehouse.rows import dicts, records
from warehouse.sql import shipped

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Refetch:
    """A page that is due to be looked at again: what stands there, and what earlier looks left behind."""

    address: str
    outlet_id: str
    article_id: str
    url: str
    title: str | None
    byline: str | None
    credit: str | None
    published_earliest: datetime | None
    published_latest: datetime | None
    published_basis: Basis
    title_from: str | None
    byline_from: str | None
    credit_from: str | None
    first_seen_at: datetime
    due_at: datetime
    looked_at: datetime | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    succeeded_at: datetime | None
    read_in_full_at: datetime | None


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
    # Counting costs nothing, looking for each article in a large warehouse does.
    (has_all,) = con.execute("select (from articles select count(*)) = (from page_facts select count(*))").fetchall()
    if has_all == (True,):
        return []
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


def refetches_due(con: Connection, *, as_of: datetime, steps: Sequence[timedelta], how_many: int) -> list[Refetch]:
    """Return the pages whose turn by `steps` after they were first seen had come by `as_of`, most overdue first."""
    seconds = [step.total_seconds() for step in steps]
    return records(con, Refetch, shipped("queries")["refetches_due"], as_of=as_of, steps=seconds, how_many=how_many)


def versions_of(con: Connection, address: str) -> list[dict[str, Any]]:
    """Return the texts that stood at `address`, or at addresses that it is the beginning of, with what changed."""
    return dicts(con, shipped("queries")["versions_of"], address=address)


def latest_revisions(con: Connection, how_many: int) -> list[dict[str, Any]]:
    """Return the latest revisions, with how many claims each touched."""
    return dicts(con, shipped("queries")["latest_revisions"], how_many=how_many)


def changes_of(con: Connection, article_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the revisions that led to these articles changed about claims."""
    return dicts(con, shipped("queries")["changes_of"], article_ids=list(article_ids)) if article_ids else []
