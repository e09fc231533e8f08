"""By when a claim should be settled: the words that say so, and the interval that they mean counted from publication."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from claims.lexicons.load import groups, lines, phrase_pattern, rows
from claims.vocabulary import Kind

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90, "hundred": 100, "couple": 2, "a couple of": 2,
}  # fmt: skip
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365, "decade": 3652}

Interval = tuple[date, date]
Rule = Callable[[re.Match[str], date], Interval | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a claim can be judged: the words, the interval (None where open) and the policy that gave an unstated one."""

    text: str | None
    earliest: datetime | None
    latest: datetime | None
    policy: str | None = None


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _week(day: date, ahead: int) -> Interval:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
    return monday, monday + timedelta(days=6)


def _count(words: str) -> int | None:
    low = words.casefold().strip()
    return int(low) if low.isdigit() else _NUMBERS.get(low)


def _span_of(match: re.Match[str], today: date) -> Interval | None:
    """A stated number of units from today."""
    count = _count(match["n"])
    if count is None:
        return None
    unit = match["unit"].casefold().rstrip("s")
    if unit in ("month", "quarter"):
        return today, _add_months(today, count * (3 if unit == "quarter" else 1))
    if unit in ("year", "decade"):
        return today, _add_months(today, count * (120 if unit == "decade" else 12))
    return today, today + timedelta(days=max(1, count * _UNIT_DAYS[unit]) if unit != "hour" else -(-count // 24))


def _vague(match: re.Match[str], today: date) -> Interval | None:
    unit = match["unit"].casefold().rstrip("s")
    days = {row[0]: row[1] for row in rows("horizon_policy.tsv")}.get(f"vague_{unit}", "1" if unit == "hour" else None)
    return (today, today + timedelta(days=int(days))) if days else None


def _relative_unit(match: re.Match[str], today: date) -> Interval | None:
    """This, next or the coming week, weekend, month, quarter, year."""
    ahead = 0 if match["which"].casefold() in ("this", "the current", "current", "the") else 1
    unit = match["unit"].casefold()
    if unit == "weekend":
        monday, sunday = _week(today, ahead if today.weekday() < 5 or ahead == 0 else 1)
        return monday + timedelta(days=5), sunday
    if unit == "week":
        return _week(today, ahead)
    if unit == "month":
        first = _add_months(today.replace(day=1), ahead)
        return first, _end_of_month(first.year, first.month)
    if unit == "quarter":
        first = _add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * ahead)
        last = _add_months(first, 2)
        return first, _end_of_month(last.year, last.month)
    if unit in _SEASONS:
        return _season(unit, today.year + ahead, today)
    if unit == "decade":
        start = today.year - today.year % 10 + 10 * ahead
        return date(start, 1, 1), date(start + 9, 12, 31)
    return date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)


def _season(season: str, year: int, today: date) -> Interval:
    first, last = _SEASONS[season.casefold()]
    end = _end_of_month(year + (last < first), last)
    if end < today:
        return _season(season, year + 1, today)
    return date(year, first, 1), end


