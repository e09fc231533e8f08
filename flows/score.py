"""Score: how often the claims of each subject held up, as of one time, with intervals."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from claims.records import Estimate
from claims.scoring.expectation import score_differences
from claims.scoring.records import score_subjects
from claims.scoring.standards import standards_for
from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import replace_estimates, replace_phrase_probabilities, set_clock, transaction
from warehouse.read import scored_claims

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


def score_batch(settings: Settings, clock: Clock) -> Counts:
    """Replace the estimates of `clock.as_of` in one transaction, and set the clock of the views that end in _now."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        frame = scored_claims(con, clock.as_of)
    due = frame[frame["is_due"].astype(bool)]
    estimates = [estimate for kind in SUBJECTS for estimate in estimate_kind(due, kind, clock)]
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        replace_estimates(con, estimates, clock.as_of)
        replace_phrase_probabilities(con, standards_for(frame["modality_phrase"].dropna()))
        set_clock(con, clock.as_of)
    return {"claims": len(frame), "due": len(due), "estimates": len(estimates)}


def estimate_kind(due: pd.DataFrame, kind: str, clock: Clock) -> tuple[Estimate, ...]:
    """Return the estimates of one kind of subject: plain rates, and beside them the differences from expectation."""
    columns = SUBJECTS[kind]
    # A claim that several outlets printed is one claim of its source, but one of each outlet.
    rows = due if "outlet_id" in columns else due[due["is_fullest"].astype(bool)]
    if kind == "descriptor":
        rows = rows[rows["claimant_id"].isna()]
    rows = rows.dropna(subset=list(columns))
    subject = rows[list(columns)].astype(str).agg(" ".join, axis=1) if len(rows) else pd.Series(dtype=str)
    scored = rows.assign(subject=subject)
    return (
        *score_subjects(scored, subject_kind=kind, as_of=clock.as_of),
        *score_differences(scored, subject_kind=kind, as_of=clock.as_of),
    )


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("score")
