"""Pages looked at again on a site of this machine: when, how often, and what becomes of an edit, a 404, a silence."""

from datetime import datetime, timedelta

import pytest
from looking import HOUR, NOW, Ingest, everything, item, lists, rows, rss
from sites import Site

from flows.revisions import STEPS, due_refetches, refetch
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse

FIRST = "The bridge will open in June, a senior official of the ministry said on Tuesday, on condition of anonymity."
EDITED = "The bridge may open in June, an official said on Tuesday."
REST = "Two engineers who worked on the pylons doubted that the paint would be dry in time, and asked for more weeks."
PATH = "/2024/bridge"


def html(*paragraphs: str, extra: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>Bridge</title></head><body><article>{body}</article>{extra}</body></html>"


def again(settings: Settings, at: datetime) -> dict[str, int]:
    return {word: n for word, n in refetch(settings, Clock.fixed(at)).items() if n}


def due(settings: Settings, at: datetime) -> list[str]:
    with open_warehouse(settings.warehouse) as con:
        return [page.url for page in due_refetches(con, at)]


@pytest.fixture
def read(site: Site, settings: Settings, ingest: Ingest) -> str:
    lists(settings)
    url = site.says(PATH, html(FIRST, REST))
    assert ingest(url)["stored"] == 1
    site.requests.clear()
    return url


def test_pages_are_due_by_the_steps_and_then_no_more(read: str, settings: Settings) -> None:
    asked = []
    for hours in (0.5, 1, 2, 5, 6, 12, 24, 30, 72, 100, 168, 400, 720, 2_000):
        at = NOW + hours * HOUR
        if due(settings, at):
            asked.append(at - NOW)
            assert again(settings, at) == {"looked": 1, "same": 1}
            assert due(settings, at) == []
    assert tuple(asked) == STEPS


def test_a_run_that_comes_late_looks_once(read: str, settings: Settings, site: Site) -> None:
    assert again(settings, NOW + timedelta(days=8)) == {"looked": 1, "same": 1}
    assert again(settings, NOW + timedelta(days=8, hours=2)) == {}
    assert site.asked() == [PATH]


def test_an_edit_is_stored_linked_and_told(read: str, settings: Settings, site: Site) -> None:
    site.says(PATH, html(EDITED, REST))
    assert again(settings, NOW + HOUR) == {"looked": 1, "edited": 1}
    (step,) = rows(settings, "from revisions")
    assert (step["change"], step["seen_at"]) == ("edited", NOW + HOUR)
    assert len(rows(settings, "select raw_ref from articles where starts_with(raw_ref, 'warc:')")) == 2


def test_what_changes_around_the_text_is_no_edit(read: str, settings: Settings, site: Site) -> None:
    site.says(PATH, html(FIRST, REST, "Share this article", "Updated 5 minutes ago", extra="<footer>ad 17</footer>"))
    assert again(settings, NOW + HOUR) == {"looked": 1, "same": 1}
    assert rows(settings, "select count(*) as n from articles") == [{"n": 1}]


def test_a_page_at_whose_address_a_feed_stands_is_not_looked_at_for_ever(
    read: str, settings: Settings, site: Site
) -> None:
    site.says(PATH, rss(item("https://elsewhere.example/1", REST)))
    assert again(settings, NOW + HOUR)["looked"] == 1
    assert due(settings, NOW + 3 * HOUR) == []


def test_a_page_that_is_gone_is_a_row_and_its_article_stays(read: str, settings: Settings, site: Site) -> None:
    site.says(PATH, b"", 410)
    assert again(settings, NOW + HOUR) == {"looked": 1, "gone": 1}
    (look,) = rows(settings, "from fetches where recorded_at > '2024-05-01 08:30:00Z'")
    assert (look["status"], look["http_status"], look["address"]) == ("gone", 410, read)
    assert rows(settings, "select count(*) as n from articles") == [{"n": 1}]
    assert rows(settings, "from set_asides") == []
    site.says(PATH, html(EDITED, REST))
    assert again(settings, NOW + 6 * HOUR) == {"looked": 1, "edited": 1}


def test_what_does_not_answer_is_asked_again_an_hour_later(read: str, settings: Settings, site: Site) -> None:
    site.says(PATH, b"", 503, Retry_After="0")
    assert again(settings, NOW + HOUR) == {"looked": 1, "unreachable": 1}
    assert due(settings, NOW + HOUR + HOUR / 2) == []
    site.says(PATH, html(EDITED, REST))
    assert again(settings, NOW + 2 * HOUR) == {"looked": 1, "edited": 1}


def test_a_server_that_knows_its_versions_is_asked_for_the_change_only(
    site: Site, settings: Settings, ingest: Ingest
) -> None:
    lists(settings)
    ingest(site.says(PATH, html(FIRST, REST), ETag='"1"'))
    site.requests.clear()
    assert again(settings, NOW + HOUR) == {"looked": 1, "same": 1}
    assert [request.headers.get("If-None-Match") for request in site.requests if request.path == PATH] == ['"1"']
    assert rows(settings, "select status from fetches order by recorded_at")[-1]["status"] == "not_modified"


def test_looking_twice_at_one_time_writes_nothing(read: str, settings: Settings, site: Site) -> None:
    site.says(PATH, html(EDITED, REST))
    again(settings, NOW + HOUR)
    before = everything(settings)
    assert again(settings, NOW + HOUR) == {}
    assert everything(settings) == before


def test_what_a_feed_said_of_a_page_still_holds(site: Site, settings: Settings, ingest: Ingest) -> None:
    url = site.says(PATH, html(FIRST, REST))
    feed = site.says("/feed", rss(item(url, FIRST).replace("Bridge", "Bridge to open")))
    lists(settings, feeds=[feed], follow=True)
    assert ingest()["stored"] == 1
    site.says(PATH, html(EDITED, REST))
    assert again(settings, NOW + HOUR) == {"looked": 1, "edited": 1}
    found = rows(settings, "select distinct outlet_id, title, url from articles")
    assert found == [{"outlet_id": "ledger", "title": "Bridge to open", "url": url}]
    assert [row["change"] for row in rows(settings, "from revisions")] == ["edited"]


def test_robots_that_came_to_forbid_it_are_obeyed(read: str, settings: Settings, site: Site) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /2024/")
    assert again(settings, NOW + timedelta(days=2)) == {"looked": 1, "refused": 1}
    assert site.asked() == []
