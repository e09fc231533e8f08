"""Everything from the text alone: what is found of the labelled relations, how it is read, and what each half costs.

    python tests/benchmarks/from_text.py GOLD.jsonl CORPUS.jsonl [--conditions WORDINGS.jsonl]

Files as in `sources.py`. A labelled relation is found where a relation of ours shares its source or cue and at least
half of either content. Precision is taken in two steps, as only a sample is labelled: how many of our unnamed relations
meet any annotated one, and how many of those that meet a labelled one have its level. WORDINGS has one disclosure of
anonymity or one trap a line (`sentence`, `previous_sentence`, `suggested_grade`). Extractor and readers are timed apart
in the same run.
Returns 1 where a bar is missed.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold_labels import same_source, verdict

from claims.extraction.extractor import find_relations
from claims.reader import label_document

UNNAMED = "A3"
READ = ("kind", "polarity", "modality", "trackable", "horizon")
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """One labelled relation with ours, or None; `ours` holds the rows of its article."""

    gold: Row
    row: Row | None


def main(gold_path: Path, corpus_path: Path, conditions: Path | None) -> int:
    """Print each figure beside its bar, then the time of either half."""
    labelled = _lines(gold_path)
    articles = {item["doc_id"] for item in labelled}
    documents = [document for document in _lines(corpus_path) if document["doc_id"] in articles]
    find_relations(documents[0]["text"]), label_document(documents[0]["text"])  # word lists and weights, read once
    words, extracting, reading = 0, 0.0, 0.0
    found: list[Found] = []
    met: list[bool] = []
    for document in documents:
        text = document["text"]
        words += len(text.split())
        started = time.process_time()
        relations = find_relations(text)
        between = time.process_time()
        label_document(text, relations=relations)
        reading += time.process_time() - between
        extracting += between - started
        rows: list[Row] = label_document(text)
        annotated = {item["id"]: item for item in document["attributions"]}
        items = [item for item in labelled if item["doc_id"] == document["doc_id"]]
        found += [Found(item, _match(annotated[item["attribution"]], rows)) for item in items]
        met += [_is_annotated(row, document["attributions"]) for row in rows if row["anonymity"] >= UNNAMED]
    bars = _report(found, met)
    if conditions:
        bars.append(verdict("condition stated: F1", _conditions(_lines(conditions)), 0.80))
    print(f"extractor {words / extracting:,.0f} words a CPU-second; sources and reading {words / reading:,.0f}")
    bars.append(verdict("reading no slower than extracting", min(extracting / reading, 99.0), 1.0))
    return int(not all(bars))


def _report(found: Sequence[Found], met: Sequence[bool]) -> list[bool]:
    unnamed = [pair for pair in found if pair.gold["anonymity"] >= UNNAMED]
    right = sum(pair.row is not None and pair.row["anonymity"] == pair.gold["anonymity"] for pair in unnamed)
    said = [pair for pair in found if pair.row is not None and pair.row["anonymity"] >= UNNAMED]
    sure = sum(pair.row is not None and pair.row["anonymity"] == pair.gold["anonymity"] for pair in said) / len(said)
    there = [pair for pair in found if pair.row is not None]
    print(f"{len(found)} labelled relations, {len(there)} found; {len(met)} of ours unnamed")
    print(f"{'of ours unnamed: annotated at all':42}{sum(met) / len(met):8.3f}")
    print(f"{'of those labelled: level right':42}{sure:8.3f}")
    resolved = sum(same_source(pair.gold["resolved_source"], (pair.row or {})["resolved_source"]) for pair in there)
    print(f"{'resolved source, of those found':42}{resolved / len(there):8.3f}")
    for field in READ:
        same = sum(pair.gold[field] == (pair.row or {})[field] for pair in there) / len(there)
        print(f"{field + ', of those found':42}{same:8.3f}")
    return [
        verdict("unnamed: found with the right level", right / len(unnamed), 0.75),
        verdict("unnamed: precision, both steps", sure * sum(met) / len(met), 0.85),
    ]


def _conditions(wordings: Sequence[Row]) -> float:
    """The F1 of the disclosures: right where an unnamed source of the sentence has the condition, and only there."""
    right = false = missed = 0
    for item in wordings:
        before = f"{item['previous_sentence'] or ''} ".lstrip()
        rows = label_document(f"{before}{item['sentence']}")
        stated = any(row["condition_stated"] for row in rows)
        wanted = bool(item["suggested_grade"] == "explicit_anonymous")
        right, false, missed = right + (stated and wanted), false + (stated and not wanted), missed + (wanted > stated)
    return 2 * right / (2 * right + false + missed)


def _match(gold: Row, rows: Sequence[Row]) -> Row | None:
    """The row that shares the source or cue of an annotated relation and at least half of one of the contents."""
    shared = [(len(_chars(gold["content"]) & _chars(row["content"])), row) for row in rows if _meet(gold, row)]
    return max(shared, key=lambda pair: pair[0], default=(0, None))[1]


def _is_annotated(row: Row, annotated: Sequence[Row]) -> bool:
    return any(_meet(item, row) for item in annotated)


def _meet(gold: Row, row: Row) -> bool:
    same = _chars(gold["cue"]) & _chars(row["cue"]) or _chars(gold["source"]) & _chars(row["source"])
    wanted, given = _chars(gold["content"]), _chars(row["content"])
    return bool(same) and 2 * len(wanted & given) >= min(len(wanted), len(given)) > 0


def _chars(spans: Sequence[Sequence[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--conditions", type=Path)
    given = parser.parse_args()
    sys.exit(main(given.gold, given.corpus, given.conditions))
