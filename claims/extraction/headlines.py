"""Headlines and transcripts, where a colon attributes: "Official: more sanctions coming", "JONES: I agree."."""

import re

from claims.extraction.cue_lexicon import word_class
from claims.extraction.noun_phrases import head_of
from claims.extraction.sentence import Draft, Sentence
from claims.extraction.tokens import Tokens

_MAX_SPEAKER = 8
_MAX_CLOSING_SPEAKER = 4
_NAME = re.compile(r"\b[A-Z]\w+")
_TRANSCRIPT = re.compile(r"(?:(?:MR|MRS|MS|DR|SEN|GOV|REP|GEN)\.? )?[A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’.-]+){0,3}(?=: \S)")


def names_in(text: str) -> frozenset[str]:
    """Return the capitalised words of a text, lower-cased."""
    return frozenset(match.group().lower() for match in _NAME.finditer(text))


def read_headline(tokens: Tokens, names: frozenset[str]) -> Draft | None:
    """Return the relation that a colon makes in a headline, or None.

    What stands before it must be able to speak: a noun such as "official" or "poll", or a name that the article uses.
    """
    sentence = Sentence(tokens)
    end = len(tokens)
    while end and sentence.low(end - 1) in (".", "…"):
        end -= 1
    colons = [index for index in range(1, end - 1) if sentence.low(index) == ":"]
    if not colons:
        return None
    first, last = colons[0], colons[-1]
    if first <= _MAX_SPEAKER and end - first > 2 and _may_speak(sentence, (0, first), names):
        return Draft(source=(0, first), cue=(first, first + 1), contents=((first + 1, end),), rule="headline")
    if end - last - 1 <= _MAX_CLOSING_SPEAKER and last > 2 and _may_speak(sentence, (last + 1, end), frozenset()):
        return Draft(source=(last + 1, end), cue=(last, last + 1), contents=((0, last),), rule="headline")
    return None


def _may_speak(sentence: Sentence, phrase: tuple[int, int], names: frozenset[str]) -> bool:
    if sentence.has_verb(*phrase) or sentence.low(phrase[0]) in word_class("labels"):
        return False
    head = sentence.tokens[head_of(sentence.tokens, phrase)]
    return head.low in word_class("speakers") or (head.capital and head.low in names)


def transcript_speaker(line: str) -> int | None:
    """Return the length of the speaker's name that opens a line of a transcript ("JONES: …"), or None."""
    match = _TRANSCRIPT.match(line)
    return match.end() if match else None
