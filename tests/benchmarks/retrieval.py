"""Claim retrieval: mean average precision at 5 on CLEF CheckThat! 2020 task 2.

    python tests/benchmarks/retrieval.py checkthat2020 [--fit]

The folder holds `verified_claims.docs.tsv` and parts (`train`, `dev`, …), each with `tweets.queries.tsv` and
`tweet-vclaim-pairs.qrels`. Printed for every part: BM25 as the reference protocol has it (lower-case alphanumerics,
addresses and handles dropped, no stemming, claim and title), our BM25 over stems, and `retrieve`, the whole. With --fit
the two weights of `retrieve` are fitted on `train` and printed, to be put into `retrieval_weights.json`.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from claims.matching.candidates import build_index, search
from claims.matching.retrieval import POOL, combine, learn_letters, retrieve, written_out
from claims.matching.terms import content_terms, stop_words

CUTOFF = 5
DECAY = 0.003
# The posts end with their author and date; the author is part of what was said, the date of none.
_SIGNED = re.compile(r"—\s*([^—(]*)\((@\w+)\)\s+\w+ \d{1,2}, \d{4}\s*\"?$")
_DROPPED = re.compile(r"https?://\S+|pic\.twitter\.com/\S+|@\w+")


@dataclass(frozen=True)
class Part:
    """The queries of one part and the ids of the claims that answer each."""

    name: str
    queries: dict[str, str]
    answers: dict[str, set[str]]


def read_claims(folder: Path) -> dict[str, str]:
    """Return every verified claim with its title, by id."""
    with (folder / "verified_claims.docs.tsv").open(encoding="utf-8", newline="") as lines:
        return {row[0]: f"{row[1]} {row[2]}" for row in csv.reader(lines, delimiter="\t") if row[0]}


def read_part(folder: Path) -> Part:
    """Return one part of the queries."""
    with (folder / "tweets.queries.tsv").open(encoding="utf-8", newline="") as lines:
        queries = {row[0]: row[1] for row in csv.reader(lines, delimiter="\t") if row[0]}
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "tweet-vclaim-pairs.qrels").read_text(encoding="utf-8").splitlines():
        query, _, claim, relevant = line.split()
        if relevant == "1":
            answers[query].add(claim)
    return Part(folder.name, queries, dict(answers))


def unsigned(post: str) -> str:
    """Return a post with its signature reduced to the author's name."""
    signed = _SIGNED.search(post)
    return f"{post[: signed.start()]} {signed.group(1)}" if signed else post


def average_precision(ranked: Sequence[str], answers: set[str]) -> float:
    """Return the average precision at CUTOFF."""
    hits, total = 0, 0.0
    for place, name in enumerate(ranked[:CUTOFF], 1):
        if name in answers:
            hits += 1
            total += hits / place
    return total / min(CUTOFF, len(answers))


def mean(part: Part, rankings: Iterable[Sequence[str]]) -> float:
    """Return the mean average precision of the rankings of a part's queries, in their order."""
    return float(np.mean([average_precision(r, part.answers[q]) for q, r in zip(part.queries, rankings, strict=True)]))


def by_words(text: str) -> list[str]:
    """Return the terms of the reference protocol."""
    words = re.findall(r"[a-z0-9]+", _DROPPED.sub(" ", text).lower())
    return [word for word in words if word not in stop_words()]


def by_stems(text: str) -> tuple[str, ...]:
    """Return the terms of our own index."""
    return content_terms(written_out(text))


def fit(part: Part, claims: dict[str, str]) -> tuple[float, float]:
    """Return the two weights that put the answers of `part` first: softmax over each pool, with weight decay."""
    ids, texts = list(claims), [written_out(text) for text in claims.values()]
    letters = learn_letters(texts)
    queries = [written_out(unsigned(text)) for text in part.queries.values()]
    pools = []
    found = search(build_index([content_terms(t) for t in texts]), [content_terms(q) for q in queries], k=POOL)
    for name, query, (numbers, scores) in zip(part.queries, queries, found, strict=True):
        right = np.asarray([ids[number] in part.answers[name] for number in numbers])
        if right.any() and not right.all():
            # `combine` is linear in the scores: without them it gives the letters' share alone.
            likeness = combine(letters, query, [texts[n] for n in numbers], np.zeros(len(numbers)))
            pools.append((np.stack([scores, likeness], axis=1), right))
    scale = np.concatenate([features for features, _ in pools]).std(axis=0)
    unit = combine(letters, "unit", ["unit"], np.zeros(1))[0]

    def loss(weights: np.ndarray) -> float:
        total = 0.0
        for features, right in pools:
            score = features / scale @ weights
            score -= score.max()
            share = np.exp(score)
            total -= float(np.log(share[right].sum() / share.sum()))
        return total / len(pools) + DECAY * float(weights @ weights)

    bm25, like = minimize(loss, np.zeros(2), method="Nelder-Mead").x / scale
    return float(bm25), float(like * unit)


def main(folder: Path, *, fitting: bool) -> None:
    """Print the figures of every part in `folder`."""
    claims = read_claims(folder)
    ids, texts = list(claims), list(claims.values())
    parts = [read_part(path.parent) for path in sorted(folder.glob("*/tweets.queries.tsv"))]
    print(f"{len(claims)} claims; mean average precision at {CUTOFF}")
    print(f"{'part':<8}{'queries':>8}{'BM25, protocol':>17}{'BM25, stems':>14}{'retrieve':>11}")
    for part in parts:
        posts = list(part.queries.values())
        row = []
        for terms, queries in ((by_words, posts), (by_stems, [unsigned(post) for post in posts])):
            found = search(build_index([terms(t) for t in texts]), [terms(q) for q in queries], k=CUTOFF)
            row.append(mean(part, ([ids[n] for n in numbers] for numbers, _ in found)))
        whole = retrieve([unsigned(post) for post in posts], texts, k=CUTOFF)
        row.append(mean(part, ([ids[number] for number, _ in ranked] for ranked in whole)))
        print(f"{part.name:<8}{len(posts):>8}{row[0]:>17.4f}{row[1]:>14.4f}{row[2]:>11.4f}")
    if fitting:
        bm25, letters = fit(next(part for part in parts if part.name == "train"), claims)
        print(f"fitted on train: bm25 {bm25:.3f}, letters {letters:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), fitting="--fit" in sys.argv[2:])
