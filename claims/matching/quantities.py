"""Numbers in a text as intervals with a unit, so that "more than 550" and "just over a hundred" can be compared."""

import re
from dataclasses import dataclass
from functools import cache
from math import inf
from types import MappingProxyType

from claims.lexicons.load import lines, words
from claims.matching.terms import calendar_words, stem, stop_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a number says: at least `low`, at most `high`, of what its `unit` stems name; no stem, not stated."""

    low: float
    high: float
    unit: frozenset[str]

    def comparable(self, other: "Quantity") -> bool:
        """Return whether both may count the same thing."""
        if self.unit & _MARKED or other.unit & _MARKED:
            return self.unit == other.unit
        return not self.unit or not other.unit or bool(self.unit & other.unit)

    def implies(self, other: "Quantity") -> bool:
        """Return whether every number that fits this one fits `other`."""
        return self.comparable(other) and self.low >= other.low and self.high <= other.high

    def excludes(self, other: "Quantity") -> bool:
        """Return whether no number fits both."""
        return self.comparable(other) and (self.low > other.high or self.high < other.low)


_MARKED = frozenset({"%", "$"})
_PERSON = "person"


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SCALES = MappingProxyType(
    {
        "hundred": 1e2,
        "thousand": 1e3,
        "million": 1e6,
        "billion": 1e9,
        "lakh": 1e5,
        "crore": 1e7,
        "trillion": 1e12,
        "m": 1e6,
        "bn": 1e9,
        "k": 1e3,
    }
)
# Words that hide how many: at least so many; how many more is left open.
_LOOSE = MappingProxyType(
    {"dozens": (24, inf), "hundreds": (200, inf), "thousands": (2000, inf), "millions": (2e6, inf)}
)
# "About" is read as within an eighth.
_SLACK = 0.125


@cache
def _number_words() -> dict[str, float]:
    return {word: float(value) for word, value in map(str.split, lines("number_words.txt"))}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_number_words(), key=len, reverse=True))
    scales = "|".join(_SCALES)
    value = (
        rf"(?:(?:{_NUMBER}|\b(?:{words})\b)(?:-(?:{words})\b)?(?:[\s-]+(?:dozen|{scales})\b|(?:bn|m|k)\b)*"
        rf"|\ban? (?:dozen|{scales})\b)"
    )
    return re.compile(
        rf"(?P<bound>{'|'.join(_BOUNDS)})?\s*(?P<money>(?:US)?[$€£])?"
        rf"(?P<value>{value}|\b(?:{'|'.join(_LOOSE)})\b)"
        rf"(?:\s*(?:-|–|to|and)\s*[$€£]?(?P<upper>{value}))?"
        rf"(?P<percent>\s*(?:%|per\s?cent\b|percentage points?\b))?(?P<money_after>\s+(?:dollars|euros|pounds)\b)?",
        re.IGNORECASE,
    )


_BOUNDS = {
    r"just over\s+|slightly more than\s+|a little over\s+": (1.0, 1.15),
    r"just under\s+|slightly less than\s+|almost\s+|nearly\s+|close to\s+": (0.85, 1.0),
    r"more than\s+|over\s+|above\s+|upwards of\s+|at least\s+|no fewer than\s+|no less than\s+": (1.0, inf),
    r"fewer than\s+|less than\s+|under\s+|below\s+|at most\s+|up to\s+|no more than\s+": (-inf, 1.0),
    r"about\s+|around\s+|roughly\s+|approximately\s+|some\s+|an estimated\s+": (1 - _SLACK, 1 + _SLACK),
}


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order; years, days of a month and times of day are none."""
    found = []
    for match in _pattern().finditer(text):
        quantity = _quantity(match, text)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    after = text[match.end() :]
    marked = "%" if match["percent"] else "$" if match["money"] or match["money_after"] else None
    unit = frozenset({marked}) if marked else _counted(after)
    if not marked and _is_label(match, text[: match.start("value")], after):
        return None
    if not unit and not (match["bound"] or len(match["value"]) > 2):
        return None
    loose = _LOOSE.get(match["value"].casefold())
    if loose is not None:
        return Quantity(low=loose[0], high=loose[1], unit=unit)
    value = _value(match["value"])
    if match["upper"] and _value(match["upper"]) > value:
        return Quantity(low=value, high=_value(match["upper"]), unit=unit)
    low, high = _factors(match["bound"])
    return Quantity(low=-inf if low == -inf else value * low, high=value * high, unit=unit)


def _is_label(match: re.Match[str], before: str, after: str) -> bool:
    """Return whether the number is a date, a year, a time or part of a name, and so counts nothing."""
    last = re.findall(r"[\w’'-]+", before)[-1:]
    beside = {word.casefold() for word in last + re.findall(r"\w+", after)[:1]}
    if beside & calendar_words() or re.match(r"\s*(?:[ap]\.?m\b|:\d|st\b|nd\b|rd\b|th\b|-?year-old)", after):
        return True
    if match["bound"]:
        return False
    year = bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", match["value"]))
    named = bool(re.search(r"\b[A-Z][\w’'.]*[ -]$", before)) and last[0].casefold() not in stop_words()
    return year or named


def _factors(bound: str | None) -> tuple[float, float]:
    for pattern, factors in _BOUNDS.items():
        if bound and re.fullmatch(pattern, bound, re.IGNORECASE):
            return factors
    return 1.0, 1.0


def _value(text: str) -> float:
    total = 0.0
    for part in re.findall(rf"{_NUMBER}|[a-z]+", text.casefold()):
        scale = _SCALES.get(part)
        if scale is not None:
            total = (total or 1.0) * scale
        elif part == "dozen":
            total = (total or 1.0) * 12
        else:
            total += float(part.replace(",", "")) if part[0].isdigit() else _number_words().get(part, 0.0)
    return total


def _counted(after: str) -> frozenset[str]:
    """Return the stems of the run of words that follows a number, in which the noun that it counts stands."""
    run = re.match(r"(?:\s+of(?:\s+(?:the|its|their|his|her))?)?(?:[\s-]+[A-Za-z][\w’'-]*){1,3}", after)
    words = re.findall(r"[A-Za-z][\w’']*", run.group()) if run else []
    found: list[str] = []
    for word in words[1:] if words[:1] == ["of"] else words:
        if word.casefold() in stop_words() and found:
            break
        if word.casefold() not in stop_words():
            found.append(_PERSON if stem(word.casefold()) in _people() else stem(word.casefold()))
        elif word not in {"of", "the", "its", "their", "his", "her", "more", "other", "such"}:
            break
    return frozenset(found)


@cache
def _people() -> frozenset[str]:
    return frozenset(stem(word) for word in words("people.txt"))
