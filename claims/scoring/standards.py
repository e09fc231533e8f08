"""What a verbal probability is worth under each standard: looked up, never stored with the claim.

Standards: `survey` (what 46 readers take a phrase to mean: median and quartiles), `icd203` and `ipcc` (what their
authors are told to mean: band and its middle). "may", "might", "could" and "possible" have no number in any.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from claims.records import PhraseProbability
from claims.vocabulary import Polarity

SURVEY = "survey"

# From a number and the middle of its row to the modified number.
_Change = Callable[[float, float], float | None]

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_RULE = "; modifier by the rule of Mosteller and Youtz 1990"


def standards() -> tuple[PhraseProbability, ...]:
    """Return every phrase of every standard, in the order of the table."""
    return _table()


def lookup(
    phrase: str, standard: str = SURVEY, *, table: tuple[PhraseProbability, ...] | None = None
) -> PhraseProbability | None:
    """Return what `standard` says the phrase is worth, None where it says nothing.

    Case, auxiliaries and known inflections do not matter. Where the table lacks a phrase but has it without its
    modifier, the rule of Mosteller and Youtz (Statistical Science 5, 1990) serves: "very" halves the distance to the
    nearer of 0 and 1 ("extremely" once more), "not" halves it and crosses over, "somewhat" goes half of the way back
    to one half. "Not very" is read as "not"; the denial of a low phrase ("not unlikely") gets no number. `table`
    replaces the house's own. Raises ValueError for a standard that is not in it.
    """
    rows = _table() if table is None else table
    known = _phrases(rows, standard)
    if not known:
        raise ValueError(f"no such standard: {standard}")
    return _find(_words(phrase), known)


def claim_probability(
    phrase: str, polarity: Polarity | str, standard: str = SURVEY, *, table: tuple[PhraseProbability, ...] | None = None
) -> PhraseProbability | None:
    """Return the probability the source gives to its claim's holding up, None where the phrase has no number.

    The phrase of a doubt speaks of what is doubted ("doubts that it will": 25 %), but the negative claim holds up when
    that does not happen (75 %); so a phrase below one half is turned round where the polarity is negative.
    """
    worth = lookup(phrase, standard, table=table)
    if worth is None or polarity != Polarity.NEGATIVE or worth.mid >= 0.5:
        return worth
    return replace(worth, low=1.0 - worth.high, mid=1.0 - worth.mid, high=1.0 - worth.low)


def standards_for(phrases: Iterable[str]) -> tuple[PhraseProbability, ...]:
    """Return every phrase of every standard and, under its own wording, each of `phrases` that a standard covers.

    A table of this can be joined on the wording as it was printed ("doubts", "very unlikely").
    """
    rows = {(row.standard, row.phrase): row for row in _table()}
    for phrase in sorted({phrase.casefold() for phrase in phrases}):
        for standard in dict.fromkeys(row.standard for row in _table()):
            worth = lookup(phrase, standard)
            if worth is not None:
                rows.setdefault((standard, phrase), replace(worth, phrase=phrase))
    return tuple(rows.values())


def _find(words: tuple[str, ...], known: dict[tuple[str, ...], PhraseProbability]) -> PhraseProbability | None:
    if not words or set(words) & _grammar()["vague"]:
        return None
    for spelling in _spellings(words):
        if spelling in known:
            return known[spelling]
    first, rest, grammar = words[0], words[1:], _grammar()
    change: _Change
    if first in grammar["halve"]:
        found, change = _find(rest, known), _halved
    elif first in grammar["halve very"]:
        found, change = _find(("very", *rest), known), _halved
    elif first in grammar["soften"]:
        found, change = _find(rest, known), _softened
    elif first not in grammar["negate"]:
        return None
    elif rest and rest[0] in grammar["halve"] | grammar["halve very"]:
        return _find((first, *rest[1:]), known)
    else:
        found, change = _find(rest, known), _denied
    return None if found is None else _changed(found, change)


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the words themselves, then their synonyms, nearest first."""
    seen, queue = {words}, [words]
    while queue:
        current = queue.pop(0)
        yield current
        fresh = [other for other in _synonyms().get(current, ()) if other not in seen]
        seen.update(fresh)
        queue.extend(fresh)


def _changed(worth: PhraseProbability, change: _Change) -> PhraseProbability | None:
    """Return `worth` with `change` made to its three numbers, in order; None where the change refuses."""
    changed = [change(p, worth.mid) for p in (worth.low, worth.mid, worth.high)]
    numbers = sorted(p for p in changed if p is not None)
    if len(numbers) < len(changed):
        return None
    return replace(worth, low=numbers[0], mid=numbers[1], high=numbers[2], origin=worth.origin + _RULE)


def _halved(p: float, middle: float) -> float:
    return p if middle == 0.5 else (1.0 + p) / 2.0 if middle > 0.5 else p / 2.0


def _softened(p: float, _middle: float) -> float:
    return (p + 0.5) / 2.0


def _denied(p: float, middle: float) -> float | None:
    return (1.0 - p) / 2.0 if middle > 0.5 else None


def _words(phrase: str) -> tuple[str, ...]:
    plain = phrase.casefold().replace("’", "'").replace("won't", "will not").replace("n't", " not")
    return tuple(word for word in _WORD.findall(plain) if word not in _grammar()["pass over"])


@lru_cache(maxsize=8)
def _phrases(table: tuple[PhraseProbability, ...], standard: str) -> dict[tuple[str, ...], PhraseProbability]:
    return {_words(row.phrase): row for row in table if row.standard == standard}


@lru_cache(maxsize=1)
def _table() -> tuple[PhraseProbability, ...]:
    return tuple(
        PhraseProbability(
            standard=row["standard"],
            phrase=row["phrase"],
            low=float(row["low"]),
            mid=float(row["mid"]),
            high=float(row["high"]),
            origin=row["origin"],
        )
        for row in _rows("probability.csv")
    )


@lru_cache(maxsize=1)
def _synonyms() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    same: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in _rows("probability_synonyms.csv"):
        same.setdefault(_words(row["wording"]), []).append(_words(row["same_as"]))
    return same


@lru_cache(maxsize=1)
def _grammar() -> dict[str, frozenset[str]]:
    return {row["role"]: frozenset(row["words"].split()) for row in _rows("probability_grammar.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("claims").joinpath("lexicons", "en", name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
