"""Whether a sentence tells an event as done, as not done, or leaves it open."""

from functools import cache

from claims.lexicons.load import lines, words
from claims.matching.terms import stem, stems

# How many words before or after an event can still say whether it happened.
REACH = 12
SAYS = frozenset({"said", "says", "told", "announced", "added", "reported", "confirmed", "declared"})
GOVERNS = 5
_DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "our", "my", "of", "this", "that", "these", "those"}
)
_BREAKS = frozenset({",", ";", ":", "—", "–", "(", ")", "but"})
_BACKGROUND = frozenset({"which", "who", "whose", "since", "when", "before", "where"})
_MODALS = frozenset({"will", "would", "could", "may", "might", "should", "can", "must"})
_REFUSES = frozenset({"failed", "refused", "declined", "unable", "rejected"})


def clause_before(tokens: list[str], position: int) -> list[str]:
    """Return the lower-case tokens before `position` in its clause, at most REACH of them."""
    start = position
    while start > 0 and position - start < REACH and tokens[start - 1] not in _BREAKS:
        start -= 1
    return tokens[start:position]


def is_background(before: list[str]) -> bool:
    """Return whether the clause that begins with `before` is relative or temporal: it recalls, it reports nothing."""
    return bool(_BACKGROUND & set(before))


def is_negated(before: list[str]) -> bool:
    """Return whether the tokens before an event say that it did not happen; two negations cancel each other."""
    return sum(word in words("negations.txt") or word.endswith(("n't", "n’t")) for word in before) % 2 == 1


def is_refused(before: list[str]) -> bool:
    """Return whether somebody failed or declined to do it, which is no plan though "to" stands before it."""
    return bool(set(before) & _REFUSES)


def is_cancelled(before: list[str]) -> bool:
    """Return whether the tokens before an event call it off."""
    return bool(set(before) & words("cancels.txt"))


def is_open(before: list[str], tokens: list[str], position: int) -> bool:
    """Return whether the passage leaves open if the event happened: a future, a plan, a condition, an allegation."""
    after = _clause_after(tokens, position)
    conditional = tokens[0] in {"if", "should", "unless"} or "if" in after[:2]
    return bool(set(before) & words("irrealis.txt")) or conditional or bool(set(after) & _MODALS)


def _clause_after(tokens: list[str], position: int) -> list[str]:
    """Return the words after an event in its clause: "the split would come" leaves the split open."""
    end = position + 1
    while end < len(tokens) and end - position <= REACH and tokens[end] not in _BREAKS | {"and", "that"}:
        end += 1
    return tokens[position + 1 : end]


def is_reported_done(tokens: list[str], position: int) -> bool:
    """Return whether the event is told as past: a verb in a past form, or a noun that such a verb governs."""
    ahead = tokens[max(0, position - GOVERNS) : position]
    if _is_past(tokens[position]):
        # "the deserted village", "her lost votes": a participle before a noun tells no event.
        return not ahead or ahead[-1] not in _DETERMINERS
    behind = tokens[position + 1 : position + GOVERNS]
    governed = any(word in words("done_verbs.txt") for word in ahead) and not _BREAKS & set(ahead)
    return governed or (bool(behind) and any(word in words("done_verbs.txt") for word in behind[:3]))


def _is_past(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 4) or word in _past_forms()


def is_said_by_official(tokens: list[str]) -> bool:
    """Return whether a body or an office is the one that says so."""
    for position, word in enumerate(tokens):
        near = tokens[max(0, position - 3) : position] + tokens[position + 1 : position + 3]
        if word in SAYS and {stem(other) for other in near} & stems("officials.txt"):
            return True
    return False


@cache
def _past_forms() -> frozenset[str]:
    forms = (form for line in lines("irregular_verbs.txt") for form in line.partition("|")[0].split()[1:])
    return frozenset(form for form in forms if not form.endswith(("s", "ing")))
