"""Which organisation an unnamed source belongs to, as far as its description or the article tells."""

import re
from functools import cache

from claims.extraction.scene import Scene
from claims.lexicons.load import form, groups
from claims.names import INSTITUTION, canonical_institution, find_names, places
from claims.phrases import Phrase, classes, word_group

LEADERS = frozenset({"leader", "chief", "head", "boss", "whip", "leadership"})
_OF_BODY = re.compile(r"^(at|in|of|from|on|with|for|to|inside|within)\s+(?:the\s+)?", re.IGNORECASE)
# "Of a NATO country" tells the bloc, not the state.
_ONE_OF_MANY = re.compile(
    r"\w+\s+(?:an?|one|another|some|several|two|three|four)\s+[\w.-]+\s+(?:member\s+)?"
    r"(?:country|countries|nation|nations|state|states|member|members|ally|allies|government|governments)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",|\s+(?:who|which|that|familiar|close|briefed|involved|with|speaking|present)\b")


@cache
def _trait(group: str) -> frozenset[str]:
    return frozenset(groups("source_traits.tsv")[group])


def find_organisation(phrase: Phrase, scene: Scene) -> str | None:
    """Return the organisation that an unnamed source belongs to, as printed or by its usual name, or None."""
    words = _own_words(phrase.modifiers)
    return (
        _named_body(" ".join(words))
        or _common_body(words, phrase, scene)
        or _court_or_state(words, phrase)
        or _party_or_person(words, phrase, scene)
        or _after(phrase, scene)
    )


def _own_words(modifiers: str) -> list[str]:
    """The modifiers without counts, rank and standing."""
    words = [re.sub(r"['’]s?$", "", word) for word in modifiers.split()]
    skip = (
        _trait("bare_adjective")
        | _trait("senior")
        | _trait("former")
        | _trait("mid")
        | _trait("junior")
        | {"longtime", "current"}
    )
    while words and words[0].casefold() in skip:
        words.pop(0)
    return words


def _named_body(text: str) -> str | None:
    """The body that modifiers name, by its usual name."""
    for name in find_names(text):
        if name.kind == INSTITUTION:
            return canonical_institution(name.text)
    return None


def _common_body(words: list[str], phrase: Phrase, scene: Scene) -> str | None:
    """A body by its common noun among the modifiers: `administration`, `Trump campaign`, `city`."""
    low = [word.casefold() for word in words]
    if not _trait("body_modifier") & set(low) or (low[-1] == "party" and phrase.head not in LEADERS):
        return None
    printed = " ".join(words)
    if low == ["administration"]:
        named = re.search(r"\b([A-Z]\w+) administration\b", scene.text)
        return f"{named.group(1)} administration" if named else printed
    return printed


def _court_or_state(words: list[str], phrase: Phrase) -> str | None:
    if phrase.head in ("judge", "prosecutor") and "local" not in [word.casefold() for word in words]:
        return "court" if phrase.head == "judge" else "prosecution"
    pairs = [" ".join(words[start : start + 2]) for start in range(len(words) - 1)]
    state = next((word for word in (*pairs, *words) if word in places("country", "demonym", "state")), None)
    role = classes(phrase.head) & {"role", "leader"} or phrase.head == "source"
    return state if state and role and phrase.head not in word_group("stateless") else None


def _party_or_person(words: list[str], phrase: Phrase, scene: Scene) -> str | None:
    last = words[-1] if words else ""
    party = form("phrase_forms.tsv", "party").match(last)
    if party and phrase.head in LEADERS:
        return last
    owner = next(
        (person.name for person in scene.people if last and last in (person.name, person.name.split()[-1])), None
    )
    if owner:
        return f"{owner}'s staff" if phrase.head in word_group("owned") else None
    employer = last[:1].isupper() and last not in places() and not party
    if employer and phrase.head in word_group("employed"):
        return " ".join(word for word in words if word[:1].isupper() or word == "&")
    return None


def _after(phrase: Phrase, scene: Scene) -> str | None:
    joint = _OF_BODY.match(phrase.after)
    if not joint:
        return None
    preposition = joint.group(1).casefold()
    rest = _CLAUSE.split(phrase.after[joint.end() :])[0]
    if _ONE_OF_MANY.match(phrase.after):
        return None
    named = _named_body(rest)
    if named:
        return named
    if phrase.head in word_group("owned") | {"official"} and preposition in ("to", "of", "in"):
        owner = next((person.name for person in scene.people if person.name.split()[-1] in rest.split()), None)
        if owner:
            return f"{owner}'s staff"
    bodies = _trait("body_modifier") | {
        "panel",
        "board",
        "delegation",
        "committee",
        "team",
        "office",
        "plant",
        "school",
        "jail",
        "prison",
        "firm",
    }
    if bodies & set(rest.casefold().split()) and (
        preposition not in ("with", "to", "for") or phrase.head in word_group("owned")
    ):
        return rest.strip()
    return None
