"""Cues: which words of a sentence may attribute something, each with its verb group."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from claims.extraction.cue_lexicon import cue_words, inner_forms, is_adverb, is_title, verb_forms, word_class
from claims.extraction.tokens import Tokens
from claims.lexicons.load import form, phrase_pattern

_NOUN_FRAMES = frozenset(("that", "to", "quote", "+about", "+of", "+for", "+over", "+on", "+in", "+with"))
_ADJECTIVE_FRAMES = frozenset(("that", "bare", "to", "+about", "+of", "+in"))
_THAT = frozenset(("that",))
_NONE: frozenset[str] = frozenset()
_NEGATIONS = frozenset(("not", "isn't", "wasn't", "never"))
_FILLERS = frozenset(("remains", "remained", "became", "becomes", "no", "growing", "some"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word at token `head` with its group [start, end) and the frames in which it may take its content.

    `form` is past, third, base, ing, group (with an auxiliary) or participle-with-be "passive" for verbs, else noun,
    according, impersonal ("it is unclear"), seems or adverb ("reportedly"). Only an `inner` cue is read inside what
    somebody else says.
    """

    head: int
    start: int
    end: int
    frames: frozenset[str] = _NONE
    form: str
    inner: bool = False


def find_cues(tokens: Tokens) -> tuple[Cue, ...]:
    """Return the cues of a sentence in order; their groups never share a token."""
    found: list[Cue] = []
    done = 0
    title = is_title(tokens)
    conditions = _in_conditions(tokens)
    for index, token in enumerate(tokens):
        if token.kind != "w" or index < done or index in conditions:
            continue
        if token.capital and index and not title and token.low != "according":
            continue
        cue = _cue_at(tokens, index, done)
        if cue is not None:
            found.append(cue)
            done = max(cue.end, index + 1)
    return tuple(found)


def _in_conditions(tokens: Tokens) -> frozenset[int]:
    """Return the tokens of refusals to be named ("who did not wish to be identified"), which attribute nothing."""
    line = " ".join(token.low for token in tokens)
    if not form("phrase_forms.tsv", "unnamed").search(line):
        return frozenset()
    starts = list(accumulate((len(token.low) + 1 for token in tokens), initial=0))
    return frozenset(
        index
        for match in phrase_pattern("conditions.tsv", "refusal").finditer(line)
        for index in range(bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1))
    )


def _cue_at(tokens: Tokens, index: int, bound: int) -> Cue | None:
    low = tokens[index].low
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if low == "according" and following == "to":
        return Cue(head=index, start=index, end=index + 2, form="according")
    if low in ("it", "there"):
        return _impersonal(tokens, index)
    if low in cue_words("adverbs"):
        return _adverb(tokens, index)
    if low in cue_words("seems") and following == "to":
        return Cue(head=index, start=group_start(tokens, index, bound), end=index + 2, form="seems")
    found = _noun(tokens, index) or _carrier(tokens, index, bound) or _attitude(tokens, index, bound)
    return _verb(tokens, index, bound) if found is None and low in verb_forms() else found


