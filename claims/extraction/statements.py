"""Source first: "X said C", "according to X, C", "as X reported, C"; and sources left out: "X is expected to C"."""

from collections.abc import Callable

from claims.extraction.contents import content_stop, place
from claims.extraction.cue_lexicon import is_adverb, word_class
from claims.extraction.cues import Cue
from claims.extraction.noun_phrases import Range, head_of, phrase_before, phrase_from
from claims.extraction.sentence import Draft, Sentence
from claims.lexicons.load import words

_POSSESSIVES = ("his", "her", "their", "its", "my", "our", "your")


def find_statement(sentence: Sentence, cue: Cue, bounds: Range, shared: Range | None) -> Draft | None:
    """Return the relation at a cue whose content follows it inside `bounds`, or None.

    `shared` is the subject of the clause so far: a coordinated verb or a participle without one of its own takes it.
    """
    reader = _READERS.get(cue.form)
    if reader is not None:
        return reader(sentence, cue, *bounds)
    placed = place(sentence, cue, bounds[1])
    if placed is None:
        return _as_reported(sentence, cue, *bounds)
    cue_end, begin, rule = placed
    source = _source(sentence, cue, bounds, shared)
    if source is None or _is_noun(sentence, cue, source) or _is_no_poll(sentence, cue, source):
        return None
    if rule == "quote" and not sentence.goes_on_after_quote(begin, bounds[1]):
        stop = begin + 1
    else:
        stop = content_stop(sentence, cue, begin, bounds[1], phrase=rule in ("object", "to", "preposition"))
    if cue.form == "noun":
        stop = _before_main_verb(sentence, begin, stop)
    if stop <= begin:
        return None
    return Draft(source=source, cue=(cue.start, cue_end), contents=((begin, stop),), rule=rule)


def _before_main_verb(sentence: Sentence, begin: int, stop: int) -> int:
    """Return where a noun's that-clause ends: before a second verb that nothing introduces ("… that C | was wrong")."""
    own, group = False, False
    for index in range(begin + 1, stop):
        low = sentence.low(index)
        if sentence.is_verb(index):
            if own and not group:
                return index
            own, group = True, low in word_class("auxiliaries")
        elif low == "," or low in word_class("conjunctions", "subordinators", "complementizers"):
            own = group = False
        else:
            group = group and is_adverb(low)
    return stop


def _according(sentence: Sentence, cue: Cue, _start: int, end: int) -> Draft | None:
    """Read "According to X, C"."""
    source = phrase_from(sentence.tokens, cue.end, end)
    if source is None or sentence.low(source[1]) != "," or source[1] + 1 >= end:
        return None
    begin = source[1] + 1
    stop = content_stop(sentence, cue, begin, end)
    return Draft(source=source, cue=(cue.start, cue.end), contents=((begin, stop),), rule="according")


def _impersonal(sentence: Sentence, cue: Cue, _start: int, end: int) -> Draft | None:
    """Read "It is unclear whether C"."""
    if cue.end >= end:
        return None
    stop = content_stop(sentence, cue, cue.end, end)
    return Draft(source=None, cue=(cue.start, cue.end), contents=((cue.end, stop),), rule="impersonal")


def _as_reported(sentence: Sentence, cue: Cue, start: int, end: int) -> Draft | None:
    """Read "As X reported, C" and "C, as X reported"."""
    if not cue.frames & {"aside", "that"} or cue.form in ("ing", "noun"):
        return None
    source = sentence.subject(cue, start)
    if source is None or sentence.low(source[0] - 1) != "as":
        return None
    opening = source[0] - 1
    if opening == start and sentence.low(cue.end) == "," and cue.end + 1 < end:
        content = (cue.end + 1, end)
    elif opening - 1 > start and sentence.low(opening - 1) == ",":
        content = (sentence.begin(start, opening - 1), opening - 1)
    else:
        return None
    if content[0] >= content[1]:
        return None
    return Draft(source=source, cue=(cue.start, cue.end), contents=(content,), rule="as")


# --- who ------------------------------------------------------------------------------------------------------------


def _source(sentence: Sentence, cue: Cue, bounds: Range, shared: Range | None) -> Range | None:
    if cue.form == "ing":
        return _of_participle(sentence, cue, bounds, shared)
    if cue.form == "noun":
        return _of_noun(sentence, cue, bounds)
    source = sentence.subject(cue, bounds[0])
    if source is None and sentence.low(cue.start - 1) in ("and", "but", "or", "then", ","):
        source = shared or sentence.main_subject(bounds[0], cue.start)
    return source


def _of_participle(sentence: Sentence, cue: Cue, bounds: Range, shared: Range | None) -> Range | None:
    """Return who is "adding that": the noun right before, the subject so far, or that of the main clause."""
    start, end = bounds
    function = word_class("prepositions", "conjunctions", "subordinators")
    if cue.start > start and sentence.kind(cue.start - 1) == "w" and sentence.low(cue.start - 1) not in function:
        return phrase_before(sentence.tokens, cue.start, start)
    if shared is not None or cue.start > start:
        return shared or sentence.main_subject(start, cue.start)
    comma = next((index for index in range(cue.end, end) if sentence.low(index) == ","), None)
    return None if comma is None else phrase_from(sentence.tokens, comma + 1, end)


