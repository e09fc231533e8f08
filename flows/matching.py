"""Which claims are the same: new ones meet those that the warehouse's index finds for them, a part at a time.

Three steps, each in parts that are written when they are done: the stories that changed are compared inside and put
into the index; the new claims that stand for their stories meet the claims that the index finds; what is touched by
that is grouped anew. Only what is grouped counts as compared, so that a run that is killed does the rest again, and
finds what it wrote.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

import numpy as np
import pandas as pd

from claims.matching.candidates import COMMON, COMMON_AT_LEAST, K1, B
from claims.matching.context import ClaimContext
from claims.matching.features import Reading, read_claim
from claims.matching.pairs import CANDIDATES, WINDOW, made_at, reach_of, search_terms
from claims.matching.retrieval import POOL, SAMPLE, Letters, combine, learn_letters
from claims.matching.verdicts import match_pairs, match_stories, place_in_story
from claims.records import Match
from flows.settings import Clock, Settings
from warehouse import match_index
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.match_index import Reach, ToMatch
from warehouse.read import ClaimRow

# So many claims are compared inside their stories, asked of the index, and weighed with what it found, at a time.
STORIES, ASKED, WEIGHED = 5_000, 10_000, 1_000
# A claim asks for its rarest terms until they stand in so many claims together.
LIMITS: Mapping[str, float] = MappingProxyType(
    {"k": POOL, "k1": K1, "b": B, "common": COMMON, "common_at_least": COMMON_AT_LEAST, "budget": 20_000}
)


def match_new(settings: Settings, clock: Clock) -> int:
    """Compare claims that were never compared with those that may say the same; return how many matches are new."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        waiting = match_index.claims_to_match(con, clock.as_of)
    count = 0
    standing: list[tuple[str, datetime | None, str]] = []
    for part in whole_stories(waiting, STORIES):
        added, stand = _match_inside(settings, clock, part)
        count += added
        standing += stand
    reach = _reach(standing, sorted({claim.story_id for claim in waiting if claim.is_fresh}))
    asked = [name for name, _, _ in sorted(standing, key=lambda found: (found[2], found[0]))]
    return count + _match_across(settings, clock, asked, reach)


def whole_stories(claims: Iterable[ToMatch], size: int) -> Iterator[list[ToMatch]]:
    """Yield the claims in parts of about `size`, no story in two of them."""
    part: list[ToMatch] = []
    for _, story in groupby(claims, key=lambda claim: claim.story_id):
        part += story
        if len(part) >= size:
            yield part
            part = []
    if part:
        yield part


def context_of(row: ClaimRow, story_id: str) -> ClaimContext:
    """Return a claim as matching and resolution read it."""
    return ClaimContext(
        claim=row.claim,
        source=row.source,
        article_id=row.article_id,
        outlet_id=row.outlet_id,
        credit=row.credit,
        story_id=story_id,
        published_earliest=row.published_earliest,
        published_latest=row.published_latest,
        passage=row.passage,
    )


