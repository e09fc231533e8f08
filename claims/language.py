"""The language of a text, as far as it decides whether the extractor can read it."""

import re
from functools import cache

from claims.lexicons.load import words

ENGLISH = "en"
UNDETERMINED = "und"
NOT_ENGLISH = "not English: give an English text or a translation, marked as one"

_SAMPLE = 60_000
_FEWEST = 20
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = re.compile(r"[a-zA-Z]")
_PLENTY, _CLEARLY = 300, 0.35  # from here on more words would not change what is clear
_SURE, _NEVER = 0.22, 0.12  # shares of function words: running English has .35 to .55, other languages below .1


def language_of(text: str) -> str | None:
    """Return "en" for English, "und" for what is clearly another language, None where that cannot be told.

    Lines vote with their words, so that quotations in another language and tables do not outvote the prose. Texts of
    fewer than about 20 words, and lists of names and figures, are None.
    """
    total = function = prose = foreign = letters = latin = 0
    for line in text[:_SAMPLE].splitlines():
        tokens = _WORD.findall(line)
        plain = "".join(tokens)
        letters += len(plain)
        latin += len(plain) if plain.isascii() else len(_LATIN.findall(plain))
        hits = sum(map(_english().__contains__, _WORD.findall(line.casefold().replace("’", "'"))))
        total += len(tokens)
        function += hits
        if len(tokens) >= 8:
            if hits >= _SURE * len(tokens):
                prose += len(tokens)
            elif hits < _NEVER * len(tokens) and _is_prose(tokens):
                foreign += len(tokens)
        if total >= _PLENTY and function >= _CLEARLY * total and latin > 0.9 * letters:
            return ENGLISH
    if letters >= 3 * _FEWEST and latin < 0.3 * letters:
        return UNDETERMINED
    if total < _FEWEST:
        return None
    if function >= _SURE * total or (prose > foreign and prose >= _FEWEST):
        return ENGLISH
    return UNDETERMINED if foreign >= max(_FEWEST, 0.5 * total) else None


def is_foreign(text: str) -> bool:
    """Return whether `text` is clearly not English."""
    return language_of(text) == UNDETERMINED


def _is_prose(tokens: list[str]) -> bool:
    """Return whether the words run on: a row of a table and a list of names have capitals throughout."""
    return sum(token[0].islower() for token in tokens) >= 0.5 * len(tokens) or all(token.isupper() for token in tokens)


@cache
def _english() -> frozenset[str]:
    return words("english_function_words.txt")
