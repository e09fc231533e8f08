"""Which organisation an unnamed source belongs to, as far as its description or the article tells."""

import re
from collections import Counter
from functools import cache

from claims.extraction.scene import Scene
from claims.lexicons.load import form, groups, rows
from claims.names import INSTITUTION, OTHER, Name, canonical_institution, find_names, outlets, places
from claims.phrases import Phrase, classes, noun_classes, take_apart, word_group
from claims.sides import namesake

_JOINT = re.compile(r"^(at|in|of|from|on|with|for|to|inside|within)\s+(?:the\s+)?", re.IGNORECASE)
# "Of a NATO country" tells the bloc, not the state.
_ONE_OF_MANY = re.compile(
    r"\w+\s+(?:an?|one|another|some|several|two|three|four)\s+(?:[\w.-]+\s+){1,4}?"
    r"(?:country|countries|nation|nations|state|states|member|members|ally|allies|government|governments)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",|\s+(?:who|which|that|familiar|close|briefed|involved|with|speaking|present)\b")
_INDEFINITE = re.compile(r"(?:an?|one|another|some|several|many|other|various)\s", re.IGNORECASE)
_OFTEN, _BEGINNING = 2, 500
_AND_ANOTHER = re.compile(r"^and\s+(?:an?\s+)?(?:[\w-]+\s+){1,3}?(?=(?:at|of|in|from|with)\s)")
_OWN_PLACE = ("at", "inside", "within")


@cache
def _trait(group: str) -> frozenset[str]:
    return frozenset(groups("source_traits.tsv")[group])


@cache
def _common() -> frozenset[str]:
    return frozenset(row[0].split()[0] for row in rows("common_words.txt"))


def find_organisation(phrase: Phrase, scene: Scene) -> str | None:
    """Return the organisation that an unnamed source belongs to, as printed or by its usual name, or None."""
    words = _own_words(phrase.modifiers)
    named = _named_body(" ".join(words))
    return (
        (namesake(named, " ".join(words), scene.home) if named else None)
        or _common_body(words, phrase, scene)
        or _court_or_state(words, phrase)
        or _party_or_person(words, phrase, scene)
        or _after(phrase, scene)
        or _of_the_story(words, phrase, scene)
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
    bodies = (_trait("body_modifier") & set(low)) | (_trait("body_adjective") & set(low[-1:]))
    if not bodies or (low[-1] == "party" and phrase.head not in word_group("party_leader")):
        return _only_party(scene) if low[-1:] == ["party"] and phrase.head in word_group("party_people") else None
    printed = " ".join(words)
    if bodies <= word_group("one_of_many") and printed[1:].islower() and not _is_named(bodies, scene):
        return None
    if low == ["administration"]:
        named = re.search(r"\b([A-Z]\w+) administration\b", scene.text)
        return f"{named.group(1)} administration" if named else printed
    return printed


def _is_named(bodies: frozenset[str] | set[str], scene: Scene) -> bool:
    """Whether the article names a body of the kind or knows one, so that `hospital officials` are those of it."""
    if any(re.search(rf"\b[Tt]he {body}\b", scene.text) for body in bodies):
        return True
    return any(bodies & set(name.text.casefold().split()) for name in scene.institutions)


def _court_or_state(words: list[str], phrase: Phrase) -> str | None:
    if phrase.head in ("judge", "prosecutor") and "local" not in [word.casefold() for word in words]:
        return "court" if phrase.head == "judge" else "prosecution"
    pairs = [" ".join(words[start : start + 2]) for start in range(len(words) - 1)]
    state = next((word for word in (*pairs, *words) if word in places("country", "demonym", "state")), None)
    role = classes(phrase.head) & {"role", "leader"} or phrase.head == "source"
    private = word_group("private") & {word.casefold() for word in words}
    return state if state and role and not private and phrase.head not in word_group("stateless") else None


def _party_or_person(words: list[str], phrase: Phrase, scene: Scene) -> str | None:
    last = words[-1] if words else ""
    party = form("phrase_forms.tsv", "party").match(last)
    if party and phrase.head in word_group("party_leader"):
        return last
    owner = next(
        (person.name for person in scene.people if last and last in (person.name, person.name.split()[-1])), None
    )
    if owner:
        return f"{owner}'s staff" if phrase.head in word_group("owned") else None
    if party or not _is_employer(last, words, phrase):
        return None
    return " ".join(word for word in words if word[:1].isupper() or word in ("&", "and"))


def _is_employer(last: str, words: list[str], phrase: Phrase) -> bool:
    """Whether the capitalised word before a noun for a role names a body (`Eskom managers`, `a PDP leader`)."""
    place = last in places() or " ".join(words[-2:]) in places() or last.endswith("-based")
    if not last[:1].isupper() or place or last in word_group("creed"):
        return False
    if last.isupper() and phrase.printed_head.isupper():
        return False
    if phrase.text.startswith(last) and last.casefold() in _common():
        return False
    if phrase.head in word_group("employed"):
        return True
    if classes(last.casefold()) or noun_classes().get(" ".join(words).casefold()):
        return False
    works = classes(phrase.head) & {"role", "leader"} or phrase.head in ("source", "insider")
    return bool(works) and phrase.head not in word_group("stateless") | {"mp", "legislator", "senator"}


def _after(phrase: Phrase, scene: Scene) -> str | None:
    after = _AND_ANOTHER.sub("", phrase.after)
    joint = _JOINT.match(after)
    if not joint or _ONE_OF_MANY.match(after):
        return None
    preposition = joint.group(1).casefold()
    # A diplomat at the United Nations is a state's, not theirs.
    if phrase.head in word_group("posted") and preposition not in ("of", "from"):
        return None
    rest = _CLAUSE.split(after[joint.end() :])[0]
    body = _named_body(rest)
    named = namesake(body, rest, scene.home) if body else _owner(phrase, rest, scene, preposition)
    if named:
        return named
    bodies = (_trait("body_modifier") | word_group("workplace")) & set(rest.casefold().split())
    theirs = preposition not in ("with", "to", "for") or phrase.head in word_group("owned")
    one_of_many = _INDEFINITE.match(rest) and not re.search(r"[A-Z]", rest)
    unknown = next(iter(find_names(rest)), None)
    own = preposition in _OWN_PLACE or (unknown is not None and re.fullmatch(r"[A-Z]{2,6}", unknown.text))
    at_it = own and unknown and unknown.kind == OTHER and unknown.span.start == 0
    return rest.strip() if at_it or (bodies and theirs and not one_of_many) else None


def _owner(phrase: Phrase, rest: str, scene: Scene, preposition: str) -> str | None:
    if phrase.head not in word_group("owned") | {"official"} or preposition not in ("to", "of", "in"):
        return None
    owner = next((person.name for person in scene.people if person.name.split()[-1] in rest.split()), None)
    office = None if _INDEFINITE.match(rest) or preposition != "to" else take_apart(rest)
    if office and not owner and classes(office.head) & {"person_office", "unique_office", "role"}:
        owner = office.core
    return f"{owner}'s staff" if owner else None


def _of_the_story(words: list[str], phrase: Phrase, scene: Scene) -> str | None:
    """The body that a story is about, where its people are called by their trade (`defence officials`, `ministers`)."""
    if phrase.head in word_group("cabinet"):
        return "government"
    if phrase.head in word_group("rank_post") and not phrase.plural:
        return "armed forces"
    low = [word.casefold().replace("defense", "defence") for word in words]
    if phrase.head in ("official", "source") and len(low) == 1 and low[0] in word_group("branch"):
        for name in scene.institutions:
            usual = canonical_institution(name.text)
            parts = set(usual.casefold().replace("defense", "defence").split())
            if low[0] in parts and parts & word_group("branch_body"):
                return usual
    standing = {"former", "current", "ex"} & set(phrase.modifiers.casefold().split())
    if standing and not any(word[:1].isupper() for word in words):
        return _main_body(scene) if classes(phrase.head) & {"role"} and not word_group("private") & set(low) else None
    theirs = not low or set(low) <= word_group("department_of_firm")
    return _main_body(scene) if phrase.head in word_group("hired") and theirs else None


def _only_party(scene: Scene) -> str | None:
    """The one party that an article names, so that `party insiders` are its own."""
    named = {canonical_institution(name.text) for name in scene.institutions}
    parties = [name for name in named if name.split()[-1] in ("Party", "Congress", "Labour") or " Party" in name]
    return parties[0] if len(parties) == 1 else None


def _main_body(scene: Scene) -> str | None:
    """The one body that an article is about: named in its beginning, and more often than any other."""
    people = {person.name for person in scene.people}
    firms = [name for name in scene.names if name.kind == OTHER and name.text not in people and _employs(scene, name)]
    named = Counter(canonical_institution(name.text) for name in scene.institutions)
    named.update(name.text for name in scene.names if name.text in {firm.text for firm in firms})
    ranked = [pair for pair in named.most_common() if pair[0] not in outlets()][:2]
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    early = {canonical_institution(name.text) for name in scene.names if name.span.start < _BEGINNING}
    return ranked[0][0] if ranked[0][0] in early else None


def _employs(scene: Scene, name: Name) -> bool:
    """Whether a name of unknown kind stands before those whom only a body has (`Eskom's board`)."""
    return form("phrase_forms.tsv", "employs").match(scene.text, name.span.end) is not None
