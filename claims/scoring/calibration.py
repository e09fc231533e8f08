"""Were the probabilities right? Scores and their parts, for numbers and for words.

CORP: recalibrate by isotonic regression (pool adjacent violators) and take the score apart into miscalibration,
discrimination and uncertainty, without bins (Dimitriadis, Gneiting and Jordan, PNAS 118, 2021).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import isotonic_regression
from scipy.special import xlogy

from claims.scoring.phrases import phrase_worth

__all__ = [
    "Decomposition",
    "Murphy",
    "brier",
    "consistency_band",
    "corp",
    "log_score",
    "murphy",
    "phrase_worth",
    "reliability_curve",
    "skill",
]

Floats = NDArray[np.float64]
Score = Literal["brier", "log"]

# A forecast of 0 or 1 that fails would cost infinitely much; people who say "never" do not mean that.
CLIP = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """score = mcb - dsc + unc: miscalibration, discrimination, uncertainty; none of them negative."""

    score: float
    mcb: float
    dsc: float
    unc: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Murphy:
    """rel - res + unc by bins; `within` is what is left of the score, since forecasts in one bin differ."""

    score: float
    rel: float
    res: float
    unc: float
    within: float
    bins: int


def brier(p: ArrayLike, y: ArrayLike) -> float:
    """Return the mean squared difference of forecast and outcome. Raises ValueError for values outside [0, 1]."""
    forecast, outcome = _checked(p, y)
    return float(np.mean((forecast - outcome) ** 2))


def log_score(p: ArrayLike, y: ArrayLike, *, clip: float = CLIP) -> float:
    """Return the mean negative log likelihood, forecasts being held within [clip, 1 - clip].

    Raises ValueError for values outside [0, 1].
    """
    forecast, outcome = _checked(p, y)
    return float(np.mean(_log_loss(np.clip(forecast, clip, 1.0 - clip), outcome)))


def corp(p: ArrayLike, y: ArrayLike, *, score: Score = "brier", clip: float = CLIP) -> Decomposition:
    """Return the score of the forecasts taken apart by isotonic recalibration.

    Equal forecasts are pooled first, so the result does not depend on the order of the rows. For the log score the
    forecasts are clipped, their recalibrated values not. Raises ValueError without forecasts or outside [0, 1].
    """
    forecast, outcome = _checked(p, y)
    recalibrated, base = _recalibrated(forecast, outcome), np.full(outcome.shape, outcome.mean())
    if score == "log":
        loss, given = _log_loss, np.clip(forecast, clip, 1.0 - clip)
    else:
        loss, given = _squared, forecast
    total, best, unc = (float(np.mean(loss(x, outcome))) for x in (given, recalibrated, base))
    return Decomposition(score=total, mcb=max(total - best, 0.0), dsc=max(unc - best, 0.0), unc=unc, n=outcome.size)


def murphy(p: ArrayLike, y: ArrayLike, *, bins: int = 10) -> Murphy:
    """Return reliability, resolution and uncertainty of the Brier score over equal bins of the forecast.

    The parts depend on the number of bins; `corp` does not. (Murphy, Journal of Applied Meteorology 12, 1973;
    `within` after Stephenson, Coelho and Jolliffe, Weather and Forecasting 23, 2008.)
    """
    forecast, outcome = _checked(p, y)
    if bins < 1:
        raise ValueError("at least one bin is needed")
    which = np.minimum((forecast * bins).astype(np.intp), bins - 1)
    size = np.bincount(which, minlength=bins).astype(np.float64)
    full = size > 0
    size_full = size[full]
    mean_p = np.bincount(which, weights=forecast, minlength=bins)[full] / size_full
    mean_y = np.bincount(which, weights=outcome, minlength=bins)[full] / size_full
    base = outcome.mean()
    rel = float(size_full @ (mean_p - mean_y) ** 2 / outcome.size)
    res = float(size_full @ (mean_y - base) ** 2 / outcome.size)
    unc = float(np.mean((outcome - base) ** 2))
    total = brier(forecast, outcome)
    return Murphy(score=total, rel=rel, res=res, unc=unc, within=total - (rel - res + unc), bins=bins)


def skill(p: ArrayLike, y: ArrayLike, reference: ArrayLike) -> float:
    """Return 1 less the ratio of the Brier score to that of the `reference` forecasts (say, each cell's base rate).

    NaN where the reference is perfect.
    """
    best = brier(reference, y)
    return 1.0 - brier(p, y) / best if best > 0 else float("nan")


def reliability_curve(p: ArrayLike, y: ArrayLike) -> pd.DataFrame:
    """Return the CORP reliability diagram: per distinct forecast, its number `n` and its `recalibrated` value."""
    forecast, outcome = _checked(p, y)
    distinct, which, size = np.unique(forecast, return_inverse=True, return_counts=True)
    recalibrated = np.zeros(distinct.shape)
    recalibrated[which] = _recalibrated(forecast, outcome)
    return pd.DataFrame({"forecast": distinct, "recalibrated": recalibrated, "n": size})


def consistency_band(p: ArrayLike, *, level: float = 0.9, draws: int = 400, seed: int = 0) -> pd.DataFrame:
    """Return where the curve would lie, per distinct forecast, with probability `level` were the forecasts right.

    Outcomes are drawn from the forecasts themselves and recalibrated, `draws` times, with the given seed.
    """
    forecast, _ = _checked(p, p)
    order = np.sort(forecast)
    distinct, first = np.unique(order, return_index=True)
    random = np.random.default_rng(seed)
    curves = np.array(
        [_recalibrated(order, (random.random(order.size) < order).astype(np.float64))[first] for _ in range(draws)]
    )
    low, high = np.quantile(curves, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
    return pd.DataFrame({"forecast": distinct, "low": low, "high": high})


def _checked(p: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    forecast, outcome = np.asarray(p, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if forecast.ndim != 1 or forecast.shape != outcome.shape or not forecast.size:
        raise ValueError("forecasts and outcomes must be two vectors of one length, not empty")
    both = np.concatenate([forecast, outcome])
    if not ((both >= 0.0) & (both <= 1.0)).all():
        raise ValueError("forecasts and outcomes lie in [0, 1]")
    return forecast, outcome


def _recalibrated(forecast: Floats, outcome: Floats) -> Floats:
    _, which, size = np.unique(forecast, return_inverse=True, return_counts=True)
    weights = size.astype(np.float64)
    means = np.asarray(np.bincount(which, weights=outcome) / weights, dtype=np.float64)
    # PAV's averages may leave [0, 1] by a rounding error.
    fitted = np.asarray(np.clip(isotonic_regression(means, weights=weights).x, 0.0, 1.0), dtype=np.float64)
    return fitted[which]


def _squared(p: Floats, y: Floats) -> Floats:
    return (p - y) ** 2


def _log_loss(p: Floats, y: Floats) -> Floats:
    return np.asarray(-(xlogy(y, p) + xlogy(1.0 - y, 1.0 - p)), dtype=np.float64)
