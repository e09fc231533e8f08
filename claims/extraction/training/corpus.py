"""Annotated documents as word pieces with, for every attribution, its cue anchor and its labels."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from claims.extraction.tagging.linking import CONTENT_BEGIN, CUE, SOURCE_BEGIN
from claims.extraction.tagging.pieces import Pieces, read

# Published without their annotations by mistake (0 attributions in full-length news stories).
UNANNOTATED = (
    "breitbart_2016-04-19_clinton-wins-democratic-presiden",
    "breitbart_2016-06-29_donald-trump-denies-mike-tyson-i",
)
# Words that are never the head of a cue.
_SKIP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "as",
        "about",
        "against",
        "into",
        "over",
        "after",
        "before",
        "during",
        "that",
        "this",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "am",
        "s",
        "re",
        "m",
        "ll",
        "ve",
        "d",
        "t",
        "have",
        "has",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "not",
        "don",
        "doesn",
        "didn",
        "won",
        "wouldn",
        "couldn",
        "isn",
        "aren",
        "wasn",
        "weren",
        "haven",
        "hasn",
        "hadn",
        "shouldn",
        "also",
        "then",
        "later",
        "again",
        "further",
        "repeatedly",
        "reportedly",
        "publicly",
        "privately",
        "off",
        "up",
        "out",
        "down",
        "back",
        "away",
        "apart",
        "however",
        "too",
        "soon",
        "first",
        "ultimately",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "he",
        "she",
        "they",
        "it",
        "who",
        "which",
        "and",
        "or",
        "but",
        "if",
        "so",
        "more",
        "most",
        "very",
        "often",
        "only",
        "just",
        "now",
        "still",
        "yet",
        "already",
        "recently",
        "earlier",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "all",
        "them",
        "him",
        "us",
        "me",
        "you",
        "himself",
        "herself",
        "themselves",
        "itself",
        "when",
        "while",
        "there",
        "even",
        "long",
        "once",
        "always",
        "since",
        "both",
        "well",
        "never",
        "cannot",
    ]
)
_PREPOSITIONS = frozenset(
    [
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "as",
        "about",
        "against",
        "into",
        "over",
        "after",
        "before",
        "during",
        "that",
    ]
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "some",
        "many",
        "several",
        "most",
        "all",
        "any",
        "few",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "other",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One gold attribution in word indices."""

    anchor: int
    labels: tuple[tuple[int, int], ...]
    """(word, label) for every word that is not outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One gold document."""

    name: str
    text: str
    pieces: Pieces
    relations: tuple[Relation, ...]
    raw: dict[str, Any]


def load(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def document(raw: dict[str, Any], tokenizer: Tokenizer) -> Document:
    """One document with its attributions moved from characters to words."""
    pieces = read(raw["text"], tokenizer)
    found = [_relation(a, raw["text"], pieces) for a in raw["attributions"]]
    return Document(
        name=raw["doc_id"],
        text=raw["text"],
        pieces=pieces,
        relations=tuple(r for r in found if r is not None),
        raw=raw,
    )


def _words(spans: list[list[int]], pieces: Pieces) -> list[list[int]]:
    out = []
    for start, end in sorted(spans):
        low = int(np.searchsorted(pieces.word_end, start, side="right"))
        high = int(np.searchsorted(pieces.word_start, end, side="left"))
        if high > low:
            out.append(list(range(low, high)))
    return out


def _relation(attribution: dict[str, Any], text: str, pieces: Pieces) -> Relation | None:
    cue = [w for part in _words(attribution["cue"], pieces) for w in part]
    if not cue:
        return None
    labels: dict[int, int] = {}
    for part in _words(attribution["content"], pieces):
        for word in part:
            labels[word] = CONTENT_BEGIN + (word != part[0])
    labels.update(dict.fromkeys(cue, CUE))
    anchor = _head(cue, text, pieces)
    for part in _words(attribution["source"], pieces):
        for word in part:
            labels[word] = SOURCE_BEGIN + (word != part[0])
    labels[anchor] = CUE
    return Relation(anchor=anchor, labels=tuple(sorted(labels.items())))


def _head(cue: list[int], text: str, pieces: Pieces) -> int:
    """The cue's main word: its first verb, or the noun of a nominal cue."""
    surface = {w: text[pieces.word_start[w] : pieces.word_end[w]].lower() for w in cue}
    named = [w for w in cue if re.search(r"\w", surface[w])]
    if not named:
        return cue[0]
    for w in named:
        if surface[w] == "according":
            return w
    kept = [w for w in named if surface[w] not in _SKIP and len(surface[w]) > 1]
    strict = [w for w in kept if not _adverb(surface[w])]
    candidates = strict or kept
    if not candidates:
        return named[-1]
    if surface[named[0]] in _DETERMINERS:
        run: list[int] = []
        for w in named:
            if run and surface[w] in _PREPOSITIONS:
                break
            if w in candidates:
                run.append(w)
        if run:
            return run[-1]
    return candidates[0]


def _adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in ("reply", "imply", "rely", "rally")
