"""What lists pages, beside RSS and Atom: sitemaps, JSON feeds, lists of addresses."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import Page
from claims.errors import UnreadableInput
from claims.vocabulary import Basis
from flows.fetching.unpacking import gunzipped
from flows.json_feed import is_json_feed, json_feed_pages
from flows.sitemaps import is_sitemap, read_sitemap
from flows.url_lists import csv_addresses, is_address_list, listed_addresses

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://ledger.example/1 </loc><news:news><news:publication><news:name>The Ledger</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-04-30T21:15:00+02:00</news:publication_date>
<news:title>Bridge &amp; tunnel</news:title></news:news>
<image:image><image:loc>https://ledger.example/1.jpg</image:loc><image:title>A bridge</image:title></image:image></url>
<url><loc>https://ledger.example/old</loc><lastmod>2024-03-01</lastmod></url>
<url><loc>https://ledger.example/edited</loc><lastmod>2024-04-30T10:00:00Z</lastmod></url>
<url><loc>javascript:alert(1)</loc></url><url><lastmod>2024-04-30</lastmod></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://ledger.example/2019.xml</loc><lastmod>2019-12-31</lastmod></sitemap>
<sitemap><loc>https://ledger.example/undated.xml</loc></sitemap>
<sitemap><loc>https://ledger.example/new.xml.gz</loc><lastmod>2024-05-01T07:00:00Z</lastmod></sitemap></sitemapindex>"""


def test_a_news_sitemap_gives_its_recent_pages_with_what_it_says_of_them() -> None:
    sitemap = read_sitemap(NEWS.encode(), what="s.xml")
    bridge, edited = sitemap.recent_pages(now=NOW)
    assert (bridge.url, bridge.title, bridge.outlet_name) == (
        "https://ledger.example/1",
        "Bridge & tunnel",
        "The Ledger",
    )
    assert bridge.moment == datetime(2024, 4, 30, 19, 15, tzinfo=UTC)
    assert (edited.url, edited.title) == ("https://ledger.example/edited", None)
    assert sitemap.sitemaps == ()


def test_an_index_gives_the_sitemaps_that_may_have_changed_the_latest_first() -> None:
    sitemap = read_sitemap(gunzipped(gzip.compress(INDEX.encode()), cap=10_000), what="i.xml.gz")
    assert [listed.url for listed in sitemap.recent_sitemaps(now=NOW, how_many=5)] == [
        "https://ledger.example/new.xml.gz",
        "https://ledger.example/undated.xml",
    ]
    assert len(sitemap.recent_sitemaps(now=NOW, how_many=1)) == 1


def test_a_large_sitemap_without_dates_is_a_whole_site_and_no_news() -> None:
    def urlset(n: int) -> bytes:
        return (
            b"<urlset>" + b"".join(b"<url><loc>https://x.example/%d</loc></url>" % i for i in range(n)) + b"</urlset>"
        )

    assert len(read_sitemap(urlset(50), what="").recent_pages(now=NOW)) == 50
    assert read_sitemap(urlset(500), what="").recent_pages(now=NOW) == ()


@pytest.mark.parametrize(
    ("payload", "says"),
    [(b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset><url><loc>&a;</loc></url></urlset>", "entities"),
     ("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset/>".encode("utf-16"), "entities"),
     (b"<html><body>urlset</body></html>", "no sitemap"), (b"", "broken"), (b"\0\1\2", "broken")],
)  # fmt: skip
def test_what_is_no_sitemap(payload: bytes, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        read_sitemap(payload, what="s.xml")


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: f"<urlset><url><loc>{text}".encode("utf-8", "replace"))
)
def test_no_sitemap_is_a_bug(payload: bytes) -> None:
    try:
        pages = read_sitemap(payload, what="s.xml").pages
    except UnreadableInput:
        return
    assert all(page.url.lower().startswith(("http://", "https://")) for page in pages)


