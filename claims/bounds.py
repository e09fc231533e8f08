"""What a text says, line by line, about the days between which it was written."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from claims.credits import byline, has_dateline
from claims.furniture import is_furniture, lexicon
from claims.layout import Block, Role, blocks, is_prose
from claims.mentions import Mention, clause_around, dates_mentioned
from claims.records import Span

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STAMPED = re.compile(
    r"\b(?:published|posted|issued|created|uploaded|pub date|date)\b[^\d\n]{0,30}(?:\d{1,2}[:.]\d\d[^\d\n]{0,20})?$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated?|modified|edited)\b[^\d\n]{0,30}(?:\d{1,2}[:.]\d\d[^\d\n]{0,20})?$", re.IGNORECASE)
_DATELINE_END = re.compile(r"\s*(?:\([A-Z][\w. -]{1,30}\))?\s*(?:[-–—:]|\([A-Z])")
_CAPITALS = re.compile(r"[A-Z][A-Z .,'’/-]{2,60}(?:[A-Z][a-z]+\.?,? ?){0,3}")
_TIED = re.compile(
    r"\b(?:(?:earlier |later )?this month|last (?:week|month|year))\b|\bon (?P<day>[A-Z][a-z]+day)\b", re.IGNORECASE
)
_SAME_DAY = re.compile(r"\b(?P<word>today|yesterday|(?:on )?(?P<day>[A-Z][a-z]+day))[,\s]*\(?\s*$", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}")
_LABEL = re.compile(
    r"\b(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?P<unit>[a-z]+?)s?\s+ago\b",
    re.IGNORECASE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"day": 1, "week": 7, "wk": 7, "month": 31, "mo": 31, "year": 366, "yr": 366}
_STAMP_LINE = 100
_SOON = timedelta(days=92)
_DAY_OF_MONTH = re.compile(r"([A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?!\d|,? \d{4})")
_LABEL_SLACK = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A first and a last day, and the words that say so."""

    low: date
    high: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a text offers: days that settle its date, the lower bound, and what may narrow it, strongest first."""

    exact: tuple[Bound, ...]
    lower: Bound | None
    upper: tuple[Bound, ...]


def _show(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month_after(day: date) -> tuple[date, date]:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _block_at(parts: Sequence[Block], position: int) -> Block | None:
    return next((block for block in parts if block.span.start <= position < block.span.end), None)


def _stamp(text: str, mention: Mention, block: Block, *, at_top: bool) -> str | None:
    """Return "published", "updated" or "bare" (a day alone at the top) if `mention` is a stamp and no part of prose."""
    before = text[block.span.start : mention.span.start]
    rest = len(before) + block.span.end - mention.span.end
    if len(before) <= 160 and _UPDATED.search(before):
        return "updated"
    if len(before) <= 160 and _STAMPED.search(before):
        return "published"
    return "bare" if at_top and rest <= _STAMP_LINE else None


def _is_dateline(text: str, mention: Mention, block: Block) -> bool:
    before = text[block.span.start : mention.span.start]
    if len(before) <= 60 and has_dateline(text[block.span.start : block.span.end]):
        return True
    return bool(before and _CAPITALS.fullmatch(before) and _DATELINE_END.match(text, mention.span.end))


def _names(text: str, span: Span) -> set[str]:
    words = (name.group().replace("’", "'").rstrip("'").removesuffix("'s") for name in _NAME.finditer(text, *span))
    found = {word.casefold() for word in words}
    months = {f"{date(2000, month, 1):%B}".casefold() for month in range(1, 13)}
    return found - months - {*_DAYS, *lexicon("function_words.txt")["word"]}


@cache
def _file_picture() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in lexicon("dating.txt")["file picture"]), re.IGNORECASE)


def _same_day(text: str, mention: Mention) -> Bound | None:
    """Return what "today, 5 March 2020", "yesterday (5 March)" or "on Tuesday (5 March)" says."""
    found = _SAME_DAY.search(text, max(0, mention.span.start - 30), mention.span.start)
    if found is None or mention.first != mention.last:
        return None
    word, day = found["word"].lower(), mention.first
    if found["day"]:
        if found["day"].lower() not in _DAYS or not text[: mention.span.start].rstrip().endswith("("):
            return None
        return Bound(low=day, high=day + timedelta(days=7), why=f"“{found.group().strip()}{_show(day)})”")
    shift = timedelta(days=word == "yesterday")
    return Bound(low=day + shift, high=day + shift, why=f"“{word}” beside {_show(day)}")


def _tied(phrase: str, weekday: str | None, day: date) -> Bound | None:
    """Return what a phrase that counts from the day of writing says once it is tied to an event of `day`."""
    shown = f"“{phrase}” of an event pictured on {_show(day)}"
    if weekday:
        if _DAYS[day.weekday()] != weekday.lower():
            return None
        return Bound(low=day, high=day + timedelta(days=6), why=shown)
    if phrase.endswith("last month"):
        low, high = _month_after(day)
        return Bound(low=low, high=high, why=f"{shown}: {low:%B %Y}")
    if phrase.endswith("this month"):
        return Bound(low=day, high=_month_after(day)[0] - timedelta(days=1), why=shown)
    if phrase.endswith("last week"):
        return Bound(low=day + timedelta(days=1), high=day + timedelta(days=14), why=shown)
    return Bound(low=date(day.year + 1, 1, 1), high=date(day.year + 1, 12, 31), why=shown)


def _dateline_after(text: str, parts: Sequence[Block], day: date) -> Iterator[Bound]:
    """Yield the day of a dateline without its year, "LIMA, Feb 8 (Reuters) -", if it soon follows `day`."""
    opening = next(
        (block for block in parts if block.role is Role.BODY and has_dateline(text[slice(*block.span)])), None
    )
    if opening is None:
        return
    for year in (day.year, day.year + 1):
        for mention in dates_mentioned(
            _DAY_OF_MONTH.sub(rf"\1 {year}", text[opening.span.start : opening.span.end][:80])
        ):
            filed = mention.first
            if filed == mention.last and timedelta(0) <= filed - day <= _SOON:
                yield Bound(low=filed, high=filed + timedelta(days=1), why=f"dateline of {_show(filed)}")


def _from_picture(text: str, parts: Sequence[Block], mention: Mention, caption: Block) -> Iterator[Bound]:
    """Yield what relative time words say where their sentence shares a name with a dated picture's caption."""
    if _file_picture().search(text, caption.span.start, caption.span.end):
        return
    pictured = _names(text, caption.span)
    for block in parts:
        if block.role is not Role.BODY:
            continue
        for phrase in _TIED.finditer(text, *block.span):
            clause = clause_around(text, Span(*phrase.span()))
            if dates_mentioned(text[clause.start : clause.end]) or not pictured & _names(text, clause):
                continue
            if bound := _tied(phrase.group().lower(), phrase["day"], mention.first):
                yield bound


