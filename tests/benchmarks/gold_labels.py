"""Gold labels of sources and claims joined with the annotated articles that they point into."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims.extraction.quotations import quotation_of, quoted_spans
from claims.extraction.relations import Relation
from claims.names import canonical_institution
from claims.reader import label_document
from claims.records import Span, Spans

SMALL_WORDS = frozenset(
    ["the", "a", "an", "of", "in", "and", "for", "on", "to", "at", "some", "many", "several", "two", "other"]
)


@dataclass(frozen=True)
class Labelled:
    """Gold items and our rows for the same relations, with the speed of the labelling."""

    gold: tuple[dict[str, Any], ...]
    rows: tuple[dict[str, Any], ...]
    words_a_second: float

    def of(self, field: str) -> tuple[list[Any], list[Any]]:
        """Return the gold values and ours of one field."""
        return [item[field] for item in self.gold], [row[field] for row in self.rows]

    def accuracy(self, field: str) -> float:
        """Return the share of items whose field is right."""
        gold, ours = self.of(field)
        return sum(a == b for a, b in zip(gold, ours, strict=True)) / len(gold)


def label(gold_path: Path, corpus_path: Path) -> Labelled:
    """Label every document of the corpus that the gold file names, from its annotated relations."""
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
    wanted = {item["doc_id"] for item in gold}
    documents = [json.loads(line) for line in corpus_path.read_text(encoding="utf-8").splitlines()]
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    words, started = 0, time.process_time()
    for document in documents:
        if document["doc_id"] not in wanted:
            continue
        relations = _relations(document)
        labels = label_document(document["text"], relations=relations, outlet=document.get("outlet"))
        words += len(document["text"].split())
        for annotated, row in zip(document["attributions"], labels, strict=True):
            rows[document["doc_id"], annotated["id"]] = row
    speed = words / (time.process_time() - started)
    return Labelled(tuple(gold), tuple(rows[item["doc_id"], item["attribution"]] for item in gold), speed)


def _relations(document: dict[str, Any]) -> list[Relation]:
    quoted = quoted_spans(document["text"])
    found = []
    for annotated in document["attributions"]:
        content = _spans(annotated["content"])
        found.append(
            Relation(
                source=_spans(annotated["source"]),
                cue=_spans(annotated["cue"]),
                content=content,
                quotation=quotation_of(content, quoted),
            )
        )
    return found


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def kappa(gold: Sequence[str], ours: Sequence[str], *, quadratic: bool = False) -> float:
    """Return Cohen's kappa, with quadratic weights on the order of the labels where asked."""
    labels = sorted({*gold, *ours})
    index = {label: position for position, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    for one, other in zip(gold, ours, strict=True):
        table[index[one], index[other]] += 1
    steps = np.subtract.outer(np.arange(len(labels)), np.arange(len(labels)))
    weights = steps**2 if quadratic else (steps != 0).astype(float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(1 - (weights * table).sum() / (weights * expected).sum())


def same_source(gold: str | None, ours: str | None) -> bool:
    """Return whether two names of a source are the same person, body or description, leniently by their words."""
    if gold is None or ours is None:
        return gold is ours
    one, other = _words(gold), _words(ours)
    return bool(one and other) and (one <= other or other <= one or 2 * len(one & other) >= len(one | other))


def _words(name: str) -> set[str]:
    plain = f"{name} {canonical_institution(name)}".casefold().replace("’", "'").replace("'s", "")
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return {word.rstrip("s") for word in words} - SMALL_WORDS


def verdict(name: str, value: float, bar: float) -> bool:
    """Print a figure beside its bar and return whether it clears it."""
    print(f"{name:42}{value:8.3f}   bar {bar:.2f}   {'met' if value >= bar else 'MISSED'}")
    return value >= bar
