"""Reading the warehouse: what each stage works on, what the command line shows, frames for analysts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from claims.records import Article, Claim, Claimant, Copy, Extraction, Match, Source
from warehouse.connect import open_published
from warehouse.errors import BadQuery
from warehouse.rows import dicts, records
from warehouse.sql import shipped

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A current claim with its source and where it was printed."""

    claim: Claim
    source: Source
    article_id: str
    outlet_id: str
    credit: str | None
    published_earliest: datetime | None
    published_latest: datetime | None
    passage: str


def _query(name: str) -> str:
    return shipped("queries")[name]


def articles_to_extract(con: Connection, *, extractor: str, reader: str, how_many: int) -> list[Article]:
    """Return up to `how_many` articles that this extractor and reader have not read yet, oldest first."""
    return records(con, Article, _query("articles_to_extract"), extractor=extractor, reader=reader, how_many=how_many)


def articles(con: Connection) -> list[Article]:
    """Return all articles, oldest first."""
    return records(con, Article, _query("all_articles"))


def article_ids(con: Connection) -> set[str]:
    """Return the ids of all articles."""
    return {row[0] for row in con.execute("select article_id from articles").fetchall()}


def fetch_times(con: Connection) -> dict[str, datetime]:
    """Return when each article was fetched."""
    return dict(con.execute("select article_id, fetched_at from articles").fetchall())


def latest_extraction(con: Connection, article_id: str) -> Extraction | None:
    """Return the latest extraction of an article, None before the first."""
    found = records(con, Extraction, _query("latest_extraction"), article_id=article_id)
    return found[0] if found else None


def claims_of(con: Connection, claim_ids: Sequence[str], reader: str) -> list[Claim]:
    """Return the claims with these ids as `reader` reads them."""
    return records(con, Claim, _query("claims_of"), claim_ids=list(claim_ids), reader=reader) if claim_ids else []


def claim_rows(con: Connection, as_of: datetime) -> list[ClaimRow]:
    """Return the claims current at `as_of`, in order of publication."""
    sources = {source.source_id: source for source in records(con, Source, _query("current_sources"), as_of=as_of)}
    printed = {row["claim_id"]: row for row in dicts(con, _query("claim_passages"), as_of=as_of)}
    rows = []
    for claim in records(con, Claim, _query("current_claims"), as_of=as_of):
        where = printed[claim.claim_id]
        rows.append(
            ClaimRow(
                claim=claim,
                source=sources[claim.source_id],
                article_id=where["article_id"],
                outlet_id=where["outlet_id"],
                credit=where["credit"],
                published_earliest=where["published_earliest"],
                published_latest=where["published_latest"],
                passage=where["passage"],
            )
        )
    return rows


def grouped_claims(con: Connection) -> set[str]:
    """Return the ids of the claims that have been compared and grouped."""
    return {row[0] for row in con.execute("select distinct claim_id from groupings").fetchall()}


def known_after(con: Connection, as_of: datetime) -> bool:
    """Return whether anything was fetched or read later than `as_of`."""
    return bool(con.execute(_query("known_after"), {"as_of": as_of}).fetchone() == (True,))


def live_copies(con: Connection, as_of: datetime) -> list[Copy]:
    """Return the copy decisions that stand at `as_of`."""
    return records(con, Copy, _query("copies_at"), as_of=as_of)


def copies_touching(con: Connection, article_ids: Sequence[str]) -> list[Copy]:
    """Return the copy decisions that stand about these articles, on either side."""
    return records(con, Copy, _query("copies_touching"), article_ids=list(article_ids)) if article_ids else []


def separations(con: Connection) -> list[tuple[str, str]]:
    """Return the pairs of articles that persons took apart."""
    return [(one, other) for one, other in con.execute(_query("separations")).fetchall()]


def live_matches(con: Connection, as_of: datetime) -> list[Match]:
    """Return the match decisions that stand at `as_of`."""
    return records(con, Match, _query("matches_at"), as_of=as_of)


def stories(con: Connection, as_of: datetime) -> dict[str, str]:
    """Return the story of every article at `as_of`."""
    return {row["article_id"]: row["story_id"] for row in dicts(con, _query("stories_at"), as_of=as_of)}


def claims_to_resolve(con: Connection, as_of: datetime) -> set[str]:
    """Return the ids of the trackable claims without a judgement at `as_of`."""
    return {row["claim_id"] for row in dicts(con, _query("claims_to_resolve"), as_of=as_of)}


