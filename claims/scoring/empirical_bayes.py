"""Empirical Bayes for rates: what all subjects have in common informs the estimate of each.

Subject s has k_s successes among n_s claims; k_s ~ BetaBinomial(n_s, a, b). The prior (a, b) is found by marginal
likelihood, weakly regularised, and a subject's posterior is Beta(k + a, n - k + b). Where few subjects inform the prior
it is itself uncertain; that uncertainty widens every posterior by the delta method (Kass and Steffey, JASA 84, 1989),
which leaves the posterior means alone and vanishes as subjects accumulate. Without it, a single subject would be
shrunk towards itself and its data counted twice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import betainc, betaincc, betaincinv, betaln, expit, psi

Floats = NDArray[np.float64]

METHOD = "eb-beta-binomial"

# The strength a + b that ratings of real sources show: 7.8 (PolitiFact speakers), 12.2 (pollsters). Log-normal about
# it, so wide (95 % from half a claim to two hundred) that a few dozen subjects overrule it; it decides only where the
# data cannot, as when nobody has two claims.
_STRENGTH = 10.0
_LOG_STRENGTH_SD = 1.5
# Beyond these the marginal likelihood is flat to machine precision.
_LOGIT_MEAN_BOUND = 12.0
_LOG_STRENGTH_BOUNDS = (np.log(0.02), np.log(1e6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The Beta(a, b) that the subjects share, and how well they determine it.

    `uncertainty` is the covariance of (logit of the mean, log of the strength) as (variance, covariance, variance);
    zeros mean a prior taken as known.
    """

    a: float
    b: float
    method: str
    n_subjects: int
    uncertainty: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def mean(self) -> float:
        """The rate towards which every estimate is drawn."""
        return self.a / (self.a + self.b)

    @property
    def strength(self) -> float:
        """How many claims the prior is worth."""
        return self.a + self.b


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """The posteriors Beta(a, b) of many subjects, and of each one's difference from the prior mean.

    `strength_of_difference` is the a + b of the Beta of the same mean by which the difference is judged: it
    counts the uncertainty of the subject and of its peers' mean together.
    """

    a: Floats
    b: Floats
    strength_of_difference: Floats

    @property
    def mean(self) -> Floats:
        """The shrunken rates."""
        return self.a / (self.a + self.b)


def fit_prior(successes: ArrayLike, n: ArrayLike) -> Prior:
    """Return the beta prior of greatest marginal likelihood, weakly regularised so that no data are too few.

    `successes` may be fractional (a claim that held up partly counts ½): the likelihood is the beta function's own
    interpolation. The mean is uniform a priori and the strength log-normal about 10; subjects without claims are
    ignored, and the order of the subjects does not matter. Raises ValueError unless 0 <= successes <= n.
    """
    k, size = _checked(successes, n)
    k, size = k[size > 0], size[size > 0]
    pairs, counts = np.unique(np.column_stack([k, size]), axis=0, return_counts=True)
    k, size = pairs[:, 0], pairs[:, 1]
    pooled = (k @ counts + 1.0) / (size @ counts + 2.0)
    start = np.array([np.log(pooled / (1.0 - pooled)), np.log(_STRENGTH)])
    bounds = [(-_LOGIT_MEAN_BOUND, _LOGIT_MEAN_BOUND), _LOG_STRENGTH_BOUNDS]
    found = minimize(
        _loss, start, args=(k, size, counts), jac=True, bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-13}
    ).x
    a, b = _shapes(found)
    return Prior(
        a=float(a),
        b=float(b),
        method=METHOD,
        n_subjects=int(counts.sum()),
        uncertainty=_uncertainty(found, k, size, counts),
    )


def posterior(prior: Prior, successes: ArrayLike, n: ArrayLike) -> Posterior:
    """Return each subject's Beta(k + a, n - k + b), widened by what is not known of the prior.

    Raises ValueError unless 0 <= successes <= n.
    """
    k, size = _checked(successes, n)
    total = size + prior.strength
    mean = (k + prior.a) / total
    centre = prior.mean
    slope_of_mean = centre * (1.0 - centre)
    by_mean = slope_of_mean * prior.strength / total
    by_strength = prior.strength * (centre * size - k) / total**2
    return Posterior(
        a=mean * (strength := _widened(mean, total, _spread(prior, by_mean, by_strength))),
        b=(1.0 - mean) * strength,
        strength_of_difference=_widened(mean, total, _spread(prior, by_mean - slope_of_mean, by_strength)),
    )


