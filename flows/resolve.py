"""Resolve: later passages that bear on claims, and the outcomes that they allow to propose; people resolve."""

from claims.resolution import propose
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.judge import run_judge
from flows.matching import context_of
from flows.questions import freeze_questions, judging
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.pages import superseded
from warehouse.read import articles, claim_rows, claims_to_resolve, stories

STAGE = Stage.RESOLVE


def resolve_claims(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Look for evidence on every claim that nobody has judged, and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update((batch or resolve_batch)(settings, clock))
        tell(STAGE, counts)
    return counts


def resolve_batch(settings: Settings, clock: Clock) -> Counts:
    """Write the evidence that is new and the proposals that rest on it, in one transaction."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        waiting = claims_to_resolve(con, clock.as_of)
        rows = [row for row in claim_rows(con, clock.as_of) if row.claim.claim_id in waiting]
        story_of = stories(con, clock.as_of)
        # In a replay of a past day, what was fetched since is not known yet.
        replaced = superseded(con, clock.as_of)
        known = (article for article in articles(con) if article.article_id in story_of)
        later = [article for article in known if article.article_id not in replaced]
    contexts = [context_of(row, story_of[row.article_id]) for row in rows]
    evidence, proposals = propose(contexts, later, stories=story_of, as_of=clock.as_of, recorded_at=clock.recorded_at)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        # Asked before it is answered: claims that were read before questions were frozen get theirs here.
        freeze_questions(con, clock)
        proposed = add(con, judging(con, proposals))
        counts = {"claims": len(contexts), "evidence": add(con, evidence), "proposals": proposed}
    settled = {proposal.claim_id for proposal in proposals}
    rest = [context for context in contexts if context.claim.claim_id not in settled]
    return counts | run_judge(settings, clock, rest, later, story_of)


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("resolve")
