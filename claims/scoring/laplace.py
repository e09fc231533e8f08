"""Logistic regression with one normal random effect per subject, by penalised likelihood and Laplace."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

# Weak enough to let a form of claim be 150 times likelier than another, strong enough that a form of which
# every claim held up has finite odds.
_COEFFICIENT_SD = 2.5
_TAU_SCALE = 1.0
_LOG_TAU_BOUNDS = (np.log(0.01), np.log(4.0))
# Newton's method stops where the next step would add less than this to the log density.
_SMALLEST_GAIN = 1e-7
_SMALLEST_SCALE = 1e-6
_MOST_STEPS = 100
_STEPS = (-2.0, -1.0, 0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Claims counted by subject and form, sorted by both: `successes` of `n` in each cell.

    The cells of subject i begin at `starts[i]`, each having at least one; `form` is the row of `design`.
    """

    starts: NDArray[np.intp]
    form: NDArray[np.intp]
    successes: Floats
    n: Floats
    design: Floats

    @property
    def n_subjects(self) -> int:
        """How many subjects there are."""
        return int(self.starts.size)

    def per_subject(self, values: Floats) -> Floats:
        """Return the sum of the cells' `values` per subject."""
        if not self.starts.size:
            return np.zeros(0)
        total: Floats = np.add.reduceat(values, self.starts)
        return total

    def per_form(self, values: Floats) -> Floats:
        """Return the sum of the cells' `values` per form."""
        return np.bincount(self.form, weights=values, minlength=self.design.shape[0]).astype(np.float64)

    def to_cells(self, values: Floats) -> Floats:
        """Return for each cell its subject's value."""
        return np.repeat(values, np.diff(self.starts, append=self.form.size))

    def logits(self, coefficients: Floats, effects: Floats) -> Floats:
        """Return for each cell the logit of the rate."""
        return np.asarray(self.design @ coefficients, dtype=np.float64)[self.form] + self.to_cells(effects)

    def table(self, values: Floats) -> csr_array:
        """Return the cells' `values` as a sparse matrix, subjects by forms."""
        ends = np.append(self.starts, self.form.size)
        return csr_array((values, self.form, ends), shape=(self.n_subjects, self.design.shape[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The mode at one tau: coefficients, the subjects' effects with their deviations, and its share of belief."""

    tau: float
    log_density: float
    coefficients: Floats
    effects: Floats
    deviations: Floats
    weight: float = 1.0


def fit(cells: Cells) -> tuple[Fit, ...]:
    """Return the fits at five values of tau that stand for its posterior, weights adding up to one.

    The points lie at the mode of log tau and one and two standard deviations to either side. Without cells there is
    one fit, of no effects.
    """
    none = Fit(
        tau=_TAU_SCALE,
        log_density=0.0,
        coefficients=np.zeros(cells.design.shape[1]),
        effects=np.zeros(cells.n_subjects),
        deviations=np.ones(cells.n_subjects),
    )
    if not cells.n.size:
        return (none,)
    latest = none

    def at(log_tau: float) -> Fit:
        nonlocal latest
        latest = _mode(cells, float(np.exp(log_tau)), latest)
        return latest

    best = float(
        minimize_scalar(
            lambda x: -at(x).log_density, bounds=_LOG_TAU_BOUNDS, method="bounded", options={"xatol": 0.05}
        ).x
    )
    around = [at(best + step).log_density for step in (-0.3, 0.0, 0.3)]
    curvature = (2.0 * around[1] - around[0] - around[2]) / 0.3**2
    deviation = 1.0 / np.sqrt(max(curvature, 1.0))
    fits = [at(best + step * deviation) for step in _STEPS]
    density = np.array([found.log_density for found in fits])
    weights = np.exp(density - density.max())
    return tuple(
        replace(found, weight=float(weight)) for found, weight in zip(fits, weights / weights.sum(), strict=True)
    )


def _mode(cells: Cells, tau: float, start: Fit) -> Fit:
    """Return the joint mode of coefficients and effects at `tau` by Newton's method with step halving."""
    point = _Point(cells, tau, start.coefficients, start.effects)
    for _ in range(_MOST_STEPS):
        step, effect_step, promised = point.newton_step()
        if promised < _SMALLEST_GAIN:
            break
        scale = 1.0
        while True:
            onward = _Point(cells, tau, point.coefficients + scale * step, point.effects + scale * effect_step)
            if onward.value >= point.value or scale < _SMALLEST_SCALE:
                break
            scale /= 2.0
        point = onward
    prior = np.log(tau) - (tau / _TAU_SCALE) ** 2 / 2.0
    return Fit(
        tau=tau,
        log_density=float(point.value - cells.n_subjects * np.log(tau) - point.log_determinant() / 2.0 + prior),
        coefficients=point.coefficients,
        effects=point.effects,
        deviations=point.deviations(),
    )


class _Point:
    """The penalised log likelihood at one point and its Newton equations, the effects' diagonal block eliminated."""

    def __init__(self, cells: Cells, tau: float, coefficients: Floats, effects: Floats) -> None:
        self.cells, self.tau, self.coefficients, self.effects = cells, tau, coefficients, effects
        logits = cells.logits(coefficients, effects)
        # One exponential serves the rates and, without overflow, log(1 + exp(logit)).
        small = np.exp(-np.abs(logits))
        self.rates = np.where(logits >= 0, 1.0, small) / (1.0 + small)
        likelihood = cells.successes @ logits - cells.n @ (np.maximum(logits, 0.0) + np.log1p(small))
        penalty = coefficients @ coefficients / _COEFFICIENT_SD**2 + effects @ effects / tau**2
        self.value = float(likelihood - penalty / 2.0)

    @cached_property
    def _equations(self) -> tuple[Floats, Floats, tuple[Floats, bool]]:
        """The effects' diagonal, the cross block, and the factor of what remains for the coefficients."""
        cells, design = self.cells, self.cells.design
        weights = cells.n * self.rates * (1.0 - self.rates)
        diagonal = cells.per_subject(weights) + 1.0 / self.tau**2
        cross = np.asarray(cells.table(weights) @ design, dtype=np.float64).T
        own = (design * cells.per_form(weights)[:, None]).T @ design + np.eye(design.shape[1]) / _COEFFICIENT_SD**2
        return diagonal, cross, cho_factor(own - (cross / diagonal) @ cross.T)

    def newton_step(self) -> tuple[Floats, Floats, float]:
        """Return the Newton steps of the coefficients and of the effects, and twice the gain they promise."""
        diagonal, cross, factor = self._equations
        residuals = self.cells.successes - self.cells.n * self.rates
        gradient = self.cells.design.T @ self.cells.per_form(residuals) - self.coefficients / _COEFFICIENT_SD**2
        effect_gradient = self.cells.per_subject(residuals) - self.effects / self.tau**2
        step = cho_solve(factor, gradient - cross @ (effect_gradient / diagonal))
        effect_step = (effect_gradient - cross.T @ step) / diagonal
        return step, effect_step, float(gradient @ step + effect_gradient @ effect_step)

    def log_determinant(self) -> float:
        """Return the log determinant of the whole Hessian."""
        diagonal, _, factor = self._equations
        return float(np.log(diagonal).sum() + 2.0 * np.log(np.diag(factor[0])).sum())

    def deviations(self) -> Floats:
        """Return the effects' posterior standard deviations, the coefficients being uncertain too."""
        diagonal, cross, factor = self._equations
        ratio = cross / diagonal
        variance = 1.0 / diagonal + np.einsum("ij,ij->j", ratio, cho_solve(factor, ratio))
        result: Floats = np.sqrt(variance)
        return result