def _match_inside(
    settings: Settings, clock: Clock, part: Sequence[ToMatch]
) -> tuple[int, list[tuple[str, datetime | None, str]]]:
    """Compare stories inside, index their claims, and return how many matches are new and who asks further."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        rows = match_index.rows_with_ids(con, (claim.claim_id for claim in part), clock.as_of)
    known = {claim.claim_id: claim for claim in part if claim.claim_id in rows}
    contexts = {name: context_of(rows[name][0], claim.story_id) for name, claim in known.items()}
    readings = {name: read_claim(context) for name, context in contexts.items()}
    fresh = frozenset(name for name, claim in known.items() if claim.is_fresh)
    found, standing = match_stories(contexts, readings, fresh, decided_at=clock.recorded_at)
    stands = frozenset(standing)
    terms = [_terms(known[name], contexts[name], readings[name], name in stands) for name in contexts]
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        match_index.put_terms(con, pd.DataFrame(terms))
        count = add(con, _as_known(found, rows))
    asking = [(name, made_at(contexts[name]), contexts[name].story_id) for name in standing if name in fresh]
    return count, asking


def _terms(claim: ToMatch, context: ClaimContext, reading: Reading, stands: bool) -> dict[str, object]:
    found = search_terms(reading)
    terms = list(dict.fromkeys(found))
    return {
        "claim_id": claim.claim_id,
        "digest": claim.digest,
        "story_id": claim.story_id,
        "stands": stands,
        "family": reading.family,
        "reach_days": reach_of(reading.family),
        "made_at": made_at(context),
        "length": len(found),
        "terms": terms,
        "counts": [found.count(term) for term in terms],
    }


def _reach(standing: Iterable[tuple[str, datetime | None, str]], story_ids: Sequence[str]) -> Reach:
    """Return which claims the new ones may meet: of their stories, or made within the longest window of any."""
    times = [made for _, made, _ in standing if made is not None]
    longest = max(WINDOW.values())
    return Reach(min(times) - longest if times else None, max(times) + longest if times else None, tuple(story_ids))


def _match_across(settings: Settings, clock: Clock, asked: Sequence[str], reach: Reach) -> int:
    """Weigh the claims asked for with those that the index finds for them and return the number of new matches."""
    if not asked:
        return 0
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        letters = learn_letters(match_index.pool_texts(con, reach, sample=SAMPLE))
    count = 0
    for start in range(0, len(asked), ASKED):
        names = asked[start : start + ASKED]
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
            found = match_index.match_candidates(con, names, reach, as_of=clock.as_of, limits=LIMITS)
        parts = found.groupby(found["claim_id"].map({name: place // WEIGHED for place, name in enumerate(names)}))
        for _, part in parts:
            count += _weigh(settings, clock, part, letters)
    return count


def _weigh(settings: Settings, clock: Clock, found: pd.DataFrame, letters: Letters) -> int:
    """Put what was found in order, weigh the likeliest pairs and return the number of new matches."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        texts = match_index.claim_texts(con, {*found["claim_id"], *found["other_claim_id"]})
    pairs = set(_likeliest(found, texts, Letters(letters.rarity, letters.unseen)))
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        rows = match_index.rows_with_ids(con, {name for pair in pairs for name in pair}, clock.as_of)
        story_of = match_index.indexed_stories(con, rows)
    contexts = {name: context_of(row, story_of[name]) for name, (row, _) in rows.items()}
    readings = {name: read_claim(context) for name, context in contexts.items()}
    there = [sorted(pair, key=lambda name: place_in_story(contexts[name])) for pair in pairs if contexts.keys() >= pair]
    matches = match_pairs(((one, other) for one, other in there), readings, decided_at=clock.recorded_at)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        return add(con, _as_known(matches, rows))


def _likeliest(found: pd.DataFrame, texts: Mapping[str, str], letters: Letters) -> Iterator[frozenset[str]]:
    """Yield for each claim the pairs with the others that are likest to it in terms and letters together."""
    for claim_id, pool in found.groupby("claim_id", sort=False):
        others = pool["other_claim_id"].to_list()
        scores = pool["score"].to_numpy(np.float64)
        combined = combine(letters, texts[str(claim_id)], [texts[name] for name in others], scores)
        for place in np.lexsort((np.arange(len(others)), -np.round(combined, 9)))[:CANDIDATES]:
            yield frozenset((str(claim_id), others[place]))


def _as_known(matches: Iterable[Match], rows: Mapping[str, tuple[ClaimRow, datetime]]) -> list[Match]:
    """Return the matches, recorded once both texts were known: a past answer must come out as it did."""
    return [
        replace(match, recorded_at=max(match.recorded_at, rows[match.claim_id][1], rows[match.other_claim_id][1]))
        for match in matches
    ]
