"""Who speaks, and how openly: levels and resolved sources against gold labels, given the gold spans.

    python tests/benchmarks/sources.py GOLD.jsonl CORPUS.jsonl

GOLD has one labelled relation a line (`doc_id`, `attribution`, `anonymity`, `plurality`, `resolved_source`), CORPUS one
article a line (`doc_id`, `text`, `attributions` with spans). All relations of an article are given to the reader, the
labelled ones are compared. Returns 1 where a bar is missed.
"""

import sys
from collections import Counter
from pathlib import Path

from gold_labels import kappa, label, same_source, verdict

UNNAMED = "A3"


def main(gold_path: Path, corpus_path: Path) -> int:
    """Print each figure beside its bar, then what was confused with what."""
    labelled = label(gold_path, corpus_path)
    gold, ours = labelled.of("anonymity")
    unnamed = sum((a >= UNNAMED) == (b >= UNNAMED) for a, b in zip(gold, ours, strict=True)) / len(gold)
    resolved = sum(same_source(a, b) for a, b in zip(*labelled.of("resolved_source"), strict=True)) / len(gold)
    met = [
        verdict("level: accuracy", labelled.accuracy("anonymity"), 0.88),
        verdict("level: quadratic-weighted kappa", kappa(gold, ours, quadratic=True), 0.92),
        verdict("unnamed or not: accuracy", unnamed, 0.95),
        verdict("resolved source: share right", resolved, 0.90),
    ]
    print(f"{'plurality: accuracy':42}{labelled.accuracy('plurality'):8.3f}")
    print(f"{'condition stated: accuracy':42}{labelled.accuracy('condition_stated'):8.3f}")
    print(f"{len(gold)} labelled relations; {labelled.words_a_second:,.0f} words a CPU-second")
    confused = Counter((a, b) for a, b in zip(gold, ours, strict=True) if a != b)
    print("gold → ours: " + ", ".join(f"{a} → {b} {count}" for (a, b), count in confused.most_common()))
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
