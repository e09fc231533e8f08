"""The CSV round trip of the review queue: what is exported, and what a filled-in file says."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from claims.errors import UnreadableInput
from claims.vocabulary import Outcome
from flows.settings import parse_time

REOPENED = "reopened"
FILLED_IN = (
    "claim_id",
    "doc_id",
    "url",
    "phrase",
    "outcome",
    "evidence_url",
    "event_date",
    "resolved_by",
    "recorded_at",
    "note",
)
FOR_READING = (
    "claim_text",
    "passage",
    "kind",
    "polarity",
    "modality",
    "horizon_text",
    "due_latest",
    "workflow",
    "proposed",
    "proposed_quote",
    "outlet_id",
    "title",
)
COLUMNS = FILLED_IN + FOR_READING

# A spreadsheet runs cells that begin like this; the quotation mark keeps them text, and is taken off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row of a filled-in file; the claim is named by id, or by article (doc_id or url) and a phrase of its text."""

    line: int
    claim_id: str | None = None
    doc_id: str | None = None
    url: str | None = None
    phrase: str | None = None
    outcome: str | None = None
    evidence_url: str | None = None
    event_date: str | None = None
    resolved_by: str | None = None
    recorded_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judgement's cells mean once they are checked; `outcome` None reopens the claim."""

    outcome: Outcome | None
    evidence_url: str | None
    event_date: date | None
    recorded_at: datetime | None
    note: str | None


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Return the rows of a filled-in file (comma, semicolon or tab; columns in any order, others ignored).

    Raises UnreadableInput where the file is not such a table.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is not UTF-8 text: save it as CSV UTF-8", what=str(path)) from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    if "outcome" not in names or not ("claim_id" in names or ("phrase" in names and names & {"doc_id", "url"})):
        raise UnreadableInput(
            f"{path} needs the column outcome, and claim_id or phrase with doc_id or url to name the claim",
            what=str(path),
        )
    try:
        return tuple(_judgement(reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise UnreadableInput(f"{path}, line {reader.line_num}: {error}", what=str(path)) from error


def write_judgements(path: Path, rows: Iterable[Mapping[str, object]]) -> int:
    """Write the rows to `path` in the columns of the round trip and return how many there are."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([guarded(row.get(column)) for column in COLUMNS])
            written += 1
    return written


def read_verdict(judgement: Judgement) -> Verdict:
    """Return what the cells of a judgement mean; raises UnreadableInput, which says what to write instead."""
    word = (judgement.outcome or "").strip().lower().replace(" ", "_")
    if word != REOPENED and word not in list(Outcome):
        raise UnreadableInput(f"{judgement.outcome!r} is no outcome: write one of {', '.join([*Outcome, REOPENED])}")
    if judgement.evidence_url and not re.match(r"https?://\S+$", judgement.evidence_url):
        raise UnreadableInput(f"evidence_url {judgement.evidence_url!r} is not a web address: begin it with https://")
    try:
        happened = parse_time(judgement.event_date).date() if judgement.event_date else None
    except ValueError:
        raise UnreadableInput(f"event_date {judgement.event_date!r} is not a day: write it like 2019-02-15") from None
    try:
        recorded = parse_time(judgement.recorded_at) if judgement.recorded_at else None
    except ValueError as error:
        raise UnreadableInput(f"recorded_at: {error}") from None
    return Verdict(
        outcome=None if word == REOPENED else Outcome(word),
        evidence_url=judgement.evidence_url,
        event_date=happened,
        recorded_at=recorded,
        note=judgement.note,
    )


def _judgement(line: int, row: Mapping[str | None, object]) -> Judgement:
    cells = {(name or "").strip().lower(): value for name, value in row.items()}
    return Judgement(line=line, **{name: _bare(cells.get(name)) for name in FILLED_IN})


def guarded(value: object) -> str:
    """Return `value` as a cell that no spreadsheet runs: a quotation mark stands before what looks like a formula."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(value: object) -> str | None:
    text = value if isinstance(value, str) else ""
    text = text[1:] if _GUARDED.match(text) else text
    return text.strip() or None
