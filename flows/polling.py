"""When an address is looked at again: more often the more it brings, later the more often it fails.

The figures are those with which a large public collection of news feeds has run for years.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.fetches import FeedState
from flows.failures import FetchError, Unreachable
from flows.pages import Validators

DEFAULT, SHORTEST, LONGEST = timedelta(hours=6), timedelta(minutes=10), timedelta(hours=24)
# Pages that did not answer are asked for again by the hour, those that a look had no time for at once.
RETRY = timedelta(hours=1)
# Feeds come back from what looks like death.
DEAD, AFTER_DEATH = 30.0, timedelta(days=30)
# Some servers send the same ETag whatever has changed.
WHOLE_EVERY = timedelta(hours=24)
_BUSY, _IDLE = 1 / 3, 2 / 3
# A schedule that starts a second early must not miss a turn.
_SLACK = timedelta(minutes=1)
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """When an address is due again, and what to remember until then."""

    failures: float
    interval_seconds: float
    next_look_at: datetime


def is_due(state: FeedState | None, *, now: datetime) -> bool:
    """Return whether an address is to be looked at."""
    return state is None or state.next_look_at is None or state.next_look_at <= now + _SLACK


def validators(state: FeedState | None, *, now: datetime) -> Validators | None:
    """Return what to send along, None where the answer is to come whole: the first time, and once a day."""
    if state is None or state.read_in_full_at is None or now - state.read_in_full_at >= WHOLE_EVERY:
        return None
    return Validators(etag=state.etag, last_modified=state.last_modified)


def after_success(
    state: FeedState | None, *, now: datetime, new: int, known: int, at_latest: timedelta = LONGEST
) -> Next:
    """Return when to look again at what brought `new` entries and `known` ones: `at_latest` where pages wait."""
    interval = _interval(state)
    # What a first look brings has piled up before it and tells no pace.
    if state is not None and state.succeeded_at is not None:
        share = known / (new + known) if new + known else 1.0
        interval *= 0.5 if share < _BUSY else 1.5 if share > _IDLE else 1.0
    interval = min(max(interval, SHORTEST), LONGEST)
    next_look_at = now + min(interval, at_latest)
    return Next(failures=0.0, interval_seconds=interval.total_seconds(), next_look_at=next_look_at)


def after_failure(state: FeedState | None, *, now: datetime, weight: float, retry_after: float | None = None) -> Next:
    """Return when to look again at what failed: later each time, and as late as its server asks."""
    failures = (state.failures if state else 0.0) + weight
    wait = min(SHORTEST * 2 ** min(failures, 16.0), LONGEST) if failures < DEAD else AFTER_DEATH
    asked = timedelta(seconds=min(retry_after or 0.0, AFTER_DEATH.total_seconds()))
    return Next(
        failures=failures,
        interval_seconds=_interval(state).total_seconds(),
        next_look_at=now + max(wait, asked),
    )


def weight_of(error: FetchError) -> float:
    """Return how heavily a failure counts: less the likelier it mends itself."""
    if error.status in (404, 429) or (isinstance(error, Unreachable) and error.status is not None):
        return SOFT
    return TEMPORARY if isinstance(error, Unreachable) else HARD


def _interval(state: FeedState | None) -> timedelta:
    seconds = state.interval_seconds if state else None
    return timedelta(seconds=seconds) if seconds else DEFAULT
