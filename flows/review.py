"""Judging claims, undoing a judgement, and writing out the queue; every decision is a new row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from claims.errors import UnreadableInput
from claims.records import Resolution, key
from claims.vocabulary import ResolverKind
from flows.judgements import Verdict, write_judgements
from flows.masking import blind
from flows.questions import judging
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection, claims_like, evidence_of, resolutions_of, review_queue

# What one sitting in a replay decides is told apart by microseconds: it is one moment of that past.
ONE_SITTING = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Who judges, when (`at` is the past time of a replay, None for now), and the version of the question shown."""

    name: str
    at: datetime | None = None
    question_version: int | None = None


def find_claim(con: Connection, prefix: str, as_of: datetime) -> str:
    """Return the id of the one claim that begins with `prefix`; raises UnreadableInput for none or several."""
    wanted = prefix.strip().lower()
    found = claims_like(con, wanted, as_of) if wanted else []
    if wanted in found:
        return wanted
    if not found:
        raise UnreadableInput(f"no claim begins with {prefix!r}: the view claims_now lists them")
    if len(found) > 1:
        raise UnreadableInput(f"{len(found)} claims begin with {prefix!r}: give more of the id, such as {found[0]}")
    return found[0]


def judge(
    con: Connection,
    claim_id: str,
    verdict: Verdict,
    *,
    by: Judge,
    evidence_ids: Sequence[str] = (),
) -> Resolution:
    """Write one person's judgement, later than all earlier ones of the claim, and return it.

    It names the version of the question that was judged.
    """
    resolution = resolution_of(
        claim_id, verdict, by=by.name, recorded_at=later_than(resolutions_of(con, claim_id), by.at)
    )
    resolution = replace(resolution, evidence_ids=tuple(evidence_ids), question_version=by.question_version)
    (resolution,) = judging(con, [resolution])
    with transaction(con):
        add(con, [resolution])
    return resolution


def undo(con: Connection, resolution: Resolution, *, at: datetime | None = None) -> Resolution:
    """Put back, as a new row, what stood before `resolution`: the earlier outcome, or none (the claim is open)."""
    before = [
        row
        for row in resolutions_of(con, resolution.claim_id)
        if row["resolved_by_kind"] != ResolverKind.MACHINE and row["resolution_id"] != resolution.resolution_id
    ]
    last = before[-1] if before else {}
    verdict = Verdict(
        outcome=last.get("outcome"),
        evidence_url=last.get("evidence_url"),
        event_date=last.get("event_date"),
        recorded_at=None,
        note=f"undoes {resolution.resolution_id}",
    )
    return judge(con, resolution.claim_id, verdict, by=Judge(name=resolution.resolved_by, at=at))


def export_queue(settings: Settings, clock: Clock, path: Path) -> int:
    """Write what waits for a judgement to `path`, its sources masked, and return the number of rows."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        rows = [_exported(con, row, clock) for row in review_queue(con, clock.as_of)]
    return write_judgements(path, rows)


def later_than(judgements: Sequence[Mapping[str, Any]], at: datetime | None = None) -> datetime:
    """Return now, or just after the last of `judgements`: a clock that was set back must not bury the new one.

    With `at`, the time of a replay, it is that time, or just after the last judgement that was known then.
    """
    known = [row["recorded_at"] for row in judgements if at is None or row["recorded_at"] <= at + ONE_SITTING]
    times: list[datetime] = [time + timedelta(microseconds=1) for time in known]
    return max([at or datetime.now(UTC), *times])


def resolution_of(claim_id: str, verdict: Verdict, *, by: str, recorded_at: datetime) -> Resolution:
    """Return the row of a person's judgement."""
    return Resolution(
        resolution_id=key("resolution", claim_id, verdict.outcome, by, recorded_at.astimezone(UTC).isoformat()),
        claim_id=claim_id,
        outcome=verdict.outcome,
        resolved_by=by,
        resolved_by_kind=ResolverKind.PERSON,
        evidence_url=verdict.evidence_url,
        event_date=verdict.event_date,
        note=verdict.note,
        recorded_at=recorded_at,
    )


def _exported(con: Connection, row: Mapping[str, Any], clock: Clock) -> dict[str, object]:
    shown = blind({**row, "evidence": evidence_of(con, row["claim_id"], clock.as_of)})
    return {
        **shown,
        "proposed": row["proposed_outcome"],
        "proposed_quote": next((piece["quote"] for piece in shown["evidence"] if piece["stance"] != "repeats"), None),
    }
