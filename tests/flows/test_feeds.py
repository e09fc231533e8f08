"""RSS and Atom to pages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.articles import Page, outlet_slug, read_article
from claims.errors import UnreadableInput, UnreadableText
from claims.vocabulary import Basis
from flows.feeds import feed_pages, is_feed
from flows.outlets import Outlets

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
SENTENCE = "Two officials said that the bridge would open in June, a month later than planned."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Ledger</title><link>https://ledger.example/</link>
<item><title>Bridge &amp;amp; tunnel</title><link>https://ledger.example/1</link><dc:creator>Jane Doe</dc:creator>
<pubDate>Tue, 30 Apr 2024 21:15:00 +0200</pubDate><source url="https://wire.example/rss">The Wire</source>
<description>Short.</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><script>alert(1)</script>
<p>The post Bridge appeared first on The Ledger.</p>]]></content:encoded></item>
<item><title>Elsewhere</title><link>https://other.example/2</link>
<source url="https://other.example/rss">Other Post</source>
<description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item>
<item><title>No text</title><link>javascript:alert(1)</link><guid isPermaLink="false">tag:3</guid></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title><link href="https://ledger.example/"/>
<entry><title>Bridge</title><id>tag:1</id><link href="https://ledger.example/1"/><updated>2024-04-30T10:00:00Z</updated>
<summary type="html">&lt;p&gt;{SENTENCE}&lt;/p&gt;</summary></entry></feed>"""


def pages(payload: str | bytes) -> list[Page]:
    given = payload.encode() if isinstance(payload, str) else payload
    return list(feed_pages(given, fetched_at=NOW, what="f.xml", raw_ref="sha256:0"))


def test_rss_entry_gives_its_fullest_text_and_its_origin() -> None:
    own, elsewhere, empty = pages(RSS)
    assert (own.title, own.url, own.byline) == ("Bridge &amp; tunnel", "https://ledger.example/1", "Jane Doe")
    assert (own.published, own.published_basis) == ("2024-04-30T19:15:00+00:00", Basis.FEED)
    assert (own.outlet_name, own.credit) == ("The Ledger", "The Wire")
    assert (elsewhere.outlet_name, elsewhere.credit) == ("Other Post", None)
    assert (empty.url, empty.doc_id, empty.what) == (None, "tag:3", "f.xml#3")


def test_entry_becomes_a_clean_article() -> None:
    article = read_article(pages(RSS)[0], recorded_at=NOW)
    assert article.text == SENTENCE
    assert article.title == "Bridge & tunnel"
    assert article.credit == "The Wire"
    assert article.published_earliest == article.published_latest == datetime(2024, 4, 30, 19, 15, tzinfo=UTC)


def test_entry_without_text_is_unreadable_under_its_own_name() -> None:
    with pytest.raises(UnreadableText) as caught:
        read_article(pages(RSS)[2], recorded_at=NOW)
    assert caught.value.what == "f.xml#3"


def test_atom() -> None:
    (page,) = pages(ATOM)
    assert (page.title, page.url, page.published) == ("Bridge", "https://ledger.example/1", "2024-04-30T10:00:00+00:00")


def test_doctype_alone_is_no_danger_but_entities_are() -> None:
    plain = RSS.replace("<rss", '<!DOCTYPE rss PUBLIC "-//x//DTD" "http://127.0.0.1:9/x.dtd"><rss', 1)
    assert len(pages(plain)) == 3
    with pytest.raises(UnreadableInput, match="entities"):
        pages(RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1))


def test_many_empty_elements_are_not_nested_but_many_open_ones_are() -> None:
    assert len(pages(RSS.replace("</item>", '<media:thumbnail url="x"/>' * 1_500 + "</item>"))) == 3
    with pytest.raises(UnreadableText, match="nested"):
        pages(RSS.replace("</channel>", "<a>" * 5_000))


def test_text_that_names_a_file_is_not_opened() -> None:
    with pytest.raises(UnreadableInput):
        pages(b"/etc/passwd")


@pytest.mark.parametrize(
    ("payload", "answer"),
    [(RSS.encode(), True), (ATOM.encode(), True), (RSS.encode("utf-16"), True), (b"<rdf:RDF xmlns='x'>", True),
     (b"<html><body>rss feed</body></html>", False), (b"", False)],
)  # fmt: skip
def test_is_feed(payload: bytes, answer: bool) -> None:
    assert is_feed(payload) is answer


def test_feed_that_trips_the_parser_is_unreadable() -> None:
    broken = "<rss version='2.0'><channel><item><link>&x;</item></link><link href='http://[::1'/></link></channel>"
    nested = "<channel><entry><link href='http://[::1'/><channel><link>x</item></link><link href='http://[::1'/></link>"
    for payload in (broken, f"<rss version='2.0'><channel>{nested}"):
        with pytest.raises(UnreadableInput):
            pages(payload)


def test_utf16_feed() -> None:
    assert len(pages(RSS.replace("UTF-8", "UTF-16").encode("utf-16"))) == 3


def test_a_section_feed_and_a_page_of_its_host_are_one_outlet() -> None:
    (entry,) = pages(ATOM.replace("<title>The Ledger</title>", "<title>The Ledger - Business</title>"))
    page = Page(text=SENTENCE, url="https://www.ledger.example/9", fetched_at=NOW)
    assert outlet_slug(entry) == outlet_slug(page) == "ledger.example"
    assert entry.outlet_name == "The Ledger - Business"
    assert outlet_slug(replace(entry, url=None)) == "the-ledger-business"


def test_the_feeds_title_is_the_name_of_an_outlet_that_is_not_listed() -> None:
    article = read_article(pages(ATOM)[0], recorded_at=NOW)
    (outlet,) = Outlets().records([article], recorded_at=NOW, names={article.outlet_id: "The Ledger"})
    assert (outlet.outlet_id, outlet.name) == ("ledger.example", "The Ledger")
