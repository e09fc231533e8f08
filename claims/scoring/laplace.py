"""Logistic regression with one normal random effect per subject, by penalised likelihood and Laplace."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_array
from scipy.special import expit

Floats = NDArray[np.float64]

# Weak enough to let a form of claim be 150 times likelier than another, strong enough that a form of which
# every claim held up has finite odds.
_COEFFICIENT_SD = 2.5
_TAU_SCALE = 1.0
_LOG_TAU_BOUNDS = (np.log(0.01), np.log(4.0))
_STEPS = (-2.0, -1.0, 0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Claims counted by subject and form: `successes` of `n` in each cell; `design` has one row a form."""

    subject: NDArray[np.intp]
    form: NDArray[np.intp]
    successes: Floats
    n: Floats
    design: Floats
    n_subjects: int

    def per_subject(self, values: Floats) -> Floats:
        """Return the sum of the cells' `values` per subject."""
        return _sum_by(self.subject, values, self.n_subjects)


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
            lambda x: -at(x).log_density, bounds=_LOG_TAU_BOUNDS, method="bounded", options={"xatol": 0.02}
        ).x
    )
    around = [at(best + step).log_density for step in (-0.3, 0.0, 0.3)]
    curvature = (2.0 * around[1] - around[0] - around[2]) / 0.3**2
    deviation = 1.0 / np.sqrt(max(curvature, 1.0))
    fits = [at(best + step * deviation) for step in _STEPS]
    density = np.array([found.log_density for found in fits])
    weights = np.exp(density - density.max())
    return tuple(
        Fit(
            tau=found.tau,
            log_density=found.log_density,
            coefficients=found.coefficients,
            effects=found.effects,
            deviations=found.deviations,
            weight=float(weight),
        )
        for found, weight in zip(fits, weights / weights.sum(), strict=True)
    )


def _sum_by(group: NDArray[np.intp], values: Floats, size: int) -> Floats:
    # Without cells, bincount forgets that the weights are floats.
    return np.bincount(group, weights=values, minlength=size).astype(np.float64)


def _mode(cells: Cells, tau: float, start: Fit) -> Fit:
    """Return the joint mode of coefficients and effects at `tau` by Newton's method with step halving."""
    coefficients, effects = start.coefficients, start.effects
    value = _penalised(cells, tau, coefficients, effects)
    for _ in range(100):
        system = _System(cells, tau, coefficients, effects)
        step, effect_step = system.step()
        scale = 1.0
        while True:
            candidate = _penalised(cells, tau, coefficients + scale * step, effects + scale * effect_step)
            if candidate >= value - 1e-12 * abs(value) or scale < 1e-6:
                break
            scale /= 2.0
        coefficients, effects = coefficients + scale * step, effects + scale * effect_step
        gain, value = candidate - value, candidate
        if gain < 1e-8 * (1.0 + abs(value)) and np.abs(step).max() < 1e-4:
            break
    system = _System(cells, tau, coefficients, effects)
    prior = np.log(tau) - (tau / _TAU_SCALE) ** 2 / 2.0
    return Fit(
        tau=tau,
        log_density=float(value - cells.n_subjects * np.log(tau) - system.log_determinant() / 2.0 + prior),
        coefficients=coefficients,
        effects=effects,
        deviations=system.deviations(),
    )


def _penalised(cells: Cells, tau: float, coefficients: Floats, effects: Floats) -> float:
    logits = (cells.design @ coefficients)[cells.form] + effects[cells.subject]
    likelihood = cells.successes @ logits - cells.n @ np.logaddexp(0.0, logits)
    penalty = coefficients @ coefficients / _COEFFICIENT_SD**2 + effects @ effects / tau**2
    return float(likelihood - penalty / 2.0)


class _System:
    """The Newton equations at one point, with the diagonal block of the effects eliminated."""

    def __init__(self, cells: Cells, tau: float, coefficients: Floats, effects: Floats) -> None:
        n_forms = cells.design.shape[0]
        rates = expit((cells.design @ coefficients)[cells.form] + effects[cells.subject])
        residuals, weights = cells.successes - cells.n * rates, cells.n * rates * (1.0 - rates)
        by_form = _sum_by(cells.form, weights, n_forms)
        table = csr_array((weights, (cells.form, cells.subject)), shape=(n_forms, cells.n_subjects))
        self.gradient = cells.design.T @ _sum_by(cells.form, residuals, n_forms) - coefficients / _COEFFICIENT_SD**2
        self.effect_gradient = cells.per_subject(residuals) - effects / tau**2
        self.diagonal = cells.per_subject(weights) + 1.0 / tau**2
        self.cross: Floats = np.asarray(table.T @ cells.design, dtype=np.float64).T
        own = (cells.design * by_form[:, None]).T @ cells.design + np.eye(len(coefficients)) / _COEFFICIENT_SD**2
        self.factor = cho_factor(own - (self.cross / self.diagonal) @ self.cross.T)

    def step(self) -> tuple[Floats, Floats]:
        """Return the Newton steps of the coefficients and of the effects."""
        step = cho_solve(self.factor, self.gradient - self.cross @ (self.effect_gradient / self.diagonal))
        return step, (self.effect_gradient - self.cross.T @ step) / self.diagonal

    def log_determinant(self) -> float:
        """Return the log determinant of the whole Hessian."""
        return float(np.log(self.diagonal).sum() + 2.0 * np.log(np.diag(self.factor[0])).sum())

    def deviations(self) -> Floats:
        """Return the effects' posterior standard deviations, the coefficients being uncertain too."""
        ratio = self.cross / self.diagonal
        variance = 1.0 / self.diagonal + np.einsum("ij,ij->j", ratio, cho_solve(self.factor, ratio))
        result: Floats = np.sqrt(variance)
        return result