def bounds_in(text: str, *, fetched: date) -> Evidence:
    """Return what `text` says about its own date; days after `fetched` are nobody's past and left out."""
    parts = blocks(text)
    dated = [
        (mention, block)
        for mention in dates_mentioned(text)
        if mention.first <= fetched and (block := _block_at(parts, mention.span.start)) is not None
    ]
    exact, updated = _printed(text, parts, dated)
    # What a picture shows has happened, whatever its caption says is still to come.
    past = [
        (mention, block)
        for mention, block in dated
        if block.role is Role.CAPTION or (block.role is not Role.FURNITURE and mention.is_past)
    ]
    if not past:
        settled = (Bound(low=bound.high, high=bound.high, why=bound.why) for bound in updated)
        return Evidence(exact=(*exact, *settled), lower=None, upper=())
    latest = max(mention.first for mention, _ in past)
    return Evidence(
        exact=tuple(exact),
        lower=Bound(low=latest, high=fetched, why=f"speaks of {_show(latest)} as past"),
        upper=(*updated, *_counted_back(text, parts, past)),
    )


_Dated = list[tuple[Mention, Block]]


def _printed(text: str, parts: Sequence[Block], dated: _Dated) -> tuple[list[Bound], list[Bound]]:
    """Return the days printed as those of publication, in a stamp or a dateline, and those of a later update."""
    body = [block for block in parts if block.role is Role.BODY and is_prose(text[block.span.start : block.span.end])]
    opening = body[0] if body else None
    # Writer and date may stand below a first line of prose that only sums the story up.
    prose_at = body[1].span.start if len(body) > 1 else len(text)
    found: dict[str, list[Bound]] = {"published": [], "bare": [], "updated": [], "dateline": []}
    for mention, block in dated:
        if mention.first != mention.last:
            continue
        line = text[block.span.start : block.span.end]
        # A caption's second copy is furniture too, but no stamp.
        if block.role is Role.FURNITURE and (is_furniture(line, at_edge=True) or byline(line)):
            stamp = _stamp(text, mention, block, at_top=block.span.start < prose_at)
            low = date.min if stamp == "updated" else mention.first
            if stamp:
                found[stamp].append(Bound(low=low, high=mention.last, why=f"printed on the page: “{line[:80]}”"))
        elif block is opening and _is_dateline(text, mention, block):
            # Copy filed in the evening is dated the day before it is printed.
            after = mention.last + timedelta(days=1)
            found["dateline"].append(Bound(low=mention.first, high=after, why=f"dateline of {_show(mention.first)}"))
    # Days that differ belong to links to other articles.
    bare = found["bare"] if len({bound.high for bound in found["bare"]}) == 1 else []
    return [*found["published"], *bare, *found["dateline"]], found["updated"]


def _counted_back(text: str, parts: Sequence[Block], past: _Dated) -> Iterator[Bound]:
    """Yield what words that count from the day of writing say, those beside a date first."""
    for mention, _ in past:
        if same := _same_day(text, mention):
            yield same
    latest, where = max(past, key=lambda found: found[0].first)
    if not _file_picture().search(text, where.span.start, where.span.end):
        yield from _dateline_after(text, parts, latest.last)
    pictured = [
        (picture, where) for picture, where in past if where.role is Role.CAPTION and picture.first == picture.last
    ]
    if pictured:
        yield from _from_picture(text, parts, *max(pictured, key=lambda found: found[0].first))


def label_bounds(text: str, *, near: date, fetched: date) -> Iterator[Bound]:
    """Yield what labels such as "5 years ago" say, counted back from `fetched`.

    A page may be read long after it was saved, so a label counts only where the date `near` supports it.
    """
    for block in blocks(text):
        if block.role is not Role.FURNITURE:
            continue
        line = text[block.span.start : block.span.end]
        found = _LABEL.search(line)
        if found is None or found["unit"].lower() not in _UNITS:
            continue
        word = found["n"].lower()
        count = int(word) if word.isdigit() else _NUMBERS.index(word) + 1 if word in _NUMBERS else 1
        unit = _UNITS[found["unit"].lower()]
        # Some sites round to the nearest unit, others down.
        low, high = fetched - timedelta(days=(count + 1) * unit), fetched - timedelta(days=count * unit - unit // 2)
        if low - _LABEL_SLACK <= near <= high:
            yield Bound(low=low, high=high, why=f"“{found.group()}”, counted back from {_show(fetched)}")