def scored_claims(con: Connection, as_of: datetime) -> pd.DataFrame:
    """Return the frame that scoring works on: a row a trackable utterance and outlet, `is_due` by the horizon rule."""
    return con.execute(_query("scored_claims"), {"as_of": as_of}).df()


def claims_like(con: Connection, prefix: str, as_of: datetime) -> list[str]:
    """Return the ids of the claims that begin with `prefix`."""
    return [row["claim_id"] for row in dicts(con, _query("claims_like"), prefix=prefix, as_of=as_of)]


def claims_saying(con: Connection, *, doc_id: str | None, url: str | None, phrase: str, as_of: datetime) -> list[str]:
    """Return the ids of the claims of one article whose content holds `phrase`, the closest in length first."""
    found = dicts(con, _query("claims_saying"), doc_id=doc_id, url=url, phrase=phrase, as_of=as_of)
    return [row["claim_id"] for row in found]


def review_queue(con: Connection, as_of: datetime) -> list[dict[str, Any]]:
    """Return what waits for a judgement: proposals first, then due claims by deadline."""
    return dicts(con, _query("review_queue"), as_of=as_of)


def evidence_of(con: Connection, claim_id: str, as_of: datetime) -> list[dict[str, Any]]:
    """Return the evidence for a claim and for the other reports of its utterance."""
    return dicts(con, _query("evidence_of"), claim_id=claim_id, as_of=as_of)


def resolutions_of(con: Connection, claim_id: str) -> list[dict[str, Any]]:
    """Return all judgements of a claim, and of claims whose place it took, oldest first."""
    return dicts(con, _query("resolutions_of"), claim_id=claim_id)


def claim_at(con: Connection, claim_id: str, as_of: datetime) -> dict[str, Any] | None:
    """Return a claim with its source as it stands at `as_of`, None where it is not current then."""
    found = dicts(con, _query("claim_at"), claim_id=claim_id, as_of=as_of)
    return found[0] if found else None


def corrections_of(con: Connection, claim_id: str, as_of: datetime) -> list[dict[str, Any]]:
    """Return the corrections of a claim that stand at `as_of`, a row a field, `machine` what the reader made of it."""
    return dicts(con, _query("corrections_of"), claim_id=claim_id, as_of=as_of)


def correction_times(con: Connection) -> set[datetime]:
    """Return the times at which anything was corrected."""
    return {row[0] for row in con.execute(_query("correction_times")).fetchall()}


def claimants_named(con: Connection, name: str, *, is_person: bool) -> list[Claimant]:
    """Return the persons or institutions of this name, accents and case aside, the exact one first."""
    return records(con, Claimant, _query("claimants_named"), name=name, is_person=is_person)


def claim_story(con: Connection, claim_id: str, as_of: datetime) -> dict[str, Any]:
    """Return all that is known of a claim; `claim` is None where there is no such current claim.

    The others are `corrections`, `copies`, `matches`, `evidence`, `resolutions` and `history`.
    """
    found = dicts(con, _query("claim_now"), claim_id=claim_id)
    return {
        "claim": found[0] if found else None,
        "corrections": corrections_of(con, claim_id, as_of),
        "copies": dicts(con, _query("copies_of_claim"), claim_id=claim_id),
        "matches": dicts(con, _query("matches_of_claim"), claim_id=claim_id),
        "evidence": evidence_of(con, claim_id, as_of),
        "resolutions": resolutions_of(con, claim_id),
        "history": dicts(con, _query("history_of_claim"), claim_id=claim_id),
    }


def clock(con: Connection) -> datetime | None:
    """Return the time for which the views that end in _now answer, None before the first run."""
    row = con.execute("select max(as_of) from clock").fetchone()
    return row[0] if row else None


def counts(con: Connection) -> dict[str, int]:
    """Return the number of rows by table."""
    return {row["name"]: row["n"] for row in dicts(con, _query("counts"))}


def backlog(con: Connection, *, as_of: datetime, extractor: str, reader: str) -> list[dict[str, Any]]:
    """Return what waits for each stage: `stage`, `waiting`, `n`, and `since` when the first of them, where known."""
    return dicts(con, _query("backlog"), as_of=as_of, extractor=extractor, reader=reader)


def frame(sql: str, published: Path) -> pd.DataFrame:
    """Return the answer of the published file to `sql` as a frame; raises BadQuery, WarehouseMissing."""
    with open_published(published) as con:
        try:
            return con.execute(sql).df()
        except duckdb.Error as error:
            raise BadQuery(str(error).strip()) from error
