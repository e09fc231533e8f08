"""The index in which claims find those that may say the same, and where each stood when it was last grouped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from claims.records import Claim, Match, Source
from warehouse.read import ClaimRow, Connection
from warehouse.rows import build, dicts, records
from warehouse.sql import shipped

END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToMatch:
    """A claim of a story to be compared: `is_fresh` where it never was."""

    claim_id: str
    story_id: str
    digest: str
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Which claims new ones may meet: those made between two times, and those of their stories."""

    first: datetime | None
    last: datetime | None
    story_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a claim stands among the others, and what that rests on."""

    claim_id: str
    story_id: str
    origin_id: str
    proposition_id: str
    signature: str


def claims_to_match(con: Connection, as_of: datetime) -> list[ToMatch]:
    """Return the claims of every story that has changed since it was indexed, story by story."""
    return [ToMatch(**row) for row in dicts(con, _query("claims_to_match"), as_of=as_of, ever=END)]


def rows_with_ids(con: Connection, claim_ids: Iterable[str], as_of: datetime) -> dict[str, tuple[ClaimRow, datetime]]:
    """Return the claims among these that are current at `as_of`, else at the end of time, and when each was fetched."""
    wanted = sorted(set(claim_ids))
    found: dict[str, tuple[ClaimRow, datetime]] = {}
    for at in (as_of, END):
        missing = [name for name in wanted if name not in found]
        if missing:
            for row in dicts(con, _query("claims_with_ids"), as_of=at, claim_ids=missing):
                found[row["claim_id"]] = _claim_row(row), row["fetched_at"]
    return found


def _claim_row(row: dict[str, Any]) -> ClaimRow:
    corrected = ("resolved_source", "anonymity", "level_reason", "claimant_id", "descriptor")
    return ClaimRow(
        claim=build(Claim, row),
        source=build(Source, row["source_row"] | {name: row[name] for name in corrected}),
        article_id=row["article_id"],
        outlet_id=row["outlet_id"],
        credit=row["credit"],
        published_earliest=row["published_earliest"],
        published_latest=row["published_latest"],
        passage=row["passage"],
    )


def put_terms(con: Connection, terms: pd.DataFrame) -> None:
    """Put claims into the index, in the place of what it held of them; columns as the table has them."""
    _put(con, "claim_terms", terms)


def put_places(con: Connection, places: Sequence[Placed]) -> None:
    """Write where claims stand now, and on what that rests."""
    columns = list(Placed.__dataclass_fields__)
    rows = [[getattr(place, name) for name in columns] for place in places]
    _put(con, "claim_places", pd.DataFrame(rows, columns=columns, dtype=object))


def _put(con: Connection, table: str, rows: pd.DataFrame) -> None:
    if len(rows):
        con.register("new_rows", rows)
        try:
            con.execute(f"insert or replace into {table} by name from new_rows")
        finally:
            con.unregister("new_rows")


def pool_texts(con: Connection, reach: Reach, *, sample: int) -> list[str]:
    """Return the words of the claims within reach, of an even sample where there are many."""
    found = con.execute(_query("match_pool"), _bound(reach) | {"sample": sample}).fetchall()
    return [text for _, text in found]


def match_candidates(
    con: Connection, claim_ids: Sequence[str], reach: Reach, *, as_of: datetime, limits: Mapping[str, float]
) -> pd.DataFrame:
    """Return what shares the heaviest terms with each claim, best first: `claim_id, other_claim_id, score`."""
    bound = _bound(reach) | {"claim_ids": list(claim_ids), "as_of": as_of, "ever": END, **limits}
    return con.execute(_query("match_candidates"), bound).df()


def _bound(reach: Reach) -> dict[str, Any]:
    return {"first": reach.first, "last": reach.last, "story_ids": list(reach.story_ids)}


def claim_texts(con: Connection, claim_ids: Iterable[str]) -> dict[str, str]:
    """Return the words of these claims."""
    return dict(con.execute(_query("claim_texts"), {"claim_ids": sorted(set(claim_ids))}).fetchall())


def indexed_stories(con: Connection, claim_ids: Iterable[str]) -> dict[str, str]:
    """Return the story under which each of these claims is indexed."""
    return dict(con.execute(_query("indexed_stories"), {"claim_ids": sorted(set(claim_ids))}).fetchall())


def claims_to_group(con: Connection, as_of: datetime) -> dict[str, tuple[str, str]]:
    """Return the story and signature of every claim that does not stand where it was last put for the same reasons."""
    found = con.execute(_query("claims_to_group"), {"as_of": as_of}).fetchall()
    return {claim_id: (story_id, signature) for claim_id, story_id, signature in found}


def linked_matches(con: Connection, claim_ids: Sequence[str], as_of: datetime) -> list[Match]:
    """Return the standing matches among the claims that are the same as any of these, directly or through others."""
    return records(con, Match, _query("claims_linked"), claim_ids=list(claim_ids), as_of=as_of)


def places(con: Connection, claim_ids: Iterable[str]) -> dict[str, Placed]:
    """Return where these claims stood when they were last grouped."""
    found = dicts(con, _query("places_of"), claim_ids=sorted(set(claim_ids)))
    return {row["claim_id"]: Placed(**row) for row in found}


def _query(name: str) -> str:
    return shipped("queries")[name]
