"""Which of many texts says what a text says: BM25 over stems finds, the likeness of letters puts in order."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log, sqrt
from types import MappingProxyType

import numpy as np

from claims.matching.candidates import Floats, Ints, build_index, search
from claims.matching.terms import content_terms, stop_words, tokens, unaccented

LETTERS = 4
POOL = 50
# How rare a run of letters is can be told from a sample of the texts.
SAMPLE = 20_000

_ADDRESS = re.compile(r"https?://\S+|\bpic\.twitter\.com/\S+|\bwww\.\S+")
_TAG = re.compile(r"[#@](\w+)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[A-Z])")


Profile = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Letters:
    """How much each run of letters tells, learned from the texts that are searched; `profiles` remembers texts met."""

    rarity: Mapping[str, float]
    unseen: float
    profiles: dict[str, Profile] = field(default_factory=dict)


def retrieve(queries: Sequence[str], texts: Sequence[str], *, k: int) -> Iterator[list[tuple[int, float]]]:
    """Yield for each query the positions and scores of the up to `k` texts that are likest to it, best first.

    BM25 over stems (Robertson and Zaragoza 2009) finds the pool; its score and the cosine of letter runs, weighted
    as `retrieval_weights.json` says, put the pool in order: letters meet where word forms and spellings differ.
    """
    spelled = [written_out(text) for text in texts]
    letters = learn_letters(spelled)
    asked = [written_out(query) for query in queries]
    index = build_index([content_terms(text) for text in spelled])
    found = search(index, [content_terms(text) for text in asked], k=POOL)
    for query, (numbers, scores) in zip(asked, found, strict=True):
        combined = combine(letters, query, [spelled[number] for number in numbers], scores)
        order = np.lexsort((numbers, -np.round(combined, 9)))[:k]
        yield [(int(numbers[place]), float(combined[place])) for place in order]


def combine(letters: Letters, query: str, texts: Sequence[str], scores: Floats) -> Floats:
    """Return the weighted sum of the BM25 `scores` of `texts` and their likeness in letters to `query`."""
    weights = _weights()
    mine = _profile(letters, query)
    likeness = np.asarray([_cosine(mine, _profile(letters, text)) for text in texts])
    return weights["bm25"] * scores + weights["letters"] * likeness


def best_of(letters: Letters, query: str, texts: Sequence[str], found: tuple[Ints, Floats]) -> Ints:
    """Return the documents `found` for `query`, likest first; `texts` are all the documents' texts."""
    numbers, scores = found
    if len(numbers) < 2:
        return numbers
    combined = combine(letters, query, [texts[number] for number in numbers], scores)
    return numbers[np.lexsort((numbers, -np.round(combined, 9)))]


def written_out(text: str) -> str:
    """Return `text` without addresses, tags and handles written as words: "#ClimateStrike" as "Climate Strike"."""
    return _TAG.sub(lambda tag: f" {_HUMP.sub(' ', tag.group(1))} ", _ADDRESS.sub(" ", text))


def learn_letters(texts: Sequence[str]) -> Letters:
    """Return how rare each run of letters is among `texts`, or among an even sample of many."""
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    counts = Counter(run for text in sample for run in set(_runs(text)))
    total = max(1, len(sample))
    return Letters(MappingProxyType({run: 1 + log(total / count) for run, count in counts.items()}), 1 + log(total))


def _runs(text: str) -> Iterator[str]:
    for word in tokens(unaccented(text)):
        if word not in stop_words():
            bounded = f"^{word}$"
            for start in range(max(1, len(bounded) - LETTERS + 1)):
                yield bounded[start : start + LETTERS]


def _profile(letters: Letters, text: str) -> Profile:
    known = letters.profiles.get(text)
    if known is None:
        counts = Counter(_runs(text))
        values = {run: (1 + log(count)) * letters.rarity.get(run, letters.unseen) for run, count in counts.items()}
        norm = sqrt(sum(value * value for value in values.values())) or 1.0
        known = letters.profiles[text] = {run: value / norm for run, value in values.items()}
    return known


def _cosine(one: Profile, other: Profile) -> float:
    return sum(one[run] * other[run] for run in one.keys() & other.keys())


@cache
def _weights() -> Mapping[str, float]:
    stored = json.loads(files("claims.matching").joinpath("retrieval_weights.json").read_text("utf-8"))
    return MappingProxyType({name: float(stored[name]) for name in ("bm25", "letters")})
