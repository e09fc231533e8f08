"""The project's scorer, loaded by path, applied to the tagger's relations."""

import importlib.util
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from claims.extraction.relations import Relation
from claims.records import Span

Json = dict[str, Any]


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("attribution_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_json(relations: Iterable[Relation]) -> list[Json]:
    """Relations in the corpus's form."""

    def pairs(spans: Sequence[Span]) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    return [
        {
            "id": f"P{number}",
            "source": pairs(r.source),
            "cue": pairs(r.cue),
            "content": pairs(r.content),
            "confidence": round(r.confidence, 4),
        }
        for number, r in enumerate(relations)
    ]


def right(scorer: ModuleType, gold: Json, predicted: Sequence[Json]) -> list[bool]:
    """For each predicted attribution, whether it is matched as a relaxed triple."""
    text = gold["text"]
    words = scorer.tokens(text)
    starts = [s for s, _ in words]
    golds = [scorer.Att(a, words, starts, text) for a in gold["attributions"]]
    tries = [scorer.Att(a, words, starts, text) for a in predicted]
    _, weight = scorer.METRICS["triple_relaxed"]
    matched = {j for _, j, _ in scorer.assign(golds, tries, weight)}
    return [j in matched for j in range(len(tries))]


def calibration_error(confidences: Sequence[float], outcomes: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error over equally wide bins."""
    total = 0.0
    for number in range(bins):
        inside = [(c, o) for c, o in zip(confidences, outcomes, strict=True) if min(int(c * bins), bins - 1) == number]
        if inside:
            gap = sum(c for c, _ in inside) - sum(o for _, o in inside)
            total += abs(gap)
    return total / max(len(confidences), 1)
