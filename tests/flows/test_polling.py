"""When an address is looked at again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.fetches import FeedState
from claims.vocabulary import FetchKind
from flows.failures import FetchError, Gone, Postponed, Refused, Unreachable
from flows.polling import (
    AFTER_DEATH,
    DEAD,
    HARD,
    LONGEST,
    SHORTEST,
    SOFT,
    TEMPORARY,
    after_failure,
    after_success,
    is_due,
    validators,
    weight_of,
)

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
STATE = FeedState(
    address="https://x.example/feed",
    kind=FetchKind.FEED,
    looked_at=NOW - HOUR,
    failures=0.0,
    interval_seconds=4 * 3_600.0,
    next_look_at=NOW,
    etag='"1"',
    last_modified=None,
    body_sha256="0",
    succeeded_at=NOW - HOUR,
    read_in_full_at=NOW - HOUR,
)
counts = st.integers(0, 5_000)


@pytest.mark.parametrize(
    ("new", "known", "hours"),
    [(9, 1, 2), (7, 3, 2), (5, 5, 4), (3, 7, 6), (0, 10, 6), (0, 0, 6)],
)
def test_it_is_looked_at_more_often_the_more_it_brings(new: int, known: int, hours: float) -> None:
    later = after_success(STATE, now=NOW, new=new, known=known)
    assert later.next_look_at == NOW + hours * HOUR
    assert later.failures == 0.0


def test_what_a_first_look_brings_tells_no_pace() -> None:
    assert after_success(None, now=NOW, new=50, known=0).next_look_at == NOW + 6 * HOUR


def test_pages_that_wait_are_fetched_soon_and_the_interval_stays() -> None:
    later = after_success(STATE, now=NOW, new=5, known=5, at_latest=SHORTEST)
    assert later.next_look_at == NOW + SHORTEST
    assert later.interval_seconds == 4 * 3_600.0


@given(counts, counts, st.floats(1.0, 1e7))
def test_the_interval_stays_between_ten_minutes_and_a_day(new: int, known: int, before: float) -> None:
    later = after_success(replace(STATE, interval_seconds=before), now=NOW, new=new, known=known)
    assert SHORTEST <= later.next_look_at - NOW <= LONGEST


@given(st.sampled_from([HARD, SOFT, TEMPORARY]), st.floats(0.0, 29.0))
def test_each_failure_in_a_row_moves_the_next_look_away(weight: float, before: float) -> None:
    state = replace(STATE, failures=before)
    first = after_failure(state, now=NOW, weight=weight)
    second = after_failure(replace(state, failures=first.failures), now=NOW, weight=weight)
    assert NOW + SHORTEST < first.next_look_at <= second.next_look_at


def test_what_seems_dead_is_looked_at_once_a_month() -> None:
    state, looks = STATE, 0
    while state.failures < DEAD:
        later = after_failure(state, now=NOW, weight=HARD)
        state = replace(state, failures=later.failures, next_look_at=later.next_look_at)
        looks += 1
    assert looks == 30
    assert state.next_look_at == NOW + AFTER_DEATH
    revived = after_success(state, now=NOW, new=1, known=9)
    assert revived.failures == 0.0
    assert revived.next_look_at < NOW + LONGEST


def test_a_server_is_given_the_time_that_it_asks_for() -> None:
    assert after_failure(STATE, now=NOW, weight=TEMPORARY, retry_after=7_200.0).next_look_at == NOW + 2 * HOUR
    assert after_failure(STATE, now=NOW, weight=TEMPORARY, retry_after=1e300).next_look_at == NOW + AFTER_DEATH


@pytest.mark.parametrize(
    ("error", "weight"),
    [(Gone("", url="", status=410), HARD), (Gone("", url="", status=403), HARD), (Gone("", url="", status=404), SOFT),
     (Unreachable("", url="", status=429), SOFT), (Unreachable("", url="", status=503), SOFT),
     (Unreachable("", url=""), TEMPORARY), (Refused("", url=""), HARD), (Postponed("", url=""), TEMPORARY)],
)  # fmt: skip
def test_weight(error: FetchError, weight: float) -> None:
    assert weight_of(error) == weight


def test_due() -> None:
    assert is_due(None, now=NOW)
    assert is_due(replace(STATE, next_look_at=None), now=NOW)
    assert is_due(replace(STATE, next_look_at=NOW + timedelta(seconds=30)), now=NOW)
    assert not is_due(replace(STATE, next_look_at=NOW + timedelta(minutes=5)), now=NOW)


def test_once_a_day_the_answer_comes_whole() -> None:
    sent = validators(STATE, now=NOW)
    assert sent is not None
    assert sent.etag == '"1"'
    assert validators(None, now=NOW) is None
    assert validators(STATE, now=NOW + 24 * HOUR) is None
