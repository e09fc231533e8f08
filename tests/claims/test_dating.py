"""Texts to intervals: what a text says about its own date, and nothing it does not say."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dating import date_as_given, date_from_text
from claims.mentions import dates_mentioned
from claims.vocabulary import Basis

FETCHED = datetime(2026, 3, 1, 9, tzinfo=UTC)
STORY = (
    "The army is holding talks with the rebels, a senior officer said.\n\n"
    "Few soldiers have changed sides since Okello declared himself president {words}.\n\n"
    "The officer declined to say more about the talks, and nobody expects them to end soon."
)


def days(text: str, *, fetched_at: datetime = FETCHED) -> tuple[date, date] | None:
    dating = date_from_text(text, fetched_at=fetched_at)
    if dating.earliest is None or dating.latest is None:
        assert dating.basis is Basis.UNKNOWN
        return None
    assert dating.basis is Basis.TEXT
    assert dating.evidence
    return dating.earliest.date(), dating.latest.date()


def pictured(day: str, words: str, *, label: str = "") -> str:
    caption = f"Soldiers loyal to President Okello parade in the capital, {day}."
    return f"{label}\nArmy in talks with rebels\n{caption}\n{caption}\n" + STORY.format(words=words)


def day(year: int, month: int, number: int) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("picture", "words", "interval"),
    [
        ("January 26, 2019", "last month", (day(2019, 2, 1), day(2019, 2, 28))),
        ("26 December 2019", "last month", (day(2020, 1, 1), day(2020, 1, 31))),
        ("26 January 2019", "earlier this month", (day(2019, 1, 26), day(2019, 1, 31))),
        ("26 January 2019", "last week", (day(2019, 1, 27), day(2019, 2, 9))),
        ("26 January 2019", "last year", (day(2020, 1, 1), day(2020, 12, 31))),
        ("26 January 2019", "on Saturday", (day(2019, 1, 26), day(2019, 2, 1))),
        ("26 January 2019", "on Sunday", (day(2019, 1, 26), FETCHED.date())),
        ("26 January 2019", "without a vote", (day(2019, 1, 26), FETCHED.date())),
    ],
)
def test_words_that_count_back_are_tied_to_a_dated_picture(
    picture: str, words: str, interval: tuple[date, date]
) -> None:
    assert days(pictured(picture, words)) == interval


def test_words_about_somebody_else_are_not_tied_to_the_picture() -> None:
    text = (
        pictured("26 January 2019", "by decree")
        + "\n\nA tanker ran aground off Kalmar last month, the coastguard said."
    )
    assert days(text) == (day(2019, 1, 26), FETCHED.date())


def test_an_old_picture_is_a_bound_but_ties_nothing() -> None:
    text = pictured("26 January 2019", "last month").replace("Soldiers loyal", "FILE PHOTO: Soldiers loyal")
    assert days(text) == (day(2019, 1, 26), FETCHED.date())


def test_label_counts_only_near_a_date_of_the_text() -> None:
    text = pictured("26 January 2019", "by decree", label="5 years ago")
    near = datetime(2024, 6, 15, tzinfo=UTC)
    found = days(text, fetched_at=near)
    assert found is not None
    assert found[0] == day(2019, 1, 26)
    assert day(2019, 6, 15) <= found[1] <= day(2019, 12, 31)
    assert days(text) == (day(2019, 1, 26), FETCHED.date())


@pytest.mark.parametrize("label", ["5 years ago", "2 hours ago", "3 days ago", "Published :\nUpdated :"])
def test_label_alone_dates_nothing(label: str) -> None:
    assert days(f"World\n{label}\nArmy in talks with rebels\n" + STORY.format(words="last month")) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The vote will be held on 5 March 2025.",
        "The lease runs until 31 December 2025.",
        "The law of 1215 still holds.",
        "He was born in 1961 and came to power in 2015.",
        "The treaty was signed on 3 May 1951.",
        "Their flight is due on 4/12/2025.",
        "It is to be finished by the end of January 2026.",
        "They meet today, on Tuesday and next week.",
        "It opens on 3 April 2031.",
        "The December 2019 issue of the magazine has the details.",
    ],
)
def test_what_dates_nothing(sentence: str) -> None:
    assert days(STORY.format(words="last month") + "\n\n" + sentence) is None


@pytest.mark.parametrize(
    ("sentence", "earliest"),
    [
        ("The bridge was closed on 3 April 2019.", day(2019, 4, 3)),
        ("The bridge was closed on April 3rd, 2019.", day(2019, 4, 3)),
        ("The bridge was closed in Sept. 2019 and has been since.", day(2019, 9, 1)),
        ("The bridge was closed on 2019-04-03.", day(2019, 4, 3)),
        ("The bridge was closed on 13/04/2019.", day(2019, 4, 13)),
        ("The bridge was closed on 03/04/2019.", day(2019, 3, 4)),
        ("The bridge was closed on 03.04.2019.", day(2019, 4, 3)),
        ("It was closed on 3 April 2019; it will open on 5 May 2025.", day(2019, 4, 3)),
    ],
)
def test_a_past_date_is_the_earliest_bound(sentence: str, earliest: date) -> None:
    assert days(STORY.format(words="by decree") + "\n\n" + sentence) == (earliest, FETCHED.date())


@pytest.mark.parametrize(
    ("lines", "interval"),
    [
        ("Published: 12 March 2021, 10:30 IST", (day(2021, 3, 12), day(2021, 3, 12))),
        ("March 12, 2021", (day(2021, 3, 12), day(2021, 3, 12))),
        ("By Jane Doe | Fri 12 Mar 2021 | 4 min read", (day(2021, 3, 12), day(2021, 3, 12))),
        ("Posted on 12 March 2021\nUpdated on 15 March 2021", (day(2021, 3, 12), day(2021, 3, 12))),
        ("Updated: 15 March 2021", (day(2021, 3, 15), day(2021, 3, 15))),
    ],
)
def test_a_printed_stamp_settles_it(lines: str, interval: tuple[date, date]) -> None:
    assert days(f"Army in talks with rebels\n{lines}\n" + STORY.format(words="last month")) == interval


def test_days_that_differ_at_the_top_belong_to_other_articles() -> None:
    links = "Flood in the south\n5 March 2020\nFerry runs late\n6 March 2020\nArmy in talks with rebels"
    assert days(f"{links}\n{STORY.format(words='last month')}") is None


def test_a_dateline_without_its_year_follows_a_dated_picture() -> None:
    story = "KAMPALA, Feb 8 (Reuters) - " + STORY.format(words="by decree")
    text = f"Soldiers parade in Kampala, December 26, 2018. REUTERS/J. Doe\n{story}"
    assert days(text) == (day(2019, 2, 8), day(2019, 2, 9))
    assert days(f"FILE PHOTO: {text}") == (day(2018, 12, 26), FETCHED.date())


def test_an_update_is_the_latest_bound() -> None:
    text = f"Army in talks\nUpdated: 15 March 2021\n{STORY.format(words='by decree')}\n\nThe base fell on 2 March 2021."
    assert days(text) == (day(2021, 3, 2), day(2021, 3, 15))


def test_a_dateline_with_its_year_settles_it() -> None:
    text = "KAMPALA, March 12, 2021 (Reuters) - " + STORY.format(words="last month")
    assert days(text) == (day(2021, 3, 12), day(2021, 3, 13))


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("today, 12 March 2021", (day(2021, 3, 12), day(2021, 3, 12))),
        ("yesterday (12 March 2021)", (day(2021, 3, 13), day(2021, 3, 13))),
        ("on Friday (12 March 2021)", (day(2021, 3, 12), day(2021, 3, 19))),
    ],
)
def test_words_beside_a_date(words: str, interval: tuple[date, date]) -> None:
    assert days(STORY.format(words=words)) == interval


def test_fetch_in_another_zone_is_the_same_moment() -> None:
    zone = timezone(timedelta(hours=-11))
    text = STORY.format(words="by decree") + "\n\nThe base fell on 1 March 2026."
    assert date_from_text(text, fetched_at=FETCHED.astimezone(zone)) == date_from_text(text, fetched_at=FETCHED)


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        ("2019-02-08", (day(2019, 2, 8), day(2019, 2, 8))),
        ("20190208", (day(2019, 2, 8), day(2019, 2, 8))),
        ("2019-02", (day(2019, 2, 1), day(2019, 2, 28))),
        ("2019", (day(2019, 1, 1), day(2019, 12, 31))),
        ("8 February 2019", (day(2019, 2, 8), day(2019, 2, 8))),
        (" February  8, 2019 ", (day(2019, 2, 8), day(2019, 2, 8))),
        ("Fri, 08 Feb 2019 23:30:00 -0500", (day(2019, 2, 9), day(2019, 2, 9))),
        ("2019-02-08T10:00Z", (day(2019, 2, 8), day(2019, 2, 8))),
        ("2019-02-30", None),
        ("2019-13", None),
        ("0000", None),
        ("8 February 2019 or so", None),
        ("2026-03-02", (day(2026, 3, 1), day(2026, 3, 1))),  # a clock that is ahead
        ("2026-03-03", None),
        ("2027", None),
        ("now", None),
        ("", None),
    ],
)
def test_given_dates(value: str, interval: tuple[date, date] | None) -> None:
    dating = date_as_given(value, fetched_at=FETCHED, basis=Basis.USER, evidence="given")
    if dating is None or dating.earliest is None or dating.latest is None:
        assert interval is None
    else:
        assert (dating.earliest.date(), dating.latest.date()) == interval


def test_year_of_the_fetch_ends_with_the_fetch() -> None:
    dating = date_as_given("2026", fetched_at=FETCHED, basis=Basis.USER, evidence="given")
    assert dating is not None
    assert dating.latest == FETCHED


@given(st.text(alphabet="0123456789-:TZ+/., FebMarn\x00é", max_size=25))
def test_any_given_date_is_read_or_refused(value: str) -> None:
    dating = date_as_given(value, fetched_at=FETCHED, basis=Basis.USER, evidence="given")
    if dating is not None and dating.earliest is not None and dating.latest is not None:
        assert dating.earliest <= dating.latest <= FETCHED


def test_a_fuller_date_hides_the_month_in_it() -> None:
    assert [(mention.first, mention.last) for mention in dates_mentioned("on 3 April 2019, not in May 2019")] == [
        (day(2019, 4, 3), day(2019, 4, 3)),
        (day(2019, 5, 1), day(2019, 5, 31)),
    ]


@pytest.mark.parametrize("text", ["31 February 2019", "2019-13-01", "99/99/2019", "version 12.04.20191", "May 2019%"])
def test_what_is_no_date(text: str) -> None:
    assert dates_mentioned(text) == ()


moments = st.integers(0, 14_000).map(lambda hours: datetime(1995, 1, 1, tzinfo=UTC) + timedelta(hours=25 * hours))
dates = st.dates(date(1980, 1, 1), date(2040, 1, 1))
formats = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d/%m/%Y", "%b %Y"])
frames = st.sampled_from(
    [
        "Published: {}",
        "Updated: {}",
        "{}",
        "KYIV, {} (AP) - The war went on, an officer told Okello.",
        "It fell on {}.",
        "Okello stands by a tank, {}.",
        "Today, {}, Okello spoke.",
        "It will end on {}.",
        "Okello left last month.",
        "5 years ago",
        "Okello spoke on Friday.",
        "Okello, who left on {}, spoke to the officers of the guard for the first time.",
    ]
)
texts = st.lists(
    st.builds(lambda frame, day, form: frame.format(day.strftime(form)), frames, dates, formats), max_size=8
)


@given(texts.map("\n".join), moments)
def test_never_after_the_fetch_and_never_upside_down(text: str, fetched_at: datetime) -> None:
    dating = date_from_text(text, fetched_at=fetched_at)
    assert (dating.earliest is None) == (dating.latest is None) == (dating.basis is Basis.UNKNOWN)
    if dating.earliest is not None and dating.latest is not None:
        assert dating.earliest <= dating.latest <= fetched_at


@given(texts.map("\n".join), moments, st.integers(0, 3_000))
def test_what_dates_a_text_dates_it_at_a_later_fetch_too(text: str, fetched_at: datetime, later: int) -> None:
    first = date_from_text(text, fetched_at=fetched_at)
    second = date_from_text(text, fetched_at=fetched_at + timedelta(days=later))
    assert first.basis is Basis.UNKNOWN or second.basis is Basis.TEXT


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "0001-01-01", "0001", "1601-01-01T00:00:00+00:00"])
def test_what_software_writes_for_no_date_is_none(value: str) -> None:
    assert date_as_given(value, fetched_at=FETCHED, basis=Basis.FEED, evidence="pubDate") is None


def test_an_old_newspaper_has_its_date() -> None:
    dating = date_as_given("1815-06-22", fetched_at=FETCHED, basis=Basis.USER, evidence="given")
    assert dating is not None
    assert dating.earliest == datetime(1815, 6, 22, tzinfo=UTC)
