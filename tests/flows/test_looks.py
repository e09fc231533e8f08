"""Feeds and sitemaps of sites on this machine, ingested again and again: what is written, and what is asked for."""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sites import ACCESS, Site, serving

from claims.articles import Page
from claims.fetches import Fetch
from flows import looks
from flows.ingest import ingest_inputs
from flows.inputs import read_inputs
from flows.outlets import Outlets
from flows.settings import Clock, Settings, load_settings
from warehouse.connect import open_warehouse
from warehouse.load import set_clock
from warehouse.rows import dicts

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORY = "Two officials said on Tuesday that the bridge would open in June, a month later than planned, number {}."
Ingest = Callable[..., dict[str, int]]


def item(url: str, text: str) -> str:
    return f"<item><title>Bridge</title><link>{url}</link><description>{text}</description></item>"


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>The Ledger</title>{''.join(items)}</channel></rss>"


def page(number: int) -> str:
    return (
        f"<html><head><title>Bridge</title></head><body><article><p>{STORY.format(number)}</p></article></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", "127.0.0.1")
    monkeypatch.setenv("ONRECORD_HOST_INTERVAL", "0")
    return load_settings(home=tmp_path / "home", outlets=tmp_path / "outlets.toml")


@pytest.fixture
def ingest(settings: Settings) -> Ingest:
    def run(*inputs: object, at: datetime = NOW) -> dict[str, int]:
        return ingest_inputs(settings, Clock.fixed(at), [str(given) for given in inputs])

    return run


def lists(settings: Settings, **lines: object) -> None:
    """Write an outlets.toml with one outlet."""
    told = "\n".join(
        f"{name} = {str(value).lower() if isinstance(value, bool) else value}" for name, value in lines.items()
    )
    settings.outlets.write_text(f'[[outlet]]\nid = "ledger"\nname = "The Ledger"\n{told}\n', encoding="utf-8")


def rows(settings: Settings, sql: str, *, as_of: datetime = NOW) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse) as con:
        set_clock(con, as_of)
        return dicts(con, sql)


def everything(settings: Settings) -> dict[str, list[str]]:
    with open_warehouse(settings.warehouse) as con:
        tables = con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        return {name: sorted(repr(row) for row in con.execute(f"from {name}").fetchall()) for (name,) in tables}


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
    later = NOW + timedelta(minutes=15)
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


