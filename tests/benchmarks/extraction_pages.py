"""Article text out of web pages, beside the library's own: agreement with hand-made texts, speed, memory.

    uv run python tests/benchmarks/extraction_pages.py DIR [--rounds 3] [--parses 2000]

DIR is the public article-extraction benchmark of scrapinghub: `ground-truth.json` (an object a page, with
`articleBody`) and `html/NAME.html.gz`. Scores are those of its own evaluate.py: multisets of four-token shingles
compared page by page, precision and recall averaged over pages. Speed is pages per CPU-second, the least time of each
page in some rounds in which all ways take turns. Memory is what the process holds after the first and after the last
third of the parses.
"""

import argparse
import gc
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import trafilatura

from claims.articles import Page, read_page
from claims.errors import ClaimsError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"\w+")
Way = Callable[[str], str]


def ours(markup: str) -> str:
    """Return the text of the article that we read, with its head, date, credit and notices read too."""
    try:
        return read_page(Page(html=markup, fetched_at=NOW), recorded_at=NOW)[0].text
    except ClaimsError:
        return ""


WAYS: Mapping[str, Way] = {
    "ours, with all that is known of the page": ours,
    "trafilatura, text only": lambda markup: trafilatura.extract(markup) or "",
    "trafilatura, without comments": lambda markup: trafilatura.extract(markup, include_comments=False) or "",
    "trafilatura, favouring precision": lambda markup: (
        trafilatura.extract(markup, favor_precision=True, include_comments=False) or ""
    ),
    "trafilatura, favouring precision, with metadata": lambda markup: (
        trafilatura.extract(markup, favor_precision=True, include_comments=False, with_metadata=True) or ""
    ),
}
SCORED = [name for name in WAYS if not name.endswith("with metadata")]


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """Return the runs of `n` tokens in `text`, with how often each occurs."""
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))


def precision_and_recall(true: str, found: str) -> tuple[float, float]:
    """Return how much of `found` is in `true`, and of `true` in `found`."""
    wanted, got = shingles(true), shingles(found)
    both = sum((wanted & got).values())
    more, less = sum((got - wanted).values()), sum((wanted - got).values())
    if more == less == 0:
        return 1.0, 1.0
    return (both / (both + more) if both + more else 0.0), (both / (both + less) if both + less else 0.0)


def f1_interval(pairs: np.ndarray, rounds: int = 1000) -> tuple[float, float, float]:
    """Return the F1 of the mean precision and recall over pages, with the middle 95 % over resampled pages."""

    def f1(rows: np.ndarray) -> float:
        p, r = rows.mean(axis=0)
        return float(2 * p * r / (p + r))

    rng = np.random.default_rng(0)
    drawn = [f1(pairs[rng.integers(0, len(pairs), len(pairs))]) for _ in range(rounds)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f1(pairs), float(low), float(high)


def resident_mib() -> float:
    """Return the memory that this process holds, in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parses", type=int, default=0, help="how often to parse for the memory figures")
    given = parser.parse_args()
    truth = json.loads((given.folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        name: gzip.decompress((given.folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        for name in truth
    }
    print(f"{len(pages)} pages")
    for name in SCORED:
        pairs = np.array([precision_and_recall(truth[p]["articleBody"], WAYS[name](pages[p])) for p in pages])
        f1, low, high = f1_interval(pairs)
        p, r = pairs.mean(axis=0)
        print(f"F1 {f1:.4f} [{low:.3f}, {high:.3f}], precision {p:.4f}, recall {r:.4f}: {name}")
    best: dict[str, dict[str, float]] = {name: {} for name in WAYS}
    for _ in range(given.rounds):
        for page, markup in pages.items():
            for name, way in WAYS.items():
                started = time.process_time()
                way(markup)
                taken = time.process_time() - started
                best[name][page] = min(taken, best[name].get(page, taken))
    for name, taken_by in best.items():
        print(f"{len(pages) / sum(taken_by.values()):.1f} pages a CPU-second: {name}")
    markups = list(pages.values())
    for number in range(given.parses):
        ours(markups[number % len(markups)])
        if number + 1 in (given.parses // 3, given.parses):
            print(f"{resident_mib():.0f} MiB after {number + 1} further parses")


if __name__ == "__main__":
    main()