def interval(post: Posterior, level: float) -> tuple[Floats, Floats]:
    """Return the equal-tailed intervals of probability `level`, never excluding the mean they belong to."""
    tail = (1.0 - level) / 2.0
    low = np.minimum(betaincinv(post.a, post.b, tail), post.mean)
    high = np.maximum(betaincinv(post.a, post.b, 1.0 - tail), post.mean)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def tails(post: Posterior, *, reference: float, margin: float) -> tuple[Floats, Floats]:
    """Return the posterior probabilities that each rate lies more than `margin` below, and above, `reference`."""
    a, b = post.mean * post.strength_of_difference, (1.0 - post.mean) * post.strength_of_difference
    below: Floats = betainc(a, b, max(reference - margin, 0.0)).astype(np.float64)
    above: Floats = betaincc(a, b, min(reference + margin, 1.0)).astype(np.float64)
    return below, above


def _checked(successes: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    k, size = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if k.ndim != 1 or k.shape != size.shape:
        raise ValueError(f"successes and n must be vectors of one length, not {k.shape} and {size.shape}")
    if not (np.isfinite(k) & np.isfinite(size) & (k >= 0) & (k <= size)).all():
        raise ValueError("every subject needs 0 <= successes <= n")
    return k, size


def _shapes(x: Floats) -> tuple[np.float64, np.float64]:
    strength = np.exp(x[1])
    return strength * expit(x[0]), strength * expit(-x[0])


def _loss(x: Floats, k: Floats, n: Floats, counts: NDArray[np.int64]) -> tuple[float, Floats]:
    """Return the negative log of likelihood times prior at (logit mean, log strength), and its gradient."""
    a, b = _shapes(x)
    mean = expit(x[0])
    away = (x[1] - np.log(_STRENGTH)) / _LOG_STRENGTH_SD
    value = counts @ (betaln(k + a, n - k + b) - betaln(a, b)) + np.log(mean * expit(-x[0])) - away**2 / 2.0
    common = psi(a + b) - psi(n + a + b)
    by_a = counts @ (psi(k + a) - psi(a) + common)
    by_b = counts @ (psi(n - k + b) - psi(b) + common)
    gradient = np.array(
        [
            (by_a - by_b) * (a + b) * mean * (1.0 - mean) + 1.0 - 2.0 * mean,
            by_a * a + by_b * b - away / _LOG_STRENGTH_SD,
        ]
    )
    return -float(value), -gradient


def _uncertainty(x: Floats, k: Floats, n: Floats, counts: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return the inverse Hessian of the loss at its minimum, as (variance, covariance, variance)."""
    step = 1e-4
    hessian = np.empty((2, 2))
    for i, shift in enumerate(np.eye(2) * step):
        hessian[i] = (_loss(x + shift, k, n, counts)[1] - _loss(x - shift, k, n, counts)[1]) / (2.0 * step)
    # The loss need not be convex far out; a curvature below the regularisation's own would be numerical noise.
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 2.0)
    inverse = (vectors / np.maximum(values, 0.1)) @ vectors.T
    return float(inverse[0, 0]), float(inverse[0, 1]), float(inverse[1, 1])


def _spread(prior: Prior, by_mean: Floats, by_strength: Floats) -> Floats:
    variance, covariance, variance_of_strength = prior.uncertainty
    spread = by_mean**2 * variance + 2.0 * by_mean * by_strength * covariance + by_strength**2 * variance_of_strength
    return np.asarray(np.maximum(spread, 0.0), dtype=np.float64)


def _widened(mean: Floats, total: Floats, extra: Floats) -> Floats:
    """Return the strength of the Beta of this mean whose variance is that of strength `total` plus `extra`."""
    spread = mean * (1.0 - mean)
    variance = spread / (total + 1.0) + extra
    # No Beta of this mean is as wide as `spread`; the most that ignorance may say is the strength of ½.
    return np.maximum(spread / variance - 1.0, np.minimum(total, 0.5))
