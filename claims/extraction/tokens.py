"""Sentences as token sequences in which each quotation is one token."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.quotations import overlapping
from claims.records import Span

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:['’]s\b)?"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Col|Lt|Capt|Sgt|Maj|Adm|Hon|Rev|St|Jr|Sr|No|Inc|Corp|Co|Ltd)\."
    r"|\b[A-Z]\.(?=\s+[A-Z])"
    r"|\b(?i:i|you|he|she|it|we|they|who|that|there|what)(?=[’'](?i:s|re|ve|ll|d|m)\b)"
    r"|(?<=\w)[’'](?i:s|re|ve|ll|d|m)\b"
    r"|\w+(?:[’'\-&/.@]\w+|,\d{3}\b)*(?:(?<=s)['’](?=\s))?|--+|[^\w\s]"
)


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation (`kind` w, p or q) with its place in the text."""

    text: str
    low: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


Tokens = tuple[Token, ...]


def tokens_of(text: str, span: Span, quotes: Sequence[Span]) -> Tokens:
    """Return the tokens of `text[span]`; a quotation of `quotes` that lies in it is one token."""
    return tuple(_tokens(text, span, quotes))


def _tokens(text: str, span: Span, quotes: Sequence[Span]) -> Iterator[Token]:
    here = span.start
    for quote in overlapping(quotes, span):
        yield from _words(text, here, max(here, quote.start))
        start, end = max(quote.start, span.start), min(quote.end, span.end)
        yield Token(text[start:end], "“”", start, end, "q")
        here = end
    yield from _words(text, here, span.end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        kind = "w" if word[0].isalnum() or (len(word) > 1 and word[0] in "’'") else "p"
        yield Token(word, word.lower().replace("’", "'"), match.start(), match.end(), kind)
