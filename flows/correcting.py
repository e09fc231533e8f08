"""An analyst's correction of how a claim is read, and taking it back; each is a row that wins over every reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from claims.corrections import Wanted, claimant_of, is_name, read_horizon, word_of
from claims.errors import UnreadableInput
from claims.horizon import set_due
from claims.records import Claimant, Correction, key
from claims.vocabulary import Anonymity, CorrectedField, Kind
from flows.questions import freeze_questions
from flows.review import find_claim
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection, claim_at, claimants_named, correction_times, corrections_of

_NAMED = (Anonymity.NAMED, Anonymity.INSTITUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides on which claim, why and when."""

    claim_id: str
    why: str
    by: str
    at: datetime

    def row(self, field: CorrectedField, value: str, **rest: Any) -> Correction:
        """Return the row that records this decision for one field."""
        decided_by = f"person:{self.by}"
        at = self.at.astimezone(UTC).isoformat()
        withdrawn = ("withdrawn",) if rest.get("withdrawn_at") else ()
        return Correction(
            correction_id=key("correction", self.claim_id, field, value, decided_by, at, *withdrawn),
            claim_id=self.claim_id,
            field=field,
            value=value,
            why=self.why,
            decided_by=decided_by,
            recorded_at=self.at,
            **rest,
        )


def correct(
    settings: Settings, clock: Clock, claim: str, wanted: Wanted, *, why_by: tuple[str, str]
) -> tuple[Correction, ...]:
    """Record what is `wanted` of a claim (its id or the beginning of one) and return the rows: none if it stands so.

    `why_by` is the reason and the person. Raises UnreadableInput, which says what to write instead.
    """
    if not wanted.fields():
        raise UnreadableInput("what is to be corrected? Give --level, --kind, --horizon or another, or --undo")
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        decision, now = _decide(con, clock, claim, why_by)
        claimant = _claimant(con, now, wanted, decision.at)
        rows = _rows(decision, now, wanted, claimant)
        standing = {row["field"]: row for row in corrections_of(con, decision.claim_id, clock.as_of)}
        rows = tuple(row for row in rows if not _stands(row, standing.get(row.field)))
        if rows and claimant:
            add(con, [claimant])
        add(con, rows)
        _ask_anew(con, rows)
    return rows


def undo(
    settings: Settings, clock: Clock, claim: str, fields: Iterable[CorrectedField], *, why_by: tuple[str, str]
) -> tuple[Correction, ...]:
    """Take back the corrections of `fields` (all that stand, if none is given) and return the rows that do so.

    Raises UnreadableInput where there is none to take back.
    """
    wanted = set(fields)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        decision, _ = _decide(con, clock, claim, why_by)
        standing = {row["field"]: row for row in corrections_of(con, decision.claim_id, clock.as_of)}
        missing = sorted(wanted - set(standing))
        if missing or not standing:
            raise UnreadableInput(
                f"{', '.join(missing) or 'nothing'} of {decision.claim_id} is corrected:"
                f" `onrecord show {decision.claim_id}` lists its corrections"
            )
        rows = tuple(
            decision.row(
                CorrectedField(field),
                row["value"],
                due_earliest=row["due_earliest"],
                due_latest=row["due_latest"],
                claimant_id=row["claimant_id"],
                withdrawn_at=decision.at,
            )
            for field, row in standing.items()
            if not wanted or field in wanted
        )
        add(con, rows)
        _ask_anew(con, rows)
    return rows


def _ask_anew(con: Connection, rows: tuple[Correction, ...]) -> None:
    """Let the question follow: a corrected kind or horizon asks something else than was asked before."""
    if rows:
        freeze_questions(con, Clock.fixed(rows[0].recorded_at))


