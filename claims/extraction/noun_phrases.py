"""Noun phrases by closed word classes: the phrase that ends before a token, the phrase that starts at one.

All bounds and results are token positions; a phrase keeps what modifies it ("a source in Washington close to the
opposition", "X, the chairman") but never a trailing comma.
"""

from collections.abc import Iterator

from claims.extraction.cue_lexicon import is_adverb, is_verb, word_class
from claims.extraction.tokens import Tokens

Range = tuple[int, int]
DASHES = ("-", "—", "–", "--")
_MAX_APPOSITIVE = 40
_MAX_REDUCED = 12
_MAX_DEPTH = 6
_RELATIVES = ("who", "which", "whose", "whom")


def stops(tokens: Tokens, index: int) -> bool:
    """Return whether a token cannot be inside a base noun phrase."""
    token = tokens[index]
    if token.kind == "q":
        return token.text.rstrip("”\"'’»›")[-1:] in (".", ",", "?", "!") or len(token.text.split()) > 4
    if token.kind == "p":
        return token.low not in "&$€£%#'’"
    if token.capital and index > 0 and token.low in word_class("capital_nouns"):
        return False
    function = word_class("days", "prepositions", "conjunctions", "subordinators")
    return token.low in function or is_adverb(token.low) or is_verb(tokens, index)


def head_of(tokens: Tokens, phrase: Range) -> int:
    """Return the head noun of a phrase: its last word before the first comma, preposition or relative pronoun."""
    for index in range(phrase[0] + 1, phrase[1]):
        low = tokens[index].low
        if tokens[index].kind == "p" or low in word_class("prepositions") or low in (*_RELATIVES, "that"):
            return index - 1
        if low in word_class("postmodifiers") and tokens[min(index + 1, len(tokens) - 1)].low == "by":
            return index - 1
    return phrase[1] - 1


# --- leftwards: the subject of a verb -------------------------------------------------------------------------------


def phrase_before(tokens: Tokens, end: int, bound: int = 0, *, depth: int = 0) -> Range | None:
    """Return the noun phrase that ends before token `end` and starts at `bound` or later, or None."""
    if end <= bound or depth > _MAX_DEPTH:
        return None
    last = end - 1
    if tokens[last].low == "," or tokens[last].low in DASHES:
        return _before_appositive(tokens, end, bound, depth)
    if tokens[last].low in ("who", "which", "that"):
        return (last, end)
    shorter = _unreduced(tokens, end, bound)
    if shorter != end:
        inner = phrase_before(tokens, shorter, bound, depth=depth + 1)
        return (inner[0], end) if inner else None
    start = _base_start(tokens, last, bound)
    return (_extended(tokens, start, bound, depth), end) if start <= last else None


def _base_start(tokens: Tokens, last: int, bound: int) -> int:
    """Return the first token of the base noun phrase whose last token is `last`; `last + 1` if there is none."""
    index = last
    while index >= bound:
        low = tokens[index].low
        if low == ")":
            opening = _opening_bracket(tokens, index, bound)
            if opening is None:
                return index + 1
            index = opening
        elif low in word_class("pronouns"):
            return index if index == last else index + 1
        elif low in word_class("determiners"):
            if index == bound or tokens[index - 1].low not in word_class("determiners"):
                return index
        elif stops(tokens, index):
            return index + 1
        index -= 1
    return bound


def _opening_bracket(tokens: Tokens, closing: int, bound: int) -> int | None:
    nearest = range(closing - 1, max(bound, closing - _MAX_REDUCED) - 1, -1)
    return next((index for index in nearest if tokens[index].low == "("), None)


def _unreduced(tokens: Tokens, end: int, bound: int) -> int:
    """Return where the phrase ends without a reduced clause such as "released Friday" or "briefed on the talks"."""
    for index in range(end - 1, max(bound, end - _MAX_REDUCED - 1), -1):
        token = tokens[index]
        if token.kind == "p" or token.low in word_class("auxiliaries"):
            break
        follows_noun = tokens[index - 1].kind == "w" and not stops(tokens, index - 1)
        if token.low in word_class("postmodifiers") and follows_noun and not (token.capital and index < end - 1):
            return index
    return end


