"""One named person of one article."""

from dataclasses import dataclass

from claims.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One named person of one article: the fullest printed name, the mentions and the describing words."""

    name: str
    sex: str
    mentions: tuple[Span, ...]
    words: frozenset[str]