def _part_of(match: re.Match[str], today: date) -> Interval | None:
    """Early, middle, late or the end of a unit of time."""
    whole = _relative_unit(match, today) if match["unit"].casefold() != "day" else (today, today)
    if whole is None:
        return None
    start, end = whole
    length = (end - start).days
    part = match["part"].casefold()
    if part in ("early", "the beginning of", "the start of", "beginning of", "start of"):
        return start, start + timedelta(days=length // 3)
    if part in ("middle", "the middle of", "mid"):
        return start + timedelta(days=length // 3), start + timedelta(days=2 * length // 3)
    if part == "later":
        return max(start, today), end
    return start + timedelta(days=2 * length // 3), end


def _month_named(match: re.Match[str], today: date) -> Interval | None:
    month = _MONTHS[match["month"].casefold().rstrip(".")]
    given = match.groupdict()
    if given.get("year"):
        year = int(given["year"])
    else:
        year = today.year + (month < today.month)
    if given.get("day"):
        day = min(int(given["day"]), calendar.monthrange(year, month)[1])
        if not given.get("year") and date(year, month, day) < today:
            year += 1
        found = date(year, month, min(day, calendar.monthrange(year, month)[1]))
        return found, found
    start, end = date(year, month, 1), _end_of_month(year, month)
    part = (given.get("part") or "").casefold()
    if part.startswith(("early", "the beginning", "the start")):
        end = start + timedelta(days=9)
    elif part.startswith(("mid", "the middle")):
        start, end = start + timedelta(days=9), start + timedelta(days=19)
    elif part.startswith(("late", "the end", "end")):
        start = start + timedelta(days=19)
    return start, end


def _weekday(match: re.Match[str], today: date) -> Interval | None:
    days = (_DAYS[match["day"].casefold()] - today.weekday()) % 7
    which = (match.groupdict().get("which") or "").casefold()
    if which.startswith("next") and days < 7 - today.weekday():
        days += 7
    found = today + timedelta(days=days)
    return found, found


def _year_named(match: re.Match[str], today: date) -> Interval | None:
    year = int(match["year"])
    part = (match.groupdict().get("part") or "").casefold()
    first, last = date(year, 1, 1), date(year, 12, 31)
    if part.startswith(("early", "the beginning", "the start", "first quarter", "the first quarter")):
        last = _end_of_month(year, 3)
    elif part.startswith(("mid", "the middle")):
        first, last = date(year, 5, 1), _end_of_month(year, 8)
    elif part.startswith(("late", "the last quarter", "the fourth quarter")):
        first = date(year, 10, 1)
    elif "first half" in part:
        last = _end_of_month(year, 6)
    elif "second half" in part:
        first = date(year, 7, 1)
    elif "second quarter" in part:
        first, last = date(year, 4, 1), _end_of_month(year, 6)
    elif "third quarter" in part:
        first, last = date(year, 7, 1), _end_of_month(year, 9)
    return first, last


def _day(offset: int) -> Rule:
    def rule(match: re.Match[str], today: date) -> Interval | None:
        found = today + timedelta(days=offset)
        return found, found

    return rule


def _half(match: re.Match[str], today: date) -> Interval | None:
    year = today.year + (match["which"].casefold().startswith("next"))
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if match["half"].casefold() == "first"
        else (date(year, 7, 1), date(year, 12, 31))
    )


def _decade(match: re.Match[str], today: date) -> Interval | None:
    year = int(match["year"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _midnight(match: re.Match[str], today: date) -> Interval | None:
    return _weekday(match, today) if match.groupdict().get("day") else (today, today + timedelta(days=1))


def _open(match: re.Match[str], today: date) -> Interval | None:
    return None


_N = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty|sixty|ninety|a couple of)"
_UNIT = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?)"
_SINGLE = r"(?P<unit>weekend|week|month|quarter|year|decade|spring|summer|autumn|fall|winter)"
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_BY = r"(?:by|before|until|no later than|not later than|ahead of|prior to|through|till)"
_PART = r"(?P<part>early|mid|middle|late|later|the beginning of|the start of|the middle of|the end of|end of|the close of|the last weeks of|the first weeks of)"


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], Rule, bool], ...]:
    """Patterns, longest reading first, with the rule that reads each and whether it is a deadline (counted from now on)."""
    events = "|".join(sorted((re.escape(event) for event in lines("events.txt")), key=len, reverse=True))
    listed: list[tuple[str, Rule, bool]] = [
        (rf"{_BY} {_PART}[ -](?P<which>this|next|the current|the) {_SINGLE}", _part_of, True),
        (rf"{_BY} (?:the )?{_PART}[ -]?(?:of )?{_MONTH}(?:,? (?P<year>20\d\d))?", _month_named, True),
        (rf"{_BY} (?:the )?(?P<part>early|mid|middle of|late|end of|the end of|the beginning of|the start of|the middle of)?[ -]?(?P<year>20\d\d)(?!s|\d)", _year_named, True),
        (rf"{_BY} year[- ]end|{_BY} year['’]s end|{_BY} (?:the )?end of (?:the )?year", lambda m, t: (t, date(t.year, 12, 31)), True),
        (rf"{_BY} (?:the )?end of (?:the )?(?P<unit>month|week|quarter|decade|summer|winter|spring|fall|autumn)(?P<which>)", lambda m, t: _relative_unit(_As(m, which="this"), t), True),
        (rf"{_BY} (?:the )?end of (?:the )?day", _day(0), True),
        (rf"{_BY} (?P<which>this|next) {_SINGLE}", _relative_unit, True),
        (rf"{_BY} (?:midnight|noon|dawn|nightfall)(?: (?:on )?{_WEEKDAY})?", _midnight, True),
        (rf"(?:{_BY} (?:the|a) [\w ]{{0,30}}?deadline(?: at (?:midnight|noon))?(?: (?:on )?{_WEEKDAY}))", _weekday, True),
        (rf"{_BY} {_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?", _month_named, True),
        (rf"{_BY} (?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<year>20\d\d))?", _month_named, True),
        (rf"{_BY} {_MONTH}(?:,? (?P<year>20\d\d))?(?! \d)", _month_named, True),
        (rf"{_BY} (?:(?P<which>next|this coming|this) )?{_WEEKDAY}", _weekday, True),
        (rf"{_BY} tomorrow", _day(1), True),
        (rf"{_BY} tonight|{_BY} today", _day(0), True),
        (r"(?:as early as|as soon as|at the earliest) (?:(?P<which>next|this) )?" + _WEEKDAY, _weekday, False),
        (r"(?:as early as|as soon as) (?P<which>next|this) " + _SINGLE, _relative_unit, False),
        (r"(?:within|in|over|during|for) (?:the )?(?:next|coming|following) (?:few |several |couple of )?(?P<unit>hours|days|weeks|months|years)", _vague, True),
        (rf"(?:within|in|over|during|for) (?:the )?(?:next|coming|following) {_N} {_UNIT}", _span_of, True),
        (rf"(?:within|in|over|during|for) the (?P<which>next|coming|following) {_SINGLE}", lambda m, t: _span_of(_As(m, n="1", unit=m["unit"]), t) if m["unit"].casefold() in _UNIT_DAYS else _relative_unit(m, t), True),
        (r"in the (?P<unit>days|weeks|months|years) (?:ahead|to come)", _vague, True),
        (r"(?:in |over |during )?(?:the )?coming (?P<unit>days|weeks|months|years)", _vague, True),
        (rf"(?:within|inside|in as little as|in less than|in under|in the space of|in (?:just )?(?:about |around |some |roughly )?) ?{_N} {_UNIT}(?:['’] time)?(?! (?:ago|earlier|later|before|of|in which))", _span_of, True),
        (rf"{_N} {_UNIT} from now", _span_of, True),
        (r"(?:within|in|a matter of|in a matter of|within a matter of) (?:a few |several )?(?P<unit>hours|days|weeks|months|years)(?! ago)", _vague, True),
        (r"for (?:several |many )?(?P<unit>years|months|weeks|days)(?: to come)?", _vague, True),
        (r"more (?P<unit>hours|days|weeks)", _vague, True),
        (rf"(?P<part>early|later|late|mid)[ -](?P<which>this|next) {_SINGLE}", _part_of, False),
        (rf"at the (?P<part>beginning of|start of|end of) (?P<which>this|next|the) {_SINGLE}", _part_of, False),
        (r"in the (?P<half>first|second) half of (?P<which>this|next|the) year", _half, False),
        (rf"(?P<which>this|next|this coming|the coming) {_SINGLE}", _relative_unit, False),
        (rf"(?:on )?(?P<which>next|this coming|this) {_WEEKDAY}", _weekday, False),
        (rf"on {_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?", _month_named, False),
        (rf"on (?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?:,? (?P<year>20\d\d))?", _month_named, False),
        (rf"(?:in|during|sometime in) (?:(?P<part>early|mid|late)[ -])?{_MONTH}(?:,? (?P<year>20\d\d))?", _month_named, False),
        (rf"(?P<part>early|mid|late)[ -]{_MONTH}(?:,? (?P<year>20\d\d))?", _month_named, False),
        (r"in the (?P<part>first half|second half|first quarter|second quarter|third quarter|fourth quarter|last quarter) of (?P<year>20\d\d)", _year_named, False),
        (r"(?:in|during|sometime in|for) (?:(?P<part>early|mid|late)[ -])?(?P<year>20[1-9]\d)(?!s|\d|[-–]\d)", _year_named, False),
        (r"in the (?P<year>20\d0)s", _decade, False),
        (rf"on {_WEEKDAY}", _weekday, False),
        (r"tomorrow", _day(1), False),
        (r"tonight|later today|today|this (?:afternoon|evening|morning)", _day(0), False),
        (rf"{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?", _weekday, False),
        (rf"(?:{_BY}|after|at|during|in time for|following|once|on) (?:the |this |next )?(?:[\w'’-]+ ){{0,3}}?(?:{events})", _open, True),
        (r"(?:in|during) the next (?:session|term|round|phase|parliament)(?: of [A-Z]\w+)?|next time", _open, True),
        (r"soon|shortly|imminently|before long|in the near future|quickly|immediately|any day(?: now)?|at any moment|in due course", _open, True),
    ]  # fmt: skip
    return tuple(
        (re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), rule, deadline)
        for pattern, rule, deadline in listed
    )


