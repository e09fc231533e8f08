"""Feeds of a site on this machine, ingested again and again: what is written, and what is asked for."""

from datetime import timedelta

import pytest
from looking import HOUR, NOW, STORY, Ingest, everything, item, lists, page, rows, rss
from sites import Site

from flows import looks
from flows.batches import Counts
from flows.ingest import ingest_batch, ingest_inputs
from flows.settings import Clock, Settings


def test_a_second_ingest_straight_after_writes_nothing_and_asks_nobody(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    feed = site.says("/feed", rss(item("https://l.example/1", STORY.format(1))), ETag='"1"')
    lists(settings, feeds=[feed])
    assert ingest() == {"stored": 1, "known": 0, "set_aside": 0, "looks": 1}
    before, asked = everything(settings), len(site.requests)
    assert ingest(at=NOW + HOUR) == {"stored": 0, "known": 0, "set_aside": 0}
    assert everything(settings) == before
    assert len(site.requests) == asked


def test_a_look_that_finds_nothing_new_is_one_row_and_no_article(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    with_etag = site.says("/feed", rss(item("https://l.example/1", STORY.format(1))), ETag='"1"')
    without = site.says("/plain", rss(item("https://l.example/2", STORY.format(2))))
    lists(settings, feeds=[with_etag, without])
    ingest()
    before = everything(settings)
    assert ingest(with_etag, without, at=NOW + HOUR) == {"stored": 0, "known": 0, "set_aside": 0, "looks": 2}
    after = everything(settings)
    assert {name for name in after if after[name] != before[name]} <= {"fetches"}
    found = rows(settings, "select address, status from fetches order by recorded_at, address")
    assert [row["status"] for row in found] == ["new", "new", "not_modified", "same"]


def test_a_run_that_breaks_off_loses_nothing_to_its_own_etag(site: Site, settings: Settings) -> None:
    """What a look brought is stored before the look says that it need not be sent again."""
    feed = site.says("/feed", rss(*(item(f"https://l.example/{n}", STORY.format(n)) for n in range(5))), ETag='"1"')
    lists(settings, feeds=[feed])
    small = settings.model_copy(update={"batch": 2})
    for breaks_at in (0, 1, 2):
        done: list[int] = []

        def batch(*given: object, at: int = breaks_at, done: list[int] = done) -> Counts:
            if len(done) == at:
                raise KeyboardInterrupt
            done.append(1)
            return ingest_batch(*given)  # type: ignore[arg-type]  # as it is called

        with pytest.raises(KeyboardInterrupt):
            ingest_inputs(small, Clock.fixed(NOW + breaks_at * HOUR / 60), [feed], batch=batch)
    assert ingest_inputs(small, Clock.fixed(NOW + HOUR), [feed])["stored"] == 1
    assert rows(settings, "select count(*) as n from articles") == [{"n": 5}]


def test_an_etag_that_lies_is_found_out_within_a_day(site: Site, settings: Settings, ingest: Ingest) -> None:
    lists(settings)
    feed = site.says("/feed", rss(item("https://l.example/1", STORY.format(1))), ETag='"always"')
    ingest(feed)
    site.says("/feed", rss(item("https://l.example/2", STORY.format(2))), ETag='"always"')
    assert ingest(feed, at=NOW + HOUR)["stored"] == 0
    assert ingest(feed, at=NOW + 25 * HOUR)["stored"] == 1


def test_a_feed_is_looked_at_when_it_is_due(site: Site, settings: Settings, ingest: Ingest) -> None:
    feed = site.says("/feed", rss(item("https://l.example/0", STORY.format(0))))
    lists(settings, feeds=[feed])
    ingest()
    at = NOW
    for hours in (6, 3, 1.5, 0.75):
        site.says("/feed", rss(*(item(f"https://l.example/{hours}-{n}-{at}", STORY.format(n)) for n in range(3))))
        assert "looks" not in ingest(at=at + hours * HOUR / 2)
        at += hours * HOUR
        assert ingest(at=at)["looks"] == 1


@pytest.mark.slow
def test_how_a_feed_does(site: Site, settings: Settings, ingest: Ingest) -> None:
    feed = site.says("/feed", rss(*(item(f"https://l.example/{n}", STORY.format(n)) for n in range(20))))
    lists(settings, feeds=[feed])
    ingest()
    for day in (1, 2):
        site.says("/feed", rss(*(item(f"https://l.example/{day}/{n}", STORY.format(n + day * 100)) for n in range(3))))
        ingest(feed, at=NOW + 24 * day * HOUR)
    for day in (3, 4):
        site.says("/feed", "", 503)
        ingest(feed, at=NOW + 24 * day * HOUR)
    (health,) = rows(settings, "from feed_health")
    assert (health["address"], health["kind"], health["last_status"]) == (feed, "feed", "unreachable")
    assert health["last_success_at"] == NOW + 48 * HOUR
    assert health["silent_since"] == NOW + 48 * HOUR
    assert health["failures_in_row"] == 2
    assert health["new_a_day"] == pytest.approx(6 / 4)
    assert "503" in health["last_message"]
    assert not health["is_dead"]


def test_pages_behind_a_feed_are_fetched_once_even_when_the_feed_changes(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    urls = [site.says(f"/news/{n}", page(n)) for n in range(3)]
    lists(settings, feeds=[site.says("/feed", rss(item(urls[0], "Short."), item(urls[1], "Short.")))], follow=True)
    assert ingest()["stored"] == 2
    site.says("/feed", rss(item(urls[1], "Short."), item(urls[2], "Short.")))
    assert ingest(at=NOW + 7 * HOUR) == {"stored": 1, "known": 1, "set_aside": 0, "looks": 2}
    assert sorted(site.asked()) == ["/feed", "/feed", "/news/0", "/news/1", "/news/2"]
    texts = [row["text"] for row in rows(settings, "select text from articles order by text")]
    assert texts == [STORY.format(n) for n in range(3)]


def test_a_page_that_cannot_be_reached_is_set_aside_and_comes_with_a_later_look(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    url = site.says("/news/1", "", 503)
    lists(settings, feeds=[site.says("/feed", rss(item(url, "Short.")), ETag='"1"')], follow=True)
    assert ingest() == {"stored": 0, "known": 0, "set_aside": 1, "looks": 2}
    (aside,) = rows(settings, "from set_asides_now")
    assert (aside["what"], aside["error"]) == (url, "Unreachable")
    site.says("/news/1", page(1))
    assert "looks" not in ingest(at=NOW + timedelta(minutes=30))
    later = NOW + HOUR
    assert ingest(at=later)["stored"] == 1
    assert rows(settings, "from set_asides_now", as_of=later) == []
    assert len(rows(settings, "from set_asides", as_of=later)) == 1


def test_a_page_that_is_gone_leaves_what_the_feed_says(site: Site, settings: Settings, ingest: Ingest) -> None:
    url = site.says("/news/1", "", 410)
    lists(settings, feeds=[site.says("/feed", rss(item(url, STORY.format(1))))], follow=True)
    assert ingest()["stored"] == 1
    site.says("/feed", rss(item(url, STORY.format(1)), item("https://l.example/2", "x")))
    ingest(at=NOW + 7 * HOUR)
    assert site.asked().count("/news/1") == 1


def test_a_look_fetches_so_many_pages_and_the_next_one_the_rest(
    site: Site, settings: Settings, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "PAGES_A_LOOK", 3)
    urls = [site.says(f"/news/{n}", page(n)) for n in range(5)]
    lists(settings, feeds=[site.says("/feed", rss(*(item(url, "x") for url in urls)), ETag='"1"')], follow=True)
    assert ingest()["stored"] == 3
    assert rows(settings, "select entries_waiting from feed_health") == [{"entries_waiting": 2}]
    assert ingest(at=NOW + timedelta(minutes=15)) == {"stored": 2, "known": 3, "set_aside": 0, "looks": 3}


def test_a_host_that_does_not_answer_is_not_asked_for_every_page(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    urls = [site.says(f"/news/{n}", "", 503) for n in range(10)]
    lists(settings, feeds=[site.says("/feed", rss(*(item(url, "x") for url in urls)))], follow=True)
    assert ingest()["set_aside"] == 3
    assert len(site.asked()) == 4


def test_a_page_that_never_answers_is_given_up_after_days(site: Site, settings: Settings, ingest: Ingest) -> None:
    url = site.says("/news/1", "", 503)
    lists(settings, feeds=[site.says("/feed", rss(item(url, "Short.")), ETag='"1"')], follow=True)
    for hours in (0, 1, 24, 48, 73):
        assert ingest(at=NOW + hours * HOUR)["looks"] == 2
    assert ingest(at=NOW + 74 * HOUR) == {"stored": 0, "known": 1, "set_aside": 0, "looks": 1}
    assert site.asked().count("/news/1") == 5
    (aside,) = rows(settings, "select what, error from set_asides_now", as_of=NOW + 74 * HOUR)
    assert aside == {"what": url, "error": "Unreachable"}
    assert "looks" not in ingest(at=NOW + 76 * HOUR)
