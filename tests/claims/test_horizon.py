"""Horizons: wordings with their intervals, the policy for unstated ones, and that none lies before publication."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.horizon import find_horizon, policy_version, read_expression, set_due
from claims.vocabulary import Kind

# A Wednesday.
PUBLISHED = datetime(2019, 2, 20, 9, 30, tzinfo=UTC)
TODAY = "2019-02-20"
MOMENTS = st.integers(0, 90 * 365 * 24).map(lambda hours: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours))

INTERVALS = [
    ("by the end of the year", TODAY, "2019-12-31"),
    ("by year-end", TODAY, "2019-12-31"),
    ("before the end of the year", TODAY, "2019-12-31"),
    ("by the end of next year", TODAY, "2020-12-31"),
    ("by the end of the month", TODAY, "2019-02-28"),
    ("by the end of March", TODAY, "2019-03-31"),
    ("by the end of this decade", TODAY, "2019-12-31"),
    ("by the end of 2021", TODAY, "2021-12-31"),
    ("by March", TODAY, "2019-03-31"),
    ("by January", TODAY, "2020-01-31"),
    ("by Feb. 10", TODAY, "2020-02-10"),
    ("by 15 June 2021", TODAY, "2021-06-15"),
    ("by June 15", TODAY, "2019-06-15"),
    ("before March 15", TODAY, "2019-03-14"),
    ("by 2050", TODAY, "2050-12-31"),
    ("by mid-2025", TODAY, "2025-08-31"),
    ("by early 2021", TODAY, "2021-03-31"),
    ("by Friday", TODAY, "2019-02-22"),
    ("before Friday", TODAY, "2019-02-21"),
    ("until Thursday", TODAY, "2019-02-21"),
    ("by tomorrow", TODAY, "2019-02-21"),
    ("by midnight Friday", TODAY, "2019-02-22"),
    ("before the deadline at midnight Friday", TODAY, "2019-02-22"),
    ("within days", TODAY, "2019-03-06"),
    ("within weeks", TODAY, "2019-04-21"),
    ("within a week", TODAY, "2019-02-27"),
    ("within 48 hours", TODAY, "2019-02-22"),
    ("within two years", TODAY, "2021-02-20"),
    ("in three months' time", TODAY, "2019-05-20"),
    ("in six weeks", TODAY, "2019-04-03"),
    ("in a matter of weeks", TODAY, "2019-04-21"),
    ("ten days from now", TODAY, "2019-03-02"),
    ("in the next 10 days", TODAY, "2019-03-02"),
    ("over the next six months", TODAY, "2019-08-20"),
    ("over the next year", TODAY, "2020-02-20"),
    ("in the next few days", TODAY, "2019-03-06"),
    ("in the coming weeks", TODAY, "2019-04-21"),
    ("in the coming months", TODAY, "2020-02-20"),
    ("in the months ahead", TODAY, "2020-02-20"),
    ("for years to come", TODAY, "2024-02-19"),
    ("this week", TODAY, "2019-02-24"),
    ("next week", "2019-02-25", "2019-03-03"),
    ("as early as next week", "2019-02-25", "2019-03-03"),
    ("this weekend", "2019-02-23", "2019-02-24"),
    ("over the weekend", "2019-02-23", "2019-02-24"),
    ("this month", TODAY, "2019-02-28"),
    ("later this month", TODAY, "2019-02-28"),
    ("next month", "2019-03-01", "2019-03-31"),
    ("at the start of next month", "2019-03-01", "2019-03-11"),
    ("next quarter", "2019-04-01", "2019-06-30"),
    ("this summer", "2019-06-01", "2019-08-31"),
    ("this year", TODAY, "2019-12-31"),
    ("later this year", TODAY, "2019-12-31"),
    ("next year", "2020-01-01", "2020-12-31"),
    ("early next year", "2020-01-01", "2020-05-01"),
    ("in the second half of the year", "2019-07-01", "2019-12-31"),
    ("in the first half of 2024", "2024-01-01", "2024-06-30"),
    ("in 2020", "2020-01-01", "2020-12-31"),
    ("in the 2030s", "2030-01-01", "2039-12-31"),
    ("late October", "2019-10-20", "2019-10-31"),
    ("in mid-April", "2019-04-10", "2019-04-20"),
    ("on March 3", "2019-03-03", "2019-03-03"),
    ("on 1 January", "2020-01-01", "2020-01-01"),
    ("next Tuesday", "2019-02-26", "2019-02-26"),
    ("next Friday", "2019-03-01", "2019-03-01"),
    ("on Friday", "2019-02-22", "2019-02-22"),
    ("tomorrow", "2019-02-21", "2019-02-21"),
    ("tonight", TODAY, TODAY),
    ("before the season starts on 9 August", TODAY, "2019-08-09"),
    ("ahead of the summit on March 12", TODAY, "2019-03-12"),
    ("before the polls open on Sunday", TODAY, "2019-02-24"),
    ("by Christmas", TODAY, "2019-12-25"),
    ("before New Year's Eve", TODAY, "2019-12-30"),
    ("as early as June", "2019-06-01", "2019-06-30"),
    ("as soon as late April", "2019-04-20", "2019-04-30"),
    ("in the summer", "2019-06-01", "2019-08-31"),
    ("until the second quarter", TODAY, "2019-06-30"),
    ("by the first quarter of next year", TODAY, "2020-03-31"),
    ("until the third quarter of 2021", TODAY, "2021-09-30"),
    ("in the fourth quarter", "2019-10-01", "2019-12-31"),
    ("by midnight", TODAY, "2019-02-21"),
    ("end the year", TODAY, "2019-12-31"),
    ("for the rest of the year", TODAY, "2019-12-31"),
    ("for the remainder of the month", TODAY, "2019-02-28"),
    ("until the end of March", TODAY, "2019-03-31"),
]


GOLD = Path(__file__).parents[1] / "gold" / "horizons.tsv"
FURTHER = [line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def days(words: str) -> tuple[str, str] | None:
    read = read_expression(words, earliest=PUBLISHED, latest=PUBLISHED)
    return (read[0].date().isoformat(), read[1].date().isoformat()) if read else None


@pytest.mark.parametrize(("words", "earliest", "latest"), INTERVALS, ids=[row[0] for row in INTERVALS])
def test_intervals(words: str, earliest: str, latest: str) -> None:
    assert find_horizon(f"The minister said it would happen {words}.") == words
    assert days(words) == (earliest, latest)


@pytest.mark.parametrize(("words", "earliest", "latest"), FURTHER, ids=[row[0] for row in FURTHER])
def test_further_wordings(words: str, earliest: str, latest: str) -> None:
    assert find_horizon(f"The minister said it would happen {words}.") == words
    assert days(words) == (None if earliest == "-" else (earliest, latest))


@given(words=st.sampled_from([row[0] for row in (*INTERVALS, *FURTHER)]), made=MOMENTS)
def test_no_wording_means_a_day_before_publication(words: str, made: datetime) -> None:
    read = read_expression(words, earliest=made, latest=made)
    assert read is None or made <= read[0] <= read[1]


@pytest.mark.parametrize(
    ("hour", "words", "latest"),
    [
        (11, "this week", "2019-02-24"),
        (12, "this week", "2019-03-03"),
        (22, "by the end of the week", "2019-03-03"),
        (22, "next week", "2019-03-03"),
        (22, "this weekend", "2019-02-24"),
    ],
)
def test_late_on_a_sunday_this_week_is_the_week_ahead(hour: int, words: str, latest: str) -> None:
    sunday = datetime(2019, 2, 24, hour, tzinfo=UTC)
    read = read_expression(words, earliest=sunday, latest=sunday)
    assert read is not None
    assert read[0] >= sunday
    assert read[1].date().isoformat() == latest


@pytest.mark.parametrize(
    "words", ["before the election", "after the summit", "next time", "soon", "during the next session"]
)
def test_open_horizons_keep_their_words(words: str) -> None:
    assert find_horizon(f"it will end {words}") is not None
    assert days(words) is None


def test_who_does_it_is_no_part_of_the_horizon() -> None:
    assert find_horizon("The law will be signed by the president on 9 August.") == "on 9 August"


@pytest.mark.parametrize("words", ["in 2018", "in 1998"])
def test_a_year_that_has_passed_bounds_nothing(words: str) -> None:
    assert days(words) is None


@pytest.mark.parametrize("text", ["The road was closed.", "Farmers grow wheat", "two years ago", ""])
def test_no_horizon(text: str) -> None:
    assert find_horizon(text) is None


def due(text: str, kind: Kind, horizon: str | None = None, *, trackable: bool = True) -> tuple[int | None, str | None]:
    found = set_due(text, kind, horizon=horizon, made=(PUBLISHED, PUBLISHED), trackable=trackable)
    return (found.latest - PUBLISHED).days if found.latest else None, found.policy


@pytest.mark.parametrize(
    ("text", "kind", "length"),
    [
        ("a deal is imminent", Kind.PREDICTION, 14),
        ("the army is about to move", Kind.PREDICTION, 14),
        ("further military defections", Kind.PREDICTION, 90),
        ("is preparing new sanctions", Kind.INTENTION, 90),
        ("the ministry plans a reform", Kind.INTENTION, 365),
        ("the ministry plans a reform", Kind.PREDICTION, None),
        ("the sea will rise", Kind.PREDICTION, None),
    ],
)
def test_the_policy_for_unstated_horizons(text: str, kind: Kind, length: int | None) -> None:
    assert due(text, kind) == (length, policy_version() if length else None)


def test_a_fact_is_due_at_once_and_an_opinion_never() -> None:
    assert due("it rained", Kind.FACT) == (0, None)
    assert due("it was denied", Kind.DENIAL) == (0, None)
    assert due("it was sad", Kind.OPINION, trackable=False) == (None, None)
    assert due("it will be better", Kind.PREDICTION, trackable=False) == (None, None)


def test_without_a_publication_there_is_no_interval() -> None:
    found = set_due("x", Kind.FACT, horizon="by May", made=None, trackable=True)
    assert (found.text, found.earliest, found.latest) == ("by May", None, None)


@given(
    words=st.sampled_from([row[0] for row in INTERVALS]),
    published=MOMENTS,
    width=st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_nothing_is_due_before_it_was_published(words: str, published: datetime, width: timedelta) -> None:
    latest = published + width
    read = read_expression(words, earliest=published, latest=latest)
    if read is not None:
        assert published <= read[0] <= read[1]
        assert read[1] >= latest


@given(
    text=st.sampled_from(["imminent", "soon", "plans to", "this year", "nothing"]),
    kind=st.sampled_from(Kind),
    horizon=st.none() | st.sampled_from([row[0] for row in INTERVALS]),
    published=MOMENTS,
)
def test_no_claim_is_due_before_it_was_made(text: str, kind: Kind, horizon: str | None, published: datetime) -> None:
    found = set_due(text, kind, horizon=horizon, made=(published, published), trackable=True)
    assert (found.earliest is None) == (found.latest is None)
    if found.earliest and found.latest:
        assert published <= found.earliest <= found.latest
