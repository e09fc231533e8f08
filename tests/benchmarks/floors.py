"""What the extractor reaches on the gold data that ships with the project, and the floors that follow from it.

    python tests/benchmarks/floors.py            prints the measured values and the sentences that fail
    python tests/benchmarks/floors.py --write    and writes tests/gold/floors.json and tests/gold/known_failures.json

Lowering a floor needs a line under "Changes to the numbers" in the changelog: what fell, from what to what, and why.
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from attribution_scorer import METRICS, Document, Text, f1, item, score_document, triple_weight

from claims.extraction.extractor import find_relations
from claims.extraction.relations import Relation

GOLD = Path(__file__).parent.parent / "gold"
FLOORS, FAILURES = GOLD / "floors.json", GOLD / "known_failures.json"
CORPORA = ("gum_news.jsonl", "constructions.jsonl")
MARGIN = 0.02
REPORTING = frozenset(
    word
    for line in (
        "say says said saying tell tells told add adds added according announce announces announced",
        "report reports reported claim claims claimed state states stated explain explained warn warns warned",
        "ask asked deny denied confirm confirmed note noted argue argued call called",
    )
    for word in line.split()
)


def read(name: str) -> list[Document]:
    """Return the documents of a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def digest(name: str) -> str:
    """Return the SHA-256 of a gold file."""
    return sha256((GOLD / name).read_bytes()).hexdigest()


def spans(relations: Sequence[Relation]) -> Document:
    """Return relations in the form that the scorer reads."""
    return {"attributions": [{"source": r.source, "cue": r.cue, "content": r.content} for r in relations]}


def articles() -> dict[str, float]:
    """Return F1 of each metric on the annotated articles, for every cue and for reporting cues."""
    pairs = [(document, spans(find_relations(document["text"]))) for document in read("gum_news.jsonl")]
    measured = {}
    for name, cues in (("every cue", None), ("reporting cues", REPORTING)):
        scored = [score_document(gold, found, cues) for gold, found in pairs]
        for metric in METRICS:
            measured[f"{name}, {metric}"] = f1(*(sum(one[metric][i] for one in scored) for i in range(3)))
    return measured


def sentences() -> dict[str, float]:
    """Return F1 of each metric on the sentences of our own."""
    scored = [
        score_document({**row, "attributions": [row]}, spans(find_relations(row["text"])), None)
        for row in read("constructions.jsonl")
    ]
    return {metric: f1(*(sum(one[metric][i] for one in scored) for i in range(3))) for metric in METRICS}


def is_found(row: Document, relations: Sequence[Relation]) -> bool:
    """Return whether one of the relations has the row's source, cue and content."""
    text = Text.of(row["text"])
    cue = row["text"][slice(*row["cue"][0])]
    if not any(letter.isalnum() for letter in cue):  # the scorer sees no punctuation
        relations = [r for r in relations if r.cue == tuple(tuple(span) for span in row["cue"])]
    wanted = item(row, text)
    return any(triple_weight(wanted, item(one, text)) > 0 for one in spans(relations)["attributions"])


def shares() -> tuple[dict[str, float], dict[str, str]]:
    """Return the share of each construction's sentences that are read right, and what is found in the others."""
    right: dict[str, list[bool]] = defaultdict(list)
    failures = {}
    for row in read("constructions.jsonl"):
        found = find_relations(row["text"])
        right[row["construction"]].append(is_found(row, found))
        if not right[row["construction"]][-1]:
            failures[row["text"]] = f"{row['construction']}: {_shown(row['text'], found)}"
    return {name: sum(all_) / len(all_) for name, all_ in right.items()}, failures


def _shown(text: str, relations: Sequence[Relation]) -> str:
    def words(pieces: Sequence[Sequence[int]]) -> str:
        return " … ".join(text[start:end] for start, end in pieces)

    return "; ".join(f"{words(r.source)} | {words(r.cue)} | {words(r.content)}" for r in relations) or "nothing found"


def _floors(measured: dict[str, float], margin: float, today: str) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "floor": max(0.0, math.floor((value - margin) * 1000) / 1000),
            "measured": round(value, 3),
            "on": today,
        }
        for name, value in measured.items()
    }


def main() -> None:
    """Measure, print and, if asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    today = datetime.now(tz=UTC).date().isoformat()
    by_construction, failures = shares()
    floors = {
        "about": 'measured less .02; lowering a floor needs a line under "Changes to the numbers" in CHANGELOG.md',
        "digests": {name: digest(name) for name in CORPORA},
        "articles": _floors(articles(), MARGIN, today),
        "sentences": _floors(sentences(), MARGIN, today),
        "constructions": _floors(by_construction, 0.0, today),
    }
    print(json.dumps(floors, indent=1))
    print(json.dumps(failures, indent=1, ensure_ascii=False))
    if given.write:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
        FAILURES.write_text(json.dumps(failures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
