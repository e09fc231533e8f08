"""When an article was published: an interval in days, and how it is known.

A date that a text mentions as past is a lower bound, never the publication date (as such it is right for 92-97 % of
news pages; as the publication date for 7-14 %). Upper bounds come from words that count from the day of writing
("last month", "on Tuesday") where they can be tied to a dated picture, and from the time the page was fetched.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from claims.bounds import Bound, Evidence, bounds_in, label_bounds
from claims.mentions import dates_mentioned
from claims.vocabulary import Basis

_DAY_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d")
_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d\d))?")
_EARLIEST_YEAR = 1990
# The first newspaper is of 1605; software that knows no date writes one of year 1, or of 1601.
_FIRST_NEWS = datetime(1605, 1, 1, tzinfo=UTC)
# Clocks are wrong, and sites write their local time as if it were UTC: by a day at most.
CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """The interval in which a text was published, both ends inclusive, or None where nothing is known."""

    earliest: datetime | None
    latest: datetime | None
    basis: Basis
    evidence: str


UNDATED = Dating(earliest=None, latest=None, basis=Basis.UNKNOWN, evidence="nothing in the text bounds its date")


def _interval(low: date, high: date, *, fetched_at: datetime, basis: Basis, evidence: str) -> Dating:
    start = datetime.combine(low, time.min, tzinfo=UTC)
    end = datetime.combine(high, time(23, 59, 59), tzinfo=UTC)
    return Dating(earliest=start, latest=min(end, fetched_at), basis=basis, evidence=evidence)


def _days(value: str) -> tuple[date, date] | None:
    """Return the first and last day that a date without a time of day names, or None if it has one or is none."""
    if year_month := _MONTH_ONLY.fullmatch(value):
        year, month = int(year_month[1]), int(year_month[2] or 0)
        if month > 12 or year == 0:
            return None
        return date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])
    if _DAY_ONLY.fullmatch(value):
        try:
            return date.fromisoformat(value), date.fromisoformat(value)
        except ValueError:
            return None
    mentions = dates_mentioned(value)
    whole = len(mentions) == 1 and mentions[0].span == (0, len(value))
    return (mentions[0].first, mentions[0].last) if whole else None


def _moment(tidy: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(tidy)
    except ValueError:
        try:
            moment = parsedate_to_datetime(tidy)
        except ValueError:
            return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def date_as_given(value: str, *, fetched_at: datetime, basis: Basis, evidence: str) -> Dating | None:
    """Return the interval that a given date names: a moment, a day, a month or a year.

    ISO 8601 first, then as in an e-mail's head, then as news writes it. None if it is no date, lies before there was
    news, or begins more than a day after `fetched_at`: nothing is published after it was fetched. What begins within
    that day comes from a wrong clock or zone: then it was published in the day before it, and not after the fetch.
    """
    tidy = " ".join(value.split())
    shown = f"{evidence}: {tidy}"
    if days := _days(tidy):
        today = fetched_at.astimezone(UTC).date()
        if days[0] > today + CLOCK_SKEW or days[0] < _FIRST_NEWS.date():
            return None
        return _interval(min(days[0], today), days[1], fetched_at=fetched_at, basis=basis, evidence=shown)
    moment = _moment(tidy)
    if moment is None or not _FIRST_NEWS <= moment <= fetched_at + CLOCK_SKEW:
        return None
    if moment > fetched_at:
        shown = f"{shown} (ahead of our clock)"
        return Dating(earliest=moment - CLOCK_SKEW, latest=fetched_at, basis=basis, evidence=shown)
    return Dating(earliest=moment, latest=moment, basis=basis, evidence=shown)


def moment_as_given(value: str, *, fetched_at: datetime) -> datetime | None:
    """Return the moment (of a day: its end) that a given date names, at most `fetched_at`; None as for a Dating."""
    dating = date_as_given(value, fetched_at=fetched_at, basis=Basis.PAGE, evidence="")
    return dating.latest if dating and dating.earliest and dating.earliest.year >= _EARLIEST_YEAR else None


def _narrowed(bound: Bound, by: Bound) -> Bound | None:
    low, high = max(bound.low, by.low), min(bound.high, by.high)
    return Bound(low=low, high=high, why=f"{bound.why}; {by.why}") if low <= high else None


def _accepted(start: Bound, offers: Iterator[Bound]) -> Bound:
    """Return `start` narrowed by every offer, strongest first, that does not contradict what was accepted before."""
    for offer in offers:
        start = _narrowed(start, offer) or start
    return start


def _exact(evidence: Evidence, fetched: date) -> Bound | None:
    possible = (bound for bound in evidence.exact if bound.low <= fetched)
    return next((Bound(low=bound.low, high=min(bound.high, fetched), why=bound.why) for bound in possible), None)


def date_from_text(text: str, *, fetched_at: datetime) -> Dating:
    """Return the interval in which `text` was written as far as it says so itself; never after `fetched_at`.

    A printed publication date or a dated dateline settles it. Else the latest date mentioned as past is the earliest
    bound, and "last month", "on Tuesday" and the like narrow it where they can be tied to a dated picture. A label
    such as "5 years ago" counts back from the fetch, and only near a date that the text mentions.
    """
    fetched_at = fetched_at.astimezone(UTC)
    fetched = fetched_at.date()
    evidence = bounds_in(text, fetched=fetched)
    if exact := _exact(evidence, fetched):
        return _interval(exact.low, exact.high, fetched_at=fetched_at, basis=Basis.TEXT, evidence=exact.why)
    if evidence.lower is None or evidence.lower.low.year < _EARLIEST_YEAR:
        return UNDATED
    bound = _accepted(evidence.lower, iter(evidence.upper))
    bound = _accepted(bound, label_bounds(text, near=evidence.lower.low, fetched=fetched))
    return _interval(bound.low, bound.high, fetched_at=fetched_at, basis=Basis.TEXT, evidence=bound.why)