def _decide(con: Connection, clock: Clock, claim: str, why_by: tuple[str, str]) -> tuple[Decision, Mapping[str, Any]]:
    why, by = (" ".join(part.split()) for part in why_by)
    if not why:
        raise UnreadableInput("why? A correction needs its reason: --why '…'")
    claim_id = find_claim(con, claim, clock.as_of)
    now = claim_at(con, claim_id, clock.as_of)
    if now is None:
        raise UnreadableInput(f"{claim_id} is not current: a later reading of its article took its place")
    # Two decisions at one time would leave it open which of them is the later.
    at, taken = clock.recorded_at, correction_times(con)
    while at in taken:
        at += timedelta(microseconds=1)
    return Decision(claim_id=claim_id, why=why, by=by, at=at), now


def _claimant(con: Connection, now: Mapping[str, Any], wanted: Wanted, at: datetime) -> Claimant | None:
    """The claimant that a correction of level or source names; the one already known under that name, if any."""
    if wanted.level is None and wanted.source is None:
        return None
    level = word_of(CorrectedField.LEVEL, wanted.level) if wanted.level is not None else now["anonymity"]
    if wanted.source is None and level == now["anonymity"]:
        return None
    if wanted.source is not None and not wanted.source.strip():
        raise UnreadableInput("the source is empty: give its name, or its description as printed")
    found = claimant_of(wanted.source or _printed_name(now, level), level, recorded_at=at)
    if found is None:
        if level in _NAMED:
            raise UnreadableInput(f"level {level} names somebody: add --source 'Full Name'")
        return None
    known = claimants_named(con, found.name, is_person=found.is_person)
    return known[0] if known else found


def _printed_name(now: Mapping[str, Any], level: str) -> str | None:
    """The name that a claim already carries, where it is to stand at a level that names somebody."""
    if is_name(now["resolved_source"]):
        return str(now["resolved_source"])
    return now["organisation"] if level == Anonymity.INSTITUTION else None


def _rows(
    decision: Decision, now: Mapping[str, Any], wanted: Wanted, claimant: Claimant | None
) -> tuple[Correction, ...]:
    """One row a field, each value in the words of the vocabulary."""
    claimant_id = claimant.claimant_id if claimant else None
    rows = []
    for field in wanted.fields():
        match field:
            case CorrectedField.HORIZON:
                due = read_horizon(wanted.horizon, wanted.due, _made(now))
                rows.append(decision.row(field, due.text or "", due_earliest=due.earliest, due_latest=due.latest))
            case CorrectedField.SOURCE:
                name = claimant.name if claimant else " ".join((wanted.source or "").split())
                rows.append(decision.row(field, name, claimant_id=claimant_id))
            case CorrectedField.LEVEL:
                level = word_of(field, wanted.level or "")
                kept = now["claimant_id"] if level == now["anonymity"] else claimant_id
                # A name that is given stands with the source, and falls with it.
                rows.append(decision.row(field, level, claimant_id=None if wanted.source else kept))
            case CorrectedField.TRACKABLE:
                rows.append(decision.row(field, "true" if wanted.trackable else "false"))
            case _:
                rows.append(decision.row(field, word_of(field, getattr(wanted, field))))
    return tuple(_with_deadline(row, now, rows) for row in rows)


def _with_deadline(row: Correction, now: Mapping[str, Any], rows: Iterable[Correction]) -> Correction:
    """Give a corrected kind, or a claim that is trackable after all, the deadline that it brings with it."""
    if row.field not in (CorrectedField.KIND, CorrectedField.TRACKABLE):
        return row
    values = {other.field: other.value for other in rows}
    trackable = values.get(CorrectedField.TRACKABLE)
    due = set_due(
        now["claim_text"],
        Kind(values.get(CorrectedField.KIND, now["kind"])),
        horizon=now["horizon_text"],
        made=_made(now),
        trackable=now["trackable"] if trackable is None else trackable == "true",
    )
    return replace(row, due_earliest=due.earliest, due_latest=due.latest)


def _made(now: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    return (now["made_earliest"], now["made_latest"]) if now["made_latest"] else None


def _stands(row: Correction, standing: Mapping[str, Any] | None) -> bool:
    same = ("value", "due_earliest", "due_latest", "claimant_id")
    return standing is not None and all(getattr(row, name) == standing[name] for name in same)
