"""How sure a wording is: the modality phrase and its class."""

import re
from functools import cache

from claims.lexicons.load import groups, phrase_pattern
from claims.vocabulary import Kind, Modality

_HEAD = 160
# "The project", "three suspects" grade nothing.
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|its|their|his|her|our|my|your|two|three|four|five|each|every|any|some|of|no)"
    r"(?:\s+[\w-]+)?|['’]s|\b[a-z]+ing|\bnew)$",
    re.IGNORECASE,
)
_ALL = (Modality.UNLIKELY, Modality.LIKELY, Modality.POSSIBLE, Modality.CERTAIN)


def phrase_of(text: str, modality: Modality) -> str | None:
    """Return the first phrase of a modality class in `text`, verbatim, or None."""
    for found in phrase_pattern("modality_phrases.tsv", modality.value).finditer(text):
        before = text[: found.start()].rstrip("\"“‘' ")
        voters = text[found.end() :].startswith((" voter", " caucus-goer", " Republican", " Democratic"))
        month = found.group() == "May" and before
        undoubted = found.group().startswith("doubt") and before.endswith(
            (" no", " little", " any", "without", "beyond")
        )
        noun = found.group().casefold() in _words("noun_or_verb") and _NOUN_BEFORE.search(before)
        if not month and not undoubted and not voters and not noun:
            return found.group()
    return None


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(groups("modality_phrases.tsv")[group])


def read_modality(cue: str, content: str, kind: Kind) -> tuple[Modality, str | None]:
    """Return the modality of a claim of `kind` and the words that carry it; the cue governs the content."""
    if kind in (Kind.OPINION, Kind.NONE):
        return Modality.NONE, None
    if kind == Kind.FACT:
        return _of_fact(cue, content)
    if kind in (Kind.DENIAL, Kind.INTENTION):
        weighed = phrase_of(cue, Modality.POSSIBLE)
        if kind == Kind.INTENTION and weighed and weighed.casefold() in _words("weighed"):
            return Modality.POSSIBLE, weighed
        return Modality.CERTAIN, phrase_of(cue, Modality.CERTAIN)
    # What is thought unlikely is unlikely; what is feared is possible, however sure the words that name it.
    graded = ((cue, _ALL[:1]), (content, _ALL[:1]), (cue, _ALL[1:2]), (content, _ALL[1:3]), (cue, _ALL[2:3]))
    stretches = (*graded, (content, _ALL[3:]), (cue, _ALL[3:]))
    found = ((modality, phrase_of(text, modality)) for text, order in stretches for modality in order)
    return next(((modality, phrase) for modality, phrase in found if phrase), (Modality.CERTAIN, None))


def _of_fact(cue: str, content: str) -> tuple[Modality, str | None]:
    """A fact has a modality only where the cue or a hedge near the start of the content gives it one."""
    for modality in (Modality.LIKELY, Modality.POSSIBLE):
        for text, known in ((cue, None), (content[:_HEAD], _words("hedge"))):
            phrase = phrase_of(text, modality)
            if (
                phrase
                and phrase.casefold() not in _words("not_of_facts")
                and (known is None or phrase.casefold() in known)
            ):
                return modality, phrase
    return Modality.NONE, None
