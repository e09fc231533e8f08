"""How long the search for copies of new articles takes beside a large warehouse, and how much memory.

    uv run python tests/benchmarks/copies_scale.py --articles 100000 [--days 100] [--undated 0.02] [--keep FILE]

Most of the warehouse is marks drawn at random, as many as an article of 400 words has, the names among them as frequent
as in news; the last 2,000 articles, and those that are added, are made of words, names and quotations, and a fifth of
them reprint the one before. CPU seconds are the figure on a machine that does other things as well.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from claims.fingerprints import MARKS
from claims.records import Article, key
from claims.reprints import COPIER
from flows.copying import find_new_copies, marks_of
from flows.settings import Clock, Settings, load_settings
from warehouse import copy_index
from warehouse.connect import open_warehouse
from warehouse.load import transaction

START = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 20_000
TEXTS = 2_000
# Marks of an article: words, quotation, names.
EACH = (44, 6, 20)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ur")]


class World:
    """Makes articles from a seed: the same numbers, the same articles."""

    def __init__(self, days: int, articles: int, undated: float) -> None:
        """Make the vocabulary."""
        rng = random.Random(1)
        self.words = ["".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3)))) for _ in range(20_000)]
        self.names = ["".join(rng.choices(SYLLABLES, k=3)).title() for _ in range(20_000)]
        self.weights = [1 / (place + 10) for place in range(20_000)]
        self.days, self.articles, self.undated = days, articles, undated

    def article(self, number: int) -> Article:
        """Return the article of this number: every fifth reprints the one before it, in part."""
        text = self.text(number)
        if number % 5 == 4:
            text = "\n\n".join(self.text(number - 1).split("\n\n")[: 3 + number % 7])
        return replace(self.blank(number), text=text)

    def blank(self, number: int) -> Article:
        """Return the article of this number without its text."""
        rng = random.Random(number)
        when = START + timedelta(days=self.days * number / self.articles)
        dated = None if rng.random() < self.undated else when
        return Article(
            article_id=key("scale", number),
            outlet_id=f"paper{number % 97}",
            text="No text.",
            published_earliest=dated,
            published_latest=dated,
            fetched_at=when,
            recorded_at=when,
        )

    def text(self, number: int) -> str:
        """Return about 400 words in paragraphs of two sentences, one in six of them with a quotation."""
        rng = random.Random(number + 10**9)
        own = rng.choices(self.names, weights=self.weights, k=12)
        words = iter(rng.choices(self.words, weights=self.weights, k=600))

        def sentence() -> str:
            said = [next(words) for _ in range(rng.randint(10, 24))]
            said[len(said) // 2] = rng.choice(own)
            plain = " ".join(said).capitalize()
            return f"“{plain},” {rng.choice(own)} said." if rng.random() < 1 / 6 else f"{plain} {rng.randint(2, 900)}."

        return "\n\n".join(f"{sentence()} {sentence()}" for _ in range(11))


def fill(settings: Settings, world: World, articles: int) -> None:
    """Store articles with their marks, as compared already."""
    rng = np.random.default_rng(1)
    for first in range(0, articles - TEXTS, BATCH):
        numbers = range(first, min(first + BATCH, articles - TEXTS))
        batch = [world.blank(number) for number in numbers]
        store(settings, batch, drawn_marks(batch, rng))
    batch = [world.article(number) for number in range(articles - TEXTS, articles)]
    store(settings, batch, marks_of(batch))


def store(settings: Settings, batch: list[Article], marks: pd.DataFrame) -> None:
    """Store articles with these marks."""
    names = [article.article_id for article in batch]
    with open_warehouse(settings.warehouse) as con, transaction(con):
        load(con, batch)
        copy_index.add_marks(con, names, marks, MARKS)
        copy_index.set_compared(con, names, COPIER)


def drawn_marks(batch: list[Article], rng: np.random.Generator) -> pd.DataFrame:
    """Return marks at random for articles, names from a vocabulary in which few are frequent."""
    each = sum(EACH)
    marks = rng.integers(0, 2**32, (len(batch), each), dtype=np.uint32)
    marks[:, -EACH[2] :] = np.minimum(rng.zipf(1.3, (len(batch), EACH[2])), 10**6)
    dates = pd.Series([article.published_earliest for article in batch], dtype="datetime64[us, UTC]")
    dates = dates.repeat(each).reset_index(drop=True)
    return pd.DataFrame(
        {
            "article_id": np.repeat([article.article_id for article in batch], each),
            "published_from": dates,
            "published_to": dates,
            "kind": np.tile(np.repeat(["words", "quotation", "names"], EACH), len(batch)),
            "mark": marks.ravel(),
        }
    )


def load(con: object, batch: list[Article]) -> None:
    """Insert articles by frame: by records it would take most of the time."""
    columns = ("article_id", "outlet_id", "text", "published_earliest", "published_latest", "fetched_at", "recorded_at")
    frame = pd.DataFrame([{name: getattr(article, name) for name in columns} for article in batch])
    frame = frame.assign(captions=[[] for _ in batch], published_basis="user")
    con.register("given_articles", frame)  # type: ignore[attr-defined]  # a connection of DuckDB
    con.execute("insert into articles by name from given_articles on conflict do nothing")  # type: ignore[attr-defined]
    con.unregister("given_articles")  # type: ignore[attr-defined]


def added(settings: Settings, world: World, numbers: range) -> Iterator[str]:
    """Add articles of these numbers, published where the others are, and yield what that took."""
    with open_warehouse(settings.warehouse) as con, transaction(con):
        load(con, [world.article(number) for number in numbers])
    clock = Clock.fixed(START + timedelta(days=99_999))
    wall, cpu = time.perf_counter(), time.process_time()
    copies = find_new_copies(settings, clock)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    each = 1000 * cpu / len(numbers)
    yield f"{len(numbers):5} new: {wall:7.3f} s, {cpu:7.3f} CPU-s, {each:7.1f} CPU-ms each, {copies} copies"


def main() -> None:
    """Fill a warehouse and print what it takes to add to it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--undated", type=float, default=0.02)
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    settings = load_settings(home=asked.home or Path(tempfile.mkdtemp()))
    world = World(asked.days, asked.articles, asked.undated)
    started = time.perf_counter()
    fill(settings, world, asked.articles)
    size = settings.warehouse.stat().st_size / 2**20
    print(
        f"{asked.articles} articles in {asked.days} days, {size:.0f} MiB, made in {time.perf_counter() - started:.0f} s"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first = asked.articles - asked.articles % 5
    for numbers in (
        range(first, first + 1),
        *(range(first + n, first + n + 1) for n in (4, 9)),
        range(first + 10, first + 1010),
    ):
        for line in added(settings, world, numbers):
            print(line)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {after:.0f} MiB, {before:.0f} of it while making the articles")


if __name__ == "__main__":
    main()
