"""Which state a body, an official's organisation or a word for a side stands for."""

from functools import cache

from claims.lexicons.load import rows


@cache
def _homes() -> dict[str, str]:
    return {word.casefold(): row[0] for row in rows("homes.tsv") for word in row[1].split(", ")}


def home_of(name: str | None) -> str | None:
    """Return the state that a body or side speaks for, or None."""
    low = (name or "").casefold().removeprefix("the ")
    words = low.split()
    return next((_homes()[part] for part in (low, *words[-1:], *words[:1]) if part in _homes()), None)
