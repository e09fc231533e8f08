"""What a time expression means as an interval of days, counted from the day of publication."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from claims.horizon_calendar import (
    DAYS,
    MONTHS,
    SEASONS,
    Groups,
    Interval,
    add_months,
    century,
    day_of,
    day_of_month,
    end_of_month,
    fiscal_named,
    fiscal_year,
    holiday,
    in_figures,
    months_between,
    quarter_in_figures,
    season,
    season_named,
    week_after,
    week_of_month,
)
from claims.lexicons.load import lines, rows

Rule = Callable[[Groups, date], Interval | None]
Pattern = tuple[re.Pattern[str], Rule, bool]

_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_EARLY = ("early", "the beginning", "the start", "beginning", "start", "first quarter", "the first quarter")
_MIDDLE = ("mid", "middle", "the middle")
_CURRENT = ("this", "the current", "current", "the", "")


def _weeks_ahead(day: date, ahead: int) -> Interval:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
    return monday, monday + timedelta(days=6)


def _count(words: str) -> int | None:
    low = words.casefold().strip()
    numbers = {row[1]: int(row[2]) for row in rows("horizon_patterns.tsv") if row[0] == "number"}
    return int(low) if low.isdigit() else numbers.get(low)


def _unit(groups: Groups) -> str:
    return groups["unit"].casefold().rstrip("s")


def _span_of(groups: Groups, today: date) -> Interval | None:
    """A stated number of units from today."""
    count, unit = _count(groups.get("n") or "one"), _unit(groups)
    count = 2 * count if count and "double" in groups else count
    if count is None:
        return None
    if unit in _UNIT_MONTHS:
        return today, add_months(today, count * _UNIT_MONTHS[unit])
    return today, today + timedelta(days=count * _UNIT_DAYS[unit] if unit in _UNIT_DAYS else -(-count // 24))


def _one_unit(groups: Groups, today: date) -> Interval | None:
    return _span_of(groups, today) if _unit(groups) in _UNIT_MONTHS | _UNIT_DAYS else _relative_unit(groups, today)


def _vague(groups: Groups, today: date) -> Interval | None:
    """An unstated number of units, as long as the policy says."""
    lengths = {row[0]: row[1] for row in rows("horizon_policy.tsv")}
    return today, today + timedelta(days=int(lengths.get(f"vague_{_unit(groups)}", "1")))


def _relative_unit(groups: Groups, today: date) -> Interval | None:
    """This, next or the coming week, weekend, month, quarter, year, decade, season."""
    ahead = 0 if groups.get("which", "").casefold() in _CURRENT else 1
    unit = _unit(groups)
    if unit in SEASONS:
        return season(unit, today.year + ahead, today)
    if unit in ("week", "weekend"):
        monday, sunday = _weeks_ahead(today, ahead)
        return (monday, sunday) if unit == "week" else (monday + timedelta(days=5), sunday)
    first = {
        "month": today.replace(day=1),
        "quarter": date(today.year, 3 * ((today.month - 1) // 3) + 1, 1),
        "decade": date(today.year - today.year % 10, 1, 1),
    }.get(unit, date(today.year, 1, 1))
    start = add_months(first, ahead * _UNIT_MONTHS.get(unit, 12))
    return start, add_months(start, _UNIT_MONTHS.get(unit, 12)) - timedelta(days=1)


def _part_of(groups: Groups, today: date) -> Interval | None:
    """Early, middle, late or the end of a unit of time."""
    whole = _relative_unit(groups, today)
    if whole is None:
        return None
    start, end = whole
    third = (end - start).days // 3
    part = groups["part"].casefold()
    if part.startswith(_EARLY):
        return start, start + timedelta(days=third)
    if part.startswith(_MIDDLE):
        return start + timedelta(days=third), start + timedelta(days=2 * third)
    return (max(start, today) if part == "later" else start + timedelta(days=2 * third)), end


def _end_of_unit(groups: Groups, today: date) -> Interval | None:
    return _relative_unit({**groups, "which": "this"}, today)


def _year_end(_: Groups, today: date) -> Interval | None:
    return today, date(today.year, 12, 31)


def _month_named(groups: Groups, today: date) -> Interval | None:
    month = MONTHS[groups["month"].casefold().rstrip(".")]
    year = int(groups["year"]) if groups.get("year") else today.year + (month < today.month)
    if groups.get("day"):
        found = day_of(year, month, int(groups["day"]))
        if found < today and not groups.get("year"):
            found = day_of(year + 1, month, int(groups["day"]))
        return found, found
    start, end = date(year, month, 1), end_of_month(year, month)
    part = groups.get("part", "").casefold()
    if part.startswith(_EARLY):
        end = start + timedelta(days=9)
    elif part.startswith(_MIDDLE):
        start, end = start + timedelta(days=9), start + timedelta(days=19)
    elif part:
        start = start + timedelta(days=19)
    return start, end


def _weekday(groups: Groups, today: date) -> Interval | None:
    days = (DAYS[groups["day"].casefold()] - today.weekday()) % 7
    if groups.get("which", "").casefold() == "next" and days < 7 - today.weekday():
        days += 7
    found = today + timedelta(days=days)
    return found, found


def _year_named(groups: Groups, today: date) -> Interval | None:
    year = int(groups["year"])
    if year < today.year:
        return None
    part = groups.get("part", "").casefold().removeprefix("the ")
    named = {
        "first half": (1, 6), "second half": (7, 12), "first quarter": (1, 3), "second quarter": (4, 6),
        "third quarter": (7, 9), "fourth quarter": (10, 12), "last quarter": (10, 12),
    }  # fmt: skip
    first, last = named.get(part, (1, 12))
    if part.startswith(_EARLY):
        first, last = 1, 3
    elif part.startswith(_MIDDLE):
        first, last = 5, 8
    elif part.startswith("late"):
        first, last = 10, 12
    return date(year, first, 1), end_of_month(year, last)


def _half(groups: Groups, today: date) -> Interval | None:
    year = today.year + groups["which"].casefold().startswith("next")
    first = groups["half"].casefold() == "first"
    return (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))


def _quarter_named(groups: Groups, today: date) -> Interval | None:
    """A quarter of this year, of the next one where it has passed."""
    year = today.year + (groups.get("which") or "").casefold().startswith("next")
    number = {"first": 1, "second": 2, "third": 3}.get(groups["part"].casefold(), 4)
    end = end_of_month(year, 3 * number)
    if end < today:
        year, end = year + 1, end_of_month(year + 1, 3 * number)
    return date(year, 3 * number - 2, 1), end


def _decade(groups: Groups, _: date) -> Interval | None:
    year = int(groups["year"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _midnight(groups: Groups, today: date) -> Interval | None:
    return _weekday(groups, today) if groups.get("day") else (today, today + timedelta(days=1))


def _weekend(_: Groups, today: date) -> Interval | None:
    return _relative_unit({"which": "this", "unit": "weekend"}, today)


def _new_year(_: Groups, today: date) -> Interval | None:
    """The first months of the next year."""
    return date(today.year + 1, 1, 1), date(today.year + 1, 3, 31)


def _overnight(_: Groups, today: date) -> Interval | None:
    return today, today + timedelta(days=1)


def _today(_: Groups, today: date) -> Interval | None:
    return today, today


def _tomorrow(_: Groups, today: date) -> Interval | None:
    return today + timedelta(days=1), today + timedelta(days=1)


def _open(_: Groups, __: date) -> Interval | None:
    return None


_RULES: dict[str, Rule] = {
    "span_of": _span_of, "one_unit": _one_unit, "vague": _vague, "relative_unit": _relative_unit, "part_of": _part_of,
    "end_of_unit": _end_of_unit, "year_end": _year_end, "month_named": _month_named, "weekday": _weekday,
    "year_named": _year_named, "half": _half, "quarter_named": _quarter_named, "holiday": holiday,
    "season_named": season_named, "week_of_month": week_of_month, "fiscal_year": fiscal_year,
    "fiscal_named": fiscal_named, "day_of_month": day_of_month, "in_figures": in_figures, "week_after": week_after,
    "century": century, "months_between": months_between, "quarter_in_figures": quarter_in_figures,
    "decade": _decade, "midnight": _midnight, "weekend": _weekend,
    "new_year": _new_year, "overnight": _overnight, "today": _today, "tomorrow": _tomorrow, "open": _open,
}  # fmt: skip


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the wordings of horizons, first match wins: pattern, its rule, and whether it is a deadline."""
    parts = {row[1]: row[2] for row in rows("horizon_patterns.tsv") if row[0] == "part"}
    names = (name for row in rows("horizon_holidays.tsv") for name in row[0].split(", "))
    feasts = sorted({re.escape(name).replace("'", "['’]") for name in names}, key=len, reverse=True)
    parts["HOLIDAY"] = rf"(?P<holiday>{'|'.join(feasts)})"
    parts["EVENTS"] = "|".join(sorted((re.escape(event) for event in lines("events.txt")), key=len, reverse=True))
    found = []
    for row in rows("horizon_patterns.tsv"):
        if row[0] in ("part", "number"):
            continue
        body = re.sub(r"<([A-Z]+)>", lambda name: parts[name.group(1)], row[2])
        pattern = re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)
        found.append((pattern, _RULES[row[0]], row[1] == "deadline"))
    return tuple(found)
