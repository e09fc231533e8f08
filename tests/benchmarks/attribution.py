"""How well an extractor finds attribution relations, on articles with annotated ones.

    python tests/benchmarks/attribution.py GOLD.jsonl [--restrict-cues FILE] [--scorer SCORE.py] [--out PRED.jsonl]

GOLD has one document a line: {"doc_id", "text", "attributions": [{"source", "cue", "content"}]} with spans as lists of
[start, end). Figures are given with and without the relations inside a content, which some corpora do not annotate.
"""

import argparse
import importlib
import importlib.util
import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from attribution_costs import COLD_BAR, ERROR_BAR, MEMORY_BAR, SPEED_BAR, calibration_error, cold_start
from attribution_scorer import METRICS, Counts, Document, f1, score_document

from claims.extraction.relations import Relation

THEIR_NAMES = {
    "cue_head": "cue_head",
    "content": "content_relaxed",
    "source": "source_relaxed",
    "triple": "triple_relaxed",
}
Extractor = Callable[[str], Sequence[Relation]]


def prediction(doc_id: str, relations: Iterable[Relation]) -> Document:
    """Return relations in the form that scorers read."""
    return {
        "doc_id": doc_id,
        "attributions": [
            {
                "source": [list(span) for span in found.source],
                "cue": [list(span) for span in found.cue],
                "content": [list(span) for span in found.content],
                "nested_in": found.nested_in,
                "confidence": found.confidence,
            }
            for found in relations
        ],
    }


def outer(document: Document) -> Document:
    """Return a prediction without the relations inside a content."""
    return {**document, "attributions": [found for found in document["attributions"] if found["nested_in"] is None]}


def figures(counts: Sequence[Counts], *, resamples: int) -> str:
    """Return precision, recall and F1 of each metric, with the 95 % interval of F1 by resampling documents."""
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(counts), size=(resamples, len(counts)))
    lines = []
    for metric in METRICS:
        table = np.array([one[metric] for one in counts], dtype=float)
        matched, gold, found = table.sum(axis=0)
        boot = sorted(f1(*table[draw].sum(axis=0)) for draw in draws)
        low, high = boot[int(0.025 * resamples)], boot[int(0.975 * resamples)]
        precision, recall = matched / max(found, 1), matched / max(gold, 1)
        shares = f"P {precision:.3f}  R {recall:.3f}  F1 {f1(matched, gold, found):.3f}"
        lines.append(
            f"  {metric:<9}{shares}  [{low:.3f}, {high:.3f}]  ({matched:.0f} of {gold:.0f}, {found:.0f} predicted)"
        )
    return "\n".join(lines)


def agrees(counts: Sequence[Counts], pairs: Sequence[tuple[Document, Document]], scorer: Path) -> bool:
    """Return whether the scorer in a file counts the same (`score_docs` of pairs, metrics by its own names)."""
    spec = importlib.util.spec_from_file_location("peer_scorer", scorer)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{scorer}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    theirs = module.score_docs(pairs)
    ours = {metric: f1(*(sum(one[metric][i] for one in counts) for i in range(3))) for metric in METRICS}
    return all(math.isclose(ours[metric], theirs[name]["f1"], abs_tol=1e-12) for metric, name in THEIR_NAMES.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the extractor over the documents and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--extractor", default="claims.extraction.extractor:find_relations", metavar="MODULE:FUNCTION")
    parser.add_argument("--restrict-cues", type=Path, help="words; gold relations with another cue head are left out")
    parser.add_argument("--scorer", type=Path, help="a scorer to check ours against")
    parser.add_argument("--out", type=Path, help="where the predictions go")
    parser.add_argument("--resamples", type=int, default=1000)
    given = parser.parse_args(arguments)
    module, _, function = given.extractor.partition(":")
    extract: Extractor = getattr(importlib.import_module(module), function)
    gold = [json.loads(line) for line in given.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    extract("The clerk said that it was warm.")  # word lists and weights are loaded once, before the clock starts

    started = time.process_time()
    found = [prediction(document["doc_id"], extract(document["text"])) for document in gold]
    seconds = time.process_time() - started
    words = sum(len(document["text"].split()) for document in gold)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out = given.out or Path(tempfile.mkdtemp()) / "predictions.jsonl"
    out.write_text("".join(json.dumps(document) + "\n" for document in found), encoding="utf-8")
    print(
        f"{len(gold)} documents, {words} words; {words / seconds:,.0f} words a CPU-second (bar {SPEED_BAR:,}), "
        f"peak {memory:.0f} MiB (bar {MEMORY_BAR}); {out}"
    )
    cold, cold_memory = cold_start(given.extractor)
    print(f"import to first result {cold:.2f} s (bar {COLD_BAR:.0f}), peak {cold_memory:.0f} MiB")

    selections: list[tuple[str, frozenset[str] | None]] = [("every cue", None)]
    if given.restrict_cues:
        lines = given.restrict_cues.read_text(encoding="utf-8").splitlines()
        selections.append(
            ("reporting cues", frozenset(w.lower() for line in lines for w in line.split("#")[0].split()))
        )
    for name, cues in selections:
        for label, predictions in (("all relations", found), ("outer relations", [outer(one) for one in found])):
            pairs = list(zip(gold, predictions, strict=True))
            counts = [score_document(*pair, cues) for pair in pairs]
            print(f"{name}, {label}\n{figures(counts, resamples=given.resamples)}")
            if cues is None:
                print(f"  confidence: expected calibration error {calibration_error(pairs):.3f} (bar {ERROR_BAR})")
            if given.scorer and cues is None and not agrees(counts, pairs, given.scorer):
                sys.exit("the two scorers differ")
    if given.scorer:
        print("the two scorers agree")


if __name__ == "__main__":
    main()
