"""By when a claim should be settled: the words that say so, and the interval that they mean."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from claims.horizon_calendar import Groups
from claims.horizon_grammar import Rule, patterns
from claims.lexicons.load import phrase_pattern, rows
from claims.vocabulary import Kind

_HINT = re.compile(
    r"\b(?:by|before|until|till|through|within|in|over|during|for|next|this|coming|later?|early|mid|end|year|on|tomorrow|"
    r"tonight|today|soon|shortly|imminently|quickly|immediately|any|ahead|from|after|at|more|as|once|following|inside|between|overnight|effective|towards?|\w+day)\b",
    re.IGNORECASE,
)
# What comes before an event on a day may still come that morning.
_BEFORE = re.compile(
    r"^(?:before|ahead of|prior to)\b(?!.*\b(?:end|out|midnight|deadline|on)\b)"
    r"(?!\s+\w+\s+(?-i:[A-Z])\w+\s+(?-i:[a-z]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a claim can be judged: the words, the interval (None where open), the policy that gave an unstated one."""

    text: str | None
    earliest: datetime | None = None
    latest: datetime | None = None
    policy: str | None = None


def find_horizon(text: str) -> str | None:
    """Return the words of `text` that bound when a claim should be settled, verbatim, or None."""
    found = _first(text)
    return found[0] if found else None


def _first(text: str) -> tuple[str, Groups, Rule, bool] | None:
    if not _HINT.search(text):
        return None
    for pattern, rule, deadline in patterns():
        match = pattern.search(text)
        if match:
            groups = {name: value or "" for name, value in match.groupdict().items()}
            return match.group().strip(), groups, rule, deadline
    return None


def read_expression(text: str, *, earliest: datetime, latest: datetime) -> tuple[datetime, datetime] | None:
    """Return the interval that a time expression means, counted from publication; None where it stays open."""
    found = _first(text)
    if not found:
        return None
    words, groups, rule, deadline = found
    first, last = rule(groups, earliest.date()), rule(groups, latest.date())
    if first is None or last is None or last[1] < earliest.date():
        return None
    end = last[0] - timedelta(days=1) if _BEFORE.match(words) and last[0] > latest.date() else last[1]
    if _unit(groups) == "week" and end == latest.date() and latest.hour >= _sunday_hour():
        # Late on a Sunday a reader takes the week for the one ahead.
        end += timedelta(weeks=1)
    start = earliest.date() if deadline else max(first[0], earliest.date())
    due_earliest = max(_at(start, time(0)), earliest)
    return due_earliest, max(_at(end, time(23, 59, 59)), latest, due_earliest)


def _unit(groups: Groups) -> str:
    return groups.get("unit", "").casefold()


def _sunday_hour() -> int:
    """The hour of a Sunday (UTC) from which "this week" reaches to the end of the next one."""
    return next(int(row[1]) for row in rows("horizon_policy.tsv") if row[0] == "week_turns")


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=UTC)


def policy_version() -> str:
    """Return the version of the policy for horizons that are not stated."""
    return rows("horizon_policy.tsv")[0][1]


def set_due(
    text: str, kind: Kind, *, horizon: str | None, made: tuple[datetime, datetime] | None, trackable: bool
) -> Due:
    """Return when a claim is due: a fact at publication, a stated horizon as read, an implied one by the policy."""
    if made is None or not trackable or kind in (Kind.OPINION, Kind.NONE):
        return Due(text=horizon)
    if kind in (Kind.FACT, Kind.DENIAL):
        return Due(text=horizon, earliest=made[1], latest=made[1])
    read = read_expression(horizon, earliest=made[0], latest=made[1]) if horizon else None
    if read:
        return Due(text=horizon, earliest=read[0], latest=read[1])
    vague = ("soon", "imminent")
    if horizon and not any(phrase_pattern("horizon_policy.tsv", name).search(horizon) for name in vague):
        return Due(text=horizon)
    return _implied(text, kind, horizon, made)


def _implied(text: str, kind: Kind, horizon: str | None, made: tuple[datetime, datetime]) -> Due:
    for name, length, *_ in rows("horizon_policy.tsv")[1:]:
        if name.startswith(("vague", "week")) or (name == "institutional" and kind != Kind.INTENTION):
            continue
        if phrase_pattern("horizon_policy.tsv", name).search(text):
            year_end = datetime(made[1].year, 12, 31, 23, 59, 59, tzinfo=UTC)
            end = year_end if length == "year_end" else made[1] + timedelta(days=int(length))
            return Due(text=horizon, earliest=made[0], latest=max(end, made[1]), policy=policy_version())
    return Due(text=horizon)