def _of_noun(sentence: Sentence, cue: Cue, bounds: Range) -> Range | None:
    """Return X of "X's claim that", "his belief that", "a claim by X that"."""
    before = cue.start - 1
    if sentence.low(before) in _POSSESSIVES:
        return (before, before + 1)
    if sentence.kind(before) == "w" and sentence.low(before).endswith(("'s", "s'")):
        return phrase_before(sentence.tokens, before + 1, bounds[0])
    if sentence.low(cue.end) in ("by", "from"):
        return phrase_from(sentence.tokens, cue.end + 1, bounds[1])
    return None


def _is_noun(sentence: Sentence, cue: Cue, source: Range) -> bool:
    """Return whether the cue word is more likely a noun or an adjective here ("the claims", "a proposed ban")."""
    if cue.form in ("noun", "ing", "group"):
        return False
    if source[1] != cue.start:
        shares = sentence.low(cue.end) in ("that", "to")
        return (cue.form == "base" or sentence.low(cue.head) in words("cues_nounlike.txt")) and not shares
    last = sentence.tokens[source[1] - 1]
    possessive = last.kind == "w" and last.low.endswith("'s")
    if possessive or last.low in word_class("determiners") - word_class("quantifiers"):
        return True
    if cue.form in ("base", "third") and sentence.is_verb(cue.end):
        return True
    if cue.form == "base":
        return not _is_plural(sentence, source)
    return (
        cue.form == "third" and sentence.low(cue.head) in words("cues_nounlike.txt") and not _can_act(sentence, source)
    )


def _is_no_poll(sentence: Sentence, cue: Cue, source: Range) -> bool:
    """Return whether a cue that only a poll can be the subject of has another subject ("the mayor gave")."""
    return "poll" in cue.frames and sentence.low(head_of(sentence.tokens, source)) not in word_class("polls")


def _can_act(sentence: Sentence, source: Range) -> bool:
    """Return whether a noun phrase can be the subject of a word like "claims", which may be a noun after it."""
    last = sentence.tokens[source[1] - 1]
    if last.capital or last.low == ")" or last.low in word_class("pronouns", "speakers"):
        return True
    return sentence.low(source[0]) in word_class("determiners") and sentence.low(source[1] + 1) in ("that", "to")


def _is_plural(sentence: Sentence, source: Range) -> bool:
    """Return whether a noun phrase may be the subject of a bare verb form ("they say", "officials say")."""
    head = sentence.low(head_of(sentence.tokens, source))
    if head in ("he", "she", "it"):
        return False
    if head in word_class("plurals", "amounts") or (head.endswith("s") and not head.endswith(("ss", "'s"))):
        return True
    return any(token.low in ("and", "%") for token in sentence.tokens[source[0] : source[1]])


# --- nobody ---------------------------------------------------------------------------------------------------------


def _adverb(sentence: Sentence, cue: Cue, start: int, end: int) -> Draft | None:
    """Read "Reportedly, C" and "X reportedly did": the content is the clause around the adverb."""
    at = cue.end
    subject: tuple[Range, ...] = ()
    if cue.start == start:
        at += sentence.low(at) == ","
    else:
        verb = cue.start
        while verb > start and sentence.low(verb - 1) in word_class("auxiliaries"):
            verb -= 1
        phrase = phrase_before(sentence.tokens, verb, start)
        if phrase is None:
            return None
        subject = ((phrase[0], cue.start),)
    if at >= end:
        return None
    stop = content_stop(sentence, cue, at, end)
    return Draft(source=None, cue=(cue.start, cue.end), contents=(*subject, (at, stop)), rule="adverb")


def _passive(sentence: Sentence, cue: Cue, start: int, end: int) -> Draft | None:
    """Read "X is expected to C", "X is accused by Y of C", "was told that C", "X seems to C"."""
    subject = sentence.subject(cue, start)
    if subject is None:
        return None
    at = cue.end
    if sentence.low(at) == "by":
        return _by_agent(sentence, cue, subject, end)
    if at + 1 >= end and cue.form == "passive":
        return None
    if sentence.low(at) in word_class("complementizers") and cue.form == "passive":
        contents: tuple[Range, ...] = ((at, content_stop(sentence, cue, at, end)),)
    elif sentence.low(at) in ("to", "of", "as", "for"):
        contents = (subject, (at, content_stop(sentence, cue, at, end)))
    else:
        return None
    return Draft(source=None, cue=(cue.start, at), contents=contents, rule="passive")


def _by_agent(sentence: Sentence, cue: Cue, subject: Range, end: int) -> Draft | None:
    source = phrase_from(sentence.tokens, cue.end + 1, end)
    if source is None:
        return None
    rest = source[1]
    contents: tuple[Range, ...] = (subject,)
    if sentence.low(rest) in ("as", "to", "of", "that") and rest + 1 < end:
        contents = (subject, (rest, content_stop(sentence, cue, rest, end)))
    return Draft(source=source, cue=(cue.start, cue.end + 1), contents=contents, rule="passive")


_READERS: dict[str, Callable[[Sentence, Cue, int, int], Draft | None]] = {
    "according": _according,
    "impersonal": _impersonal,
    "adverb": _adverb,
    "passive": _passive,
    "seems": _passive,
}
