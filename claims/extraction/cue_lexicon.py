"""The word lists of cues, inflected and by class, and what a single word may be."""

import re
from collections.abc import Iterator
from functools import cache

from claims.extraction.tokens import Tokens
from claims.lexicons.load import rows, sections, words

_IRREGULAR_ING = {
    "lie": "lying",
    "see": "seeing",
    "foresee": "foreseeing",
    "agree": "agreeing",
    "disagree": "disagreeing",
}
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][bgmnptr]$")
_STRESSED_END = re.compile(r"(?:mit|gret|rebut|refer|infer|confer|prefer|cur|begin|forget|abhor|quip|deadpan)$")
_SIBILANT = re.compile(r"(?:s|sh|ch|x|z|o)$")


@cache
def word_class(*names: str) -> frozenset[str]:
    """Return the words of the named closed classes together."""
    classes = sections("cues_grammar.txt")
    return frozenset().union(*(classes[name] for name in names))


@cache
def cue_words(kind: str) -> frozenset[str]:
    """Return the words of one kind of the list of cues that are not plain verbs."""
    return frozenset(word for name, group in rows("cues_other.tsv") if name == kind for word in group.split())


@cache
def verb_forms() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for every inflected cue verb its frames and the forms that it may be (base, third, past …)."""
    frames: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    for names, verbs in rows("cues_verbs.tsv"):
        for entry in _spellings(verbs):
            for form, word in _inflect(entry):
                frames.setdefault(word, set()).update(names.split())
                forms.setdefault(word, set()).add(form)
    return {word: (frozenset(frames[word]), frozenset(forms[word])) for word in frames}


@cache
def inner_forms() -> frozenset[str]:
    """Return the forms of the cue verbs that are read inside another content too."""
    lemmas = words("cues_inner.txt")
    entries = (entry for _, verbs in rows("cues_verbs.tsv") for entry in _spellings(verbs))
    return frozenset(word for entry in entries if entry.split(":")[0] in lemmas for _, word in _inflect(entry))


def _spellings(verbs: str) -> Iterator[str]:
    """Yield the verbs of a line, those in -ize in the British spelling too."""
    for entry in verbs.split():
        yield entry
        if entry.endswith("ize"):
            yield entry.removesuffix("ize") + "ise"


def _inflect(entry: str) -> Iterator[tuple[str, str]]:
    """Yield (form, word) for a verb written as lemma, lemma:past or lemma:past:participle."""
    lemma, *irregular = entry.split(":")
    ends_in_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma.removesuffix("e")
    if _STRESSED_END.search(lemma) or (len(lemma) <= 4 and _DOUBLES.search(lemma)):
        stem = lemma + lemma[-1]
    regular_past = lemma[:-1] + "ied" if ends_in_y else stem + "ed"
    yield "base", lemma
    yield "third", lemma[:-1] + "ies" if ends_in_y else lemma + ("es" if _SIBILANT.search(lemma) else "s")
    yield "past", irregular[0] if irregular else regular_past
    yield "participle", irregular[-1] if irregular else regular_past
    yield "ing", _IRREGULAR_ING.get(lemma, (lemma if ends_in_y else stem) + "ing")


@cache
def is_adverb(low: str) -> bool:
    """Return whether a word may stand inside a verb group as an adverb."""
    if low in word_class("adverbs") or low in cue_words("adverbs"):
        return True
    return low.endswith("ly") and len(low) > 4 and low not in word_class("not_adverbs")


def is_title(tokens: Tokens) -> bool:
    """Return whether most words are capitalised, as in a headline: then capitals tell nothing."""
    longer = [token for token in tokens if token.kind == "w" and len(token.text) > 3]
    return len(longer) > 3 and sum(token.capital for token in longer) > 0.75 * len(longer)


def is_verb(tokens: Tokens, index: int) -> bool:
    """Return whether a token is most likely a finite verb, by form alone."""
    token = tokens[index]
    if token.kind != "w":
        return False
    inside = token.capital and index > 0
    if token.low in word_class("auxiliaries") or token.low in words("cues_verb_forms.txt"):
        return not (inside and token.low in ("will", "may", "left"))
    if inside:
        return False
    if token.low in verb_forms():
        return "past" in verb_forms()[token.low][1]
    return token.low.endswith("ed") and len(token.low) > 4 and token.low not in word_class("not_verbs")
