"""Cues: which words may attribute something, and the verb group that each stands in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.tokens import Tokens
from claims.lexicons.load import rows, sections, words

FORMS = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word at `head` with its verb group [start, end) in tokens, and how it may take its content."""

    head: int
    start: int
    end: int
    frames: frozenset[str]
    form: str
    inner: bool = False


@lru_cache(maxsize=1)
def grammar() -> dict[str, frozenset[str]]:
    """Return the closed word classes by name."""
    return sections("cues_grammar.txt")


@lru_cache(maxsize=1)
def verb_forms() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for every inflected cue verb its frames and the forms that it may be (base, third, past …)."""
    frames: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    for names, verbs in rows("cues_verbs.tsv"):
        for entry in verbs.split():
            for form, word in _inflect(entry):
                frames.setdefault(word, set()).update(names.split())
                forms.setdefault(word, set()).add(form)
    return {word: (frozenset(frames[word]), frozenset(forms[word])) for word in frames}


def _inflect(entry: str) -> Iterable[tuple[str, str]]:
    lemma, *irregular = entry.split(":")
    ending_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    doubled = lemma + lemma[-1] if re.search(r"(?:^|[^aeiou])[aeiou][bgmnptr]$", lemma) and len(lemma) <= 4 else stem
    third = lemma[:-1] + "ies" if ending_y else lemma + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", lemma) else "s")
    past = lemma[:-1] + "ied" if ending_y else doubled + "ed"
    yield from (("base", lemma), ("third", third))
    yield "past", irregular[0] if irregular else past
    yield "participle", irregular[-1] if irregular else past
    yield "ing", {"lie": "lying", "see": "seeing", "foresee": "foreseeing", "agree": "agreeing", "disagree": "disagreeing"}.get(
        lemma, (lemma if ending_y or irregular and not lemma.endswith("e") else doubled) + "ing"
    )


@lru_cache(maxsize=1)
def other(kind: str) -> frozenset[str]:
    """Return the words of one kind of the list of cues that are not plain verbs."""
    return frozenset(word for name, group in rows("cues_other.tsv") if name == kind for word in group.split())


def is_adverb(low: str) -> bool:
    """Return whether a word may stand inside a verb group as an adverb."""
    classes = grammar()
    return low in classes["adverbs"] or low in other("adverbs") or (
        low.endswith("ly") and len(low) > 4 and low not in classes["not_adverbs"]
    )


def is_title(tokens: Tokens) -> bool:
    """Return whether most words are capitalised, as in a headline: then capitals tell nothing."""
    longer = [token for token in tokens if token.kind == "w" and len(token.text) > 3]
    return len(longer) > 3 and sum(token.capital for token in longer) > 0.75 * len(longer)


def is_verb(tokens: Tokens, index: int) -> bool:
    """Return whether a token is most likely a finite verb, by form alone."""
    token = tokens[index]
    low = token.low
    if token.kind != "w":
        return False
    if low in grammar()["auxiliaries"] or low in words("cues_verb_forms.txt"):
        return not (token.capital and low in ("will", "may", "left") and index > 0)
    if token.capital and index > 0:
        return False
    if low in verb_forms():
        forms = verb_forms()[low][1]
        return "past" in forms
    return low.endswith("ed") and len(low) > 4 and low not in ("united", "indeed", "hundred", "so-called", "speed", "proceed", "exceed", "succeed")


def verb_group(tokens: Tokens, head: int, low_bound: int) -> int:
    """Return where the verb group of `head` starts: auxiliaries, negations and adverbs before it."""
    classes = grammar()
    start = head
    while start > low_bound:
        low = tokens[start - 1].low
        if low in classes["auxiliaries"] or low == "to" or is_adverb(low):
            start -= 1
        elif low in other("aspects") and start < head and tokens[start].low == "to":
            start -= 1
        elif low == "on" and start - 2 >= low_bound and tokens[start - 2].low in ("went", "goes", "go", "gone") and tokens[start].low == "to":
            start -= 2
        else:
            break
    while start < head and is_adverb(tokens[start].low) and tokens[start].low not in ("never", "also"):
        if start > low_bound and tokens[start - 1].kind == "w" and not is_adverb(tokens[start - 1].low):
            break
        start += 1
    return start


@lru_cache(maxsize=1)
def _inner_forms() -> frozenset[str]:
    return frozenset(word for lemma in words("cues_inner.txt") for entry in _entries(lemma) for _, word in _inflect(entry))


def _entries(lemma: str) -> tuple[str, ...]:
    return tuple(entry for _, verbs in rows("cues_verbs.tsv") for entry in verbs.split() if entry.split(":")[0] == lemma)


def find_cues(tokens: Tokens) -> tuple[Cue, ...]:
    """Return the cues of a sentence in the order of their heads; verb groups never share a token."""
    found: list[Cue] = []
    done = 0
    title = is_title(tokens)
    for index, token in enumerate(tokens):
        if token.kind != "w" or index < done or (token.capital and index and not title and token.low != "according"):
            continue
        cue = _cue_at(tokens, index, done)
        if cue is not None:
            found.append(cue)
            done = max(cue.end, index + 1)
    return tuple(found)


def _cue_at(tokens: Tokens, index: int, low_bound: int) -> Cue | None:
    low = tokens[index].low
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if low == "according" and following == "to":
        return Cue(head=index, start=index, end=index + 2, frames=frozenset(), form="according")
    if low in ("it", "there"):
        return _impersonal(tokens, index)
    if low in other("adverbs"):
        ahead = next((i for i in range(index + 1, min(index + 3, len(tokens))) if tokens[i].low in verb_forms()), None)
        if ahead is None and not (index and tokens[index - 1].low in other("adverbs")):
            return Cue(head=index, start=index, end=index + 1, frames=frozenset(), form="adverb")
        return None
    if low in other("seems") and following == "to":
        return Cue(head=index, start=verb_group(tokens, index, low_bound), end=index + 2, frames=frozenset(), form="seems")
    if low in other("carriers"):
        carried = _carried(tokens, index)
        if carried:
            start = verb_group(tokens, index, low_bound)
            form = "ing" if low.endswith("ing") else "group"
            return Cue(head=index, start=start, end=carried, frames=frozenset(("that", "to", "+about", "+of", "+for", "+over", "+on", "+in", "+with", "quote")), form=form, inner=True)
    if low in other("subjective"):
        start = verb_group(tokens, index, low_bound)
        if any(tokens[i].low in grammar()["be"] for i in range(start, index)):
            return Cue(head=index, start=start, end=index + 1, frames=frozenset(("that", "bare", "to", "+about", "+of", "+in")), form="group")
    if low in verb_forms():
        return _verb_cue(tokens, index, low_bound)
    if low in other("nouns") and following in ("that", "by", "from"):
        return Cue(head=index, start=index, end=index + 1, frames=frozenset(("that",)), form="noun")
    return None


def _impersonal(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue of "it is unclear whether", "it appears that", "it was reported that", or None."""
    for place in range(index + 1, min(index + 5, len(tokens) - 1)):
        low = tokens[place].low
        named = other("nouns") if tokens[index].low == "there" else other("predicates") | other("seems")
        if low in named and tokens[place + 1].low in grammar()["complementizers"]:
            return Cue(head=place, start=index, end=place + 1, frames=frozenset(("that",)), form="impersonal", inner=True)
        if not (low in grammar()["auxiliaries"] or is_adverb(low) or low in ("remains", "remained", "became", "becomes", "no", "growing", "some")):
            return None
    return None


