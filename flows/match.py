"""Match: which articles copy which, which claims are the same, and how claims group into stories and propositions."""

from dataclasses import replace
from datetime import UTC, datetime

from claims.matching.context import ClaimContext
from claims.matching.grouping import group_in_stories
from claims.matching.verdicts import match_claims
from claims.records import Match
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.copying import find_new_copies
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, add_groupings, transaction
from warehouse.read import (
    ClaimRow,
    claim_rows,
    fetch_times,
    grouped_claims,
    known_after,
    live_matches,
    stories,
)

STAGE = Stage.MATCH
END = datetime.max.replace(tzinfo=UTC)


def match_all(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Compare what is new with everything, group all claims anew, and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update((batch or match_batch)(settings, clock))
        tell(STAGE, counts)
    return counts


def match_batch(settings: Settings, clock: Clock) -> Counts:
    """Write what is found of copies; then compare and group claims, and write matches and groupings in one transaction.

    One transaction, because what is grouped counts as compared: a run that is killed before it compares again.
    """
    new_copies = find_new_copies(settings, clock)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        fetched = fetch_times(con)
        rows = claim_rows(con, clock.as_of)
        # A replay of a past day compares with what came later too: no other run will bring the two together again.
        ahead = {row.claim.claim_id: row for row in claim_rows(con, END)} if known_after(con, clock.as_of) else {}
        done = grouped_claims(con)
        story_of = stories(con, END)
    current = {row.claim.claim_id for row in rows}
    every = list((ahead | {row.claim.claim_id: row for row in rows}).values())
    contexts = [context_of(row, story_of[row.article_id]) for row in every]
    new_matches = match_claims(
        [context for context in contexts if context.claim.claim_id not in done],
        [context for context in contexts if context.claim.claim_id in done],
        decided_at=clock.recorded_at,
    )
    # What joins two texts is known once both are: a past answer must come out as it did.
    seen = {row.claim.claim_id: fetched[row.article_id] for row in every}
    new_matches = tuple(_not_before(m, seen[m.claim_id], seen[m.other_claim_id]) for m in new_matches)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        added = {"copies": new_copies, "matches": add(con, new_matches)}
        # Read again what stands: a person's undoing outlives a machine that finds the same once more.
        matches, told = live_matches(con, clock.as_of), stories(con, clock.as_of)
        now = [context for context, row in zip(contexts, every, strict=True) if row.claim.claim_id in current]
        added["regrouped"] = add_groupings(con, group_in_stories(now, matches, told, recorded_at=clock.recorded_at))
    return added


def _not_before(match: Match, *times: datetime) -> Match:
    return replace(match, recorded_at=max(match.recorded_at, *times))


def context_of(row: ClaimRow, story_id: str) -> ClaimContext:
    """Return a claim as matching and resolution read it."""
    return ClaimContext(
        claim=row.claim,
        source=row.source,
        article_id=row.article_id,
        outlet_id=row.outlet_id,
        credit=row.credit,
        story_id=story_id,
        published_earliest=row.published_earliest,
        published_latest=row.published_latest,
        passage=row.passage,
    )


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("match")
