"""Noun phrases by closed word classes: the phrase that ends before a token, the phrase that starts at one."""

from collections.abc import Iterator

from claims.extraction.cues import grammar, is_adverb, is_verb
from claims.extraction.tokens import Tokens

MAX_APPOSITIVE = 40
DASHES = ("-", "—", "–", "--")


def stops(tokens: Tokens, index: int) -> bool:
    """Return whether a token cannot be inside a base noun phrase."""
    token = tokens[index]
    classes = grammar()
    if token.kind == "q":
        return token.text[-2:-1] in ".,?!" or len(token.text.split()) > 4
    if token.kind == "p":
        return token.low not in "&$€£%#'’"
    if token.low in classes["days"]:
        return True
    if token.capital and index > 0 and token.low in ("will", "may", "mark", "read", "bill", "no", "but", "so"):
        return token.low in ("but", "so")
    return (
        token.low in classes["prepositions"]
        or token.low in classes["conjunctions"]
        or token.low in classes["subordinators"]
        or is_adverb(token.low)
        or is_verb(tokens, index)
    )


def _base_start(tokens: Tokens, last: int, low_bound: int) -> int:
    """Return the first token of the base noun phrase whose last token is `last`; `last + 1` if there is none."""
    classes = grammar()
    index = last
    while index >= low_bound:
        token = tokens[index]
        if token.low == ")":
            opening = next((i for i in range(index - 1, max(low_bound, index - 12) - 1, -1) if tokens[i].low == "("), None)
            if opening is None:
                return index + 1
            index = opening - 1
            continue
        if token.low in classes["pronouns"]:
            return index if index == last else index + 1
        if token.low in classes["determiners"]:
            if index > low_bound and tokens[index - 1].low in classes["determiners"]:
                index -= 1
                continue
            return index
        if stops(tokens, index):
            return index + 1
        index -= 1
    return low_bound


def phrase_before(tokens: Tokens, end: int, low_bound: int = 0, *, depth: int = 0) -> tuple[int, int] | None:
    """Return the token range of the noun phrase that ends right before token `end`, with what modifies it, or None."""
    if end <= low_bound or depth > 6:
        return None
    last = end - 1
    if tokens[last].low == "," or tokens[last].low in DASHES:
        return _before_appositive(tokens, end, low_bound, depth)
    if tokens[last].low in ("who", "which", "that"):
        return (last, end)
    shift = _postmodified(tokens, end, low_bound)
    if shift != end:
        inner = phrase_before(tokens, shift, low_bound, depth=depth + 1)
        return (inner[0], end) if inner else None
    start = _base_start(tokens, last, low_bound)
    if start > last:
        return None
    return _extended(tokens, start, end, low_bound, depth), end


def _postmodified(tokens: Tokens, end: int, low_bound: int) -> int:
    """Return where the phrase ends without a reduced clause such as "released Friday" or "briefed on the talks"."""
    post = grammar()["postmodifiers"]
    for index in range(end - 1, max(low_bound, end - 12) - 1, -1):
        token = tokens[index]
        if token.kind == "p" or token.low in grammar()["auxiliaries"]:
            break
        if token.low in post and index > low_bound and tokens[index - 1].kind == "w" and not stops(tokens, index - 1):
            if not (token.capital and index < end - 1):
                return index
    return end


def _extended(tokens: Tokens, start: int, end: int, low_bound: int, depth: int) -> int:
    """Return the start of the phrase with what it hangs on: "a source in" …, "people who" …, "A and" …."""
    classes = grammar()
    before = start - 1
    if before <= low_bound:
        return start
    low = tokens[before].low
    if low in classes["links"] and before - 1 >= low_bound:
        head = before - 1
        if tokens[head].kind == "w" and not stops(tokens, head) or tokens[head].low == ")" or (
            low == "of" and tokens[head].low in classes["determiners"] | {"number", "half"}
        ):
            wider = phrase_before(tokens, before, low_bound, depth=depth + 1)
            return wider[0] if wider else start
        relative = _relative(tokens, before, low_bound)
        return relative if relative is not None else start
    if low in ("and", "or", "&") and before - 1 >= low_bound and tokens[before - 1].kind == "w" and not stops(tokens, before - 1):
        left = _base_start(tokens, before - 1, low_bound)
        if left <= before - 1:
            left = _extended(tokens, left, before, low_bound, depth + 1) if depth < 4 else left
            if left == low_bound or tokens[left - 1].kind != "w" or tokens[left - 1].low in classes["subordinators"] | {"that", "and", "but"}:
                return left
        return start
    if is_verb(tokens, before):
        relative = _relative(tokens, before, low_bound)
        return relative if relative is not None else start
    return start


def _relative(tokens: Tokens, index: int, low_bound: int) -> int | None:
    """Return where the phrase starts whose relative clause ("people who know him") reaches over `index`, or None."""
    for place in range(index, max(low_bound + 1, index - 12) - 1, -1):
        token = tokens[place]
        if token.kind == "p" or token.low in ("and", "but"):
            return None
        if token.low in ("who", "which") and not stops(tokens, place - 1):
            start = _base_start(tokens, place - 1, low_bound)
            if start <= place - 1:
                wider = phrase_before(tokens, place, low_bound, depth=4)
                return wider[0] if wider else start
            return None
    return None


