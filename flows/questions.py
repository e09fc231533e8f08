"""Frozen questions: written when a claim is read, changed only by a new version, named by every judgement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from claims.criteria import CRITERIA, first_question, freeze, question, says
from claims.records import Claim, Resolution, Succession
from claims.review_records import FrozenQuestion
from flows.settings import Clock
from warehouse.load import add
from warehouse.read import Connection
from warehouse.reviewing import claims_to_ask, questions_at

PERSON = "person:"


def first_questions(con: Connection, claims: Iterable[Claim], links: Sequence[Succession]) -> list[FrozenQuestion]:
    """Return the questions of claims that were just read; what a person asked of a claim passes to its successor."""
    before = questions_at(con, [link.was_claim_id for link in links])
    handed = {link.claim_id: before[link.was_claim_id] for link in links if link.was_claim_id in before}
    written = []
    for claim in claims:
        first, old = first_question(claim), handed.get(claim.claim_id)
        if first is not None and old is not None and old.written_by.startswith(PERSON):
            first = replace(
                first,
                held_up_if=old.held_up_if,
                failed_if=old.failed_if,
                observability=old.observability,
                written_by=old.written_by,
                note=f"carried over from {old.claim_id}",
            )
        if first is not None:
            written.append(first)
    return written


def freeze_questions(con: Connection, clock: Clock) -> int:
    """Write the questions that trackable claims lack, or whose reading has changed since, and return how many."""
    rows = []
    waiting = claims_to_ask(con, clock.as_of)
    asked = questions_at(con, [claim.claim_id for claim, version in waiting if version])
    for claim, version in waiting:
        criteria, standing = freeze(claim), asked.get(claim.claim_id)
        if standing is None or not says(standing, criteria):
            note = "the claim is read otherwise since" if version else None
            rows.append(
                question(
                    claim.claim_id,
                    criteria,
                    version=(version or 0) + 1,
                    written_by=(CRITERIA, note),
                    recorded_at=clock.recorded_at,
                )
            )
    return add(con, rows)


def judging(con: Connection, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions with the version of the question that was judged: the one named, else the one standing."""
    found: dict[tuple[str, datetime], int] = {}
    for at in {resolution.recorded_at for resolution in resolutions}:
        claim_ids = [resolution.claim_id for resolution in resolutions if resolution.recorded_at == at]
        for claim_id, asked in questions_at(con, claim_ids, at).items():
            found[claim_id, at] = asked.version
    return [
        # What was shown to the judge is what was judged, even if it was changed meanwhile.
        replace(r, question_version=r.question_version or found.get((r.claim_id, r.recorded_at)))
        for r in resolutions
    ]
