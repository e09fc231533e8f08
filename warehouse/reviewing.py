"""Reading what review works on: questions, second readings, rejected proposals, others' reviews."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from claims.records import Claim
from claims.review_records import FrozenQuestion, JudgeAnswer
from warehouse.read import Connection
from warehouse.rows import dicts, records
from warehouse.sql import shipped


def _query(name: str) -> str:
    return shipped("queries")[name]


def claims_to_ask(con: Connection, as_of: datetime) -> list[tuple[Claim, int | None]]:
    """Return the trackable claims without a question, or whose reading changed since, with its last version."""
    versions = {row["claim_id"]: row["version"] for row in dicts(con, _query("claims_to_ask"), as_of=as_of)}
    if not versions:
        return []
    found = records(con, Claim, _query("claims_asked"), as_of=as_of, claim_ids=list(versions))
    return [(claim, versions[claim.claim_id]) for claim in found]


def questions_at(con: Connection, claim_ids: Sequence[str], as_of: datetime | None = None) -> dict[str, FrozenQuestion]:
    """Return the question of each claim as it stood at `as_of`, else its last version; only claims that have one."""
    if not claim_ids:
        return {}
    if as_of is None:
        found = records(con, FrozenQuestion, _query("questions_latest"), claim_ids=list(claim_ids))
    else:
        found = records(con, FrozenQuestion, _query("questions_at"), claim_ids=list(claim_ids), as_of=as_of)
    return {asked.claim_id: asked for asked in found}


def questions_of(con: Connection, claim_id: str) -> list[FrozenQuestion]:
    """Return all versions of a claim's question, oldest first."""
    return records(con, FrozenQuestion, _query("questions_of"), claim_id=claim_id)


def second_reading_queue(con: Connection, as_of: datetime, *, reader: str, share: float) -> list[dict[str, Any]]:
    """Return the decided claims that `reader` may read again: disagreements first, then the sample of `share`."""
    return dicts(con, _query("second_reading_queue"), as_of=as_of, reader=reader.casefold(), share=share)


def evidence_of_queue(con: Connection, claim_ids: Sequence[str], as_of: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence for each claim and for the other reports of its utterance, what settles first."""
    return _by_claim(dicts(con, _query("evidence_of_queue"), claim_ids=list(claim_ids), as_of=as_of), "asked_claim_id")


def external_reviews_of(con: Connection, claim_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what others made of each claim, the closest wording first."""
    return _by_claim(dicts(con, _query("external_reviews_of"), claim_ids=list(claim_ids)), "claim_id")


def last_judgements(con: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """Return the id of the last judgement by a person or import of each claim that has one."""
    found = dicts(con, _query("last_judgements"), claim_ids=list(claim_ids))
    return {row["asked_claim_id"]: row["resolution_id"] for row in found}


def decisions_of(con: Connection, claim_id: str) -> list[dict[str, Any]]:
    """Return the times (`recorded_at`) of all that was decided on a claim: judged, proposed, rejected, read again."""
    return dicts(con, _query("decisions_of"), claim_id=claim_id)


def readings_checked(con: Connection, as_of: datetime) -> tuple[int, int]:
    """Return how many readings people had seen by `as_of`, and how many of them stood as they were read."""
    (row,) = dicts(con, _query("readings_checked"), as_of=as_of)
    return int(row["n_checked"]), int(row["n_right"])


def _by_claim(rows: Sequence[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found


def judge_answers_by(con: Connection, model: str, prompt: str) -> list[JudgeAnswer]:
    """Return everything that one model has answered under one version of the prompt."""
    return records(con, JudgeAnswer, _query("judge_answers_by"), model=model, prompt=prompt)
