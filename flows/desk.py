"""A reviewer's desk, on the terminal and on the page: what waits, each decision as a row, taking one back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from claims.errors import ClaimsError
from claims.records import Resolution, key
from claims.review_records import Rejection, SecondReading
from claims.vocabulary import Outcome
from flows.judgements import Verdict
from flows.review import ONE_SITTING, Judge, judge, later_than, undo
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection, review_queue
from warehouse.reviewing import (
    decisions_of,
    evidence_of_queue,
    external_reviews_of,
    last_judgements,
    questions_at,
    second_reading_queue,
)

Row = Mapping[str, Any]


class Overtaken(ClaimsError):
    """Somebody has judged the claim since it was shown: look again before deciding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who sits at the desk, at which time, and whether as a second reader of what others decided."""

    settings: Settings
    clock: Clock
    name: str
    is_second: bool = False

    def judge(self, row: Row | None = None) -> Judge:
        """Return who judges, when, and which version of the question of `row` was shown."""
        asked = row["question"] if row else None
        version = asked.version if asked else None
        return Judge(name=self.name, at=self.clock.decided_at, question_version=version)

    @property
    def as_of(self) -> datetime:
        """The time as of which the queue is read: what was decided at this desk counts as known."""
        if self.clock.is_replay:
            return self.clock.as_of + ONE_SITTING
        return max(self.clock.as_of, datetime.now(UTC))


class Done(NamedTuple):
    """One decision on one claim: a resolution, the rejection of a proposal, or a second reading."""

    claim_id: str
    word: str
    made: Resolution | Rejection | SecondReading
    overruling: Resolution | None = None


@dataclass(slots=True)
class Sitting:
    """What one sitting came to: the decisions that stand with their places, and the time of the last row written."""

    decided: list[tuple[int, Done]] = field(default_factory=list)
    last_at: datetime | None = None
    stopped: bool = False

    def took(self, place: int, done: Done) -> None:
        """Keep a decision on the claim at `place` of the queue."""
        self.decided.append((place, done))
        self.last_at = (done.overruling or done.made).recorded_at


def load_desk(reviewer: Reviewer) -> list[dict[str, Any]]:
    """Return what waits for `reviewer`, each claim with its question, its passages and what others made of it.

    The warehouse is open only for that.
    """
    as_of = reviewer.as_of
    with open_warehouse(reviewer.settings.warehouse, wait_seconds=reviewer.settings.wait_seconds) as con:
        if reviewer.is_second:
            share = reviewer.settings.second_reading_share
            queue = second_reading_queue(con, as_of, reader=reviewer.name, share=share)
        else:
            queue = review_queue(con, as_of)
        claim_ids = [row["claim_id"] for row in queue]
        asked, evidence = questions_at(con, claim_ids), evidence_of_queue(con, claim_ids, as_of)
        others = {} if reviewer.is_second else external_reviews_of(con, claim_ids)
        seen = last_judgements(con, claim_ids)
    for row in queue:
        claim_id = row["claim_id"]
        row["question"], row["seen"] = asked.get(claim_id), seen.get(claim_id)
        row["evidence"], row["others"] = evidence.get(claim_id, []), others.get(claim_id, [])
    return queue


def decide(reviewer: Reviewer, row: Row, outcome: Outcome, note: str | None) -> Done:
    """Write what `reviewer` says became of a claim and return it.

    Raises Overtaken where the claim was judged since it was shown.
    """
    with open_warehouse(reviewer.settings.warehouse, wait_seconds=reviewer.settings.wait_seconds) as con:
        if reviewer.is_second:
            return _read_again(con, reviewer, row, outcome, note)
        _check(con, row)
        ids = [piece["evidence_id"] for piece in row["evidence"] if piece["stance"] != "repeats"]
        made = judge(con, row["claim_id"], _verdict(outcome, note), by=reviewer.judge(row), evidence_ids=ids)
    return Done(row["claim_id"], outcome.replace("_", " "), made)


def reject(reviewer: Reviewer, row: Row, note: str | None) -> Done:
    """Write that a claim's proposal does not follow from its passages, which judges no outcome, and return it."""
    with open_warehouse(reviewer.settings.warehouse, wait_seconds=reviewer.settings.wait_seconds) as con:
        _check(con, row)
        at = later_than(decisions_of(con, row["claim_id"]), reviewer.clock.decided_at)
        made = Rejection(
            rejection_id=key("rejection", row["proposal_id"], reviewer.name, at.astimezone(UTC).isoformat()),
            claim_id=row["claim_id"],
            resolution_id=row["proposal_id"],
            rejected_by=reviewer.name,
            note=note,
            recorded_at=at,
        )
        with transaction(con):
            add(con, [made])
    return Done(row["claim_id"], "proposal rejected", made)


def take_back(reviewer: Reviewer, done: Done) -> datetime:
    """Take a decision back by a row that undoes it, and return its time: nothing is deleted."""
    with open_warehouse(reviewer.settings.warehouse, wait_seconds=reviewer.settings.wait_seconds) as con:
        made = done.made
        if isinstance(made, Resolution):
            return undo(con, made, at=reviewer.clock.decided_at).recorded_at
        at = later_than(decisions_of(con, made.claim_id), reviewer.clock.decided_at)
        kind, own_id = ("rejection", "rejection_id") if isinstance(made, Rejection) else ("second", "reading_id")
        values = {name: getattr(made, name) for name in made.__slots__}
        values |= {own_id: key(kind, values[own_id], "withdrawn"), "recorded_at": at, "withdrawn_at": at}
        with transaction(con):
            add(con, [type(made)(**values)])
        if done.overruling is not None:
            return undo(con, done.overruling, at=reviewer.clock.decided_at).recorded_at
    return at


def _read_again(con: Connection, reviewer: Reviewer, row: Row, outcome: Outcome, note: str | None) -> Done:
    """Write a second or third reading; a third is the claim's outcome from then on."""
    at = later_than(decisions_of(con, row["claim_id"]), reviewer.clock.decided_at)
    place, first = row["place"], row["read_resolution_id"]
    made = SecondReading(
        reading_id=key("second", first, place, reviewer.name, at.astimezone(UTC).isoformat()),
        claim_id=row["claim_id"],
        resolution_id=first,
        place=place,
        outcome=outcome,
        question_version=row["question"].version if row["question"] else None,
        read_by=reviewer.name,
        note=note,
        recorded_at=at,
    )
    overruling = None
    if place == 3:
        because = f"third reading of {first}" + (f": {note}" if note else "")
        overruling = judge(con, row["claim_id"], _verdict(outcome, because), by=reviewer.judge(row))
    with transaction(con):
        add(con, [made])
    return Done(row["claim_id"], outcome.replace("_", " "), made, overruling)


def _verdict(outcome: Outcome, note: str | None) -> Verdict:
    return Verdict(outcome=outcome, evidence_url=None, event_date=None, recorded_at=None, note=note)


def _check(con: Connection, row: Row) -> None:
    # What a decision must not overlook: a judgement since the claim was shown.
    if last_judgements(con, [row["claim_id"]]).get(row["claim_id"]) != row["seen"]:
        raise Overtaken(f"{row['claim_id']} was judged by somebody else since it was shown: look at it again")
