"""Calibration and early resolution, on market questions whose crowd probability and outcome are known.

    python tests/benchmarks/forecastbench.py market_questions.npz resolution_rows.json

The files (ForecastBench data sets, CC BY-SA 4.0): `p` and `y` of 2,015 questions; and per question its set's date,
market, scheduled close, probability, resolution date and outcome. At so many days after a set's date, "so far"
is the share YES of all that had resolved; the horizon rule takes those whose scheduled close had passed, as judged two
weeks later. Sets whose date plus those days lies after the snapshot are left out. Fails where a figure is off by
more than .001, or the rule's share does not stay where it is as time passes.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from claims.scoring.bootstrap import bootstrap
from claims.scoring.bounds import manski_bounds
from claims.scoring.calibration import corp, log_score, murphy
from claims.scoring.records import LAG_DAYS, horizon_rule

SNAPSHOT = pd.Timestamp("2026-08-25", tz="UTC")
TOLERANCE = 1e-3
# How far the horizon rule's share may move as later judgements arrive.
STABLE = 0.005
ANCHORS = {
    "Brier": 0.0927,
    "miscalibration": 0.0038,
    "discrimination": 0.1149,
    "uncertainty": 0.2037,
    "log score": 0.297,
    "Murphy reliability, 10 bins": 0.0018,
}
# Days after the set's date: share so far, share by the horizon rule.
EARLY = {14: (0.323, 0.261), 45: (0.299, 0.272), 240: (0.130, 0.117)}


def calibration(path: Path) -> dict[str, float]:
    """Return the measured counterparts of the anchors."""
    with np.load(path) as arrays:
        p, y = arrays["p"], arrays["y"]
    parts = corp(p, y)
    for bins in (5, 20):
        print(f"Murphy reliability at {bins} bins: {murphy(p, y, bins=bins).rel:.4f}")
    logarithmic = corp(p, y, score="log")
    print(f"log score {logarithmic.score:.4f} = {logarithmic.mcb:.4f} - {logarithmic.dsc:.4f} + {logarithmic.unc:.4f}")
    measured = (parts.score, parts.mcb, parts.dsc, parts.unc, log_score(p, y), murphy(p, y, bins=10).rel)
    return dict(zip(ANCHORS, measured, strict=True))


def read_rows(path: Path, days: int) -> pd.DataFrame:
    """Return the questions of the sets that can be followed for so many days before the snapshot."""
    columns = ["set", "market", "due_latest", "p", "resolved", "y"]
    rows = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")), columns=columns)
    rows = rows.assign(**{name: pd.to_datetime(rows[name], utc=True) for name in ("set", "due_latest", "resolved")})
    return rows[rows["set"] + pd.Timedelta(days=days) <= SNAPSHOT]


def stability(path: Path) -> float:
    """Print how the same questions look as time passes and return how far the horizon rule's share moves."""
    rows = read_rows(path, 240)
    due = rows["due_latest"] <= rows["set"] + pd.Timedelta(days=45)
    print("the sets followed for 240 days, as known at so many days: all so far, and the questions due by day 45")
    fair = []
    for days in (59, 90, 150, 240):
        known = rows["resolved"] <= rows["set"] + pd.Timedelta(days=days)
        fair.append(rows["y"][known & due].mean())
        print(f"{days:>5}{rows['y'][known].mean():>9.3f}{fair[-1]:>9.3f}")
    return max(fair) - min(fair)


def early_resolution(path: Path, days: int) -> tuple[float, float]:
    """Print one row of the table and return the share so far and the horizon rule's share."""
    rows = read_rows(path, days)
    so_far = rows[rows["resolved"] <= rows["set"] + pd.Timedelta(days=days)]
    parts = []
    for start, questions in rows.groupby("set"):
        as_of = start + pd.Timedelta(days=days + LAG_DAYS)
        known = questions["resolved"] <= as_of
        outcome = questions["y"].map({1.0: "held_up", 0.0: "failed"}).where(known)
        parts.append(horizon_rule(questions.assign(outcome=outcome), as_of=as_of.to_pydatetime()))
    due = pd.concat(parts)
    scored = due.dropna(subset="value")
    low, high = manski_bounds(scored["value"].sum(), len(scored), len(due) - len(scored))

    def share(weights: np.ndarray) -> float:
        return float(np.average(scored["value"], weights=weights))

    resampled = bootstrap(scored["set"].astype(str), share)
    print(
        f"{days:>5}{so_far['y'].mean():>9.3f}{len(so_far):>6}{share(np.ones(len(scored))):>8.3f}{len(scored):>6}"
        f"{len(due) - len(scored):>12}  [{low:.3f}, {high:.3f}]  [{resampled.low:.3f}, {resampled.high:.3f}]"
    )
    return so_far["y"].mean(), share(np.ones(len(scored)))


def main(questions: Path, resolutions: Path) -> int:
    """Print each figure beside its anchor and return 1 where one is off."""
    measured = calibration(questions)
    for name, value in measured.items():
        print(f"{name:30}{value:>9.4f}{ANCHORS[name]:>9}")
    print(" days   so far     n    rule     n  unresolved  bounds          by set, 95 %")
    shares = {days: early_resolution(resolutions, days) for days in EARLY}
    off = [abs(measured[name] - anchor) > TOLERANCE for name, anchor in ANCHORS.items()]
    off.append(stability(resolutions) > STABLE)
    off += [abs(np.subtract(shares[days], anchor)).max() > TOLERANCE for days, anchor in EARLY.items()]
    return int(any(off))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