def _extended(tokens: Tokens, start: int, bound: int, depth: int) -> int:
    """Return the start of the phrase with what it hangs on: "a source in" …, "people who" …, "A and" …."""
    before = start - 1
    if before <= bound:
        return start
    low = tokens[before].low
    wider: int | None = None
    if low in word_class("links"):
        if _is_nominal(tokens, before - 1) or (low == "of" and tokens[before - 1].low in word_class("determiners")):
            phrase = phrase_before(tokens, before, bound, depth=depth + 1)
            wider = phrase[0] if phrase else None
        else:
            wider = _relative_start(tokens, before, bound)
    elif low in ("and", "or", "&"):
        wider = _first_of_pair(tokens, before, bound, depth)
    elif is_verb(tokens, before) or tokens[before - 1].low in word_class("auxiliaries"):
        wider = _relative_start(tokens, before, bound)
    return start if wider is None else wider


def _is_nominal(tokens: Tokens, index: int) -> bool:
    return tokens[index].low == ")" or (tokens[index].kind == "w" and not stops(tokens, index))


def _first_of_pair(tokens: Tokens, conjunction: int, bound: int, depth: int) -> int | None:
    """Return where A starts in "A and B" if a clause may start there, None if "and" joins something else."""
    if not _is_nominal(tokens, conjunction - 1) or depth > _MAX_DEPTH:
        return None
    left = _base_start(tokens, conjunction - 1, bound)
    if left > conjunction - 1:
        return None
    left = _extended(tokens, left, bound, depth + 1)
    if left == bound or tokens[left - 1].kind != "w":
        return left
    return left if tokens[left - 1].low in word_class("subordinators") | {"that", "and", "but"} else None


def _relative_start(tokens: Tokens, index: int, bound: int) -> int | None:
    """Return where the phrase starts whose relative clause ("people who know him") reaches over `index`, or None."""
    for place in range(index, max(bound + 1, index - _MAX_REDUCED) - 1, -1):
        token = tokens[place]
        if token.kind == "p" or token.low in ("and", "but"):
            return None
        if token.low in ("who", "which") and not stops(tokens, place - 1):
            start = _base_start(tokens, place - 1, bound)
            return _extended(tokens, start, bound, _MAX_DEPTH - 2) if start < place else None
    return None


def _before_appositive(tokens: Tokens, end: int, bound: int, depth: int) -> Range | None:
    """Return X in "X, the chairman, |", "X, who …, |", "X, speaking in Ohio, |", with what describes X."""
    closing = end - 1
    best: tuple[Range, int] | None = None
    for opening in _openings(tokens, closing, bound):
        head = phrase_before(tokens, opening, bound, depth=depth + 3)
        if head is None or not _describes(tokens, opening + 1, closing):
            continue
        if best is None or _may_start_clause(tokens, head[0] - 1, bound):
            best = (head, opening)
    if best is None:
        return None
    head, opening = best
    first = tokens[opening + 1].low
    circumstance = first in word_class("subordinators", "prepositions") or is_adverb(first) or first.endswith("ing")
    return head if circumstance else (head[0], closing)


def _openings(tokens: Tokens, closing: int, bound: int) -> Iterator[int]:
    """Yield the commas (or dashes) before the mark at `closing` that may open what it closes, nearest first."""
    mark = tokens[closing].low
    for index in range(closing - 2, max(bound, closing - _MAX_APPOSITIVE), -1):
        token = tokens[index]
        if token.low == mark:
            yield index
        elif token.low in (";", ":", "?", "!") or (token.kind == "q" and len(token.text) > 60):
            return


