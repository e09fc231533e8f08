"""Pages to articles: what is given wins, clean text stays, raw text loses its furniture, dates are never made up."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import Block, Page, Role, blocks, outlet_slug, read_article
from claims.errors import UnreadableText
from claims.records import Article, key
from claims.vocabulary import Basis

FETCHED = datetime(2024, 5, 1, 12, tzinfo=UTC)
PROSE = "The bridge will open in June, a senior official of the transport ministry said on Monday."
CLEAN = f"{PROSE}\n\nShare this article\n\n“It is late,” she said.\n\n{PROSE}"


def read(page: Page) -> Article:
    return read_article(page, recorded_at=FETCHED)


def roles(text: str) -> list[tuple[str, Role]]:
    return [(text[block.span.start : block.span.end], block.role) for block in blocks(text)]


def test_text_with_a_title_stays_as_it_is() -> None:
    article = read(Page(text=CLEAN, title="Bridge to open", fetched_at=FETCHED))
    assert (article.text, article.title) == (CLEAN, "Bridge to open")


def test_text_with_spans_stays_as_it_is_to_the_last_character() -> None:
    raw = f"Sport\r\n{PROSE}\x07\r\nRead more"
    article = read(Page(text=raw, attributions=(), fetched_at=FETCHED))
    assert article.text == raw
    assert article.title is None


def test_text_without_either_is_cleaned() -> None:
    assert read(Page(text=CLEAN, fetched_at=FETCHED)).text == f"{PROSE}\n\n“It is late,” she said."


def test_id_hangs_on_outlet_address_and_text_alone() -> None:
    page = Page(text=PROSE, title="T", url="https://www.ledger.example/a", fetched_at=FETCHED)
    article = read(page)
    assert article.article_id == key("article", "ledger.example", "https://www.ledger.example/a", PROSE)
    later = Page(text=PROSE, title="U", url=page.url, fetched_at=FETCHED + timedelta(days=1), raw_ref="sha256:x")
    assert read(later).article_id == article.article_id


@pytest.mark.parametrize(
    ("outlet", "url", "slug"),
    [
        ("The Daily Star (BD)", "https://x.example", "the-daily-star-bd"),
        (None, "https://www.x.example/a", "x.example"),
        (None, "https://m.x.example:8443/a", "x.example"),
        (None, None, "unknown"),
        ("***", "https://x.example", "x.example"),
        (None, "https://[broken", "unknown"),
    ],
)
def test_outlet_slug(outlet: str | None, url: str | None, slug: str) -> None:
    assert outlet_slug(Page(text="x", outlet=outlet, url=url, fetched_at=FETCHED)) == slug


EMPTY_PAGES = (
    Page(fetched_at=FETCHED, what="f"),
    Page(text=" \n", html=" ", fetched_at=FETCHED, what="f"),
    Page(text="--- 12 ---", title="T", fetched_at=FETCHED, what="f"),
    Page(text="Share this news\nAdvertisement", fetched_at=FETCHED, what="f"),
    Page(html="<html><body></body></html>", fetched_at=FETCHED, what="f"),
    Page(text="word " * 300_000, fetched_at=FETCHED, what="f"),
)


@pytest.mark.parametrize("page", EMPTY_PAGES)
def test_page_without_an_article_is_unreadable_and_named(page: Page) -> None:
    with pytest.raises(UnreadableText) as caught:
        read(page)
    assert caught.value.what == "f"


def test_terminal_codes_and_markup_leave_text_and_title() -> None:
    page = Page(
        text=f"{PROSE}\x1b[2J\x1b]0;owned\x07\u202e\n\nHe\u200b denied\x00 it.",
        title="A &amp; <b>B</b>\x1b[31m",
        fetched_at=FETCHED,
    )
    article = read(page)
    assert article.text == f"{PROSE}\n\nHe denied it."
    assert article.title == "A & B"


def test_title_keeps_what_only_looks_like_markup() -> None:
    assert (
        read(Page(text=PROSE, title="Inflation < 3 % and > 2 %", fetched_at=FETCHED)).title
        == "Inflation < 3 % and > 2 %"
    )


def test_caption_printed_twice_is_kept_once_and_marked() -> None:
    caption = "The minister visits the building site in Mombasa"
    text = f"Bridge to open at last\n{caption}\n{caption}\n{PROSE}\nIt is late, she said, and it cost too much."
    article = read(Page(text=text, fetched_at=FETCHED))
    assert article.title == "Bridge to open at last"
    assert [article.text[span.start : span.end] for span in article.captions] == [caption]
    assert article.text.count(caption) == 1


def test_paragraph_printed_twice_far_apart_is_kept_once_as_body() -> None:
    assert roles(f"{PROSE}\nShe said no.\n{PROSE}")[::2] == [(PROSE, Role.BODY), (PROSE, Role.FURNITURE)]


def test_short_answers_may_repeat() -> None:
    text = (
        f"{PROSE}\n“No,” she said.\n{PROSE[:-1]} again.\n“No,” she said.\nAnd that was all that she would say about it."
    )
    assert [role for _, role in roles(text)] == [Role.BODY] * 5


def test_links_below_a_heading_go_but_prose_below_it_stays() -> None:
    links = f"{PROSE}\nRelated stories\nTunnel closed again\nFerry runs late"
    assert [role for _, role in roles(links)] == [Role.BODY, Role.FURNITURE, Role.FURNITURE, Role.FURNITURE]
    inside = f"{PROSE}\nRelated stories\nTunnel closed again\n{PROSE[:-1]} too."
    assert [role for _, role in roles(inside)] == [Role.BODY, Role.FURNITURE, Role.FURNITURE, Role.BODY]


@pytest.mark.parametrize(
    "line",
    [
        "“Follow us,” the guide told the journalists.",
        "The post was first reported by two officials in the ministry on Friday.",
        "He will read more at home.",
        "Share prices fell.",
        "By 2030 the country expects to have closed its mines.",
        "Sources: the ministry has no plan.",
        "Advertising spending fell, he said.",
        "Watch the border, a diplomat said.",
        "Published accounts differ, the lawyer said.",
        "Related charges were dropped.",
        "Photo ID will be required, officials said.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    assert (line, Role.BODY) in roles(f"{PROSE}\n{line}\n{PROSE[:-1]} again.")


def test_given_credit_byline_and_title_win() -> None:
    text = f"By Jane Doe\nNAIROBI (Reuters) - {PROSE}"
    article = read(Page(text=text, credit="agence france-presse", byline="Jo Roe", fetched_at=FETCHED))
    assert (article.credit, article.byline) == ("AFP", "Jo Roe")


# Dates


def dated(**given: object) -> Article:
    return read(Page(text=PROSE, title="T", fetched_at=FETCHED, **given))  # type: ignore[arg-type]  # fields by name


def test_given_day_is_the_whole_day_and_given_moment_a_moment() -> None:
    day = dated(published="2024-03-09")
    assert (day.published_earliest, day.published_latest) == (
        datetime(2024, 3, 9, tzinfo=UTC),
        datetime(2024, 3, 9, 23, 59, 59, tzinfo=UTC),
    )
    moment = dated(published="2024-03-09T23:30:00-05:00", published_basis=Basis.FEED)
    assert moment.published_earliest == moment.published_latest == datetime(2024, 3, 10, 4, 30, tzinfo=UTC)
    assert (day.published_basis, moment.published_basis) == (Basis.USER, Basis.FEED)


def test_day_of_the_fetch_ends_with_the_fetch() -> None:
    assert dated(published="2024-05-01").published_latest == FETCHED


@pytest.mark.parametrize("published", ["2024-05-03", "2024-05-02T12:00:01Z", "soon", "", "9999-12-31T23:59:59-14:00"])
def test_impossible_given_dates_are_refused_not_replaced_by_today(published: str) -> None:
    article = dated(published=published)
    assert (article.published_earliest, article.published_latest) == (None, None)
    assert article.published_basis is Basis.UNKNOWN


def test_refused_date_is_told_in_the_evidence() -> None:
    assert "2024-05-03" in (dated(published="2024-05-03").published_evidence or "")


@pytest.mark.parametrize("published", ["2024-05-02", "2024-05-01T12:00:01Z", "2024-05-02T11:00:00+00:00"])
def test_a_clock_that_is_ahead_by_less_than_a_day_dates_an_article_before_its_fetch(published: str) -> None:
    article = dated(published=published)
    assert article.published_basis is Basis.USER
    assert article.published_earliest is not None
    assert FETCHED - timedelta(days=1) <= article.published_earliest <= FETCHED
    assert article.published_latest == FETCHED


# Laws

lines = st.sampled_from(
    [
        "",
        "World",
        "5 years ago",
        "Share this news",
        "Bridge to open",
        PROSE,
        PROSE,
        "Photo: AFP",
        "Published :",
        "By Jane Doe",
        "“No,” she said.",
        "Related stories",
        "12 March 2019",
        "A ship at sea, January 5, 2019. REUTERS/J. Doe",
    ]
)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_blocks_lie_in_order_inside_the_text_and_cover_every_line(text: str) -> None:
    found: tuple[Block, ...] = blocks(text)
    assert [text[block.span.start : block.span.end] for block in found] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))


@given(st.text(max_size=300))
def test_any_text_gives_blocks_or_an_article_or_unreadable_text(text: str) -> None:
    assert all(text[block.span.start : block.span.end].strip() for block in blocks(text))
    try:
        article = read(Page(text=text, fetched_at=FETCHED))
    except UnreadableText:
        return
    assert article.text.strip()
    assert all(0 <= span.start < span.end <= len(article.text) for span in article.captions)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_cleaning_only_takes_whole_lines_away(text: str) -> None:
    try:
        article = read(Page(text=text, fetched_at=FETCHED))
    except UnreadableText:
        return
    assert set(article.text.split("\n\n")) <= {line.strip() for line in text.split("\n")}


@pytest.mark.parametrize("printed", ["By Jo Roe", "by  Jo Roe", "BY: Jo Roe", "Jo Roe"])
def test_a_byline_is_the_name_without_by(printed: str) -> None:
    assert read(Page(text=PROSE, title="A bridge", byline=printed, fetched_at=FETCHED)).byline == "Jo Roe"
