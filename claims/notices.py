"""The notices by which an article says of itself that it was corrected or updated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claims.furniture import lexicon

_LONGEST = 900
# In every notice there is one of these; most lines need no closer look.
_HINT = re.compile(
    r"correct|clarif|updat|version|amend|chang|edited|error|retract|apolog|adds?\b|recast|refile|through|relead|remov|article|story|earlier|previous|prior\b|misst",
    re.IGNORECASE,
)
_MARKS = " \t\u00a0*•·–—-([{“\"'‘"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What was found, verbatim; several notices of a kind are joined by line breaks."""

    correction: str | None = None
    update: str | None = None


def notices_in(lines: Iterable[str]) -> Notices:
    """Return the notices among `lines`, each line once; a line that is both counts as a correction.

    A notice opens its line with a word such as "Correction:", or says of "this story" that it was changed; prose that
    reports on somebody else's correction is none.
    """
    corrections: dict[str, None] = {}
    updates: dict[str, None] = {}
    for line in lines:
        tidy = " ".join(line.split())
        if not 8 <= len(tidy) <= _LONGEST or _HINT.search(tidy) is None:
            continue
        if is_correction(tidy):
            corrections[tidy] = None
        elif _is(tidy, "update", "updated"):
            updates[tidy] = None
    return Notices(correction="\n".join(corrections) or None, update="\n".join(updates) or None)


def is_correction(line: str) -> bool:
    """Return whether `line` is a notice that something in its article was wrong."""
    return _is(line, "correction", "corrected")


def is_notice(line: str) -> bool:
    """Return whether `line` is a notice of a correction or an update."""
    return len(line) <= _LONGEST and (is_correction(line) or _is(line, "update", "updated"))


def _is(line: str, opening: str, anywhere: str) -> bool:
    plain = line.replace("’", "'")
    return _pattern(opening).match(plain.lstrip(_MARKS)) is not None or _pattern(anywhere).search(plain) is not None


@cache
def _pattern(section: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in lexicon("notices.txt")[section]), re.IGNORECASE)
