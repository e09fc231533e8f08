"""What the rate could be if the undetermined were known, and if our reading of the articles were perfect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]


def manski_bounds(successes: float, resolved: int, undetermined: int) -> tuple[float, float]:
    """Return the lowest and highest rate if all of the undetermined had failed or had held up.

    With nothing resolved and nothing undetermined, all is possible: (0, 1). Raises ValueError for negative counts or
    more successes than resolved claims. (Manski, American Economic Review 80, 1990.)
    """
    if undetermined < 0 or not 0 <= successes <= resolved:
        raise ValueError("bounds need 0 <= successes <= resolved and undetermined >= 0")
    total = resolved + undetermined
    if total == 0:
        return 0.0, 1.0
    return successes / total, (successes + undetermined) / total


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How many of a sample of our readings a person found right: `correct` of `checked`."""

    correct: int
    checked: int

    def __post_init__(self) -> None:
        if self.checked < 1 or not 0 <= self.correct <= self.checked:
            raise ValueError("a precision needs 0 <= correct <= checked, and something checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A rate from which the share of our own misreadings has been taken out, with its interval."""

    rate: float
    low: float
    high: float


def attenuate(rate: float, precision: Precision, base_rate: float, *, n: float, level: float = 0.95) -> Corrected:
    """Return the rate r of the claims that were read rightly, given that observed = p r + (1 - p) base_rate.

    `base_rate` is the rate at which misread claims "hold up". The interval joins the uncertainty of the observed
    rate (of `n` claims) with that of the precision p, both Beta with Jeffreys priors, by 20,001 quantile pairs in a
    fixed low-discrepancy order; no random numbers.
    (The cheap form of separating extractor error from source error: Dong et al., VLDB 8, 2015.)
    """
    if not (0.0 <= rate <= 1.0 and 0.0 <= base_rate <= 1.0 and n >= 0):
        raise ValueError("rates lie in [0, 1] and n is not negative")
    share = (precision.correct + 0.5) / (precision.checked + 1.0)
    best = _solve(np.array([rate]), np.array([share]), base_rate)[0]
    index = np.arange(1, 20_002)
    u, v = (index - 0.5) / index.size, (index * ((5**0.5 - 1.0) / 2.0)) % 1.0
    observed = betaincinv(rate * n + 0.5, (1.0 - rate) * n + 0.5, u)
    right = betaincinv(precision.correct + 0.5, precision.checked - precision.correct + 0.5, v)
    low, high = np.quantile(_solve(observed, right, base_rate), [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Corrected(rate=float(best), low=float(min(low, best)), high=float(max(high, best)))


def _solve(observed: Floats, precision: Floats, base_rate: float) -> Floats:
    rate: Floats = np.clip((observed - (1.0 - precision) * base_rate) / precision, 0.0, 1.0)
    return rate