def _before_appositive(tokens: Tokens, end: int, low_bound: int, depth: int) -> tuple[int, int] | None:
    """Return the phrase in "X, the chairman, |" or "X, who …, |": everything from X without the closing comma."""
    closing = end - 1
    best = None
    for opening in _openings(tokens, closing, low_bound):
        head = phrase_before(tokens, opening, low_bound, depth=depth + 3)
        if head is None or not _modifies(tokens, opening + 1, closing):
            continue
        if best is None or _is_boundary(tokens, head[0] - 1, low_bound):
            best = (head, opening)
    if best is None:
        return None
    head, opening = best
    first = tokens[opening + 1].low
    if first in grammar()["subordinators"] | grammar()["prepositions"] or is_adverb(first) or first.endswith("ing"):
        return head
    return head[0], closing


def _openings(tokens: Tokens, closing: int, low_bound: int) -> Iterator[int]:
    """Yield the commas (or dashes) before the mark at `closing` that may open what it closes, nearest first."""
    mark = tokens[closing].low
    for index in range(closing - 2, max(low_bound, closing - MAX_APPOSITIVE), -1):
        token = tokens[index]
        if token.low == mark:
            yield index
        elif token.low in (";", ":", "?", "!") or token.kind == "q" and len(token.text) > 60:
            return


def _modifies(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether the tokens between two commas say more about the noun phrase before them."""
    first = tokens[start].low
    if first in ("and", "but", "so", "or"):
        return False
    if first in ("who", "which", "whose", "whom") or first.endswith(("ing", "ed")):
        return True
    verb = next((i for i in range(start, end) if is_verb(tokens, i)), end)
    return verb == end or any(tokens[i].low in ("who", "which", "whose", "that", "where") for i in range(start, verb)) or (
        first in grammar()["subordinators"]
    )


def _is_boundary(tokens: Tokens, index: int, low_bound: int) -> bool:
    """Return whether a clause may start right after the token at `index`."""
    if index < low_bound:
        return True
    low = tokens[index].low
    classes = grammar()
    return tokens[index].kind != "w" and low != "," or low in classes["conjunctions"] | classes["subordinators"] | {"that"}


def phrase_from(tokens: Tokens, start: int, high_bound: int) -> tuple[int, int] | None:
    """Return the token range of the noun phrase that starts at token `start`, appositives included, or None."""
    classes = grammar()
    index = start
    if index >= high_bound:
        return None
    if tokens[index].low in classes["pronouns"]:
        return (start, start + 1)
    while index < high_bound:
        token = tokens[index]
        low = token.low
        if low == "(":
            closing = next((i for i in range(index + 1, min(high_bound, index + 12)) if tokens[i].low == ")"), None)
            if closing is None:
                break
            index = closing + 1
            continue
        if low in ("who", "whose") and index > start and index + 1 < high_bound:
            index = _clause_stop(tokens, index + 1, high_bound)
            break
        if low == "that" and index > start:
            break
        if low in classes["determiners"] or low in classes["postmodifiers"] and index > start or not stops(tokens, index):
            if low in classes["pronouns"]:
                break
            if low in ("the", "a", "an", "his", "her", "their", "its") and index > start and tokens[index - 1].low not in (
                classes["prepositions"] | classes["determiners"] | {",", "and", "&"}
            ):
                break
            index += 1
            continue
        linked = index > start and index + 1 < high_bound and tokens[index + 1].kind == "w"
        if linked and low in ("of", "for", "from", "with", "to", "at", "in", "on") and tokens[index + 1].low not in classes["days"]:
            if low in ("of", "for", "from", "with", "to", "close") or not _is_occasion(tokens, index):
                index += 1
                continue
        if linked and low in ("and", "&") and (tokens[index + 1].capital or low == "&"):
            index += 1
            continue
        if linked and low == "," and tokens[index + 1].low in ("who", "whose"):
            stop = _clause_stop(tokens, index + 1, high_bound)
            index = stop
            break
        if linked and low == "," and _is_appositive(tokens, index + 1, high_bound):
            index += 1
            continue
        break
    while index > start and tokens[index - 1].kind == "p" and tokens[index - 1].low not in (")", "%"):
        index -= 1
    return (start, index) if index > start else None


def _is_occasion(tokens: Tokens, index: int) -> bool:
    """Return whether a preposition starts when or where something was said ("in an interview") and no part of a name."""
    after = tokens[index + 1]
    if tokens[index].low in ("in", "at", "on") and after.low in ("a", "an", "his", "her", "their", "response", "reference", "recent", "addition", "explaining"):
        return True
    return after.low in grammar()["days"] or after.low in grammar()["months"] or after.text[:4].isdigit() or after.low.endswith("ing")


def _is_appositive(tokens: Tokens, start: int, high_bound: int) -> bool:
    stop = _clause_stop(tokens, start, high_bound)
    first = tokens[start]
    if first.low in grammar()["subordinators"] or first.low in grammar()["prepositions"] or first.low in ("and", "but") or first.low.endswith("ing"):
        return False
    if first.low in grammar()["pronouns"]:
        return False
    relative = next((i for i in range(start, stop) if tokens[i].low in ("who", "which", "that", "whose")), stop)
    return not any(is_verb(tokens, i) for i in range(start, relative))


def _clause_stop(tokens: Tokens, start: int, high_bound: int) -> int:
    return next((i for i in range(start, high_bound) if tokens[i].low in (",", ";", ".", ":") or tokens[i].low in DASHES), high_bound)


def head_of(tokens: Tokens, phrase: tuple[int, int]) -> int:
    """Return the head noun of a phrase: its last word before the first comma or preposition."""
    classes = grammar()
    for index in range(phrase[0] + 1, phrase[1]):
        if tokens[index].kind == "p" or tokens[index].low in classes["prepositions"] | {"who", "which", "that"}:
            return index - 1
    return phrase[1] - 1