def _noun(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue of "a claim by X that", "his belief that", or None."""
    if tokens[index].low not in cue_words("nouns") or index + 1 >= len(tokens) or index == 0:
        return None
    previous = tokens[index - 1].low
    subject = previous.endswith("s") and not previous.endswith(("'s", "s'"))  # "some economists doubt that"
    before = tokens[index - 1 - (index > 1) : index]
    owned = not subject and any(
        token.low in word_class("determiners") or token.low.endswith(("'s", "s'")) for token in before
    )
    if not owned or tokens[index + 1].low not in ("that", "by", "from"):
        return None
    return Cue(head=index, start=index, end=index + 1, frames=_THAT, form="noun")


def group_start(tokens: Tokens, head: int, bound: int) -> int:
    """Return where the verb group of `head` starts: auxiliaries, negations, adverbs and "went on to" before it."""
    start = head
    while start > bound:
        low = tokens[start - 1].low
        takes_to = start < head and tokens[start].low == "to"
        if (
            low in word_class("auxiliaries")
            or low == "to"
            or is_adverb(low)
            or (takes_to and low in cue_words("aspects"))
        ):
            start -= 1
        elif (
            takes_to and low == "on" and start - 2 >= bound and tokens[start - 2].low in ("went", "goes", "go", "gone")
        ):
            start -= 2
        else:
            break
    # An adverb at the edge belongs to the subject or the clause ("Earlier, he …"), unless a word stands before it.
    while start < head and is_adverb(tokens[start].low) and tokens[start].low not in word_class("light_adverbs"):
        if start > bound and tokens[start - 1].kind == "w" and not is_adverb(tokens[start - 1].low):
            break
        start += 1
    return start


def _impersonal(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue of "it is unclear whether", "it was reported that", "there were fears that", or None."""
    named = cue_words("nouns") if tokens[index].low == "there" else cue_words("predicates") | cue_words("seems")
    for place in range(index + 1, min(index + 5, len(tokens) - 1)):
        low = tokens[place].low
        if any(token.low in _NEGATIONS for token in tokens[index + 1 : place]):
            named = named | cue_words("negated")
        if low in named and tokens[place + 1].low in word_class("complementizers"):
            # "It said that" has a speaker, "it is said that" has none.
            if low in verb_forms() and not any(token.low in word_class("be") for token in tokens[index + 1 : place]):
                return None
            return Cue(head=place, start=index, end=place + 1, frames=_THAT, form="impersonal", inner=True)
        if not (low in word_class("auxiliaries") or is_adverb(low) or low in _FILLERS):
            return None
    return None


def _adverb(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue of a bare "reportedly"; next to a cue verb it belongs to that verb's group."""
    if any(token.low in verb_forms() for token in tokens[index + 1 : index + 3]):
        return None
    return Cue(head=index, start=index, end=index + 1, form="adverb")


def _carrier(tokens: Tokens, index: int, bound: int) -> Cue | None:
    """Return the cue of a verb with the noun that it carries ("expressed doubts whether"), or None."""
    if tokens[index].low not in cue_words("carriers"):
        return None
    for place in range(index + 1, min(index + 6, len(tokens) - 1)):
        low = tokens[place].low
        if tokens[place].kind != "w" or low in word_class("prepositions"):
            return None
        if low in cue_words("nouns") and _takes_content(tokens[place + 1].low):
            form = "ing" if tokens[index].low.endswith("ing") else "group"
            start = group_start(tokens, index, bound)
            return Cue(head=index, start=start, end=place + 1, frames=_NOUN_FRAMES, form=form, inner=True)
    return None


def _takes_content(following: str) -> bool:
    return following == "to" or following in word_class("complementizers") or f"+{following}" in _NOUN_FRAMES


def _attitude(tokens: Tokens, index: int, bound: int) -> Cue | None:
    """Return the cue of "is convinced that", "were worried about", or None."""
    if tokens[index].low not in cue_words("subjective"):
        return None
    start = group_start(tokens, index, bound)
    if not any(token.low in word_class("be") for token in tokens[start:index]):
        return None
    return Cue(head=index, start=start, end=index + 1, frames=_ADJECTIVE_FRAMES, form="group")


def _verb(tokens: Tokens, index: int, bound: int) -> Cue | None:
    low = tokens[index].low
    frames, forms = verb_forms()[low]
    if "poll" in frames and not any(token.low in word_class("polls") for token in tokens[:index]):
        return None
    start = group_start(tokens, index, bound)
    form = _form(low, forms, [token.low for token in tokens[start:index]])
    if form is None or (form == "passive" and "passive" not in frames):
        return None
    return Cue(head=index, start=start, end=index + 1, frames=frames, form=form, inner=low in inner_forms())


def _form(low: str, forms: frozenset[str], group: list[str]) -> str | None:
    """Return the form in which a cue verb stands after the words of its group, None where it is no predicate."""
    be = any(word in word_class("be") for word in group)
    have = any(word in word_class("have") for word in group)
    found: str | None = None
    if be and "participle" in forms and not low.endswith("ing") and (not have or "been" in group):
        found = "passive"
    elif low.endswith("ing") and "ing" in forms:
        found = "group" if be else "ing"
    elif any(word in word_class("modals") for word in group):
        bare_infinitive = group[0] == "to" and not any(word in cue_words("aspects") for word in group)
        found = None if bare_infinitive else "group"
    elif have:
        found = "group"
    else:
        found = next((form for form in ("past", "participle", "third", "base") if form in forms), None)
        if found == "participle":
            found = "base" if "base" in forms else None
    return found
