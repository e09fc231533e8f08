"""Copies are found through the index: once, whatever was cut off, and never against what persons said."""

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import START, article, copy, day
from reprints_made import reprints

from claims.copies import find_copies
from claims.fingerprints import LIMITS, MARKS, pairs_sharing
from claims.reprints import COPIER
from flows import copying
from flows.copying import find_new_copies, mark_articles, marks_of
from flows.settings import Clock, load_settings
from flows.undoing import join_copy, uncopy
from warehouse import copy_index
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.read import live_copies, stories

CLOCK = Clock.fixed(day(400))
GOLD = Path(__file__).parents[1] / "gold" / "told_stories.jsonl"
EVENTS = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def corpus():
    """Three events with all that was made of them, in two weeks."""
    rng = random.Random(7)
    found = []
    for number, event in enumerate(EVENTS):
        at = {"published_earliest": day(3 * number), "published_latest": day(3 * number)}
        wire = article(f"wire-{number}", event["wire"], outlet_id=event["wire_outlet"], **at)
        found += [wire, *(made.article for made in reprints(wire, rng))]
        found.append(article(f"retold-{number}", event["retold"].format(credit=""), outlet_id="gazette", **at))
        found.append(article(f"independent-{number}", event["independent"], outlet_id="herald", **at))
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A warehouse without rows, made once: its schema takes longer than most of these tests."""
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with open_warehouse(path):
        pass
    return path


@pytest.fixture
def home(empty, tmp_path):
    """Makes settings with an empty warehouse of their own."""

    def make(name):
        settings = load_settings(home=tmp_path / name)
        settings.warehouse.parent.mkdir(parents=True)
        shutil.copy(empty, settings.warehouse)
        return settings

    return make


@pytest.fixture
def settings(home):
    return home("mine")


def store(settings, articles):
    with open_warehouse(settings.warehouse) as con:
        add(con, articles)


def found(settings):
    with open_warehouse(settings.warehouse) as con:
        return {(c.article_id, c.of_article_id): c.relation for c in live_copies(con, day(9999))}


def story_of(settings):
    with open_warehouse(settings.warehouse) as con:
        return stories(con, day(9999))


def tables(settings):
    with open_warehouse(settings.warehouse) as con:
        names = ("copies", "copy_marks", "undated_copy_marks", "copy_index")
        return {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for name in names}


def test_the_index_finds_what_comparing_all_with_all_finds(settings):
    articles = corpus()
    store(settings, articles)
    find_new_copies(settings, CLOCK)
    in_memory = find_copies(articles, decided_at=START)
    assert found(settings) == {(c.article_id, c.of_article_id): c.relation for c in in_memory}
    story = story_of(settings)
    assert len({story[name] for name in story if not name.startswith("independent")}) == len(EVENTS)
    assert all(story[f"independent-{number}"] == f"independent-{number}" for number in range(len(EVENTS)))


@pytest.mark.parametrize("year", [1, 9999])
def test_an_article_of_the_first_or_last_of_all_days_stops_nothing(settings, year):
    edge = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, tzinfo=UTC)
    store(settings, [replace(article("edge"), published_earliest=edge, published_latest=edge), article("other")])
    find_new_copies(settings, CLOCK)
    with open_warehouse(settings.warehouse) as con:
        assert copy_index.compared(con, ["edge", "other"], COPIER) == {"edge", "other"}


def test_candidates_in_sql_are_those_in_python(settings):
    articles = [a for a in corpus() if a.published_earliest < day(8)]
    store(settings, articles)
    mark_articles(settings)
    with open_warehouse(settings.warehouse) as con:
        in_sql = copy_index.copy_candidates(con, articles, {**LIMITS, "most": 999, "days": 99, "days_named": 99})
    in_python = pairs_sharing(articles, {a.article_id for a in articles})
    assert {(min(pair), max(pair)) for pair in in_sql} == in_python


def test_a_second_run_adds_nothing_and_one_by_one_makes_the_same_stories(settings, home):
    store(settings, corpus()[:10])
    find_new_copies(settings, CLOCK)
    before = tables(settings)
    assert find_new_copies(settings, CLOCK) == 0
    assert tables(settings) == before
    single = home("single")
    # The newest first, as an archive may arrive.
    for one in corpus()[:10][::-1]:
        store(single, [one])
        find_new_copies(single, CLOCK)

    def groups(of):
        by_story = {}
        for name, story in story_of(of).items():
            by_story.setdefault(story, set()).add(name)
        return sorted(map(sorted, by_story.values()))

    assert groups(single) == groups(settings)


@pytest.mark.parametrize("size", [3, 1000])
def test_batches_of_any_size_end_in_the_same_tables(settings, home, monkeypatch, size):
    whole = home("whole")
    store(whole, corpus())
    find_new_copies(whole, CLOCK)
    monkeypatch.setattr(copying, "MARKED", size)
    monkeypatch.setattr(copying, "COMPARED", size)
    store(settings, corpus())
    find_new_copies(settings, CLOCK)
    assert tables(settings) == tables(whole)


@pytest.mark.parametrize("cut", ["add_marks", "articles_to_compare", "set_compared"])
def test_a_run_that_is_cut_off_anywhere_is_done_by_the_next(settings, home, monkeypatch, cut):
    whole = home("whole")
    store(whole, corpus())
    find_new_copies(whole, CLOCK)
    monkeypatch.setattr(copying, "MARKED", 8)
    monkeypatch.setattr(copying, "COMPARED", 8)
    store(settings, corpus())
    real, calls = getattr(copy_index, cut), []

    def second_fails(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(copy_index, cut, second_fails)
        with pytest.raises(KeyboardInterrupt):
            find_new_copies(settings, CLOCK)
    find_new_copies(settings, CLOCK)
    assert tables(settings) == tables(whole)


def test_what_was_stored_before_there_was_an_index_is_put_into_it(settings):
    store(settings, corpus())
    find_new_copies(settings, CLOCK)
    before = tables(settings)
    with open_warehouse(settings.warehouse) as con:
        for name in ("copy_marks", "undated_copy_marks", "copy_index"):
            con.execute(f"delete from {name}")  # noqa: S608  # ours
    assert find_new_copies(settings, CLOCK) == 0
    assert tables(settings) == before


def test_marks_of_another_version_are_made_anew(settings):
    store(settings, corpus())
    find_new_copies(settings, CLOCK)
    before = tables(settings)
    with open_warehouse(settings.warehouse) as con:
        con.execute("update copy_index set marked_by = 'marks-0'")
        con.execute("update copy_marks set mark = 1")
    assert find_new_copies(settings, CLOCK) == 0
    assert tables(settings) == before
    assert MARKS in before["copy_index"][0]


def test_what_an_earlier_version_found_wrongly_is_taken_back_by_a_row(settings):
    store(settings, corpus())
    wrong = copy("independent-0", "wire-0", decided_by="copies-1", recorded_at=START)
    with open_warehouse(settings.warehouse) as con:
        add(con, [wrong])
    find_new_copies(settings, CLOCK)
    assert ("independent-0", "wire-0") not in found(settings)
    with open_warehouse(settings.warehouse) as con:
        rows = con.execute(
            "select decided_by, withdrawn_at is not null from copies where article_id = 'independent-0' order by all"
        ).fetchall()
    assert rows == [("copies-1", False), (COPIER, True)]


def test_the_two_are_joined_from_when_both_had_been_fetched(settings):
    event = EVENTS[0]
    late = article("late", event["wire"], outlet_id="gazette", fetched_at=day(500), recorded_at=day(400))
    store(settings, [article("wire", event["wire"], outlet_id="reuters"), late])
    find_new_copies(settings, CLOCK)
    with open_warehouse(settings.warehouse) as con:
        assert [c.recorded_at for c in live_copies(con, day(9999))] == [day(500)]
        assert stories(con, day(499)) == {"wire": "wire"}
        assert stories(con, day(500)) == {"wire": "wire", "late": "wire"}


def test_an_article_that_a_person_took_out_stays_out_whatever_is_found_or_built_anew(settings):
    store(settings, corpus())
    find_new_copies(settings, CLOCK)
    uncopy(settings, "retold-0", "wire-0", by="ada")
    assert story_of(settings)["retold-0"] == "retold-0"
    again = article("again", EVENTS[0]["wire"], outlet_id="echo", published_earliest=START, published_latest=START)
    store(settings, [again])
    find_new_copies(settings, CLOCK)
    with open_warehouse(settings.warehouse) as con, transaction(con):
        con.execute("update copy_index set marked_by = 'marks-0', compared_by = 'copies-0'")
    find_new_copies(settings, CLOCK)
    story = story_of(settings)
    assert story["retold-0"] == "retold-0"
    assert story["again"] == story["wire-0"]


def test_one_command_parts_an_article_from_a_story_that_holds_it_by_several_copies(settings):
    store(settings, [article(name, EVENTS[0]["wire"], outlet_id=name) for name in "abc"])
    with open_warehouse(settings.warehouse) as con:
        add(con, [copy("b", "a"), copy("c", "b"), copy("c", "a", decided_by="person:bob")])
    uncopy(settings, "c", "a", by="ada")
    assert story_of(settings) == {"a": "a", "b": "a", "c": "c"}


def test_a_person_joins_what_no_machine_saw_and_whoever_decided_last_is_right(settings):
    store(settings, corpus())
    find_new_copies(settings, CLOCK)
    row = join_copy(settings, "independent-1", "wire-1", None, by="ada")
    assert row.relation == "rewritten"
    assert story_of(settings)["independent-1"] == story_of(settings)["wire-1"]
    uncopy(settings, "independent-1", "wire-1", by="bob")
    assert story_of(settings)["independent-1"] == "independent-1"


def test_undated_articles_are_compared_with_those_of_any_day(settings):
    undated = article("undated", EVENTS[0]["wire"], outlet_id="gazette", published_earliest=None, published_latest=None)
    store(settings, [undated])
    find_new_copies(settings, CLOCK)
    store(settings, [article("wire", EVENTS[0]["wire"], outlet_id="reuters")])
    find_new_copies(settings, CLOCK)
    assert set(found(settings)) == {("undated", "wire")}


def test_dates_out_of_reach_are_not_compared(settings):
    wire = article("wire", EVENTS[0]["wire"], outlet_id="reuters")
    when = START + timedelta(days=60)
    store(settings, [wire, article("later", wire.text, published_earliest=when, published_latest=when)])
    mark_articles(settings)
    with open_warehouse(settings.warehouse) as con:
        assert copy_index.copy_candidates(con, [wire], LIMITS) == []


def test_articles_without_any_mark_are_no_trouble(settings):
    store(
        settings, [article("short", "Rain."), article("signs", "“”—…\n\n\ud800 ½".encode("utf-8", "replace").decode())]
    )
    assert find_new_copies(settings, CLOCK) == 0
    assert list(marks_of([]).columns) == ["article_id", "published_from", "published_to", "kind", "mark"]
