"""What calendars tell of a time expression: feasts, seasons, fiscal years, weeks of a month, dates in figures."""

import calendar
from datetime import date, timedelta

from claims.lexicons.load import rows

Interval = tuple[date, date]
Groups = dict[str, str]

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_of(year: int, month: int, day: int) -> date:
    """Return a day of a month, the last one where the month is shorter."""
    return date(year, month, max(1, min(day, calendar.monthrange(year, month)[1])))


def season(name: str, year: int, today: date) -> Interval:
    """Return a season of `year`, or the next one that has not ended."""
    first, last = SEASONS[name]
    end = end_of_month(year + (last < first), last)
    return season(name, year + 1, today) if end < today else (date(year, first, 1), end)


def season_named(groups: Groups, today: date) -> Interval | None:
    """`by summer`, `in the spring of 2020`: the next such season, or that of the year."""
    first, last = SEASONS[groups["season"].casefold()]
    if not groups.get("year"):
        return season(groups["season"].casefold(), today.year, today)
    year = int(groups["year"])
    return date(year, first, 1), end_of_month(year + (last < first), last)


def week_of_month(groups: Groups, today: date) -> Interval | None:
    """`the second week of March`: days 8 to 14; the last week is the last seven days."""
    month = MONTHS[groups["month"].casefold().rstrip(".")]
    year = int(groups["year"]) if groups.get("year") else today.year + (month < today.month)
    which = groups["part"].casefold()
    if which in ("last", "final"):
        end = end_of_month(year, month)
        return end - timedelta(days=6), end
    start = date(year, month, 7 * _ORDINALS[which] - 6)
    return start, start + timedelta(days=6)


def fiscal_year(groups: Groups, today: date) -> Interval | None:
    """This or the next fiscal year: as it begins in January, April, July or October, whatever contains them all."""
    if groups["which"].casefold() in ("next", "the coming", "the following"):
        return today + timedelta(days=1), add_months(today, 24)
    return today, add_months(today, 12)


def fiscal_named(groups: Groups, today: date) -> Interval | None:
    """`Fiscal 2021`, `FY2020-21`: from the earliest beginning to the latest end in use."""
    year = int(groups["year"])
    first, last = (
        (date(year, 4, 1), date(year + 1, 6, 30)) if groups.get("to") else (date(year - 1, 4, 1), date(year + 1, 3, 31))
    )
    return None if last < today else (max(first, min(today, last)), last)


def easter(year: int) -> date:
    """Return Easter Sunday of a year (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(groups: Groups, today: date) -> Interval | None:
    """The next feast of a name: `Christmas`, `Easter`, `Labor Day`, the turn of the year."""
    words = groups["holiday"].casefold().replace("’", "'")
    for names, month, when in rows("horizon_holidays.tsv"):
        if words in names.split(", "):
            found = _feast(month, when, today.year)
            found = found if found >= today else _feast(month, when, today.year + 1)
            return found, found
    return None


def _feast(month: str, when: str, year: int) -> date:
    if month == "easter":
        return easter(year) + timedelta(days=int(when))
    if when.isdigit():
        return date(year, int(month), int(when))
    number, weekday = when.split()
    if number == "last":
        end = end_of_month(year, int(month))
        return end - timedelta(days=(end.weekday() - DAYS[weekday]) % 7)
    first = date(year, int(month), 1)
    return first + timedelta(days=(DAYS[weekday] - first.weekday()) % 7 + 7 * (int(number) - 1))


def day_of_month(groups: Groups, today: date) -> Interval | None:
    """`The 15th`, `the 15th of next month`: of this month, or of the next where it has passed."""
    number = int(groups["day"])
    found = day_of(today.year, today.month, number)
    if groups.get("which", "").casefold().startswith("next") or found < today:
        ahead = add_months(today.replace(day=1), 1)
        found = day_of(ahead.year, ahead.month, number)
    return found, found


def in_figures(groups: Groups, _: date) -> Interval | None:
    """`31/03/2020`, `2020-03-31`: the day; where day and month may be changed, whatever contains both."""
    one, other, year = int(groups["one"]), int(groups["other"]), int(groups["year"])
    if not (1 <= one <= 31 and 1 <= other <= 31 and min(one, other) <= 12):
        return None
    read = [day_of(year, month, day) for day, month in ((one, other), (other, one)) if month <= 12]
    if groups.get("iso"):
        read = [day_of(year, one, other)] if one <= 12 else []
    return (min(read), max(read)) if read else None


def week_after(groups: Groups, today: date) -> Interval | None:
    """`A week on Friday`: the Friday after the next."""
    found = today + timedelta(days=(DAYS[groups["day"].casefold()] - today.weekday()) % 7 + 7)
    return found, found


def century(groups: Groups, today: date) -> Interval | None:
    """The middle or the end of the century."""
    start = today.year - today.year % 100
    end = start + (50 if groups["part"].casefold().startswith("mid") else 100)
    return date(end - 9, 1, 1), date(end, 12, 31)


def months_between(groups: Groups, today: date) -> Interval | None:
    """`Between March and May`, `between now and June`."""
    last = MONTHS[groups["until"].casefold().rstrip(".")]
    since = groups["month"].casefold().rstrip(".")
    first = MONTHS.get(since, today.month)
    start = today if since == "now" else date(today.year + (first < today.month), first, 1)
    return start, end_of_month(start.year + (last < start.month), last)


def quarter_in_figures(groups: Groups, today: date) -> Interval | None:
    """`Q3`, `Q2 2020`, `H1 2020`: of the year, else the next that has not ended."""
    size = 3 if groups["kind"].casefold() == "q" else 6
    number = int(groups["number"])
    if number > 12 // size:
        return None
    year = int(groups["year"]) if groups.get("year") else today.year
    if not groups.get("year") and end_of_month(year, size * number) < today:
        year += 1
    return date(year, size * (number - 1) + 1, 1), end_of_month(year, size * number)
