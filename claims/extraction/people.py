"""The persons of an article: full names, where each is mentioned, and the words by which the article describes them."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from claims.extraction.describing import PERSONAL, description_of
from claims.extraction.person import Person
from claims.lexicons.load import form, groups
from claims.names import (
    INSTITUTION,
    OTHER,
    PERSON,
    PLACE,
    Name,
    bare,
    canonical_person,
    find_names,
    given_names,
    name_words,
    titles,
)
from claims.phrases import classes, singular
from claims.records import Span

_SPEAKS = re.compile(
    r"(?:said|says|told|added|wrote|tweeted|asked|according to|spokesman|spokeswoman|by)\s*$", re.IGNORECASE
)
_AT_PLACE = re.compile(r"\b(?:in|at|near|from|across|outside|around)\s$")
_TAKEN_UP = re.compile(
    r"\b(?:(he|she|his|her|him|who|I|my)|its|"
    r"it (?:would|will|had|has|plans|expects|planned|expected|aims|aimed|intends|intended))\b",
    re.IGNORECASE,
)
# "Astronomers said": where no full name ends in it, such a word is no surname.
_DOERS = re.compile(r"[a-z]{3}(?:[eo]r|ist|ian|ant|ent|ee)s$")
_NEXT_PRONOUN = re.compile(r"\b(she|he|her|his)\b", re.IGNORECASE)


def find_people(text: str, names: tuple[Name, ...], spoken: Iterable[Span] = ()) -> tuple[Person, ...]:
    """Return the persons named in `text`, most mentioned first; `spoken` are the spans of sources."""
    full: dict[str, list[Name]] = {}
    lone: list[Name] = []
    sources = {span.start: span.end for span in spoken}
    names = _with_spoken(text, names, sources)
    lasts = {name.text.split()[-1] for name in names if len(name.text.split()) == 1}
    for name in names:
        words = name.text.split()
        if name.kind in (INSTITUTION, PLACE):
            continue
        if len(words) == 1:
            lone.append(name)
        elif len(words) <= 4 and (
            (name.kind == PERSON and words[-1] not in things()) or _is_person(text, name, lasts, sources)
        ):
            full.setdefault(canonical_person(name.text), []).append(name)
    for part in _full_in_headlines(names, lasts):
        full.setdefault(canonical_person(part.text), []).append(part)
    for short in [
        who for who in full if any(other != who and other.casefold().endswith(f" {who.casefold()}") for other in full)
    ]:
        longer = next(other for other in full if other != short and other.casefold().endswith(f" {short.casefold()}"))
        full[longer].extend(full.pop(short))
    people = {who: list(found) for who, found in full.items()}
    _add_lone(text, people, [*lone, *_parts_of_headlines(names, full)], sources)
    ordered = sorted(people.items(), key=lambda pair: -len(pair[1]))
    return tuple(_person(text, who, found) for who, found in ordered)


def _with_spoken(text: str, names: tuple[Name, ...], sources: dict[int, int]) -> tuple[Name, ...]:
    """The names, with those sources that are a name by themselves though they stand in a longer run of capitals."""
    known = {name.span for name in names}
    added = []
    for start, end in sources.items():
        if end - start > 40 or not text[start].isupper():
            continue
        for name in find_names(text[start:end]):
            span = Span(start + name.span.start, start + name.span.end)
            given = name.text.split()[0] in given_names()
            if (
                span not in known
                and span.end == end
                and name.kind in (PERSON, OTHER)
                and (given or " " not in name.text)
            ):
                added.append(Name(span=span, text=name.text, kind=name.kind, titles=name.titles, sex=name.sex))
    return (*names, *added)


def _person(text: str, who: str, found: list[Name]) -> Person:
    sex = _sex_of(found)
    return Person(
        name=who,
        sex=sex if sex != "u" else _sex_by_pronoun(text, found),
        mentions=tuple(sorted(name.span for name in found)),
        words=frozenset().union(*(description_of(text, name) for name in found)),
    )


def _add_lone(text: str, people: dict[str, list[Name]], lone: list[Name], sources: dict[int, int]) -> None:
    """Add the mentions by one name to the persons they belong to, told apart by title and sex."""
    full = {who: list(found) for who, found in people.items()}
    offices = {who: _offices(text, found) for who, found in full.items()}
    by_word: dict[str, list[str]] = {}
    for who in full:
        parts = who.casefold().split()
        by_word.setdefault(parts[-1], []).append(who)
        if parts[0] != parts[-1]:
            by_word.setdefault(parts[0], []).append(who)
    untitled = []
    for name in sorted(lone, key=lambda name: not name.titles):
        word = bare(name.text)
        candidates = by_word.get(word, [])
        told = _told_sex(name.titles)
        office = {office for title in name.titles for office in titles()[title][1]}
        fitting = [who for who in candidates if told == "u" or _sex_of(full[who]) in (told, "u")]
        if office and fitting and not any(office & offices[who] for who in fitting) and len(fitting) < 3:
            same_sex = [who for who in fitting if _sex_of(full[who]) in ("m", "u")]
            fitting = same_sex if office & {"president", "senator", "governor"} else fitting
        if name.titles and candidates and not fitting:
            fitting = [canonical_person(name.text)]
            people.setdefault(fitting[0], [])
        if fitting and name.titles:
            people[max(fitting, key=lambda who: len(people[who]))].append(name)
        else:
            untitled.append((name, word))
    _add_untitled(text, people, untitled, sources)


def _add_untitled(
    text: str, people: dict[str, list[Name]], untitled: list[tuple[Name, str]], sources: dict[int, int]
) -> None:
    """Add the mentions without a title to the persons of that name, else as persons of their own where they may be."""
    known: dict[str, list[str]] = {}
    for who in people:
        _index(known, who)
    for name, word in untitled:
        candidates = known.get(word, [])
        if candidates:
            people[max(candidates, key=lambda who: (word == who.casefold().split()[-1], len(people[who])))].append(name)
        elif _AT_PLACE.search(text[max(0, name.span.start - 9) : name.span.start]) and not name.titles:
            continue
        elif (
            name.kind == PERSON
            or (name.span.start in sources and _may_be_person(text, name))
            or _is_lone_person(text, name)
        ):
            who = canonical_person(name.text)
            if who not in people:
                people[who] = []
                _index(known, who)
            people[who].append(name)


def _index(known: dict[str, list[str]], who: str) -> None:
    parts = who.casefold().split()
    for word in {parts[0], parts[-1]} if parts else ():
        known.setdefault(word, []).append(who)


def _may_be_person(text: str, name: Name) -> bool:
    """Whether a lone word that is a source may be a surname: no noun, no abbreviation, and not taken up by `its`."""
    if (
        classes(singular(name.text))
        or _DOERS.search(name.text)
        or _before_noun(text, name)
        or name.text in name_words("before_name")
        or re.fullmatch(r"(?:[A-Z]\.)+", name.text)
    ):
        return False
    taken_up = _TAKEN_UP.search(text, name.span.end, name.span.end + 160)
    return taken_up is None or taken_up.group(1) is not None


def _before_noun(text: str, name: Name) -> bool:
    """Whether a name stands before a noun for people (`Azimio leaders`), who are named after a body."""
    noun = re.match(r"\s([a-z]{4,})\b", text[name.span.end : name.span.end + 25])
    return noun is not None and bool(classes(singular(noun.group(1))))


def _sex_by_pronoun(text: str, found: list[Name]) -> str:
    """The sex told by the first pronouns after the mentions, where nothing else tells it."""
    votes = 0
    for name in found[:12]:
        match = _NEXT_PRONOUN.search(text, name.span.end, name.span.end + 300)
        if match:
            votes += 1 if match.group(1).casefold() in ("she", "her") else -1
    return "f" if votes > 0 else "m" if votes < 0 else "u"


@cache
def things() -> frozenset[str]:
    """Return the words that end capitalised names of what is no person."""
    return frozenset(groups("institution_words.tsv")["thing"])


def _offices(text: str, found: list[Name]) -> set[str]:
    return set().union(*(description_of(text, name) for name in found))


def _full_in_headlines(names: tuple[Name, ...], lasts: set[str]) -> list[Name]:
    """Full names inside longer runs of capitals: a given name before a word that is a surname elsewhere."""
    found = []
    for name in names:
        words = list(re.finditer(r"[\w’'.-]+", name.text))
        if name.kind not in (OTHER, PERSON) or len(words) < (3 if name.kind == OTHER else 5):
            continue
        for first, last in pairwise(words):
            if first.group() in given_names() and last.group() in lasts:
                span = Span(name.span.start + first.start(), name.span.start + last.end())
                found.append(
                    Name(
                        span=span, text=f"{first.group()} {last.group()}", kind=PERSON, sex=given_names()[first.group()]
                    )
                )
    return found


def _parts_of_headlines(names: tuple[Name, ...], full: dict[str, list[Name]]) -> list[Name]:
    """The surnames inside runs of capitals that are no name (`Sanders Vows To Eliminate …`)."""
    known = {who.split()[-1].casefold() for who in full}
    known |= {name.text.casefold() for name in names if " " not in name.text and name.titles}
    found = []
    for name in names:
        if name.kind not in (OTHER, PERSON) or " " not in name.text or canonical_person(name.text) in full:
            continue
        for match in re.finditer(r"[\w-]+", name.text):
            if match.group().casefold() in known:
                start = name.span.start + match.start()
                found.append(Name(span=Span(start, start + len(match.group())), text=match.group(), kind=OTHER))
                break
    return found


def _is_person(text: str, name: Name, lasts: set[str], sources: dict[int, int]) -> bool:
    words = name.text.split()
    if words[-1] in things() or words[0] in things() or (words[0].isupper() and words[-1] in name_words("suffix")):
        return False
    if any(word.isupper() and len(word) > 3 for word in words) and not all(word.isupper() for word in words):
        return False
    if sources.get(name.span.start, 0) >= name.span.end or words[-1] in lasts:
        return True
    noun = re.search(r"([a-z-]+)\s$", text[max(0, name.span.start - 25) : name.span.start])
    if noun and classes(noun.group(1)) & PERSONAL:
        return True
    return bool(
        form("phrase_forms.tsv", "name_followed").match(text, name.span.end)
        or _SPEAKS.search(text[max(0, name.span.start - 20) : name.span.start])
    )


def _is_lone_person(text: str, name: Name) -> bool:
    return (
        name.text in given_names()
        and bool(form("phrase_forms.tsv", "name_followed").match(text, name.span.end))
        and name.kind == OTHER
    )


def _told_sex(before: tuple[str, ...]) -> str:
    return next((titles()[title][0] for title in before if titles()[title][0] != "u"), "u")


def _sex_of(found: list[Name]) -> str:
    told = [_told_sex(name.titles) for name in found]
    for sex in ("m", "f"):
        if sex in told:
            return sex
    return next((name.sex for name in found if name.sex != "u" and " " in name.text), "u")
