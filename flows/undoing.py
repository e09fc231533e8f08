"""Taking back what a machine joined: each undoing is a row that withdraws, and persons win over machines."""

from datetime import UTC, datetime

from claims.errors import UnreadableInput
from claims.records import Copy, Match, key
from flows.review import find_claim
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import article_ids, live_copies, live_matches


def unmerge(settings: Settings, clock: Clock, claim: str, other: str, *, by: str) -> Match:
    """Withdraw the match of two claims (ids or their beginnings) and return the row that does so.

    Raises UnreadableInput where the two are not matched.
    """
    now = datetime.now(UTC)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        pair = {find_claim(con, claim, clock.as_of), find_claim(con, other, clock.as_of)}
        live = [match for match in live_matches(con, now) if {match.claim_id, match.other_claim_id} == pair]
        if not live:
            raise UnreadableInput(f"{claim} and {other} are not matched: `onrecord show {claim}` lists its matches")
        match = live[0]
        withdrawn = Match(
            match_id=key("match", match.claim_id, match.other_claim_id, "withdrawn", by, now.isoformat()),
            claim_id=match.claim_id,
            other_claim_id=match.other_claim_id,
            verdict=match.verdict,
            score=match.score,
            detail=f"withdrawn: {match.detail}",
            decided_by=f"person:{by}",
            recorded_at=now,
            withdrawn_at=now,
        )
        add(con, [withdrawn])
    return withdrawn


def uncopy(settings: Settings, article: str, other: str, *, by: str) -> Copy:
    """Withdraw the decision that one of two articles copies the other and return the row that does so.

    Raises UnreadableInput where neither is held to copy the other.
    """
    now = datetime.now(UTC)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        known = article_ids(con)
        pair = {_one_of(known, article), _one_of(known, other)}
        live = [copy for copy in live_copies(con, now) if {copy.article_id, copy.of_article_id} == pair]
        if not live:
            raise UnreadableInput(f"neither of {article} and {other} copies the other: see the view story_copies")
        copy = live[0]
        withdrawn = Copy(
            copy_id=key("copy", copy.article_id, copy.of_article_id, "withdrawn", by, now.isoformat()),
            article_id=copy.article_id,
            of_article_id=copy.of_article_id,
            relation=copy.relation,
            containment=copy.containment,
            shared_quotations=copy.shared_quotations,
            decided_by=f"person:{by}",
            recorded_at=now,
            withdrawn_at=now,
        )
        add(con, [withdrawn])
    return withdrawn


def _one_of(known: set[str], prefix: str) -> str:
    found = sorted(name for name in known if name.startswith(prefix.strip().lower()))
    if len(found) != 1:
        raise UnreadableInput(f"{len(found)} articles begin with {prefix!r}: give an id from the view articles_now")
    return found[0]
