"""What a page says about itself, each value with its place; dates after the fetch never."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.articles import Page, read_page
from claims.page_records import PageFacts
from claims.records import Article
from claims.vocabulary import Basis, Form

FETCHED = datetime(2024, 5, 1, 12, tzinfo=UTC)
PROSE = (
    "The bridge over the strait will open in June, a month later than planned, a senior official of the ministry said.",
    "Two engineers who worked on the pylons, and who asked not to be named, doubted that it would be ready in time.",
    "“It will take longer,” one of them said, and added that the paint would need three more weeks of dry weather.",
)
LINKED = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge to open in June",
"datePublished": "2024-04-30T10:00:00Z", "dateModified": "2024-05-01T09:30:00Z", "articleSection": ["World", "Travel"],
"isAccessibleForFree": "False", "author": {"name": "Jane Doe"}, "publisher": {"name": "The Ledger"},
"correction": "An earlier version of this article misstated the month."}</script>"""


def read(head: str = "", *paragraphs: str, **given: object) -> tuple[Article, PageFacts]:
    body = "".join(f"<p>{line}</p>" for line in (*PROSE, *paragraphs))
    html = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><article>{body}</article></body></html>'
    fields = {"html": html, "url": "https://ledger.example/2024/bridge?utm_source=x", "fetched_at": FETCHED, **given}
    return read_page(Page(**fields), recorded_at=FETCHED)  # type: ignore[arg-type]  # by name


def test_linked_data_with_its_places() -> None:
    article, facts = read(LINKED + '<link rel="canonical" href="https://www.ledger.example/2024/bridge">')
    assert article.url == "https://ledger.example/2024/bridge?utm_source=x"
    assert (facts.address, facts.canonical_url) == (
        "https://ledger.example/2024/bridge",
        "https://www.ledger.example/2024/bridge",
    )
    assert (facts.canonical_from, facts.form) == ("link canonical", Form.PAGE)
    assert (facts.section, facts.section_from) == ("World, Travel", "JSON-LD articleSection")
    assert (facts.modified_at, facts.modified_from) == (
        datetime(2024, 5, 1, 9, 30, tzinfo=UTC),
        "JSON-LD dateModified",
    )
    assert (facts.is_paywalled, facts.paywall_from) == (True, "JSON-LD isAccessibleForFree")
    assert (facts.outlet_name, facts.outlet_name_from) == ("The Ledger", "JSON-LD publisher")
    assert (facts.title_from, facts.byline_from) == ("JSON-LD headline", "JSON-LD author")
    assert (facts.correction_notice, facts.language_from) == (
        "An earlier version of this article misstated the month.",
        "text",
    )
    assert article.published_earliest == datetime(2024, 4, 30, 10, tzinfo=UTC)


def test_a_page_that_says_nothing_is_known_by_nothing() -> None:
    _, facts = read()
    said = (facts.canonical_url, facts.section, facts.modified_at, facts.is_paywalled, facts.paywall_from)
    assert said == (None,) * 5
    assert (facts.correction_notice, facts.update_notice, facts.credit_from) == (None, None, None)
    assert facts.address == "https://ledger.example/2024/bridge"


@pytest.mark.parametrize(("ahead", "kept"), [(timedelta(hours=5), True), (timedelta(days=2), False)])
def test_a_time_of_change_after_the_fetch(ahead: timedelta, kept: bool) -> None:
    at = (FETCHED + ahead).isoformat()
    _, facts = read(f'<meta property="article:modified_time" content="{at}">')
    assert facts.modified_at == (FETCHED if kept else None)
    assert (facts.modified_from is not None) is kept


@pytest.mark.parametrize(
    ("tier", "paywalled"), [("free", False), ("metered", True), ("locked", True), ("Public", False)]
)
def test_tiers_of_content(tier: str, paywalled: bool) -> None:
    _, facts = read(f'<meta property="article:content_tier" content="{tier}">')
    assert facts.is_paywalled is paywalled


def test_notices_stand_in_the_text_or_are_set_apart_by_the_markup() -> None:
    update = "This story has been updated with a statement from the ministry."
    note = "Correction: An earlier version of this article gave the wrong month."
    _, facts = read("", update, f'</p><div class="article-correction">{note}</div><p>')
    assert (facts.correction_notice, facts.update_notice) == (note, update)


@pytest.mark.parametrize(
    ("head", "paragraph", "given", "credit", "place"),
    [
        ("", "(Reporting by A. Smith; Editing by B. Jones)", {}, "Reuters", "sign-off"),
        ('<meta name="author" content="Reuters">', "", {}, "Reuters", "meta author"),
        ('<meta name="syndication-source" content="AFP">', "", {}, "AFP", "meta syndication-source"),
        ("", "", {"credit": "AP"}, "AP", "given"),
        ("", "", {"credit": "AP", "published_basis": Basis.FEED}, "AP", "given with the feed"),
        ("", "", {}, None, None),
    ],
)
def test_whose_copy_it_is_and_how_that_is_known(
    head: str, paragraph: str, given: dict[str, object], credit: str | None, place: str | None
) -> None:
    article, facts = read(head, paragraph, **given)
    assert (article.credit, facts.credit_from) == (credit, place)


def test_an_agency_on_its_own_site_credits_nobody() -> None:
    article, _ = read('<meta name="author" content="Reuters">', url="https://www.reuters.com/world/bridge")
    assert article.credit is None


def test_what_a_feed_carries_is_an_entry_and_pasted_text_is_text() -> None:
    entry, pasted = (
        read_page(Page(fetched_at=FETCHED, **fields), recorded_at=FETCHED)[1]  # type: ignore[arg-type]  # by name
        for fields in (
            {"html": f"<p>{PROSE[0]}</p>", "published_basis": Basis.FEED, "url": "https://ledger.example/1"},
            {"text": "\n\n".join(PROSE)},
        )
    )
    assert (entry.form, entry.address) == (Form.ENTRY, "https://ledger.example/1")
    assert (pasted.form, pasted.address) == (Form.TEXT, None)
