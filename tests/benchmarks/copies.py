"""How well copies are told from independent stories, by kind of copy.

    uv run python tests/benchmarks/copies.py --corpus ARTICLES.jsonl [--sample 150] [--seed 1]
    uv run python tests/benchmarks/copies.py --pairs PAIRS.jsonl
    uv run python tests/benchmarks/copies.py --told tests/gold/told_stories.jsonl

`--corpus` takes articles (doc_id, outlet, date, text; PolNeAR's will do), makes reprints of a sample of them, and
counts every pair of all those articles, made and given, that lie within ten days. Pairs of the corpus that the search
joins are listed, since corpora hold true reprints. `--pairs` takes lines of `{"one": {…}, "other": {…}, "relation": …}`
with articles as above (outlet, credit, published and text) and verbatim, edited, rewritten or independent. `--told`
takes events told thrice. Articles are stored in a warehouse and compared as `onrecord run` does; two are joined that
share a story.
"""

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from reprints_made import long_enough, reprints

from claims.records import Article, key
from flows.copying import find_new_copies
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse
from warehouse.load import add
from warehouse.read import live_copies, stories

FETCHED = datetime(2030, 1, 1, tzinfo=UTC)
INDEPENDENT = "independent"
# What corpora write where there is none.
NOTHING = (None, "", "None", "NA")
Pairs = dict[frozenset[str], tuple[str, str]]


def read_article(row: dict[str, Any]) -> Article:
    """Return the article of a line; a bare date is a day of which the hour is unknown."""
    when = datetime.fromisoformat(str(row.get("published") or row["date"]))
    when = when.replace(tzinfo=when.tzinfo or UTC)
    is_day = len(str(row.get("published") or row["date"])) <= 10
    text = row["text"]
    return Article(
        article_id=str(row.get("doc_id") or key(row["outlet"], text)),
        outlet_id=row["outlet"],
        credit=None if row.get("credit") in NOTHING else row["credit"],
        text=text,
        published_earliest=when,
        published_latest=when + timedelta(days=int(is_day)),
        fetched_at=FETCHED,
        recorded_at=FETCHED,
    )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def made_of(path: Path, sample: int, seed: int) -> tuple[list[Article], Pairs]:
    """Return the articles of a corpus with reprints of some of them, and how each pair of a reprint is related."""
    rng = random.Random(seed)
    given = {
        a.article_id: a for a in map(read_article, (r for r in lines(path) if r.get("date") or r.get("published")))
    }
    originals = [article for article in given.values() if long_enough(article)]
    rng.shuffle(originals)
    articles, pairs = list(given.values()), {}
    for original in originals[:sample]:
        family = {original.article_id: ("", "")}
        for made in reprints(original, rng):
            articles.append(made.article)
            pairs[frozenset((made.article.article_id, original.article_id))] = (made.relation, made.made)
            family[made.article.article_id] = (made.relation, made.made)
        for one, other in combinations(family, 2):
            # Two copies of one article share its story; how they relate to each other is no question of the test.
            pairs.setdefault(frozenset((one, other)), ("", "copies of one article"))
    return articles, pairs


def told(path: Path) -> tuple[list[Article], Pairs]:
    """Return the three tellings of each event, and how they are related."""
    articles, pairs = [], {}
    for place, row in enumerate(lines(path)):
        when = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=30 * place)
        for made, credit in (("retold with credit", f", {row['wire_name']} reported"), ("retold without credit", "")):
            texts = {
                "wire": (row["wire_outlet"], row["wire"], 0),
                "retold": ("gazette", row["retold"].format(credit=credit), 3),
                "independent": ("herald", row["independent"], 2),
            }
            shift = timedelta(days=400 * bool(credit))
            names = {kind: key(row["event"], kind, made) for kind in texts}
            for kind, (outlet, text, hours) in texts.items():
                at = (when + shift + timedelta(hours=hours)).isoformat()
                given = {"doc_id": names[kind], "outlet": outlet, "text": text, "published": at}
                articles.append(read_article(given))
            pairs[frozenset((names["wire"], names["retold"]))] = ("rewritten", made)
            for kind in ("wire", "retold"):
                pairs[frozenset((names[kind], names["independent"]))] = (INDEPENDENT, "another reporter")
    return articles, pairs


