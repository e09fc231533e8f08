"""Which pairs of claims are worth a verdict: near in time, of one family, found by BM25 and put in order by letters."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from claims.matching.candidates import Ints, build_index, search
from claims.matching.context import ClaimContext
from claims.matching.features import Reading
from claims.matching.retrieval import POOL, best_of, learn_letters
from claims.matching.terms import event_classes

CANDIDATES = 20
# Facts are reported within days of each other; what is foretold is repeated for weeks.
WINDOW = {"fact": timedelta(days=5), "opinion": timedelta(days=5), "future": timedelta(days=30)}


def reach_of(family: str) -> int:
    """Return within how many days two claims of a family must have been made to be compared."""
    return WINDOW.get(family, WINDOW["future"]).days


def made_at(context: ClaimContext) -> datetime | None:
    """Return when a claim was public; undated claims meet only those of their own story."""
    return context.claim.made_latest or context.published_latest or context.published_earliest


def within_reach(known: Sequence[ClaimContext], new: Sequence[ClaimContext]) -> list[ClaimContext]:
    """Return the known claims that a new one may meet: of its story, or made within the longest window of any."""
    days = [day for day in map(_day, new) if day == day]  # noqa: PLR0124 -- nan, the undated, is not itself
    stories = {context.story_id for context in new}
    reach = max(WINDOW.values()).days
    first, last = (min(days) - reach, max(days) + reach) if days else (1.0, 0.0)
    return [context for context in known if first <= _day(context) <= last or context.story_id in stories]


def candidate_pairs(
    names: Sequence[str],
    fresh: frozenset[str],
    contexts: dict[str, ClaimContext],
    readings: dict[str, Reading],
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the named claims to be weighed: one fresh, near in time, and likely to say the same."""
    documents = [search_terms(readings[name]) for name in names]
    asked = [index for index, name in enumerate(names) if name in fresh]
    if not asked:
        return
    allowed = _within_window(names, asked, contexts, readings)
    index = build_index(documents)
    texts = [contexts[name].claim.claim_text for name in names]
    letters = learn_letters(texts)
    seen = set()
    found = search(index, [documents[i] for i in asked], k=POOL, allowed=allowed)
    for position, pool in zip(asked, found, strict=True):
        for other in best_of(letters, texts[position], texts, pool)[:CANDIDATES]:
            pair = (min(position, int(other)), max(position, int(other)))
            if pair not in seen:
                seen.add(pair)
                yield names[pair[0]], names[pair[1]]


def search_terms(reading: Reading) -> list[str]:
    """Return the terms to search by: words, the names again, and the kinds of event."""
    events = {f"#{name}" for term in reading.terms for name in event_classes().get(term, ())}
    return [*reading.order, *(f"@{name}" for name in sorted(reading.participants)), *sorted(events)]


def _within_window(
    names: Sequence[str], asked: Sequence[int], contexts: dict[str, ClaimContext], readings: dict[str, Reading]
) -> Callable[[int, Ints], NDArray[np.bool_]]:
    """Return the test that two claims were made near enough in time, are of one family, and are not the same one."""
    made = np.asarray([_day(contexts[name]) for name in names])
    families = np.asarray([readings[name].family for name in names])
    story_of = np.asarray([readings[name].story_id for name in names])

    def allowed(query: int, documents: Ints) -> NDArray[np.bool_]:
        own = asked[query]
        window = reach_of(str(families[own]))
        near = (np.abs(made[documents] - made[own]) <= window) | (story_of[documents] == story_of[own])
        kept: NDArray[np.bool_] = near & (families[documents] == families[own]) & (documents != own)
        return kept

    return allowed


def _day(context: ClaimContext) -> float:
    when = made_at(context)
    return when.timestamp() / 86_400 if when else float("nan")
