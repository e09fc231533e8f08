"""When the event that a passage reports took place: from the words of the passage and the article's publication."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from claims.records import Article

_MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sept sep", "october oct", "november nov", "december dec"), 1) for name in names.split()}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
# Capitalised: "may" is a verb.
_MONTH = "|".join(sorted((name.capitalize() for name in _MONTHS), key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH})\b\.?(?:,?\s+(?P<year2>\d{{4}}))?)"
)
_MONTH_ONLY = re.compile(
    rf"\b(?i:in|since|during|of|last|late|early|mid-?)\s*(?P<month>{_MONTH})\b\.?(?:,?\s+(?:of\s+)?(?P<year>\d{{4}}))?"
)
_YEAR = re.compile(r"\b(?:in|since|during|of)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?P<which>last|next|this|every)?\s*(?P<day>{'|'.join(_WEEKDAYS)})s?\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?P<today>today|tonight|this (?:morning|afternoon|evening))\b|\b(?P<yesterday>yesterday|overnight|last night)\b"
    r"|\b(?P<past>last|previous|earlier this|this past) (?P<unit>week|month|year|decade)\b"
    r"|\b(?P<count>a|one|two|three|four|five|six|\d+|several|many|some)\s+"
    r"(?P<ago>day|week|month|year|decade)s? (?:ago|earlier)\b"
    r"|\b(?P<before>previously|formerly|long ago|in the past|once|historically|at the time)\b"
    r"|\b(?P<future>tomorrow|next (?:week|month|year))\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366, "decade": 3660}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 9, "many": 30, "some": 5}
# A publication known only within more days than this dates no event.
VAGUE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last day on which an event may have taken place."""

    first: date
    last: date


def event_date(passage: str, article: Article) -> When | None:
    """Return when the event of `passage` took place, or None where the words point to no time that can be told.

    An explicit date wins, then a weekday or "yesterday", counted back from the publication, then a month or year; with
    none of these the day of publication. Words for a time to come, or for an indefinite past, give None.
    """
    if article.published_earliest is None:
        return None
    earliest = article.published_earliest.date()
    latest = (article.published_latest or article.published_earliest).date()
    relative = _RELATIVE.search(passage)
    named, weekday = _DATE.search(passage), _WEEKDAY.search(passage)
    if relative and (relative["future"] or relative["before"]):
        found = None
    elif named:
        found = _named(named, latest)
    elif _MONTH_ONLY.search(passage) or _YEAR.search(passage):
        found = _month_or_year(passage, latest)
    elif latest - earliest > VAGUE:
        found = None
    elif weekday:
        found = _weekday(weekday, latest)
    else:
        found = _relative(relative, earliest, latest) if relative else When(earliest, latest)
    return found


def _named(match: re.Match[str], latest: date) -> When | None:
    month = _MONTHS[(match["month"] or match["month2"]).casefold()]
    day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    try:
        found = date(int(year) if year else latest.year, month, day)
        if not year and found > latest + timedelta(days=1):
            found = found.replace(year=latest.year - 1)
    except ValueError:
        return None
    return When(found, found) if found <= latest + timedelta(days=1) else None


def _weekday(match: re.Match[str], latest: date) -> When | None:
    if match["which"] and match["which"].casefold() in {"next", "every"}:
        return None
    back = (latest.weekday() - _WEEKDAYS[match["day"].casefold()]) % 7
    found = latest - timedelta(days=back)
    return When(found, found)


def _relative(match: re.Match[str], earliest: date, latest: date) -> When:
    if match["today"]:
        return When(earliest, latest)
    if match["yesterday"]:
        return When(earliest - timedelta(days=1), latest)
    if match["ago"]:
        number = _COUNTS.get(match["count"].casefold()) or int(match["count"])
        days = _DAYS[match["ago"].casefold()]
        # "A week ago" is between half a week and a week and a half ago.
        half = max(1, days // 2)
        return When(latest - timedelta(days=number * days + half), earliest - timedelta(days=number * days - half))
    days = _DAYS[match["unit"].casefold()]
    if match["past"].casefold() in {"earlier this", "this past"}:
        return When(latest - timedelta(days=days), latest)
    return When(latest - timedelta(days=2 * days), earliest - timedelta(days=1))


def _month_or_year(passage: str, latest: date) -> When | None:
    month = _MONTH_ONLY.search(passage)
    if month:
        number = _MONTHS[month["month"].casefold()]
        year = int(month["year"]) if month["year"] else latest.year - (number > latest.month)
        following = date(year + number // 12, number % 12 + 1, 1)
        return When(date(year, number, 1), min(latest, following - timedelta(days=1)))
    year_only = _YEAR.search(passage)
    if year_only:
        year = int(year_only["year"])
        return When(date(year, 1, 1), min(latest, date(year, 12, 31))) if year <= latest.year else None
    return None