def paired(path: Path) -> tuple[list[Article], Pairs]:
    """Return the articles of a file of pairs, and how they are related."""
    articles, pairs = {}, {}
    for row in lines(path):
        one, other = read_article(row["one"]), read_article(row["other"])
        articles |= {one.article_id: one, other.article_id: other}
        pairs[frozenset((one.article_id, other.article_id))] = (row["relation"], str(row.get("made", row["relation"])))
    return list(articles.values()), pairs


def compare(articles: Iterable[Article]) -> tuple[dict[str, str], dict[frozenset[str], str]]:
    """Return the story of every article and the relation of every pair that was decided, found in a new warehouse."""
    settings = load_settings(home=Path(tempfile.mkdtemp()))
    with open_warehouse(settings.warehouse) as con:
        add(con, list(articles))
    find_new_copies(settings, Clock.fixed(FETCHED))
    with open_warehouse(settings.warehouse) as con:
        relations = {frozenset((c.article_id, c.of_article_id)): str(c.relation) for c in live_copies(con, FETCHED)}
        return stories(con, FETCHED), relations


def near(articles: list[Article]) -> Iterator[frozenset[str]]:
    """Yield the pairs of articles that lie within ten days."""
    dated = sorted((a.published_earliest, a.article_id) for a in articles if a.published_earliest)
    for place, (when, one) in enumerate(dated):
        for later, other in dated[place + 1 :]:
            if later - when > timedelta(days=10):
                break
            yield frozenset((one, other))


def figures(found: Counter[bool], wrong: int) -> str:
    """Return precision, recall and F1 as a line: `found` counts true pairs by whether they were found."""
    right = found[True]
    precision, recall = right / max(1, right + wrong), right / max(1, found.total())
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"n {found.total():5}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def main() -> None:
    """Print the figures of what was given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--corpus", type=Path)
    source.add_argument("--pairs", type=Path)
    source.add_argument("--told", type=Path)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.corpus:
        articles, pairs = made_of(asked.corpus, asked.sample, asked.seed)
    else:
        articles, pairs = told(asked.told) if asked.told else paired(asked.pairs)
    story_of, relations = compare(articles)
    report(articles, pairs, story_of, relations)


def report(
    articles: list[Article], pairs: Pairs, story_of: dict[str, str], relations: dict[frozenset[str], str]
) -> None:
    """Print recall by kind of copy, F1 by relation, and the independent pairs that were joined."""
    by_kind: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    by_relation: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    labels: Counter[tuple[str, str]] = Counter()
    for pair, (relation, made) in pairs.items():
        one, other = pair
        joined = story_of[one] == story_of[other]
        by_kind[f"{relation}: {made}"][joined] += 1
        group = "rewritten" if relation == "rewritten" else "verbatim or edited"
        if relation not in ("", INDEPENDENT):
            by_relation[group][joined] += 1
            labels[relation, relations.get(pair, "by a third")] += 1
    joined = [tuple(sorted(p)) for p in near(articles) if p not in pairs and len({story_of[n] for n in p}) == 1]
    wrong = sum(by_kind[kind][True] for kind in by_kind if kind.startswith(INDEPENDENT))
    for kind in sorted(by_kind):
        print(f"{kind:34} {by_kind[kind][True]:5} of {by_kind[kind].total():5} joined")
    for group, found in by_relation.items():
        print(f"{group:34} {figures(found, wrong)}")
    for (given, made), count in sorted(labels.items()):
        print(f"  {given:10} held {made:12} {count:5}")
    others = sum(1 for pair in near(articles) if pair not in pairs)
    print(f"{others} other pairs within ten days, {len(joined)} joined:")
    known = {article.article_id for article in articles if not article.article_id.isalnum()}
    for one, other in joined:
        if {one, other} <= known or not known:
            print(f"  {relations.get(frozenset((one, other)), 'by a third'):10} {one}  {other}")


if __name__ == "__main__":
    main()
