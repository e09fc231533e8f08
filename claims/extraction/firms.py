"""Which names of unknown kind an article uses as names of firms, unions and other bodies."""

import re
from collections.abc import Sequence
from functools import cache

from claims.extraction.describing import PERSONAL, description_of
from claims.lexicons.load import form, groups
from claims.names import INSTITUTION, OTHER, PERSON, Name, given_names, places
from claims.phrases import classes, singular

_PERSON_AFTER = re.compile(r"[^.\n]{0,80}?\b(?:he|she|his|her|who)\b", re.IGNORECASE)
_MAX_WORDS = 4


@cache
def _last_words() -> frozenset[str]:
    return frozenset(groups("institution_words.tsv")["closing"])


def with_firms(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names with those that the text uses as a body's made institutions.

    A given name, a title, a description or pronoun of a person, or a longer name of a person speaks against it.
    """
    mentions: dict[str, list[Name]] = {}
    for name in names:
        if name.kind in (OTHER, PERSON):
            mentions.setdefault(name.text, []).append(name)
    surnames = {name.text.split()[-1] for name in names if name.kind == PERSON and " " in name.text}
    bodies = frozenset(name.text for name in names if name.kind == INSTITUTION)
    firms = {
        printed
        for printed, found in mentions.items()
        if not _may_be_person(text, found, surnames)
        and (
            any(f"{printed} {suffix}" in bodies for suffix in groups("institution_words.tsv")["suffix"])
            or (" " in printed and printed.split()[-1] in _last_words())
            or any(_acts_as_body(text, name) for name in found)
        )
    }
    return tuple(
        Name(span=name.span, text=name.text, kind=INSTITUTION) if name.text in firms else name for name in names
    )


def _may_be_person(text: str, found: Sequence[Name], surnames: set[str]) -> bool:
    words = found[0].text.split()
    if len(words) == 1 and classes(singular(words[0])):
        return True
    if len(words) > _MAX_WORDS or words[0] in given_names() or found[0].text in places() or found[0].text in surnames:
        return True
    return any(_is_told_person(text, name) for name in found)


def _is_told_person(text: str, name: Name) -> bool:
    if name.titles or name.sex != "u" or _PERSON_AFTER.match(text, name.span.end):
        return True
    kinds = (classes(word) for word in description_of(text, name))
    return any(kind & PERSONAL and "institution" not in kind for kind in kinds)


def _acts_as_body(text: str, name: Name) -> bool:
    before = text[max(0, name.span.start - 40) : name.span.start]
    if form("phrase_forms.tsv", "firm_before").search(before):
        return True
    if form("phrase_forms.tsv", "firm_after").match(text, name.span.end):
        return True
    # A lone word is too often a surname: "Ruiz said it would cost her dear".
    return " " in name.text and bool(form("phrase_forms.tsv", "firm_likely").match(text, name.span.end))
