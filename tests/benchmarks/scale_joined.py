"""What joins the claims of a made-up world (`scale_world.py`), and what became of them."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scale_world import (
    BATCH,
    CLAIMS_AN_ARTICLE,
    DAYS,
    OPENING,
    OUTCOME_SHARES,
    OUTCOMES,
    START,
    Ints,
    World,
    horizon_days,
    ids,
    is_trackable,
    times,
)

from claims import records

# Stories of at most so many originals tell the same of a topic.
TOLD = 4
END = START + timedelta(days=DAYS)

Frames = Iterator[tuple[type, pd.DataFrame]]


def original_claims(world: World, claims: Ints) -> Ints:
    """Return for each claim the claim that it reprints, itself where it reprints none."""
    return world.of[claims // CLAIMS_AN_ARTICLE] * CLAIMS_AN_ARTICLE + claims % CLAIMS_AN_ARTICLE


def recorded(world: World, claims: Ints) -> NDArray[np.datetime64]:
    """Return when each claim was read."""
    return (times(world, claims // CLAIMS_AN_ARTICLE) + timedelta(minutes=30)).to_numpy()


def write_joined(world: World) -> Frames:
    """Yield frames of copies, matches and groupings: reprints, and original claims of one topic that say the same."""
    reprints = np.flatnonzero(world.of != np.arange(len(world.of)))
    at = times(world, reprints) + timedelta(minutes=30)
    yield from _parts(
        records.Copy,
        {
            "copy_id": ids(6, reprints),
            "article_id": ids(1, reprints),
            "of_article_id": ids(1, world.of[reprints]),
            "relation": "edited",
            "containment": 0.9,
            "shared_quotations": 1,
            "decided_by": "copies-1",
            "recorded_at": at,
        },
    )
    claims = np.arange(world.n_claims)
    originals = original_claims(world, claims)
    again = claims[originals != claims]
    yield from _matches(world, 1, again, originals[again], "same")
    group = _told_together(world, claims[originals == claims])
    for step in range(1, TOLD):
        same = group.index[:-step][group.to_numpy()[:-step] == group.to_numpy()[step:]].to_numpy()
        place = group.index.get_indexer(pd.Index(same))
        yield from _matches(world, 1 + step, same, group.index.to_numpy()[place + step], "same")
    neighbours = group.index.to_numpy()
    apart = np.flatnonzero(group.to_numpy()[:-1] != group.to_numpy()[1:])
    yield from _matches(world, 9, neighbours[apart], neighbours[apart + 1], "different")
    yield from _groupings(world, claims, originals, group)


def _told_together(world: World, originals: Ints) -> pd.Series:
    """Return the group of each original claim: a few of one topic and kind, told one after the other."""
    order = originals[np.lexsort((originals, world.kind[originals], world.topic[originals]))]
    topic, kind = world.topic[order], world.kind[order]
    day = world.day[order // CLAIMS_AN_ARTICLE]
    begins = np.r_[True, (topic[1:] != topic[:-1]) | (kind[1:] != kind[:-1]) | (day[1:] - day[:-1] > TOLD)]
    run = np.cumsum(begins) - 1
    place = np.arange(len(order)) - np.flatnonzero(begins)[run]
    return pd.Series(run * 1_000 + place // TOLD, index=order)


def _matches(world: World, kind: int, ones: Ints, others: Ints, verdict: str) -> Frames:
    first, second = np.asarray(ids(2, ones), object), np.asarray(ids(2, others), object)
    swapped = first > second
    yield from _parts(
        records.Match,
        {
            "match_id": ids(100 + kind, ones),
            "claim_id": np.where(swapped, second, first),
            "other_claim_id": np.where(swapped, first, second),
            "verdict": verdict,
            "score": 1.0 if kind == 1 else 0.8,
            "detail": "copies of one story" if kind == 1 else "80% of the content shared",
            "decided_by": "features-1",
            "recorded_at": np.maximum(recorded(world, ones), recorded(world, others)),
        },
    )


def _groupings(world: World, claims: Ints, originals: Ints, group: pd.Series) -> Frames:
    names = np.asarray(ids(2, claims), object)
    of_group = group.reindex(originals).to_numpy()
    yield from _parts(
        records.Grouping,
        {
            "claim_id": names,
            "story_id": ids(1, world.of[claims // CLAIMS_AN_ARTICLE]),
            "origin_id": ids(8, originals),
            "proposition_id": pd.Series(names).groupby(of_group).transform("min"),
            "recorded_at": recorded(world, claims),
        },
    )


def write_outcomes(world: World) -> Frames:
    """Yield frames of judgements by persons, and of proposals with the passages that they rest on."""
    random = np.random.default_rng(2)
    claims = np.arange(world.n_claims)
    due = (world.day[claims // CLAIMS_AN_ARTICLE] + horizon_days(world, claims)) < DAYS
    open_ = claims[is_trackable(world, claims) & due & (original_claims(world, claims) == claims)]
    judged = open_[random.random(len(open_)) < 0.4]
    yield from _parts(
        records.Resolution,
        {
            "resolution_id": ids(10, judged),
            "claim_id": ids(2, judged),
            "outcome": random.choice(OUTCOMES, len(judged), p=OUTCOME_SHARES),
            "resolved_by": "ada",
            "resolved_by_kind": "person",
            "evidence_ids": [[] for _ in judged],
            "recorded_at": END - timedelta(days=1),
        },
    )
    later_by = len(world.of) // 20
    proposed = open_[(random.random(len(open_)) < 0.1) & (open_ // CLAIMS_AN_ARTICLE < len(world.of) - later_by)]
    later = proposed // CLAIMS_AN_ARTICLE + later_by
    yield from _parts(
        records.Evidence,
        {
            "evidence_id": ids(11, proposed),
            "claim_id": ids(2, proposed),
            "article_id": ids(1, later),
            # What every article says at its end.
            "quote": OPENING[:8],
            "span_start": 0,
            "span_end": 8,
            "stance": "supports",
            "event_date": times(world, later).dt.date,
            "found_by": "passages-1",
            "confidence": 0.8,
            "recorded_at": END - timedelta(days=2),
        },
    )
    yield from _parts(
        records.Resolution,
        {
            "resolution_id": ids(12, proposed),
            "claim_id": ids(2, proposed),
            "outcome": "held_up",
            "resolved_by": "passages-1",
            "resolved_by_kind": "machine",
            "evidence_ids": [[name] for name in ids(11, proposed)],
            "confidence": 0.8,
            "recorded_at": END - timedelta(days=2),
        },
    )
    corrected = claims[claims % 4_001 == 0]
    yield from _parts(
        records.Correction,
        {
            "correction_id": ids(13, corrected),
            "claim_id": ids(2, corrected),
            "field": "kind",
            "value": "fact",
            "why": "made up",
            "decided_by": "person:ada",
            "recorded_at": END - timedelta(days=3),
        },
    )


def _parts(record: type, columns: dict[str, object]) -> Frames:
    frame = pd.DataFrame(columns)
    for first in range(0, len(frame), 5 * BATCH):
        yield record, frame.iloc[first : first + 5 * BATCH]
