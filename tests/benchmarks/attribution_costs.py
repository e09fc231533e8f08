"""What an extractor costs, and whether its confidence means what it says; each figure with the bar it must clear."""

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
from attribution_scorer import Document, Text, item, matching, triple_weight

BINS = 10
ERROR_BAR, COLD_BAR, MEMORY_BAR, SPEED_BAR = 0.05, 3.0, 600, 3500
_COLD = """
import importlib, resource, sys, time
started = time.perf_counter()
getattr(importlib.import_module(sys.argv[1]), sys.argv[2])("The clerk said that it was warm.")
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def calibration_error(pairs: Sequence[tuple[Document, Document]], *, bins: int = BINS) -> float:
    """Return the expected calibration error of confidence as the chance of a matched triple, in bins of equal mass."""
    confidence: list[float] = []
    right: list[bool] = []
    for gold, found in pairs:
        text = Text.of(gold["text"])
        wanted = [item(relation, text) for relation in gold["attributions"]]
        given = [item(relation, text) for relation in found["attributions"]]
        hits = set(matching(wanted, given, triple_weight))
        confidence += [relation["confidence"] for relation in found["attributions"]]
        right += [index in hits for index in range(len(given))]
    if not confidence:
        return 0.0
    order = np.argsort(confidence, kind="stable")
    parts = np.array_split(order, bins)
    scores, hit = np.array(confidence), np.array(right, dtype=float)
    gaps = [len(part) * abs(scores[part].mean() - hit[part].mean()) for part in parts if len(part)]
    return float(sum(gaps) / len(confidence))


def cold_start(extractor: str) -> tuple[float, float]:
    """Return seconds from import to first result in a fresh process, and its peak memory in MiB."""
    module, _, function = extractor.partition(":")
    done = subprocess.run([sys.executable, "-c", _COLD, module, function], capture_output=True, text=True, check=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory
