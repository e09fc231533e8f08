"""Which state a body, an official's organisation, a word for a side or a whole article speaks for."""

import re
from collections import Counter
from functools import cache

from claims.lexicons.load import group, rows

_CLEAR = 2


@cache
def _homes() -> dict[str, str]:
    return {word.casefold(): row[0] for row in rows("homes.tsv") for word in row[1].split(", ")}


@cache
def _words() -> re.Pattern[str]:
    words = sorted((word for row in rows("homes.tsv") for word in row[1].split(", ")), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in words)})(?!\w)")


@cache
def _shared() -> dict[str, tuple[str, str, dict[str, str]]]:
    """The state, the bare name and the namesakes of every body whose name others share."""
    found = {}
    for row in rows("shared_names.tsv"):
        elsewhere = row[3].split(", ") if len(row) > 3 and row[3] else []
        found[row[0]] = (row[1], row[2], {state: name for state, _, name in (one.partition("=") for one in elsewhere)})
    return found


def home_of(name: str | None) -> str | None:
    """Return the state that a body or side speaks for, or None."""
    low = (name or "").casefold().removeprefix("the ")
    words = low.split()
    return next((_homes()[part] for part in (low, *words[-1:], *words[:1]) if part in _homes()), None)


def home_of_text(text: str) -> str | None:
    """Return the state that an article speaks of more than of any other, or None where that is not clear."""
    told = Counter(_homes()[found.casefold()] for found in _words().findall(text))
    ranked = told.most_common(2)
    if not ranked or ranked[0][1] < _CLEAR or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def namesake(body: str, printed: str, home: str | None) -> str:
    """Return the body that a shared name means in an article about `home` (`the Supreme Court` in India).

    A name that tells its state (`the U.S. Supreme Court`) means that state's everywhere.
    """
    state, bare, elsewhere = _shared().get(body, ("", "", {}))
    if not state or home is None or home == state or bare.casefold() not in printed.casefold():
        return body
    if any(_homes()[found.casefold()] == state for found in _words().findall(printed)):
        return body
    return elsewhere.get(home, f"{bare} ({home})")


def distinct_body(body: str, home: str | None) -> str | None:
    """Return the name under which a body joins across articles; None where its noun fits many (`the company`).

    A body of a state that is called by its noun (`the government`, `the army`) has the state's name after it.
    """
    if not body[:1].islower():
        return body
    state_body = body.casefold() in group("phrase_words.tsv", "state_body")
    return f"{body} ({home})" if home and state_body else None
