"""Taking in a filled-in file of judgements: each row is accepted, unchanged, blank, or refused with its reason."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from claims.errors import UnreadableInput
from claims.records import Resolution
from claims.vocabulary import ResolverKind
from flows.judgements import Judgement, read_judgements, read_verdict
from flows.questions import judging
from flows.review import later_than, resolution_of
from flows.settings import Clock, Settings
from warehouse.answers import claims_said, judgements
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import Connection

_QUOTES = str.maketrans("“”„«»‘’‚`", '""""' + '"' + "''''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of each row of a filled-in file; `refusals` says why, line by line."""

    counts: Mapping[str, int]
    refusals: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Known:
    """What the warehouse, and the rows taken in so far, say: no row is weighed against a stale picture."""

    claims: dict[str, dict[str, Any]]
    judged: defaultdict[str, list[dict[str, Any]]]
    undated: set[str] = field(default_factory=set)


def import_judgements(settings: Settings, clock: Clock, path: Path, *, by: str) -> Imported:
    """Write the judgements of a filled-in file in one transaction and return what became of each row.

    A row that says what the warehouse says already is unchanged, so that importing a file twice adds nothing. A row
    with `recorded_at` is an imported record and keeps that time; one without is a person's judgement of now.
    """
    rows = read_judgements(path)
    counts = Counter({"accepted": 0, "unchanged": 0, "blank": 0, "refused": 0})
    refusals: list[str] = []
    accepted: list[Resolution] = []
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        known = _known(con, clock)
        for row in rows:
            if row.outcome is None:
                counts["blank"] += 1
                continue
            try:
                resolution = _weigh(known, row, by, clock.decided_at)
            except UnreadableInput as error:
                counts["refused"] += 1
                refusals.append(f"line {row.line}: {error}")
                continue
            counts["unchanged" if resolution is None else "accepted"] += 1
            if resolution is not None:
                accepted.append(resolution)
        with transaction(con):
            add(con, judging(con, accepted))
    return Imported(counts=dict(counts), refusals=tuple(refusals))


def _known(con: Connection, clock: Clock) -> _Known:
    judged: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for judgement in judgements(con):
        judged[judgement["claim_id"]].append(judgement)
    claims = {row["claim_id"]: row | {"said": _folded(row["said"])} for row in claims_said(con, clock.as_of)}
    return _Known(claims=claims, judged=judged)


def _weigh(known: _Known, row: Judgement, by: str, at: datetime | None) -> Resolution | None:
    """Return the resolution that a row adds, None where it adds nothing; raises UnreadableInput with the reason."""
    claim_id = _located(known, row)
    verdict = read_verdict(row)
    earlier = known.judged[claim_id]
    name = row.resolved_by or by
    if verdict.recorded_at is None:
        resolution = resolution_of(claim_id, verdict, by=name, recorded_at=later_than(earlier, at))
        if earlier and _says_the_same(earlier[-1], resolution):
            return None
        if claim_id in known.undated:
            raise UnreadableInput("a second judgement of the same claim: give both a recorded_at, to tell the last")
        known.undated.add(claim_id)
    else:
        if verdict.recorded_at > datetime.now(UTC):
            raise UnreadableInput(f"recorded_at {row.recorded_at} lies in the future")
        resolution = resolution_of(claim_id, verdict, by=name, recorded_at=verdict.recorded_at)
        resolution = replace(resolution, resolved_by_kind=ResolverKind.IMPORT)
        at_once = [j for j in earlier if j["recorded_at"] == verdict.recorded_at and j["resolved_by"] == name]
        if any(_says_the_same(judgement, resolution) for judgement in at_once):
            return None
        if at_once:
            raise UnreadableInput(f"{name} judged this claim otherwise at that very time: give a later recorded_at")
    earlier.append({slot: getattr(resolution, slot) for slot in Resolution.__slots__})
    earlier.sort(key=lambda judgement: judgement["recorded_at"])
    return resolution


def _located(known: _Known, row: Judgement) -> str:
    if row.claim_id:
        wanted = row.claim_id.lower()
        found = [wanted] if wanted in known.claims or wanted in known.judged else []
        found = found or [claim_id for claim_id in known.claims if claim_id.startswith(wanted)]
        if len(found) != 1:
            raise UnreadableInput(f"{len(found)} current claims have an id like {row.claim_id!r}: give a whole one")
        return found[0]
    if not row.phrase or not (row.doc_id or row.url):
        raise UnreadableInput("which claim? Give claim_id, or phrase with doc_id or url")
    phrase = _folded(row.phrase)
    there = [
        claim
        for claim in known.claims.values()
        if (row.doc_id and claim["doc_id"] == row.doc_id) or (row.url and claim["url"] == row.url)
    ]
    if not there:
        raise UnreadableInput(f"no article {row.doc_id or row.url} with claims is in the warehouse")
    saying = sorted(
        (claim for claim in there if phrase in claim["said"]), key=lambda claim: (len(claim["said"]), claim["claim_id"])
    )
    if not saying:
        raise UnreadableInput(f"no claim in {row.doc_id or row.url} says {row.phrase!r}")
    # What is relayed stands inside what relays it: of claims in the same words the one that adds least is meant.
    closest = saying[0]
    if any(claim["first"] >= closest["last"] or claim["last"] <= closest["first"] for claim in saying[1:]):
        raise UnreadableInput(f"{len(saying)} claims there say {row.phrase!r}: give more words, or claim_id")
    return str(closest["claim_id"])


def _says_the_same(judgement: Mapping[str, Any], resolution: Resolution) -> bool:
    same = ("outcome", "evidence_url", "event_date", "note", "resolved_by")
    return all(_comparable(judgement[name]) == _comparable(getattr(resolution, name)) for name in same)


def _comparable(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _folded(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split())
