"""A made-up world of claims for `scale.py`: as many as asked for, the same on every machine, skewed as news is.

A topic is something that somebody will do to something somewhere. Articles of five claims tell of topics that are in
the news on their day, in words of their own; three in ten articles reprint another one. What outlets, claimants and
topics get of it follows power laws. Some claims are judged, some have a proposal with its passage, some are corrected.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from claims import records
from claims.lexicons.load import lines

# Without a zone, as frames of times are quickest; the warehouse reads them as UTC.
START = datetime(2024, 1, 1)  # noqa: DTZ001
DAYS, CLAIMS_AN_ARTICLE, REPRINTS = 200, 5, 0.3
OUTLETS, CLAIMANTS, DESCRIPTORS, NAMES, PLACES = 500, 20_000, 2_000, 3_000, 400
CLAIMS_A_TOPIC = 8
BATCH = 20_000
EXTRACTOR, READER = "made-up-1", "made-up-1"
KINDS = ("fact", "prediction", "intention", "denial", "conditional", "opinion", "none")
KIND_SHARES = (0.42, 0.16, 0.14, 0.04, 0.04, 0.15, 0.05)
LEVELS = ("A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7")
LEVEL_SHARES = (0.03, 0.44, 0.2, 0.08, 0.08, 0.06, 0.05, 0.06)
OUTCOMES = ("held_up", "failed", "partly", "undetermined", "held_up_late")
OUTCOME_SHARES = (0.5, 0.25, 0.1, 0.1, 0.05)
MODALITIES = (("certain", "will"), ("likely", "expects"), ("likely", "likely"), ("possible", "may"), ("none", None))
HORIZONS = (7, 30, 90, 180)
SHAPES = (
    "{who} will {verb} the {what} {thing} in {where} {how}",
    "the {what} {thing} in {where} is one that {who} would {verb} {how}",
    "{who} plans to {verb} the {how} {what} {thing} of {where}",
    "in {where}, {who} is {how} going to {verb} a {what} {thing}",
)
OPENING = "From our own reporters. "

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """The articles and claims of a world as arrays: `of` names the article that one reprints, itself where none."""

    n_claims: int
    salt: int
    day: Ints
    of: Ints
    outlet: Ints
    topic: Ints
    shape: Ints
    kind: Ints
    level: Ints
    claimant: Ints
    topics: list[dict[str, str]]
    hows: list[str]


def ids(kind: int, numbers: Any) -> list[str]:
    """Return ids that look like hashes: the same number, the same id."""
    scrambled = np.asarray(numbers, np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(kind)
    return [f"{kind:04x}{number:016x}" for number in scrambled.tolist()]


def make_world(n_claims: int, *, after: int | None = None) -> World:
    """Return a world of `n_claims` claims; with `after`, those of the day after such a world of `after` claims."""
    random = np.random.default_rng(after or 0)
    first_day, days = (0, DAYS) if after is None else (DAYS, 1)
    n_articles = max(2, n_claims // CLAIMS_AN_ARTICLE)
    n_claims = n_articles * CLAIMS_AN_ARTICLE
    topics = _topics(after or n_claims)
    day = np.sort(random.integers(first_day, first_day + days, n_articles))
    reprint = random.random(n_articles) < REPRINTS
    # A reprint follows its original within some fifty articles; the original is none itself.
    back = np.maximum(np.arange(n_articles) - 1 - (random.pareto(1.2, n_articles) * 4).astype(np.int64) % 50, 0)
    of = np.where(reprint & ~reprint[back], back, np.arange(n_articles))
    # Topics are in the news one after the other; a few of a day's have most of its claims.
    spread = (random.pareto(0.9, n_claims) * 3).astype(np.int64) % 400
    centre = np.repeat(day, CLAIMS_AN_ARTICLE) * len(topics) // (DAYS + 60)
    topic = (centre + spread * random.choice([-1, 1], n_claims)) % len(topics)
    claim = np.arange(n_claims)
    original = of[claim // CLAIMS_AN_ARTICLE] * CLAIMS_AN_ARTICLE + claim % CLAIMS_AN_ARTICLE
    return World(
        n_claims=n_claims,
        salt=0 if after is None else 1_000,
        day=day,
        of=of,
        outlet=(random.pareto(0.8, n_articles) * 4).astype(np.int64) % OUTLETS,
        topic=topic[original],
        shape=random.integers(0, len(SHAPES), n_claims)[original],
        kind=random.choice(len(KINDS), n_claims, p=KIND_SHARES)[original],
        level=random.choice(len(LEVELS), n_claims, p=LEVEL_SHARES)[original],
        claimant=((random.pareto(1.0, n_claims) * CLAIMANTS / 50).astype(np.int64) % CLAIMANTS)[original],
        topics=topics,
        hows=_words(40, 90),
    )


def _topics(n_claims: int) -> list[dict[str, str]]:
    random = np.random.default_rng(1)
    number = max(40, n_claims // CLAIMS_A_TOPIC)
    verbs = sorted({word for line in lines("event_classes.txt") for word in line.partition(":")[2].split()[:2]})
    nouns, names, places = _words(3, 40), _names(NAMES, 2), _names(PLACES, 3)

    def skewed(among: list[str]) -> list[str]:
        return [among[place] for place in (random.pareto(0.7, number) * len(among) / 30).astype(np.int64) % len(among)]

    columns = {"who": skewed(names), "verb": skewed(verbs), "what": skewed(nouns), "thing": skewed(nouns[::-1])}
    return [
        dict(zip(["where", *columns], values, strict=True))
        for values in zip(skewed(places), *columns.values(), strict=True)
    ]


def _words(least: int, most: int) -> list[str]:
    """Return the words that occur in `least` to `most` of the articles behind the list of common words."""
    counted = (line.split() for line in lines("common_words.txt"))
    return [word for word, count in counted if least <= int(count) <= most]


def _names(number: int, seed: int) -> list[str]:
    random = np.random.default_rng(seed)
    parts = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "en")]
    return ["".join(random.choice(parts, 3)).capitalize() for _ in range(number)]


def write_rows(world: World) -> Iterator[tuple[type, pd.DataFrame]]:
    """Yield frames of every table, each with the record type that its rows are; spans as columns of starts and ends."""
    yield (
        records.Outlet,
        pd.DataFrame({"outlet_id": _outlets(range(OUTLETS)), "name": _outlets(range(OUTLETS)), "recorded_at": START}),
    )
    yield (
        records.Claimant,
        pd.DataFrame(
            {
                "claimant_id": ids(9, range(CLAIMANTS)),
                "name": [f"Claimant {number}" for number in range(CLAIMANTS)],
                "is_person": [number % 3 > 0 for number in range(CLAIMANTS)],
                "recorded_at": START,
            }
        ),
    )
    for first in range(0, len(world.day), BATCH // CLAIMS_AN_ARTICLE):
        yield from _articles(world, np.arange(first, min(len(world.day), first + BATCH // CLAIMS_AN_ARTICLE)))


def _outlets(numbers: Any) -> list[str]:
    return [f"outlet-{number:03}" for number in numbers]


def times(world: World, articles: Ints) -> pd.Series:
    """Return when the articles were published: in order, over the day."""
    seconds = world.day[articles] * 86_400 + articles % 40_000
    return pd.Series(pd.Timestamp(START) + pd.to_timedelta(seconds, unit="s"))


def claims_of(articles: Ints) -> Ints:
    """Return the numbers of the claims of these articles."""
    return (articles[:, None] * CLAIMS_AN_ARTICLE + np.arange(CLAIMS_AN_ARTICLE)).ravel()


def claim_text(world: World, claim: int) -> str:
    """Return the words of one claim."""
    how = world.hows[(claim * 7919) % len(world.hows)] if claim % 3 else world.hows[int(world.topic[claim]) % 11]
    return SHAPES[int(world.shape[claim])].format(how=how, **world.topics[int(world.topic[claim])])


def _articles(world: World, articles: Ints) -> Iterator[tuple[type, pd.DataFrame]]:
    claims = claims_of(articles)
    published = times(world, articles)
    fetched = published + timedelta(minutes=30)
    of_article = np.repeat(np.arange(len(articles)), CLAIMS_AN_ARTICLE)
    originals = world.of[claims // CLAIMS_AN_ARTICLE] * CLAIMS_AN_ARTICLE + claims % CLAIMS_AN_ARTICLE
    texts = [claim_text(world, claim) for claim in originals.tolist()]
    speakers = [
        f"Claimant {claimant}" if level in (1, 2) else f"an official of class {claimant % DESCRIPTORS}"
        for claimant, level in zip(world.claimant[claims].tolist(), world.level[claims].tolist(), strict=True)
    ]
    sentences = [f"{speaker} said {text}. " for speaker, text in zip(speakers, texts, strict=True)]
    background = "Nothing else was known of it at the time of writing, and nobody who was asked would say more. " * 8
    lengths = np.asarray([len(sentence) for sentence in sentences]).reshape(-1, CLAIMS_AN_ARTICLE)
    starts = len(OPENING) + (np.cumsum(lengths, axis=1) - lengths).ravel()
    said = np.asarray([len(speaker) for speaker in speakers])
    ends = starts + lengths.ravel() - 1
    joined = ["".join(sentences[at : at + CLAIMS_AN_ARTICLE]) for at in range(0, len(sentences), CLAIMS_AN_ARTICLE)]
    article_ids, claim_ids = ids(world.salt + 1, articles), ids(world.salt + 2, claims)
    attribution_ids, source_ids = ids(world.salt + 3, claims), ids(world.salt + 4, claims)
    per_claim: dict[str, Any] = {"article_id": np.repeat(np.asarray(article_ids, object), CLAIMS_AN_ARTICLE)}
    recorded = fetched.to_numpy()[of_article]
    made = published.to_numpy()[of_article]
    yield (
        records.Article,
        pd.DataFrame(
            {
                "article_id": article_ids,
                "outlet_id": _outlets(world.outlet[articles].tolist()),
                "url": [f"https://outlet.example/{number}" for number in articles.tolist()],
                "title": [text.capitalize() for text in texts[::CLAIMS_AN_ARTICLE]],
                "text": [OPENING + text + background for text in joined],
                "captions": [[] for _ in joined],
                "published_earliest": published,
                "published_latest": published,
                "published_basis": "feed",
                "fetched_at": fetched,
                "recorded_at": fetched,
            }
        ),
    )
    by_article = range(0, len(claim_ids), CLAIMS_AN_ARTICLE)
    yield (
        records.Extraction,
        pd.DataFrame(
            {
                "extraction_id": ids(world.salt + 5, articles),
                "article_id": article_ids,
                "extractor": EXTRACTOR,
                "reader": READER,
                "attribution_ids": [attribution_ids[at : at + CLAIMS_AN_ARTICLE] for at in by_article],
                "claim_ids": [claim_ids[at : at + CLAIMS_AN_ARTICLE] for at in by_article],
                "recorded_at": fetched,
            }
        ),
    )
    yield (
        records.Attribution,
        pd.DataFrame(
            per_claim
            | {
                "attribution_id": attribution_ids,
                "source_start": starts,
                "source_end": starts + said,
                "cue_start": starts + said + 1,
                "cue_end": starts + said + 5,
                "content_start": starts + said + 6,
                "content_end": ends - 1,
                "passage_start": starts,
                "passage_end": ends,
                "quotation": "indirect",
                "extractor": EXTRACTOR,
                "confidence": 0.9,
                "recorded_at": recorded,
            }
        ),
    )
    level = world.level[claims]
    named = np.isin(level, (1, 2))
    claimant_ids = np.asarray(ids(9, world.claimant[claims]), object)
    descriptors = np.asarray([f"class {number % DESCRIPTORS}" for number in world.claimant[claims].tolist()], object)
    yield (
        records.Source,
        pd.DataFrame(
            {
                "source_id": source_ids,
                "attribution_id": attribution_ids,
                "reader": READER,
                "text": speakers,
                "resolved_source": speakers,
                "anonymity": np.asarray(LEVELS, object)[level],
                "level_reason": "made up",
                "plurality": "one",
                "condition_stated": level == 3,
                "hops": 0,
                "claimant_id": np.where(named, claimant_ids, None),
                "descriptor": np.where(~named & (level > 0), descriptors, None),
                "recorded_at": recorded,
            }
        ),
    )
    rest = per_claim | {"claim_text": texts, "recorded_at": recorded}
    yield records.Claim, _claims(world, claims, pd.Series(made), rest)


def is_foretold(world: World, claims: Ints) -> NDArray[np.bool_]:
    """Return which claims are about what is to come."""
    return np.isin(world.kind[claims], (1, 2, 4))


def is_trackable(world: World, claims: Ints) -> NDArray[np.bool_]:
    """Return which claims can be decided."""
    return (world.kind[claims] < 5) & (claims % 5 > 0)


def horizon_days(world: World, claims: Ints) -> Ints:
    """Return how many days each claim gives itself."""
    return np.where(is_foretold(world, claims), np.asarray(HORIZONS)[claims % len(HORIZONS)], 0)


def _claims(world: World, claims: Ints, made: pd.Series, rest: dict[str, Any]) -> pd.DataFrame:
    kind = world.kind[claims]
    worded = [
        MODALITIES[number % len(MODALITIES)] if which < 5 else ("none", None)
        for number, which in zip(claims.tolist(), kind.tolist(), strict=True)
    ]
    due = made + pd.to_timedelta(horizon_days(world, claims), unit="D")
    columns = {
        "claim_id": ids(world.salt + 2, claims),
        "reader": READER,
        "attribution_id": ids(world.salt + 3, claims),
        "source_id": ids(world.salt + 4, claims),
        "content_start": 0,
        "content_end": 1,
        "kind": np.asarray(KINDS, object)[kind],
        "polarity": np.where(claims % 9 == 0, "negative", "positive"),
        "modality": [name for name, _ in worded],
        "modality_phrase": [phrase for _, phrase in worded],
        "trackable": is_trackable(world, claims),
        "trackable_reason": "made up",
        "due_earliest": made,
        "due_latest": due.where(is_trackable(world, claims)),
        "horizon_policy": "made-up-1",
        "made_earliest": made,
        "made_latest": made,
    }
    return pd.DataFrame(columns | rest)