def _carried(tokens: Tokens, index: int) -> int | None:
    """Return the end of the noun phrase with a cue noun that a verb carries ("expressed doubts"), or None."""
    for place in range(index + 1, min(index + 6, len(tokens) - 1)):
        low = tokens[place].low
        if tokens[place].kind != "w" or low in grammar()["prepositions"]:
            return None
        if low in other("nouns") and (tokens[place + 1].low in grammar()["complementizers"] | {"about", "of", "for", "over", "to", "in", "on", "with"}):
            return place + 1
    return None


def _verb_cue(tokens: Tokens, index: int, low_bound: int) -> Cue | None:
    low = tokens[index].low
    frames, forms = verb_forms()[low]
    start = verb_group(tokens, index, low_bound)
    group = [tokens[i].low for i in range(start, index)]
    classes = grammar()
    be = any(word in classes["be"] for word in group)
    have = any(word in classes["have"] for word in group)
    passive = be and not low.endswith("ing") and "participle" in forms and (not have or "been" in group)
    if passive and have and group and group[0] in classes["be"]:
        passive = True
    if passive:
        if "passive" not in frames:
            return None
        form = "passive"
    elif low.endswith("ing") and "ing" in forms:
        form = "group" if be else "ing"
    elif any(word in classes["modals"] for word in group):
        aspect = any(word in other("aspects") for word in group)
        if group[0] == "to" and not aspect:
            return None
        form = "group"
    elif have:
        form = "group"
    elif "past" in forms:
        form = "past"
    elif "participle" in forms and "base" not in forms:
        return None
    elif "third" in forms:
        form = "third"
    else:
        form = "base"
    inner = low in _inner_forms()
    return Cue(head=index, start=start, end=index + 1, frames=frames, form=form, inner=inner)
