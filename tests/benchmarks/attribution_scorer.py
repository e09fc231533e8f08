"""A compact scorer of attribution relations: one-to-one matching in each document, micro-averaged over documents.

A relation is {"source", "cue", "content"}, each a list of [start, end). Tokens are runs of word characters; punctuation
and quote marks count for nothing. Heads are by rule: a cue's is its first word that is no auxiliary, adverb or particle
(the noun before the first preposition if it starts with a determiner), a source's the last word of its first noun
phrase.

  cue_head     the predicted cue holds the gold cue's head
  content      token Jaccard of the contents at least 1/2
  source       the same, or the head of one source lies in the other
  triple       source and content so, and cues that share a token (or none has one); no source only matches no source
"""

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Document = dict[str, Any]
Counts = dict[str, tuple[int, int, int]]
METRICS = ("cue_head", "content", "source", "triple")

_WORD = re.compile(r"\w+(?:[’'\-.,]\w+)*|[%$€£]")
_HEADS = Path(__file__).with_name("attribution_heads.txt")
_LY_VERBS = ("reply", "imply", "rely", "rally")


@cache
def _words(name: str) -> frozenset[str]:
    section = _HEADS.read_text(encoding="utf-8").split(f"[{name}]\n")[1].split("\n[")[0]
    return frozenset(section.split())


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text with its tokens."""

    text: str
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Return the text tokenised."""
        spans = tuple(match.span() for match in _WORD.finditer(text))
        return cls(text, spans, tuple(start for start, _ in spans))

    def low(self, token: int) -> str:
        """Return a token in lower case, its apostrophes straight."""
        start, end = self.spans[token]
        return self.text[start:end].lower().replace("’", "'")

    def tokens_in(self, pieces: Sequence[Sequence[int]]) -> frozenset[int]:
        """Return the tokens that overlap any of the spans."""
        found: set[int] = set()
        for start, end in pieces:
            index = bisect.bisect_left(self.starts, start)
            if index and self.spans[index - 1][1] > start:
                index -= 1
            while index < len(self.spans) and self.spans[index][0] < end and end > start:
                found.add(index)
                index += 1
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Item:
    """A relation as token sets with its heads."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    source_head: int | None
    cue_head: int | None


def item(relation: Document, text: Text) -> Item:
    """Return a relation as token sets."""
    source, cue, content = (text.tokens_in(relation.get(role) or []) for role in ("source", "cue", "content"))
    return Item(source, cue, content, _source_head(sorted(source), text), _cue_head(sorted(cue), text))


def _cue_head(tokens: list[int], text: Text) -> int | None:
    if not tokens:
        return None
    according = next((token for token in tokens if text.low(token) == "according"), None)
    if according is not None:
        return according
    content = [token for token in tokens if text.low(token) not in _words("no_head")]
    heads = [token for token in content if not _is_adverb(text.low(token))] or content
    if not heads:
        return tokens[-1]
    if text.low(tokens[0]) not in _words("determiners"):
        return heads[0]
    last: int | None = None
    for token in tokens:
        if last is not None and text.low(token) in _words("prepositions"):
            break
        last = token if token in heads else last
    return heads[0] if last is None else last


def _is_adverb(low: str) -> bool:
    return low.endswith("ly") and len(low) > 4 and low not in _LY_VERBS


def _source_head(tokens: list[int], text: Text) -> int | None:
    named = [token for token in tokens if text.low(token) not in _words("determiners")]
    if not tokens or not named:
        return tokens[-1] if tokens else None
    last = named[0]
    for token in tokens[tokens.index(last) + 1 :]:
        gap = text.text[text.spans[last][1] : text.spans[token][0]]
        if token != last + 1 or re.search(r"[,;:(—–\-]", gap) or text.low(token) in _words("ends_source"):
            break
        last = token
    return last


def _jaccard(gold: frozenset[int], found: frozenset[int]) -> float:
    return len(gold & found) / len(gold | found) if gold or found else 1.0


def cue_head_weight(gold: Item, found: Item) -> float:
    """Return how well the cues agree, 0 unless the predicted one holds the gold head."""
    return 1 + _jaccard(gold.cue, found.cue) if gold.cue_head in found.cue else 0.0


def content_weight(gold: Item, found: Item) -> float:
    """Return how well the contents agree, 0 below half."""
    overlap = _jaccard(gold.content, found.content)
    return 1 + overlap if overlap >= 0.5 else 0.0


def source_weight(gold: Item, found: Item) -> float:
    """Return how well the sources agree, 0 unless by half or by head."""
    if not gold.source or not found.source:
        return float(not gold.source and not found.source)
    overlap = _jaccard(gold.source, found.source)
    by_head = gold.source_head in found.source or found.source_head in gold.source
    return 1 + overlap if overlap >= 0.5 or by_head else 0.0


def triple_weight(gold: Item, found: Item) -> float:
    """Return how well source, cue and content agree, 0 unless all do."""
    touching = 1 + _jaccard(gold.cue, found.cue) if gold.cue & found.cue else float(not gold.cue and not found.cue)
    parts = (source_weight(gold, found), touching, content_weight(gold, found))
    return sum(parts) if all(parts) else 0.0


_WEIGHTS: dict[str, Callable[[Item, Item], float]] = {
    "cue_head": cue_head_weight,
    "content": content_weight,
    "source": source_weight,
    "triple": triple_weight,
}
_TAKES_PART: dict[str, Callable[[Item], bool]] = {
    "cue_head": lambda found: bool(found.cue),
    "content": lambda found: bool(found.content),
    "source": lambda found: bool(found.source),
    "triple": lambda _: True,
}


def matching(gold: Sequence[Item], found: Sequence[Item], weight: Callable[[Item, Item], float]) -> set[int]:
    """Return the positions in `found` that a one-to-one matching uses: as many pairs as can be, then the heaviest."""
    if not gold or not found:
        return set()
    weights = np.array([[weight(one, other) for other in found] for one in gold])
    rows, columns = linear_sum_assignment(np.where(weights > 0, weights + 1000.0, 0.0), maximize=True)
    return {int(column) for row, column in zip(rows, columns, strict=True) if weights[row, column] > 0}


def score_document(gold: Document, found: Document, cues: frozenset[str] | None = None) -> Counts:
    """Return (matched, gold, predicted) of each metric for one document.

    With `cues`, gold relations with another cue head are neither required nor punished, nor are predictions that meet
    one of them or whose own cue head is outside.
    """
    text = Text.of(gold["text"])
    wanted = [item(relation, text) for relation in gold["attributions"]]
    given = [item(relation, text) for relation in found["attributions"]]

    def inside(one: Item) -> bool:
        return cues is None or (one.cue_head is not None and text.low(one.cue_head) in cues)

    outside = [one for one in wanted if not inside(one)]
    wanted = [one for one in wanted if inside(one)]
    counts: Counts = {}
    for metric in METRICS:
        weight, takes_part = _WEIGHTS[metric], _TAKES_PART[metric]
        left = [one for one in wanted if takes_part(one)]
        right = [one for one in given if takes_part(one)]
        matched = matching(left, right, weight)
        free = [one for index, one in enumerate(right) if index not in matched]
        excused = matching(outside, free, lambda one, other, weight=weight: _meets(one, other, weight))
        unasked = sum(
            1 for index, one in enumerate(free) if index not in excused and one.cue_head is not None and not inside(one)
        )
        counts[metric] = (len(matched), len(left), len(right) - len(excused) - unasked)
    return counts


def _meets(gold: Item, found: Item, weight: Callable[[Item, Item], float]) -> float:
    return max(weight(gold, found), float(bool(gold.cue & found.cue)), content_weight(gold, found))


def f1(matched: float, gold: float, found: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * matched / (gold + found) if gold + found else 1.0
