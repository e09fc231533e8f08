"""HTML pages: text, captions, and what the page says about itself."""

from datetime import UTC, date, datetime

import pytest

from claims.articles import Page, read_article
from claims.errors import UnreadableText
from claims.head import read_head
from claims.markup import MAX_CHARACTERS, MAX_TAGS, check_shape, parse
from claims.records import Article
from claims.vocabulary import Basis

FETCHED = datetime(2024, 5, 1, 12, tzinfo=UTC)
ONE = (
    "The bridge over the strait will open in June, a month later than planned, a senior official of the ministry said."
)
TWO = "Two engineers who worked on the pylons, and who asked not to be named, doubted that it would be ready in time."
CAPTION = "The bridge seen from the northern shore."
BODY = f"""<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Bridge to open in June</h1>
<p>{ONE}</p><figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure><p>{TWO}</p><p>Share this article</p>
<p>“It will take longer,” one of them said, and added that the paint would need three more weeks of dry weather.</p>
</article><footer>Cookie settings</footer>"""
JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "Bridge to open in June", "datePublished": "2024-04-30T10:00:00+02:00",
"dateModified": "2024-04-30T12:00:00Z",
"author": [{"@type": "Person", "name": "Jane Doe"}, "Luis Cruz"], "publisher": {"name": "The Ledger"}}]}</script>"""


def page(head: str, body: str = BODY) -> str:
    return f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def read(html: str, **given: str) -> Article:
    return read_article(Page(html=html, fetched_at=FETCHED, **given), recorded_at=FETCHED)  # type: ignore[arg-type]  # by name


def test_page_with_linked_data() -> None:
    article = read(page(JSON_LD + '<link rel="canonical" href="https://www.ledger.example/bridge">'))
    assert (article.title, article.byline) == ("Bridge to open in June", "Jane Doe, Luis Cruz")
    assert (article.url, article.outlet_id) == ("https://www.ledger.example/bridge", "ledger.example")
    assert article.published_earliest == article.published_latest == datetime(2024, 4, 30, 8, tzinfo=UTC)
    assert (article.published_basis, article.language) == (Basis.PAGE, "en")
    assert article.text.startswith(ONE)
    assert TWO in article.text
    assert "Share this" not in article.text
    assert "Cookie" not in article.text


def test_given_values_win_over_the_pages_own() -> None:
    article = read(
        page(JSON_LD), title="T", byline="B", published="2024-03-01", url="https://x.example/1", outlet="Other"
    )
    assert (article.title, article.byline, article.url, article.outlet_id) == ("T", "B", "https://x.example/1", "other")
    assert article.published_basis is Basis.USER


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-04-29">', date(2024, 4, 29)),
        ('<meta name="DC.date.issued" content="2024-04-28">', date(2024, 4, 28)),
        ('<meta itemprop="datePublished" content="2024-04-27T23:00:00Z">', date(2024, 4, 27)),
    ],
)
def test_dates_in_the_head(head: str, day: date) -> None:
    article = read(page(head))
    assert article.published_earliest is not None
    assert article.published_earliest.date() == day
    assert article.published_basis is Basis.PAGE


def test_a_date_after_the_fetch_is_refused() -> None:
    article = read(page('<meta property="article:published_time" content="2025-01-01">'))
    assert article.published_basis is Basis.UNKNOWN
    assert "refused" in (article.published_evidence or "")


def test_page_without_any_date_is_not_dated_today() -> None:
    assert read(page("<title>Bridge to open</title>")).published_basis is Basis.UNKNOWN


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge to open in June - The Ledger</title>", "Bridge to open in June"),
        ('<meta property="og:title" content="Bridge &amp; tunnel | The Ledger">', "Bridge & tunnel"),
        ("", "Bridge to open in June"),
    ],
)
def test_title(head: str, title: str) -> None:
    assert read_head(parse(page(head))).title == title


@pytest.mark.parametrize(
    "script", ["{broken", "[" * 5_000, '{"@type": 7, "author": {"name": 5}}', '{"@type": "NewsArticle"}', "null"]
)
def test_bad_linked_data_hurts_nobody(script: str) -> None:
    article = read(page(f'<script type="application/ld+json">{script}</script><meta name="author" content="Jane Doe">'))
    assert article.byline == "Jane Doe"


def test_captions_are_marked_where_the_text_holds_them() -> None:
    fragment = f"<p>{ONE}</p><figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure><p>{TWO}</p>"
    article = read(fragment, title="T")
    assert [article.text[span.start : span.end] for span in article.captions] == [CAPTION]


def test_fragment_keeps_its_lines_and_loses_scripts_and_comments() -> None:
    article = read(
        f"<!-- x --><p>{ONE}</p><script>alert(1)</script><style>p</style>Tail<br>of it.<ul><li>Three</li></ul>",
        title="T",
    )
    assert article.text.split("\n\n") == [ONE, "Tail", "of it.", "Three"]


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 1_001, "<!-- <p> --><b>" * 2_000, "a" * (MAX_CHARACTERS + 1), "<br>" * (MAX_TAGS + 2), "<x:y>" * 1_001],
)
def test_shapes_that_no_parser_should_see(markup: str) -> None:
    with pytest.raises(UnreadableText) as caught:
        check_shape(markup, what="f")
    assert caught.value.what == "f"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 900,
        "<p>x" * 5_000,
        "<div></div>" * 5_000,
        "<path d='x'/>" * 5_000,
        "<!--" + "<b>" * 5_000,
        "<script>" * 50_000,
        "<script>" + "<b>" * 5_000 + "</script>",
        "</div>" * 5_000,
        "<" * 100_000,
        "<!--" * 50_000,
    ],
)
def test_shapes_that_are_no_danger(markup: str) -> None:
    check_shape(markup)
