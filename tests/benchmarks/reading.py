"""What is claimed: kind, polarity, modality, trackable and horizon against gold labels, given the gold spans.

    python tests/benchmarks/reading.py GOLD.jsonl CORPUS.jsonl

Files as in `sources.py`; GOLD has `kind`, `polarity`, `modality`, `trackable`, `horizon` too. Returns 1 where a bar is
missed.
"""

import sys
from collections import Counter
from pathlib import Path

from gold_labels import kappa, label, verdict


def main(gold_path: Path, corpus_path: Path) -> int:
    """Print each figure beside its bar, then which kinds were confused."""
    labelled = label(gold_path, corpus_path)
    gold, ours = labelled.of("kind")
    met = [
        verdict("kind: kappa", kappa(gold, ours), 0.78),
        verdict("polarity: accuracy", labelled.accuracy("polarity"), 0.95),
        verdict("modality: accuracy", labelled.accuracy("modality"), 0.90),
        verdict("trackable: accuracy", labelled.accuracy("trackable"), 0.85),
    ]
    print(f"{'kind: accuracy':42}{labelled.accuracy('kind'):8.3f}")
    print(f"{'horizon: same words or none':42}{labelled.accuracy('horizon'):8.3f}")
    print(f"{len(gold)} labelled relations; {labelled.words_a_second:,.0f} words a CPU-second")
    confused = Counter((a, b) for a, b in zip(gold, ours, strict=True) if a != b)
    print("gold → ours: " + ", ".join(f"{a} → {b} {count}" for (a, b), count in confused.most_common(12)))
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
