"""Score: how often the claims of each subject held up, as of one time, with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import pandas as pd

from claims.records import Estimate, PhraseProbability
from claims.review_records import CalibrationPoint, CalibrationScore, PhraseScore
from claims.scoring.bounds import Precision
from claims.scoring.expectation import score_differences
from claims.scoring.misreading import correct_for_misreading
from claims.scoring.records import score_subjects
from claims.scoring.standards import standards_for
from claims.scoring.stories import score_by_story
from claims.scoring.words import score_calibration, score_phrases
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import (
    replace_estimates,
    replace_phrase_probabilities,
    replace_scores,
    set_clock,
    transaction,
)
from warehouse.read import scored_claims
from warehouse.reviewing import readings_checked

STAGE = Stage.SCORE

# The columns that name the subjects of each kind.
SUBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "claimant": ("claimant_id",),
        "descriptor": ("descriptor",),
        "anonymity": ("anonymity",),
        "kind": ("kind",),
        "outlet": ("outlet_id",),
        "outlet and anonymity": ("outlet_id", "anonymity"),
    }
)


def score_all(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Estimate anew for `clock.as_of` and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update((batch or score_batch)(settings, clock))
        tell(STAGE, counts)
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that the outcomes known at one time say: of subjects, of wordings, and of the numbers that wordings have."""

    estimates: tuple[Estimate, ...]
    phrases: tuple[PhraseScore, ...]
    calibration: tuple[CalibrationScore, ...]
    curve: tuple[CalibrationPoint, ...]
    standards: tuple[PhraseProbability, ...]


def score_batch(settings: Settings, clock: Clock) -> Counts:
    """Replace the estimates of `clock.as_of` in one transaction, and set the clock of the views that end in _now."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        frame, checked = scored_claims(con, clock.as_of), readings_checked(con, clock.as_of)
    scores = score_claims(frame, checked, clock.as_of)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        replace_estimates(con, scores.estimates, clock.as_of)
        replace_phrase_probabilities(con, scores.standards)
        replace_scores(con, [*scores.phrases, *scores.calibration, *scores.curve], clock.as_of)
        set_clock(con, clock.as_of)
    n_due = int(frame["is_due"].astype(bool).sum())
    return {"claims": len(frame), "due": n_due, "estimates": len(scores.estimates)}


def score_claims(frame: pd.DataFrame, checked: tuple[int, int], as_of: datetime) -> Scores:
    """Return what the claims of `frame` (rows of `scored_claims`) come to; `checked` is (readings checked, right)."""
    due = frame[frame["is_due"].astype(bool)]
    standards = standards_for(frame["modality_phrase"].dropna())
    n_checked, n_right = checked
    precision = Precision(correct=n_right, checked=n_checked) if n_checked else None
    # However many outlets printed it, an utterance is one use of its words.
    uttered = due[due["is_fullest"].astype(bool)]
    calibration, curve = score_calibration(uttered, standards, as_of=as_of)
    return Scores(
        estimates=tuple(estimate for kind in SUBJECTS for estimate in estimate_kind(due, kind, as_of, precision)),
        phrases=score_phrases(uttered, standards, as_of=as_of),
        calibration=calibration,
        curve=curve,
        standards=standards,
    )


def estimate_kind(
    due: pd.DataFrame, kind: str, as_of: datetime, precision: Precision | None = None
) -> tuple[Estimate, ...]:
    """Return the estimates of one kind of subject: plain rates, and beside them the differences from expectation.

    Then the plain shares with story-cluster intervals, and the rates without the share of misread claims.
    """
    columns = SUBJECTS[kind]
    # A claim that several outlets printed is one claim of its source, but one of each outlet.
    rows = due if "outlet_id" in columns else due[due["is_fullest"].astype(bool)]
    if kind == "descriptor":
        rows = rows[rows["claimant_id"].isna()]
    rows = rows.dropna(subset=list(columns))
    subject = rows[list(columns)].astype(str).agg(" ".join, axis=1) if len(rows) else pd.Series(dtype=str)
    scored = rows.assign(subject=subject)
    plain = score_subjects(scored, subject_kind=kind, as_of=as_of)
    return (
        *plain,
        *score_differences(scored, subject_kind=kind, as_of=as_of),
        *score_by_story(scored, subject_kind=kind, as_of=as_of),
        *correct_for_misreading(plain, precision),
    )


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("score")