def _describes(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether the tokens between two commas say more about the noun phrase before them."""
    first = tokens[start].low
    if first in ("and", "but", "so", "or"):
        return False
    if first in _RELATIVES or first.endswith(("ing", "ed")) or first in word_class("subordinators"):
        return True
    verb = next((index for index in range(start, end) if is_verb(tokens, index)), end)
    return verb == end or any(tokens[index].low in (*_RELATIVES, "that", "where") for index in range(start, verb))


def _may_start_clause(tokens: Tokens, index: int, bound: int) -> bool:
    """Return whether a clause may start right after the token at `index`."""
    if index < bound:
        return True
    if tokens[index].kind != "w":
        return tokens[index].low != ","
    return tokens[index].low in word_class("conjunctions", "subordinators") | {"that"}


# --- rightwards: "according to X", "…, said X" ----------------------------------------------------------------------


def phrase_from(tokens: Tokens, start: int, bound: int) -> Range | None:
    """Return the noun phrase that starts at token `start` and ends at `bound` or before, or None."""
    if start >= bound:
        return None
    if tokens[start].low in word_class("pronouns"):
        return (start, start + 1)
    index, goes_on = start, True
    while goes_on and index < bound:
        index, goes_on = _step(tokens, start, index, bound)
    while index > start and tokens[index - 1].kind == "p" and tokens[index - 1].low not in (")", "%"):
        index -= 1
    return (start, index) if index > start else None


def _step(tokens: Tokens, start: int, index: int, bound: int) -> tuple[int, bool]:
    """Return the next position and whether the phrase may go on there; else the position is where it ends."""
    low = tokens[index].low
    inside = index > start
    if low == "(":
        nearest = range(index + 1, min(bound, index + _MAX_REDUCED))
        closing = next((place for place in nearest if tokens[place].low == ")"), None)
        return (index, False) if closing is None else (closing + 1, True)
    if inside and low in ("who", "whose") and index + 1 < bound:
        return _clause_stop(tokens, index + 1, bound), False
    if inside and (low in ("that", "here") or low in word_class("pronouns") or _starts_another(tokens, index)):
        return index, False
    if low in word_class("determiners") or (inside and low in word_class("postmodifiers")) or not stops(tokens, index):
        return index + 1, True
    if inside and index + 1 < bound and tokens[index + 1].kind == "w":
        return _step_over_link(tokens, index, bound)
    return index, False


def _starts_another(tokens: Tokens, index: int) -> bool:
    """Return whether a determiner starts the next phrase ("told reporters | the bill")."""
    if tokens[index].low not in ("the", "a", "an", "his", "her", "their", "its"):
        return False
    return tokens[index - 1].low not in word_class("prepositions", "determiners") | {",", "and", "&"}


def _step_over_link(tokens: Tokens, index: int, bound: int) -> tuple[int, bool]:
    """Step over a preposition, conjunction or comma if what follows still belongs to the phrase."""
    low, following = tokens[index].low, tokens[index + 1]
    belongs = False
    if low in ("of", "for", "from", "with", "to"):
        belongs = following.low not in word_class("days")
    elif low in ("at", "in", "on"):
        belongs = not _is_occasion(tokens, index)
    elif low in ("and", "&"):
        belongs = following.capital or low == "&"
    elif low == "," and following.low in ("who", "whose"):
        return _clause_stop(tokens, index + 1, bound), False
    elif low == ",":
        belongs = _is_appositive(tokens, index + 1, bound)
    return (index + 1, True) if belongs else (index, False)


def _is_occasion(tokens: Tokens, index: int) -> bool:
    """Return whether a preposition starts when or where something was said ("in an interview"), no part of a name."""
    following = tokens[index + 1]
    occasions = ("a", "an", "his", "her", "their", "response", "reference", "recent", "addition", "explaining")
    if following.low in occasions or following.low in word_class("days", "months"):
        return True
    return following.text[:4].isdigit() or following.low.endswith("ing")


def _is_appositive(tokens: Tokens, start: int, bound: int) -> bool:
    first = tokens[start].low
    if (
        first in word_class("subordinators", "prepositions", "pronouns")
        or first in ("and", "but")
        or first.endswith("ing")
    ):
        return False
    stop = _clause_stop(tokens, start, bound)
    relative = next((index for index in range(start, stop) if tokens[index].low in (*_RELATIVES, "that")), stop)
    return not any(is_verb(tokens, index) for index in range(start, relative))


def _clause_stop(tokens: Tokens, start: int, bound: int) -> int:
    marks = (",", ";", ".", ":", *DASHES)
    return next((index for index in range(start, bound) if tokens[index].low in marks), bound)