def test_a_sitemap_index_leads_to_recent_pages(site: Site, settings: Settings, ingest: Ingest) -> None:
    recent, old = site.says("/news/1", page(1)), site.says("/news/2", page(2))
    urlset = (
        f"<urlset><url><loc>{recent}</loc><lastmod>2024-05-01</lastmod></url>"
        f"<url><loc>{old}</loc><lastmod>2023-01-01</lastmod></url></urlset>"
    )
    inner = site.says("/sitemap.xml.gz", gzip.compress(urlset.encode()), Content_Type="application/gzip")
    index = site.says("/index.xml", f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>", ETag='"1"')
    lists(settings, sitemaps=[index])
    assert ingest() == {"stored": 1, "known": 0, "set_aside": 0, "looks": 3}
    (article,) = rows(settings, "select outlet_id, url, text, published_earliest from articles")
    assert (article["outlet_id"], article["url"], article["text"]) == ("ledger", recent, STORY.format(1))
    assert article["published_earliest"] is None
    # The index stays as it is; the sitemap in it changes.
    newer = site.says("/news/3", page(3))
    urlset = urlset.replace(old, newer).replace("2023-01-01", "2024-05-01")
    site.says("/sitemap.xml.gz", gzip.compress(urlset.encode()))
    assert ingest(at=NOW + 10 * HOUR)["stored"] == 1
    assert site.asked().count("/news/1") == 1


def test_a_sitemap_index_that_lists_itself_ends(site: Site, settings: Settings, ingest: Ingest) -> None:
    index = site.says("/i.xml", f"<sitemapindex><sitemap><loc>{site.address}/i.xml</loc></sitemap></sitemapindex>")
    lists(settings, sitemaps=[index])
    ingest()
    assert site.asked() == ["/i.xml"] * 3


def test_a_feed_address_that_gives_a_web_page_is_no_article(site: Site, settings: Settings, ingest: Ingest) -> None:
    feed = site.says("/feed", page(1), Content_Type="text/html")
    lists(settings, feeds=[feed])
    assert ingest() == {"stored": 0, "known": 0, "set_aside": 1, "looks": 1}
    assert rows(settings, "select last_status from feed_health") == [{"last_status": "unreadable"}]
    site.says("/feed", rss(item("https://l.example/1", STORY.format(1))))
    later = NOW + timedelta(minutes=30)
    assert ingest(at=later)["stored"] == 1
    assert rows(settings, "from set_asides_now", as_of=later) == []


def test_json_feed_over_http(site: Site, settings: Settings, ingest: Ingest) -> None:
    items = '[{"url": "https://l.example/1", "content_text": "%s"}]'
    text = '{"version": "https://jsonfeed.org/version/1.1", "items": ' + items + "}"
    lists(settings, feeds=[site.says("/feed.json", text % STORY.format(1), Content_Type="application/feed+json")])
    assert ingest()["stored"] == 1
    assert rows(settings, "select url, outlet_id from articles") == [
        {"url": "https://l.example/1", "outlet_id": "ledger"}
    ]


def test_lists_of_addresses(site: Site, settings: Settings, ingest: Ingest, tmp_path: Path) -> None:
    lists(settings)
    urls = [site.says(f"/news/{n}", page(n)) for n in range(4)]
    text, table = tmp_path / "list.txt", tmp_path / "list.csv"
    text.write_text("\n".join(["# today", *urls[:2], f"{site.address}/nowhere"]), encoding="utf-8")
    table.write_text("title,url\n" + "".join(f"x,{url}\n" for url in urls[1:]), encoding="utf-8")
    assert ingest(text, table) == {"stored": 4, "known": 1, "set_aside": 1, "looks": 5}
    asked = len(site.requests)
    assert ingest(text, table, at=NOW + HOUR) == {"stored": 0, "known": 6, "set_aside": 0}
    assert len(site.requests) == asked


def test_many_hosts_at_once_give_their_pages_in_the_same_order(tmp_path: Path) -> None:
    with serving() as slow, serving() as quick:

        def answer(handler: Any) -> None:
            time.sleep(0.2)
            body = page(1).encode()
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

        urls = [slow.does("/news/1", answer), *(quick.says(f"/news/{n}", page(n)) for n in range(2, 6))]
        found = list(read_inputs(urls, now=NOW, outlets=Outlets(), home=tmp_path, access=ACCESS))
    assert [item.url for item in found if isinstance(item, Page)] == urls
    assert [item.address for item in found if isinstance(item, Fetch)] == urls


def test_nothing_is_fetched_while_the_warehouse_is_open(
    site: Site, settings: Settings, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists(settings)
    is_open: list[bool] = []
    opened = open_warehouse

    def noted(*given: Any, **options: Any) -> Any:
        @contextmanager
        def inside() -> Iterator[Any]:
            with opened(*given, **options) as con:
                is_open.append(True)
                try:
                    yield con
                finally:
                    is_open.pop()

        return inside()

    def answer(handler: Any) -> None:
        body = page(len(site.requests)).encode() if not is_open else b"the warehouse is held"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    monkeypatch.setattr("flows.ingest.open_warehouse", noted)
    settings = settings.model_copy(update={"batch": 1})
    urls = [site.does(f"/news/{n}", answer) for n in range(70)]
    ingest_inputs(settings, Clock.fixed(NOW), urls)
    assert rows(settings, "select count(*) as n from articles where text like '%held%'") == [{"n": 0}]
    assert len(site.asked()) == 70


def test_a_file_that_was_mended_no_longer_stands_set_aside(settings: Settings, ingest: Ingest, tmp_path: Path) -> None:
    lists(settings)
    path = tmp_path / "story.txt"
    for hours, (content, standing, recorded) in enumerate(
        [
            (STORY.format(1).encode(), 0, 0),
            (b"", 1, 1),
            (b"", 1, 1),
            (STORY.format(1).encode(), 0, 1),
            (b"", 1, 2),
            (STORY.format(2).encode(), 0, 2),
        ]
    ):
        path.write_bytes(content)
        at = NOW + hours * HOUR
        ingest(path, at=at)
        assert len(rows(settings, "from set_asides_now", as_of=at)) == standing
        assert len(rows(settings, "from set_asides", as_of=at)) == recorded
    assert len(rows(settings, "from set_asides_as_of('2024-05-01 09:30:00Z'::timestamptz)")) == 1


def test_a_line_that_was_mended_clears_its_line_and_its_file(
    settings: Settings, ingest: Ingest, tmp_path: Path
) -> None:
    lists(settings)
    path = tmp_path / "stories.jsonl"
    good = '{"text": "' + STORY + '"}\n'
    path.write_text("", encoding="utf-8")
    ingest(path)
    path.write_text(good.replace("{}", "1") + "{broken\n", encoding="utf-8")
    ingest(path, at=NOW + HOUR)
    standing = rows(settings, "select what from set_asides_now", as_of=NOW + HOUR)
    assert standing == [{"what": f"{path}:2"}]
    path.write_text(good.replace("{}", "1") + good.replace("{}", "2"), encoding="utf-8")
    ingest(path, at=NOW + 2 * HOUR)
    assert rows(settings, "from set_asides_now", as_of=NOW + 2 * HOUR) == []


def test_now_looks_at_every_listed_feed(
    site: Site, settings: Settings, onrecord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = site.says("/feed", rss(item("https://l.example/1", STORY.format(1))))
    lists(settings, feeds=[feed])
    monkeypatch.setenv("ONRECORD_OUTLETS", str(settings.outlets))
    warehouse = ("--warehouse", settings.warehouse)
    assert onrecord("ingest", *warehouse).code == 0
    assert onrecord("ingest", *warehouse).code == 0
    assert site.asked() == ["/feed"]
    assert onrecord("ingest", "--now", *warehouse).code == 0
    assert site.asked() == ["/feed"] * 2
    lists(settings)
    refused = onrecord("ingest", "--now", *warehouse)
    assert (refused.code, "lists no feeds" in refused.err) == (2, True)
