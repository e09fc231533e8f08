"""Fits the confidence of relations, and how much of it is worth keeping, on held-out documents."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from claims.extraction.tagging.linking import Link
from claims.extraction.tagging.model_files import Model
from claims.extraction.tagging.tagger import drafts, relations
from claims.extraction.training.scoring import Json, as_json, right

Array = NDArray[np.float64]
RIDGE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What calibration found."""

    weights: tuple[float, ...]
    keep: float
    triple: float
    """Relaxed triple F1 on the documents it was fitted to."""


def logistic(features: Array, outcomes: Array, ridge: float = RIDGE) -> Array:
    """Coefficients of a logistic regression, the constant last."""
    x = np.column_stack((features, np.ones(len(features))))
    w = np.zeros(x.shape[1])
    penalty = np.diag([ridge] * (x.shape[1] - 1) + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (outcomes - p) - penalty @ w
        curve = (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(w))
        step = np.linalg.solve(curve, slope)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def fit(documents: Sequence[Json], model: Model, scorer: ModuleType) -> Fit:
    """Weights and threshold from documents that the network was not trained on."""
    found: list[tuple[Json, list[Link], list[bool]]] = []
    for gold in documents:
        pieces, links = drafts(gold["text"], model)
        listed = as_json(relations(links, pieces, model))
        found.append((gold, links, right(scorer, gold, listed)))
    features = np.array([x.evidence for _, links, _ in found for x in links], np.float64)
    outcomes = np.array([o for _, _, marks in found for o in marks], np.float64)
    weights = tuple(round(float(w), 5) for w in logistic(features, outcomes))
    weigh = replace(model.settings, weights=weights).confidence
    ranked = sorted(
        ((weigh(x.evidence), o) for _, links, marks in found for x, o in zip(links, marks, strict=True)),
        reverse=True,
    )
    golds = sum(len(d["attributions"]) for d in documents)
    best, hits = (0.0, 1.0), 0
    for count, (confidence, mark) in enumerate(ranked, 1):
        hits += mark
        best = max(best, (2 * hits / (golds + count), -confidence))
    return Fit(weights=weights, keep=round(-best[1], 3), triple=best[0])


def write(fitted: Fit, folder: Path) -> None:
    """Puts the fit into the model's settings."""
    path = folder / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["weights"] = list(fitted.weights)
    settings["keep"] = fitted.keep
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
