"""The explicit dates that a text mentions, and whether it speaks of them as past."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from claims.furniture import lexicon
from claims.records import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|"
    r"AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%])"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DATES = (
    re.compile(rf"(?<![\d/.-]){_DAY}(?: of)?[ -]?{_MONTH},?[ -]{{0,2}}{_YEAR}"),
    re.compile(rf"\b{_MONTH}[ -]?{_DAY},? {{0,2}}{_YEAR}"),
    re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)[-/.](?P<number>[01]\d)[-/.](?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<one>[0-3]?\d)(?P<sep>[/.-])(?P<two>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"\b{_MONTH},?(?: of)? {_YEAR}"),
)
_CLAUSE = re.compile(r"[.!?](?=\s+[\"“‘']?[A-Z])|\n|;")
_IN_MONTH = re.compile(r"\b(?:in|since|during|from|of|until|throughout|early|late|mid)[ -]+$", re.IGNORECASE)
_AROUND = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A date, or a month, as a text names it: first and last day that it may mean."""

    first: date
    last: date
    span: Span
    is_past: bool


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bounds(found: re.Match[str]) -> tuple[date, date] | None:
    parts = found.groupdict()
    year = int(parts["year"])
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        # With dots the day always comes first; with strokes it depends on the country.
        orders = [(two, one)] if parts["sep"] == "." else [(two, one), (one, two)]
        read = [day for month, number in orders if (day := _day(year, month, number))]
        return (min(read), max(read)) if read else None
    month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
    if parts.get("day"):
        day = _day(year, month, int(parts["day"]))
        return (day, day) if day else None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@cache
def _future() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in lexicon("dating.txt")["future"])
    return re.compile(rf"(?<![\w’'])(?:{words})(?!\w)|[’']ll\b", re.IGNORECASE)


@cache
def _onward() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in lexicon("dating.txt")["onward"])
    return re.compile(rf"\b(?:{words})\s+(?:the end of |early |mid-? ?|late |[a-z]+day,? )?$", re.IGNORECASE)


def _is_past(text: str, span: Span, *, is_month: bool) -> bool:
    # "The December 2019 issue" comes out in November.
    if is_month and _IN_MONTH.search(text, max(0, span.start - 24), span.start) is None:
        return False
    clause = clause_around(text, span)
    if _future().search(text, clause.start, clause.end):
        return False
    return _onward().search(text[max(clause.start, span.start - 40) : span.start]) is None


def clause_around(text: str, span: Span) -> Span:
    """Return the sentence or clause of `text` in which `span` stands, at most a few lines of it."""
    start = max(0, span.start - _AROUND)
    end = min(len(text), span.end + _AROUND)
    for stop in _CLAUSE.finditer(text, start, span.start):
        start = stop.end()
    after = _CLAUSE.search(text, span.end, end)
    return Span(start, after.start() if after else end)


def dates_mentioned(text: str) -> tuple[Mention, ...]:
    """Return the explicit dates and months with their year in `text`, in order; the fuller reading wins."""
    mentions: list[Mention] = []
    taken: set[int] = set()
    for pattern in _DATES:
        for found in pattern.finditer(text):
            span = Span(*found.span())
            if not taken.isdisjoint(range(*span)):
                continue
            taken.update(range(*span))
            bounds = _bounds(found)
            if bounds is None:
                continue
            is_past = _is_past(
                text, span, is_month="day" not in found.re.groupindex and "one" not in found.re.groupindex
            )
            mentions.append(Mention(first=bounds[0], last=bounds[1], span=span, is_past=is_past))
    return tuple(sorted(mentions, key=lambda mention: mention.span))
