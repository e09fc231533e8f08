"""The index in which candidates for copies are found: marks of every text, derived from it and rebuilt at will."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta

import pandas as pd

from claims.records import Article
from warehouse.read import Connection
from warehouse.rows import records
from warehouse.sql import shipped

_FIRST, _LAST = date.min, date.max


def forget_marks(con: Connection, *, but: str) -> int:
    """Drop the marks of every version but one, so that they are made anew, and return of how many articles."""
    found = con.execute("select count(*) from copy_index where marked_by <> ?", [but]).fetchone()
    if not found or not found[0]:
        return 0
    for table in ("copy_marks", "undated_copy_marks", "copy_index"):
        con.execute(shipped("queries")[f"forget_{table}"], {"but": but})
    return int(found[0])


def articles_to_mark(con: Connection, how_many: int) -> list[Article]:
    """Return up to `how_many` articles that are not in the index yet, oldest first."""
    # Counting takes a thousandth of what looking for them takes.
    if con.execute("select (select count(*) from articles) = (select count(*) from copy_index)").fetchone() == (True,):
        return []
    return records(con, Article, shipped("queries")["articles_to_mark"], how_many=how_many)


def articles_to_compare(con: Connection, copier: str, how_many: int) -> list[Article]:
    """Return up to `how_many` articles that `copier` has not compared yet, oldest first."""
    return records(con, Article, shipped("queries")["articles_to_compare"], copier=copier, how_many=how_many)


def articles_with_ids(con: Connection, article_ids: Sequence[str]) -> list[Article]:
    """Return the articles with these ids."""
    return records(con, Article, shipped("queries")["articles_with_ids"], article_ids=list(article_ids))


def add_marks(con: Connection, article_ids: Sequence[str], marks: pd.DataFrame, marked_by: str) -> None:
    """Put articles and their marks into the index; what is in it already stays as it is.

    `marks` has the columns article_id, published_from, published_to, kind (words, quotation, names) and mark.
    """
    con.register("new_marks", marks)
    try:
        con.execute(shipped("queries")["add_copy_marks"])
        con.execute(shipped("queries")["add_undated_copy_marks"])
    finally:
        con.unregister("new_marks")
    con.execute(
        "insert into copy_index select unnest(?), ?, null on conflict do nothing", [list(article_ids), marked_by]
    )


def copy_candidates(con: Connection, articles: Sequence[Article], limits: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the pairs (one of `articles`, another of the index) that share enough marks to be compared.

    `articles` are in the index themselves; `limits` are those of claims.fingerprints.
    """
    days = [day for article in articles for day in _days(article)]
    first, last = (min(days), max(days)) if days else (_LAST, _FIRST)
    # An article without a date may copy, or be copied by, one of any day.
    everything = not all(map(_days, articles))
    reach = timedelta(days=limits["days"])
    # A date of year 1 may stand in a row of before such were refused.
    before, after = min(reach, first - _FIRST), min(reach, _LAST - last)
    bound = {
        "article_ids": [article.article_id for article in articles],
        "first": first,
        "last": last,
        "earliest": _FIRST if everything else first - before,
        "latest": _LAST if everything else last + after,
    }
    found = con.execute(shipped("queries")["copy_candidates"], {**limits, **bound})
    return [(one, other) for one, other in found.fetchall()]


def _days(article: Article) -> tuple[date, ...]:
    interval = article.published_earliest, article.published_latest
    return tuple(time.astimezone(UTC).date() for time in interval if time)


def compared(con: Connection, article_ids: Sequence[str], copier: str) -> set[str]:
    """Return which of these articles `copier` has compared with all others."""
    sql = "select article_id from copy_index where compared_by = ? and article_id in (select unnest(?))"
    return {row[0] for row in con.execute(sql, [copier, list(article_ids)]).fetchall()}


def set_compared(con: Connection, article_ids: Sequence[str], copier: str) -> None:
    """Note that `copier` has compared these articles with all others of the index."""
    con.execute(
        "update copy_index set compared_by = ? where article_id in (select unnest(?))", [copier, list(article_ids)]
    )
