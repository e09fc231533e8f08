"""The persons of an article: full names, where each is mentioned, and the words by which the article describes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.lexicons.load import groups
from claims.names import INSTITUTION, OTHER, PERSON, PLACE, Name, bare, canonical_person, given_names, titles
from claims.phrases import classes, singular
from claims.records import Span

_FOLLOWED = re.compile(r"['’]s\b|\s*\([^)]{1,40}\)|,?\s+(?:who|said|says|told|added|wrote|tweeted|argued|is|was|has)\b|,\s+(?:a|an|the|\d\d)\b")
_SPEAKS = re.compile(r"(?:said|says|told|added|wrote|tweeted|asked|according to|spokesman|spokeswoman|by)\s*$", re.IGNORECASE)
_APPOSITION = re.compile(r"\s*\(([^)]{1,60})\)|,\s+((?:(?:the|a|an|his|her|its|their|who|now|then|former|chief|head|president)\b|[A-Z])[^.;“”\"\n]{3,140})")
_BEFORE_CUT = re.compile(r"[.;:!?“”\"\n)]|,\s|\b(?:that|said|says|told|and|but|with|by|to|for|from|of|as|against|than|after)\b")
_WORD = re.compile(r"[\w.’'-]+")
_SAME = {
    "senator": ("sen", "sen."), "congressman": ("rep", "rep.", "representative", "lawmaker"), "governor": ("gov", "gov."),
    "nominee": ("candidate", "nominee"), "candidate": ("nominee", "candidate"), "gop": ("republican",), "republican": ("gop",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One named person of one article: the fullest printed name, the mentions and the describing words."""

    name: str
    sex: str
    mentions: tuple[Span, ...]
    words: frozenset[str]


def find_people(text: str, names: tuple[Name, ...], spoken: Iterable[Span] = ()) -> tuple[Person, ...]:
    """Return the persons named in `text`, most mentioned first; `spoken` are spans of sources, which are rarely places."""
    full: dict[str, list[Name]] = {}
    lone: list[Name] = []
    sources = {span.start: span.end for span in spoken}
    lasts = {name.text.split()[-1] for name in names if len(name.text.split()) == 1}
    for name in names:
        words = name.text.split()
        if name.kind in (INSTITUTION, PLACE):
            continue
        if len(words) == 1:
            lone.append(name)
        elif len(words) <= 4 and (name.kind == PERSON or _is_person(text, name, lasts, sources)):
            full.setdefault(canonical_person(name.text), []).append(name)
    people = {who: list(found) for who, found in full.items()}
    by_last: dict[str, list[str]] = {}
    by_first: dict[str, list[str]] = {}
    for who in people:
        parts = who.casefold().split()
        by_last.setdefault(parts[-1], []).append(who)
        by_first.setdefault(parts[0], []).append(who)
    for name in lone:
        word = bare(name.text)
        candidates = by_last.get(word) or by_first.get(word) or []
        fitting = [who for who in candidates if _sex_of(full[who]) in (name.sex, "u") or not name.titles] or candidates
        if name.titles and _told_sex(name.titles) != "u":
            fitting = [who for who in fitting if _sex_of(full[who]) in (_told_sex(name.titles), "u")]
        if fitting:
            people[max(fitting, key=lambda who: len(full[who]))].append(name)
        elif name.kind == PERSON or (name.span.start in sources and not classes(singular(word))) or _is_lone_person(text, name):
            key = canonical_person(name.text)
            key = next((who for who in people if who.casefold() == key.casefold()), key)
            people.setdefault(key, []).append(name)
    return tuple(
        Person(
            name=who, sex=_sex_of(found), mentions=tuple(sorted(name.span for name in found)),
            words=frozenset().union(*(_description(text, name) for name in found)),
        )
        for who, found in sorted(people.items(), key=lambda pair: -len(pair[1]))
    )  # fmt: skip


def _is_person(text: str, name: Name, lasts: set[str], sources: dict[int, int]) -> bool:
    words = name.text.split()
    if any(word.isupper() and len(word) > 3 for word in words) and not all(word.isupper() for word in words):
        return False
    if name.span.start in sources or words[-1] in lasts:
        return True
    return bool(_FOLLOWED.match(text, name.span.end) or _SPEAKS.search(text[max(0, name.span.start - 20) : name.span.start]))


def _is_lone_person(text: str, name: Name) -> bool:
    return name.text in given_names() and bool(_FOLLOWED.match(text, name.span.end)) and name.kind == OTHER


def _told_sex(before: tuple[str, ...]) -> str:
    return next((titles()[title][0] for title in before if titles()[title][0] != "u"), "u")


def _sex_of(found: list[Name]) -> str:
    told = [_told_sex(name.titles) for name in found]
    for sex in ("m", "f"):
        if sex in told:
            return sex
    return next((name.sex for name in found if name.sex != "u"), "u")


def _description(text: str, name: Name) -> set[str]:
    """The words of the title, of what stands before the name in its noun phrase, and of the apposition after it."""
    words = {office for title in name.titles for office in titles()[title][1]}
    words |= {title.casefold().strip(".") for title in name.titles}
    before = text[max(0, name.span.start - 90) : name.span.start]
    cut = [match.end() for match in _BEFORE_CUT.finditer(before)]
    words |= _words(before[cut[-1] if cut else 0 :])
    after = _APPOSITION.match(text, name.span.end)
    if after:
        clause = (after.group(1) or after.group(2)).split(" who ")[0]
        words |= _words(clause.split(", ")[0])
        if re.match(r"[RD]-", clause):
            words |= {"republican", "gop"} if clause[0] == "R" else {"democrat", "democratic"}
    return words


def _words(phrase: str) -> set[str]:
    words = {word.casefold().strip(".,'’") for word in _WORD.findall(phrase)}
    return words - {"the", "a", "an", "of", "and", "in", "s", "for", "at", "his", "her", "its", ""}


def describes(phrase: str, person: Person) -> int:
    """Return how well a definite description (`the Vermont senator`) fits a person: 0 where its head word does not."""
    words = [word.casefold().strip(".,'’") for word in _WORD.findall(phrase)]
    words = [re.sub(r"['’]s$", "", word) for word in words if word not in ("the", "a", "an", "of", "his", "her", "this", "that")]
    if not words:
        return 0
    head = words[-1]
    if not _fits(head, person):
        return 0
    return 2 + 2 * sum(_fits(word, person) for word in words[:-1]) - sum(not _fits(word, person) for word in words[:-1])


def _fits(word: str, person: Person) -> bool:
    return word in person.words or any(other in person.words for other in _SAME.get(word, ()))


def is_office(word: str) -> bool:
    """Return whether `word` names an office or quality of one person (`senator`, `nominee`, `billionaire`)."""
    return word.casefold() in groups("source_nouns.tsv")["person_office"]
