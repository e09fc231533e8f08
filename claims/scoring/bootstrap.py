"""Claims of one story share their fate: resampling by story, and what a story's claims are worth together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from claims.scoring.frames import require

Floats = NDArray[np.float64]

# Until pairs of claims of one story say otherwise, their outcomes are taken to correlate at 0.3, with the weight of ten
# pairs: independence would be the convenient assumption, not the careful one.
_PRIOR_CORRELATION = 0.3
_PRIOR_PAIRS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampled:
    """A statistic with the percentile interval of its bootstrap."""

    value: float
    low: float
    high: float
    stories: int


def bootstrap(
    stories: ArrayLike,
    statistic: Callable[[Floats], float],
    *,
    draws: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Resampled:
    """Return `statistic` and its interval when whole stories are drawn with replacement.

    `stories` names the story of each row. `statistic` takes one weight per row (how often the row's story was drawn;
    all ones for the value itself) and may return NaN for a draw that decides nothing. Fewer than two stories
    leave the interval NaN, and percentile intervals of fewer than some twenty are too narrow: `stories` is
    returned so that it can be shown. Raises ValueError without rows. (Cameron, Gelbach and Miller, REStat 90, 2008.)
    """
    codes, names = pd.factorize(np.asarray(stories), sort=True, use_na_sentinel=False)
    if not len(names):
        raise ValueError("there is nothing to resample")
    value = float(statistic(np.ones(codes.size)))
    if len(names) < 2:
        return Resampled(value=value, low=float("nan"), high=float("nan"), stories=1)
    random = np.random.default_rng(seed)
    even = np.full(len(names), 1.0 / len(names))
    found = np.array([statistic(random.multinomial(len(names), even)[codes].astype(np.float64)) for _ in range(draws)])
    low, high = np.nanquantile(found, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Resampled(value=value, low=float(low), high=float(high), stories=len(names))


def bootstrap_rate(
    values: ArrayLike, stories: ArrayLike, *, draws: int = 2000, level: float = 0.95, seed: int = 0
) -> Resampled:
    """Return the mean of `values` with its story-cluster interval; errors as for `bootstrap`."""
    scores = np.asarray(values, dtype=np.float64)
    return bootstrap(
        stories, lambda weights: float(np.average(scores, weights=weights)), draws=draws, level=level, seed=seed
    )


def effective_share(frame: pd.DataFrame) -> pd.Series:
    """Return per subject the share of its claims that count once those of one story are not taken for independent.

    `frame` has the columns `subject`, `value` (0 to 1; NaN is left out) and `story_id` (missing: a story of its own). A
    story of m claims counts as m / (1 + (m - 1) c), c being the correlation of two claims of one subject in
    one story, estimated over all subjects and drawn towards 0.3. The share is 1 for a subject that is in no story
    twice. Raises ValueError for missing columns. (Kish, Survey Sampling, 1965.)
    """
    require(frame, "subject", "value", "story_id")
    scored = frame.dropna(subset=["subject", "value"])
    tidy = pd.DataFrame({"subject": scored["subject"], "value": scored["value"].astype("float64")})
    story = pd.factorize(scored["story_id"])[0]
    tidy["story"] = np.where(story < 0, -1 - np.arange(len(tidy)), story)
    # Residuals from a subject's own mean are negatively correlated by construction; from a mean that is drawn
    # towards the common one as if by ten claims, hardly.
    by_subject = tidy.groupby("subject", sort=True, observed=True)["value"]
    centre = tidy["value"].mean()
    mean = (by_subject.transform("sum") + 10.0 * centre) / (by_subject.transform("size") + 10.0)
    tidy["residual"] = tidy["value"] - mean
    tidy["square"] = tidy["residual"] ** 2
    groups = (
        tidy.groupby(["subject", "story"], sort=True, observed=True)
        .agg(size=("value", "size"), total=("residual", "sum"), squares=("square", "sum"))
        .reset_index("subject")
    )
    pairs = float((groups["size"] * (groups["size"] - 1) / 2.0).sum())
    products = float(((groups["total"] ** 2 - groups["squares"]) / 2.0).sum())
    variance = float(tidy["square"].mean()) if len(tidy) else 0.0
    observed = products / variance if variance > 0 else _PRIOR_CORRELATION * pairs
    correlation = (observed + _PRIOR_CORRELATION * _PRIOR_PAIRS) / (pairs + _PRIOR_PAIRS)
    correlation = min(max(correlation, 0.0), 1.0)
    groups["effective"] = groups["size"] / (1.0 + (groups["size"] - 1.0) * correlation)
    totals = groups.groupby("subject", sort=True, observed=True)[["effective", "size"]].sum()
    return (totals["effective"] / totals["size"]).rename("effective_share")