class _As:
    """A match read with some groups replaced."""

    def __init__(self, match: re.Match[str], **given: str) -> None:
        self._groups = match.groupdict() | given

    def __getitem__(self, group: str) -> str:
        return self._groups[group]

    def groupdict(self) -> dict[str, str]:
        """Return the groups with the replacements."""
        return self._groups


_HINT = re.compile(
    r"\b(?:by|before|until|till|through|within|in|over|during|for|next|this|coming|later|late|early|mid|end|year|on|tomorrow|tonight|today|soon|shortly|"
    r"imminently|quickly|immediately|any|ahead|from|after|at|more|as|once|following|\w+day)\b",
    re.IGNORECASE,
)


def find_horizon(text: str) -> str | None:
    """Return the words of `text` that bound when a claim should be settled, verbatim, or None."""
    found = _first(text)
    return found[0].group().strip() if found else None


def _first(text: str) -> tuple[re.Match[str], Rule, bool] | None:
    if not _HINT.search(text):
        return None
    for pattern, rule, deadline in _grammar():
        match = pattern.search(text)
        if match:
            return match, rule, deadline
    return None


def read_expression(text: str, *, earliest: datetime, latest: datetime) -> tuple[datetime, datetime] | None:
    """Return the interval that a time expression means, counted from publication in [earliest, latest]; None where open."""
    found = _first(text)
    if not found:
        return None
    match, rule, deadline = found
    first = rule(match, earliest.date())
    last = rule(match, latest.date())
    if first is None or last is None or last[1] < earliest.date():
        return None
    before = re.match(r"(?:before|ahead of|prior to)\b", match.group(), re.IGNORECASE) is not None and not re.search(
        r"\bend\b|midnight|deadline", match.group(), re.IGNORECASE
    )
    end = last[0] - timedelta(days=1) if before and last[0] > latest.date() else last[1]
    start = earliest.date() if deadline else max(first[0], earliest.date())
    due_earliest = max(datetime(start.year, start.month, start.day, tzinfo=UTC), earliest)
    due_latest = max(datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=UTC), latest, due_earliest)
    return due_earliest, due_latest


