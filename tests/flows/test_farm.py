"""The site farm: days of a news web that misbehaves, and what must be in the warehouse at the end of them."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from farm import INTERVAL, SLOW_INTERVAL, START, Farm, open_farm
from farm_stories import MARK, End, Kind, text_of

from warehouse.connect import open_warehouse

DRIVER = Path(__file__).parents[1] / "farm_drive.py"
# What depends on which process wrote it where, on how long an answer took, and on when a table was made.
_PLACE = re.compile(r"warc:[^#]*#\d+")
_TIMING = {"fetches": "seconds", "migrations": "applied_at"}


def drive(home: Path, farm: Farm, *, hours: float, until: float) -> subprocess.Popen[str]:
    home.mkdir(parents=True, exist_ok=True)
    (home / "outlets.toml").write_text(farm.outlets(), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(home), str(farm.port), str(hours), str(until)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (DRIVER.parent, DRIVER.parents[1])))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(run: subprocess.Popen[str]) -> None:
    _, told = run.communicate(timeout=1_200)
    assert run.returncode == 0, told[-3_000:]


def rows(home: Path, sql: str) -> list[tuple]:
    with open_warehouse(home / "warehouse.duckdb") as con:
        return con.execute(sql).fetchall()


def tables(home: Path) -> dict[str, list[str]]:
    with open_warehouse(home / "warehouse.duckdb") as con:
        found = {}
        for (name,) in con.execute("select table_name from duckdb_tables() order by all").fetchall():
            left_out = f"exclude ({_TIMING[name]})" if name in _TIMING else ""
            found[name] = sorted(
                _PLACE.sub("", repr(row))
                for row in con.execute(f"select * {left_out} from {name}").fetchall()  # noqa: S608
            )
        return found


def check_ends(home: Path, farm: Farm) -> None:
    """Every story that a feed told of is stored once a text, or set aside with the reason that fits."""
    texts = defaultdict(list)
    for url, text in rows(home, "select url, text from articles"):
        texts[url.replace("/moved/", "/story/")].append(text)
    aside = defaultdict(set)
    for what, error in rows(home, "select what, error from set_asides_as_of(timestamptz '2099-01-01 00:00:00+00')"):
        aside[what].add(error)
    wrong = []
    for story in farm.stories:
        url = farm.url(story)
        kept = texts.pop(url, [])
        versions = 2 if story.edited_at else 1
        if story.end is End.STORED:
            fits = 1 <= len(kept) <= versions and not aside[url] and all(MARK in text for text in kept)
        elif story.end is End.UNSEEN:
            fits = not kept and not aside[url]
        else:
            fits = not kept and aside[url] == {story.end.value}
        if not fits:
            wrong.append((story.site.kind.value, story.path, story.end.value, len(kept), aside[url]))
    assert wrong == []
    assert dict(texts) == {}, "articles of no story"


def check_texts(home: Path, farm: Farm) -> None:
    """What is stored is the story, whole and without what stands around it, in whatever encoding it came."""
    texts = {url.replace("/moved/", "/story/"): text for url, text in rows(home, "select url, text from articles")}
    for story in farm.stories:
        if story.end is End.STORED and story.edited_at is None:
            kept = " ".join(texts[farm.url(story)].split())
            for paragraph in text_of(story, START):
                assert paragraph in kept, (story.site.kind, kept[:300])
            assert "All rights reserved" not in kept


def check_edits(home: Path, farm: Farm, *, hours: float) -> None:
    """An edit that was to be seen when its page was looked at again is a second text of the same page, linked."""
    texts = defaultdict(set)
    for url, text, seen_at in rows(home, "select url, text, fetched_at from articles"):
        texts[url.replace("/moved/", "/story/")].add(("In an earlier version" in text, seen_at))
    revised = {
        url.replace("/moved/", "/story/")
        for (url,) in rows(home, "select a.url from revisions join articles as a using (article_id)")
    }
    # A page is due once more a week after it was first seen, and looks are taken every fourth day.
    last = START + timedelta(hours=hours)
    for story in farm.stories:
        if story.edited_at is None or story.end is not End.STORED or story.site.kind is Kind.ATOM:
            continue
        seen = texts[farm.url(story)]
        first = min(at for _, at in seen)
        if first < story.edited_at <= first + timedelta(days=6) and first + timedelta(days=11) < last:
            assert {was_edited for was_edited, _ in seen} == {False, True}, (story.site.kind, story.path)
            assert farm.url(story) in revised


def check_manners(farm: Farm) -> None:
    """What the farm counted: nothing that robots.txt forbids, and nobody asked too soon after the last time."""
    kinds = {site.name: site.kind for site in farm.sites}
    by_site = defaultdict(list)
    for asked in farm.asked:
        by_site[asked.site].append(asked)
        match kinds[asked.site]:
            case Kind.PRIVATE:
                assert not asked.path.startswith("/private/")
            case Kind.CLOSED:
                assert asked.path == "/robots.txt"
            case Kind.NO_RULES:
                assert asked.path == "/robots.txt" or asked.at >= START.replace(day=START.day + 1)
            case _:
                pass
    for name, asked in by_site.items():
        turns = sorted(one.turn for one in asked)
        assert all(after - before >= INTERVAL - 1e-3 for before, after in pairwise(turns)), name
        if kinds[name] is Kind.SLOW:
            turns = sorted(one.turn for one in asked if one.path != "/robots.txt")
            assert all(after - before >= SLOW_INTERVAL - 1e-3 for before, after in pairwise(turns)), name


def check_copies(home: Path, farm: Farm) -> None:
    """Reprints are copies, and nothing else is."""
    found = {
        tuple(sorted(url.replace("/moved/", "/story/") for url in pair))
        for pair in rows(
            home,
            "select a.url, b.url from copies as c join articles as a using (article_id)"
            " join articles as b on b.article_id = c.of_article_id",
        )
    }
    stored = {farm.url(story) for story in farm.stories if story.end is End.STORED and story.edited_at is None}
    wanted = {
        tuple(sorted((farm.url(story), farm.url(farm.stories[story.reprints]))))
        for story in farm.stories
        if story.reprints is not None
    }
    both = {pair for pair in wanted if stored.issuperset(pair)}
    assert both <= found
    assert {pair for pair in found if stored.issuperset(pair)} <= both


def check_all(home: Path, farm: Farm, *, hours: float) -> None:
    check_ends(home, farm)
    check_edits(home, farm, hours=hours)
    check_texts(home, farm)
    check_manners(farm)
    check_copies(home, farm)


@pytest.mark.slow
def test_two_days_of_a_few_sites(tmp_path):
    with open_farm(n_sites=16, n_stories=96, days=2) as farm:
        finish(drive(tmp_path / "home", farm, hours=12, until=72))
        check_all(tmp_path / "home", farm, hours=72)


@pytest.mark.slow
def test_two_weeks_of_forty_sites_with_ten_kills_end_as_without(tmp_path):
    with open_farm(n_sites=40, n_stories=2_000, days=14) as farm:
        disturb(tmp_path, farm, until=18 * 24.0, kills=10)
    assert len(farm.stories) == 2_000


def disturb(folder: Path, farm: Farm, *, until: float, kills: int) -> None:
    """Drive the farm once as it goes and once with kills, and hold that both end well and in the same tables."""
    began = time.monotonic()
    finish(drive(folder / "undisturbed", farm, hours=12.0, until=until))
    took = time.monotonic() - began
    check_all(folder / "undisturbed", farm, hours=until)
    farm.asked.clear()
    moments = random.Random(kills)
    for _ in range(kills):
        run = drive(folder / "killed", farm, hours=12.0, until=until)
        time.sleep(moments.uniform(0.02, 0.25) * took)
        run.send_signal(signal.SIGKILL)
        run.communicate()
    finish(drive(folder / "killed", farm, hours=12.0, until=until))
    check_all(folder / "killed", farm, hours=until)
    undisturbed, killed = tables(folder / "undisturbed"), tables(folder / "killed")
    assert {name for name in killed if killed[name] != undisturbed[name]} == set()