def test_is_sitemap() -> None:
    assert is_sitemap(NEWS.encode())
    assert is_sitemap(INDEX.encode("utf-16"))
    assert is_sitemap(b"<sm:urlset xmlns:sm='x'>")
    assert not is_sitemap(b"<rss><channel>")


FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Ledger",
    "authors": [{"name": "The desk"}],
    "items": [
        {"id": "1", "url": "https://ledger.example/1", "title": "Bridge", "content_html": "<p>It opens.</p>",
         "content_text": "It opens.", "date_published": "2024-04-30T21:15:00+02:00",
         "authors": [{"name": "A"}, {"name": "B"}]},
        {"id": 2, "content_text": "No address.", "summary": "Short."},
        {"id": "3", "url": "javascript:alert(1)", "external_url": "https://other.example/3", "summary": "Elsewhere."},
        "no item",
    ],
}  # fmt: skip


def test_json_feed() -> None:
    first, second, third = json_feed_pages(FEED, fetched_at=NOW, what="f.json", raw_ref="sha256:0")
    assert (first.url, first.title, first.html, first.text) == (
        "https://ledger.example/1",
        "Bridge",
        "<p>It opens.</p>",
        None,
    )
    assert (first.byline, first.published, first.published_basis) == ("A, B", "2024-04-30T21:15:00+02:00", Basis.FEED)
    assert (second.url, second.doc_id, second.text, second.byline) == (None, "2", "No address.", "The desk")
    assert (third.url, third.text, third.outlet_name) == ("https://other.example/3", "Elsewhere.", "The Ledger")


@pytest.mark.parametrize("items", [None, [], "x", [1, 2], {}])
def test_json_feed_without_entries(items: object) -> None:
    with pytest.raises(UnreadableInput, match="no entries"):
        list(json_feed_pages({**FEED, "items": items}, fetched_at=NOW, what="f.json"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FEED["items"][0], "name", "x"]), inner)
    ),
    max_leaves=10,
)  # type: ignore[misc]  # the keys of an item, as written above


@given(st.lists(json_values, max_size=4))
def test_no_json_feed_is_a_bug(items: list[object]) -> None:
    try:
        pages: list[Page] = list(json_feed_pages({**FEED, "items": items}, fetched_at=NOW, what="f.json"))
    except UnreadableInput:
        return
    assert all(page.url is None or page.url.startswith("http") for page in pages)


def test_is_json_feed() -> None:
    assert is_json_feed(json.loads(json.dumps(FEED)))
    assert not is_json_feed({"version": 1, "text": "x"})
    assert not is_json_feed([FEED])


def test_a_list_of_addresses_is_nothing_but_addresses() -> None:
    text = "# front pages\nhttps://a.example/1\r\n\n https://b.example/2 \nhttps://a.example/1\n"
    assert is_address_list(text)
    assert list(listed_addresses(text)) == ["https://a.example/1", "https://b.example/2"]
    assert not is_address_list("He wrote on https://a.example/1 that it opens.\n")
    assert not is_address_list("https://a.example/1\nand more\n")
    assert not is_address_list("# only a remark\n")


def test_csv_with_a_column_of_addresses() -> None:
    text = (
        'title,URL\n"A, b",https://a.example/1\nC,\nD,ftp://x.example\nE,https://a.example/1\nF,https://b.example/2\n'
    )
    found = list(csv_addresses(text, what="l.csv"))
    assert [item for item in found if isinstance(item, str)] == ["https://a.example/1", "https://b.example/2"]
    assert [item.what for item in found if isinstance(item, UnreadableInput)] == ["l.csv:3", "l.csv:4"]


@pytest.mark.parametrize("text", ["title\nx\n", "", "a\0b,url\n", "url\n", 'url\n"' + "x" * 200_000 + '"\n'])
def test_what_is_no_csv_of_addresses(text: str) -> None:
    with pytest.raises(UnreadableInput):
        list(csv_addresses(text, what="l.csv"))