def policy_version() -> str:
    """Return the version of the policy for horizons that are not stated."""
    return rows("horizon_policy.tsv")[0][1]


def set_due(
    text: str, kind: Kind, *, horizon: str | None, made: tuple[datetime, datetime] | None, trackable: bool
) -> Due:
    """Return when a claim is due: a fact at publication, a stated horizon as read, an implied one by the policy."""
    if made is None:
        return Due(text=horizon, earliest=None, latest=None)
    earliest, latest = made
    if kind in (Kind.FACT, Kind.DENIAL):
        return (
            Due(text=horizon, earliest=latest, latest=latest)
            if trackable
            else Due(text=horizon, earliest=None, latest=None)
        )
    if not trackable or kind in (Kind.OPINION, Kind.NONE):
        return Due(text=horizon, earliest=None, latest=None)
    if horizon:
        read = read_expression(horizon, earliest=earliest, latest=latest)
        if read:
            return Due(text=horizon, earliest=read[0], latest=read[1])
        if not phrase_pattern("horizon_policy.tsv", "soon").search(horizon) and not phrase_pattern(
            "horizon_policy.tsv", "imminent"
        ).search(horizon):
            return Due(text=horizon, earliest=None, latest=None)
    for row in rows("horizon_policy.tsv")[1:]:
        name, length = row[0], row[1]
        if name.startswith("vague") or (name == "institutional" and kind != Kind.INTENTION):
            continue
        if phrase_pattern("horizon_policy.tsv", name).search(text):
            end = (
                datetime(latest.year, 12, 31, 23, 59, 59, tzinfo=UTC)
                if length == "year_end"
                else latest + timedelta(days=int(length))
            )
            return Due(text=horizon, earliest=earliest, latest=max(end, latest), policy=policy_version())
    return Due(text=horizon, earliest=None, latest=None)


def has_group(name: str) -> bool:
    """Return whether the policy has a row `name`."""
    return name in groups("horizon_policy.tsv")
