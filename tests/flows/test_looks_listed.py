"""Sitemaps, lists of addresses and files, ingested again and again; many hosts at once."""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from looking import HOUR, NOW, STORY, Ingest, item, lists, page, rows, rss
from sites import ACCESS, Site, serving

from claims.articles import Page
from claims.fetches import Fetch
from flows.ingest import ingest_inputs
from flows.inputs import read_inputs
from flows.outlets import Outlets
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse


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
            handler.wfile.write(
                b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )

        urls = [slow.does("/news/1", answer), *(quick.says(f"/news/{n}", page(n)) for n in range(2, 6))]
        found = list(read_inputs(urls, now=NOW, outlets=Outlets(), home=tmp_path, access=ACCESS))
    assert [item.url for item in found if isinstance(item, Page)] == urls
    assert [item.address for item in found if isinstance(item, Fetch)] == urls


@pytest.mark.slow
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
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

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
