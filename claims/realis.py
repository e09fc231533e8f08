"""Whether a sentence tells an event as done, as not done, or leaves it open."""

from functools import cache

from claims.matching.terms import stem, stems, word_list

# How many words before or after an event can still say whether it happened.
REACH = 7
SAYS = frozenset({"said", "says", "told", "announced", "added", "reported", "confirmed", "declared"})
_BREAKS = frozenset({",", ";", ":", "—", "–", "(", ")", "but"})
_BACKGROUND = frozenset({"which", "who", "whose", "since", "when", "before", "where"})
_REFUSES = frozenset({"failed", "refused", "declined", "unable", "rejected"})


def clause_before(words: list[str], position: int) -> list[str]:
    """Return the lower-case words before `position` in its clause, at most REACH of them."""
    start = position
    while start > 0 and position - start < REACH and words[start - 1] not in _BREAKS:
        start -= 1
    return words[start:position]


def is_background(before: list[str]) -> bool:
    """Return whether the clause that begins with `before` is relative or temporal: it recalls, it reports nothing."""
    return bool(_BACKGROUND & set(before))


def is_negated(before: list[str]) -> bool:
    """Return whether the words before an event say that it did not happen; two negations cancel each other."""
    return sum(word in _plain("negations") or word.endswith(("n't", "n’t")) for word in before) % 2 == 1


def is_refused(before: list[str]) -> bool:
    """Return whether somebody failed or declined to do it, which is no plan though "to" stands before it."""
    return bool(set(before) & _REFUSES)


def is_cancelled(before: list[str]) -> bool:
    """Return whether the words before an event call it off."""
    return bool(set(before) & _plain("cancels"))


def is_open(before: list[str], words: list[str], position: int) -> bool:
    """Return whether the passage leaves open if the event happened: a future, a plan, a condition, an allegation."""
    after = words[position + 1 : position + 3]
    return bool(set(before) & _plain("irrealis")) or words[0] in {"if", "should", "unless"} or "if" in after


def is_reported_done(words: list[str], position: int) -> bool:
    """Return whether the event is told as past: a past form, or a noun that a past verb governs."""
    word = words[position]
    done = _plain("done_verbs")
    if word in done or _is_past(word):
        return True
    near = words[max(0, position - REACH) : position + REACH]
    return any(other in done or (_is_past(other) and other not in SAYS) for other in near)


def _is_past(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 4) or word in _past_forms()


def is_said_by_official(words: list[str]) -> bool:
    """Return whether a body or an office is the one that says so."""
    for position, word in enumerate(words):
        near = words[max(0, position - 3) : position] + words[position + 1 : position + 3]
        if word in SAYS and {stem(other) for other in near} & stems("officials"):
            return True
    return False


@cache
def _plain(name: str) -> frozenset[str]:
    return frozenset(word for line in word_list(name) for word in line.split())


@cache
def _past_forms() -> frozenset[str]:
    forms = (form for line in word_list("irregular_verbs") for form in line.split()[1:])
    return frozenset(form for form in forms if not form.endswith(("s", "ing")))
