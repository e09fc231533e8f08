"""The attribution relation as found in a text, before it is anybody's record."""

from dataclasses import dataclass

from claims.records import Spans
from claims.vocabulary import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One source + cue + content in a text (PARC 3.0); `nested_in` is the index of the relation that relays it."""

    source: Spans
    cue: Spans
    content: Spans
    quotation: Quotation
    nested_in: int | None = None
    confidence: float = 1.0
