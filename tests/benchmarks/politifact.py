"""Small samples: whose rulings will be true? Predicting half of the rulings from the other half.

    python tests/benchmarks/politifact.py politifacts.csv

The file (notnews/politifact) has a speaker and a ruling a row; true, mostly-true and half-true count as 1. Half of the
rows (`numpy.random.default_rng(0)`) fit, the rest are predicted; log loss with probabilities clipped at 1e-6.
Most speakers have one ruling, so their raw rates are worse than ignoring who speaks. Fails above 0.640.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from claims.scoring.calibration import brier, log_score
from claims.scoring.empirical_bayes import fit_prior, posterior, tails
from claims.scoring.expectation import expected_difference
from claims.scoring.gate import CERTAINTY, MARGIN, NO_EVIDENCE
from claims.scoring.records import score_subjects, successes_by_subject

TRUE = ("true", "mostly-true", "half-true")
# Log loss: as measured when the protocol was written.
ANCHORS = {"raw rate": 1.347, "speaker ignored": 0.688, "Jeffreys": 0.662, "Laplace": 0.649, "empirical Bayes": 0.639}
CEILING = 0.640


def predictions(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each method's probability for every row of `test`."""
    counts = successes_by_subject(train)
    seen = counts.reindex(test["subject"]).fillna(0.0)
    k, n = seen["successes"].to_numpy(), seen["n"].to_numpy()
    overall = train["value"].mean()
    return {
        "raw rate": np.where(n > 0, k / np.maximum(n, 1), overall),
        "speaker ignored": np.full(len(test), overall),
        "Jeffreys": (k + 0.5) / (n + 1),
        "Laplace": (k + 1) / (n + 2),
        "empirical Bayes": posterior(fit_prior(counts["successes"], counts["n"]), k, n).mean,
    }


def main(path: Path) -> int:
    """Print each figure beside its anchor and return 1 where empirical Bayes misses its ceiling."""
    rulings = pd.read_csv(path, names=["row", "subject", "ruling"], header=0)
    frame = rulings.assign(value=rulings["ruling"].isin(TRUE).astype(float))
    fitting = np.random.default_rng(0).random(len(frame)) < 0.5
    train, test = frame[fitting], frame[~fitting]
    prior = fit_prior(*successes_by_subject(train).to_numpy().T)
    print(f"{len(frame)} rulings, {prior.n_subjects} speakers to fit on; prior worth {prior.strength:.1f} claims")
    print(f"{'method':18}{'log loss':>10}{'anchor':>9}{'Brier':>8}{'log loss, at most 5 rulings':>30}")
    counts = successes_by_subject(train)["n"].reindex(test["subject"]).fillna(0).to_numpy()
    few = counts <= 5
    y = test["value"].to_numpy()
    loss = {}
    for name, p in predictions(train, test).items():
        loss[name] = log_score(p, y, clip=1e-6)
        few_loss = log_score(p[few], y[few], clip=1e-6)
        print(f"{name:18}{loss[name]:>10.3f}{ANCHORS[name]:>9}{brier(p, y):>8.3f}{few_loss:>30.3f}")
    estimates = score_subjects(frame, subject_kind="speaker", as_of=datetime.now(UTC))
    passed = sum(estimate.verdict != NO_EVIDENCE for estimate in estimates)
    k, n = successes_by_subject(frame).to_numpy().T
    prior = fit_prior(k, n)
    sized = int((sum(tails(posterior(prior, k, n), reference=prior.mean, margin=MARGIN)) >= CERTAINTY).sum())
    apart = (expected_difference(frame)["verdict"] != NO_EVIDENCE).sum()
    print(
        f"{passed} of {len(estimates)} speakers pass the gate, {apart} by the model; {sized} by size alone (anchor 24)"
    )
    return int(loss["empirical Bayes"] > CEILING)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
