"""No false heroes: does who asked predict whether a poll calls the right winner?

    python tests/benchmarks/pollsters.py raw-polls-2023.csv

The file (FiveThirtyEight, CC BY 4.0) has a pollster and `rightcall` a poll; halves are dropped. Fitted on polls up
to 2016, predicting later ones. Then the gate on all polls, with the closeness of the race as what makes a call
hard. Fails where empirical Bayes is more than .01 worse than the global rate, or fewer than 95 % of the pollsters
get "no evidence of difference".
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from politifact import predictions
from scipy.stats import norm

from claims.scoring.calibration import log_score
from claims.scoring.empirical_bayes import fit_prior
from claims.scoring.expectation import expected_difference
from claims.scoring.gate import CERTAINTY, MARGIN, NO_EVIDENCE
from claims.scoring.records import score_subjects, successes_by_subject

ANCHORS = {"raw rate": 0.745, "speaker ignored": 0.537, "Jeffreys": 0.621, "Laplace": 0.616, "empirical Bayes": 0.542}
WORST = 0.01
SILENT_SHARE = 0.95


def passing_by_residuals(frame: pd.DataFrame, expected: pd.Series, *, spread: float | None) -> int:
    """Return how many pollsters pass by size on their mean residual, shrunken by a normal of `spread` (None: not)."""
    by_pollster = (frame["value"] - expected).groupby(frame["subject"])
    variance = (expected * (1 - expected)).groupby(frame["subject"]).sum() / by_pollster.size() ** 2
    share = 1.0 if spread is None else spread**2 / (spread**2 + variance)
    mean, deviation = by_pollster.mean() * share, (variance * share) ** 0.5
    apart = norm.sf((MARGIN - mean) / deviation) + norm.cdf((-MARGIN - mean) / deviation)
    return int((apart >= CERTAINTY).sum())


def main(path: Path) -> int:
    """Print each figure beside its anchor and return 1 where one of the two must-holds fails."""
    polls = pd.read_csv(path)
    polls = polls[polls["rightcall"] != 0.5]
    frame = pd.DataFrame({"subject": polls["pollster"], "value": polls["rightcall"], "year": polls["year"]})
    train, test = frame[frame["year"] <= 2016], frame[frame["year"] > 2016]
    prior = fit_prior(*successes_by_subject(train).to_numpy().T)
    print(f"{len(frame)} polls, {frame['subject'].nunique()} pollsters; prior worth {prior.strength:.1f} polls")
    y = test["value"].to_numpy()
    loss = {name: log_score(p, y, clip=1e-6) for name, p in predictions(train, test).items()}
    for name, value in loss.items():
        print(f"{name.replace('speaker', 'pollster'):18}{value:>10.3f}{ANCHORS[name]:>9}")
    estimates = score_subjects(frame, subject_kind="pollster", as_of=datetime.now(UTC))
    silent = sum(estimate.verdict == NO_EVIDENCE for estimate in estimates) / len(estimates)
    # How close the race was, in points, takes the place of a horizon: by its logarithm, and by classes of it.
    margin = polls["margin_actual"].abs()
    classes = pd.cut(margin, [-1, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 101]).astype(str)
    fair = frame.assign(horizon_days=margin, kind=classes)
    table = expected_difference(fair)
    fair_silent = (table["verdict"] == NO_EVIDENCE).mean()
    sized = ((table["p_below"] + table["p_above"]) >= CERTAINTY).sum()
    by_class = frame["value"].groupby(classes).transform("mean")
    simple, raw = (passing_by_residuals(frame, by_class, spread=spread) for spread in (0.11, None))
    print(
        f"no evidence of difference: {silent:.1%} by plain rates, {fair_silent:.1%} after closeness (must be >= 95 %)"
    )
    print(f"by size alone, after closeness, of {len(table)}: {sized} pass by the model;")
    print(f"by mean residuals {simple} with shrinkage (anchor about 16), {raw} without (anchor 150)")
    worse = loss["empirical Bayes"] - loss["speaker ignored"]
    return int(worse > WORST or min(silent, fair_silent) < SILENT_SHARE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
