"""Which of several recorded decisions on one question stands."""

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Protocol, TypeVar

_MACHINE = re.compile(r"[a-z_]+-\d+")


class Decision(Protocol):
    """A row that somebody decided, and that a later row may undo."""

    @property
    def decided_by(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


D = TypeVar("D", bound=Decision)


def is_person(decided_by: str) -> bool:
    """Return whether `decided_by` names a person: machines sign as a word and a version, "features-1"."""
    return _MACHINE.fullmatch(decided_by) is None


def standing(decisions: Iterable[D], question: Callable[[D], Hashable]) -> tuple[D, ...]:
    """Return the decision that stands on each question: the latest one, a person's before any machine's.

    A withdrawal is a decision too and is returned as such; ties fall to the withdrawal.
    """
    kept: dict[Hashable, D] = {}
    for decision in decisions:
        asked = question(decision)
        if asked not in kept or _precedence(decision) >= _precedence(kept[asked]):
            kept[asked] = decision
    return tuple(kept.values())


def _precedence(decision: Decision) -> tuple[bool, datetime, bool, str]:
    when = max(decision.recorded_at, decision.withdrawn_at or decision.recorded_at)
    # The last part only makes the order of simultaneous decisions the same on every run.
    return is_person(decision.decided_by), when, decision.withdrawn_at is not None, repr(decision)
