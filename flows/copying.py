"""Copies: which of the new articles reprint which; found through the index, written before claims are matched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pandas as pd

from claims.copies import best_copies, judge_pairs, strength, withdrawn
from claims.fingerprints import LIMITS, MARKS, marks
from claims.records import Article, Copy
from claims.reprints import COPIER
from flows.settings import Clock, Settings
from warehouse import copy_index
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.pages import pages_of
from warehouse.read import Connection, copies_touching, separations, stories

# So many articles are held in memory at a time; of those that are compared, also LIMITS["most"] others of each.
MARKED, COMPARED = 1000, 250
END = datetime.max.replace(tzinfo=UTC)


def find_new_copies(settings: Settings, clock: Clock) -> int:
    """Compare the articles that were not compared yet with all others and return how many copies were new.

    Any version but today's has its marks and comparisons made anew. A batch that was cut off is done again and finds
    the same.
    """
    mark_articles(settings)
    added = 0
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        batch = _read_batch(con)
    while batch.articles:
        found = batch.find(clock.recorded_at)
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
            with transaction(con):
                added += add(con, found)
                copy_index.set_compared(con, [article.article_id for article in batch.articles], COPIER)
            batch = _read_batch(con)
    return added


def mark_articles(settings: Settings) -> int:
    """Put the articles that are not in the index of copies into it, and return how many that were."""
    done = 0
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        with transaction(con):
            copy_index.forget_marks(con, but=MARKS)
        articles = copy_index.articles_to_mark(con, MARKED)
    while articles:
        frame = marks_of(articles)
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
            with transaction(con):
                copy_index.add_marks(con, [article.article_id for article in articles], frame, MARKS)
            done += len(articles)
            articles = copy_index.articles_to_mark(con, MARKED) if len(articles) == MARKED else []
    return done


def marks_of(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the marks of articles as the frame that the index takes."""
    rows = []
    for article in articles:
        found = marks(article)
        dates = article.article_id, article.published_earliest, article.published_latest
        for kind, values in (("words", found.words), ("quotation", found.quotation), ("names", found.names)):
            rows += [(*dates, kind, value) for value in values]
    frame = pd.DataFrame(rows, columns=["article_id", "published_from", "published_to", "kind", "mark"])
    return frame.astype({"published_from": "datetime64[us, UTC]", "published_to": "datetime64[us, UTC]"})


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles to compare, with all that is needed for it."""

    articles: Sequence[Article]
    others: Mapping[str, Article]
    pairs: Sequence[tuple[str, str]]
    standing: Sequence[Copy]
    waiting: frozenset[str]
    apart: Sequence[tuple[str, str]]
    story_of: Mapping[str, str]

    def find(self, decided_at: datetime) -> tuple[Copy, ...]:
        """Return the best copy of each article, and what takes back the findings of earlier versions that were wrong.

        An article that was compared before is given a better original, no other one that is as good.
        """
        known = {article.article_id: article for article in self.articles} | dict(self.others)
        judged = judge_pairs(self.pairs, known, decided_at=decided_at)
        here = {article.article_id for article in self.articles}
        held = {copy.article_id: 0.0 for copy in self.standing if copy.article_id not in here}
        for copy in self.standing:
            if copy.article_id in held:
                held[copy.article_id] = max(held[copy.article_id], copy.containment)
        # Whoever waits for its own turn finds its best original then.
        mine = [copy for copy in judged if copy.article_id not in self.waiting]
        best = best_copies(mine, known)
        better = self._without_rejoining(
            c for c in best if strength(c.containment) > strength(held.get(c.article_id, -1.0))
        )
        alike = {frozenset((copy.article_id, copy.of_article_id)) for copy in judged}
        wrong = [
            withdrawn(copy, by=COPIER, at=decided_at)
            for copy in self.standing
            if _is_earlier(copy) and frozenset((copy.article_id, copy.of_article_id)) not in alike
        ]
        return tuple(_not_before_fetched(copy, known) for copy in (*better, *wrong))

    def _without_rejoining(self, copies: Iterable[Copy]) -> Iterator[Copy]:
        """Yield the copies, best first, that bring no two articles into one story that a person took apart."""
        merged: dict[str, str] = {}

        def story(name: str) -> str:
            name = self.story_of.get(name, name)
            while name in merged:
                name = merged[name]
            return name

        for copy in sorted(copies, key=lambda copy: (-copy.containment, copy.copy_id)):
            one, other = story(copy.article_id), story(copy.of_article_id)
            if one != other:
                if any({story(first), story(second)} == {one, other} for first, second in self.apart):
                    continue
                merged[one] = other
            yield copy


def _read_batch(con: Connection) -> _Batch:
    articles = copy_index.articles_to_compare(con, COPIER, COMPARED)
    if not articles:
        return _Batch((), {}, (), (), frozenset(), (), {})
    pairs = set(copy_index.copy_candidates(con, articles, LIMITS))
    here = {article.article_id for article in articles}
    earlier = [copy for copy in copies_touching(con, sorted(here)) if _is_earlier(copy)]
    pairs.update((copy.article_id, copy.of_article_id) for copy in earlier)
    page = pages_of(con, (name for pair in pairs for name in pair))
    # The texts of one page are versions of each other, no copies.
    pairs = {(one, other) for one, other in pairs if page.get(one, one) != page.get(other, other)}
    others = sorted({name for pair in pairs for name in pair} - here)
    standing = [*earlier, *(copy for copy in copies_touching(con, others) if not _is_earlier(copy))]
    known = {article.article_id: article for article in copy_index.articles_with_ids(con, others)}
    apart = separations(con)
    waiting = frozenset(others) - copy_index.compared(con, others, COPIER)
    return _Batch(articles, known, sorted(pairs), standing, waiting, apart, stories(con, END) if apart else {})


def _is_earlier(copy: Copy) -> bool:
    """Return whether another version of this method found it."""
    return copy.decided_by != COPIER and copy.decided_by.startswith("copies-")


def _not_before_fetched(copy: Copy, known: Mapping[str, Article]) -> Copy:
    # What joins two texts is known once both are: a past answer must come out as it did.
    fetched = (known[name].fetched_at for name in (copy.article_id, copy.of_article_id))
    at = max(copy.recorded_at, *fetched)
    return replace(copy, recorded_at=at, withdrawn_at=at if copy.withdrawn_at else None)
