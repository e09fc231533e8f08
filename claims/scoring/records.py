"""Track records: which claims count at a date, and what they say about each subject."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import numpy as np
import pandas as pd

from claims.records import Estimate
from claims.scoring.bootstrap import effective_share
from claims.scoring.bounds import manski_bounds
from claims.scoring.empirical_bayes import METHOD, Prior, fit_prior, interval, posterior, tails
from claims.scoring.frames import estimates, require, utc
from claims.scoring.gate import MARGIN, verdicts
from claims.vocabulary import Outcome

__all__ = [
    "OUTCOME_VALUE",
    "Prior",
    "bounds_by_subject",
    "fit_prior",
    "horizon_rule",
    "manski_bounds",
    "outcome_values",
    "score_subjects",
]

LAG_DAYS = 14

OUTCOME_VALUE: Mapping[Outcome, float | None] = MappingProxyType(
    {
        Outcome.HELD_UP: 1.0,
        Outcome.FAILED: 0.0,
        Outcome.PARTLY: 0.5,
        Outcome.HELD_UP_LATE: 0.0,
        Outcome.VOID: None,
        Outcome.SUPERSEDED: None,
        Outcome.WITHDRAWN: None,
        Outcome.UNDETERMINED: None,
        Outcome.UNRESOLVABLE: None,
    }
)


def outcome_values(outcomes: pd.Series, *, partly: float = 0.5, late: float = 0.0) -> pd.Series:
    """Return what each outcome scores, NaN where it is counted but not scored (or where there is none).

    `partly` at 0 and at 1 gives the sensitivity of a rate to the half measure; `late` at 1 asks whether
    claims held up ever rather than in time. Raises ValueError for an outcome outside the vocabulary.
    """
    scored = dict(OUTCOME_VALUE) | {Outcome.PARTLY: partly, Outcome.HELD_UP_LATE: late}
    unknown = set(outcomes.dropna()) - set(scored)
    if unknown:
        raise ValueError(f"not an outcome: {', '.join(sorted(map(str, unknown)))}")
    values = {outcome.value: np.nan if value is None else value for outcome, value in scored.items()}
    return outcomes.map(values).astype("float64")


def horizon_rule(frame: pd.DataFrame, *, as_of: datetime, lag_days: int = LAG_DAYS) -> pd.DataFrame:
    """Return the claims whose horizon and reporting lag have passed, with the column `value` of what they score.

    What resolves early resolves YES, so "resolved so far" overstates every rate; a claim enters only at
    `due_latest` + `lag_days` <= `as_of`, however early it was resolved. Claims without a horizon never enter. Due
    claims that nobody could judge stay, with `value` NaN: they make the bounds. Needs the columns `due_latest` and
    `outcome`; raises ValueError where one is missing or `as_of` is naive. (Lehmann 2025, arXiv 2512.07575.)
    """
    require(frame, "due_latest", "outcome")
    latest = pd.to_datetime(frame["due_latest"], utc=True)
    due = frame[latest.notna() & (latest <= utc(as_of) - timedelta(days=lag_days))]
    return due.assign(value=outcome_values(due["outcome"]))


def score_subjects(frame: pd.DataFrame, *, subject_kind: str, as_of: datetime) -> tuple[Estimate, ...]:
    """Return one estimate per subject, in the order of their names: shrunken rate, intervals, gated verdict.

    `frame` has one row a due claim with the columns `subject` and `value` (0 to 1; NaN is not scored), as
    `horizon_rule` leaves them. With a column `story_id`, several claims of one subject in one story count for less
    than as many independent ones (`n` is the number of claims all the same). The verdict compares with the mean of
    all subjects in the frame, so a frame holds subjects of one kind. Raises ValueError for missing columns, values
    outside [0, 1] or a naive `as_of`.
    """
    as_of = utc(as_of)
    counts = successes_by_subject(frame)
    if counts.empty:
        return ()
    n = counts["n"].to_numpy()
    share = effective_share(frame).to_numpy() if "story_id" in frame.columns else np.ones(len(counts))
    k, effective = counts["successes"].to_numpy() * share, n * share
    prior = fit_prior(k, effective)
    post = posterior(prior, k, effective)
    below, above = tails(post, reference=prior.mean, margin=MARGIN)
    # A subject without peers differs from nobody.
    peers = float(len(counts) > 1)
    (low80, high80), (low95, high95) = interval(post, 0.80), interval(post, 0.95)
    table = pd.DataFrame(
        {
            "n": n,
            "rate": post.mean,
            "low80": low80,
            "high80": high80,
            "low95": low95,
            "high95": high95,
            "verdict": verdicts(below * peers, above * peers),
        },
        index=counts.index,
    )
    return estimates(table, subject_kind=subject_kind, method=METHOD, as_of=as_of)


def successes_by_subject(frame: pd.DataFrame) -> pd.DataFrame:
    """Return per subject, sorted, the sum of its scored values (`successes`) and their number (`n`).

    Raises ValueError for missing columns or values outside [0, 1].
    """
    require(frame, "subject", "value")
    scored = frame[["subject", "value"]].dropna().astype({"value": "float64"})
    if not scored["value"].between(0.0, 1.0).all():
        raise ValueError("values of claims lie in [0, 1]")
    by_subject = scored.groupby("subject", sort=True, observed=True)["value"]
    return pd.DataFrame({"successes": by_subject.sum(), "n": by_subject.size()})


def bounds_by_subject(frame: pd.DataFrame) -> pd.DataFrame:
    """Return per subject how many due claims were scored and how many not, and the bounds that leaves.

    `frame` is what `horizon_rule` returns, with a column `subject`. Only undetermined and unjudged claims
    widen the bounds; those void, superseded, withdrawn or unresolvable are counted apart as `other`. One row a
    subject: `successes, n, undetermined, other, low, high, scorable_share` (scored among all due).
    """
    require(frame, "subject", "value", "outcome")
    known = frame.dropna(subset="subject")
    missing = known["value"].isna()
    open_to_doubt = missing & (known["outcome"].isna() | (known["outcome"] == Outcome.UNDETERMINED))
    counts = (
        known.assign(
            successes=known["value"].fillna(0.0),
            n=~missing,
            undetermined=open_to_doubt,
            other=missing & ~open_to_doubt,
        )
        .groupby("subject", sort=True, observed=True)[["successes", "n", "undetermined", "other"]]
        .sum()
    )
    total = counts["n"] + counts["undetermined"]
    some = total > 0
    return counts.assign(
        low=(counts["successes"] / total).where(some, 0.0),
        high=((counts["successes"] + counts["undetermined"]) / total).where(some, 1.0),
        scorable_share=counts["n"] / (total + counts["other"]),
    )
