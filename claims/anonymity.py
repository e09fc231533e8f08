"""How identifiable a source is to the reader: level A0 to A7, its attributes, and the reason in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import form, groups, phrase_pattern
from claims.names import places
from claims.organisations import find_organisation
from claims.phrases import Phrase, classes, singular, word_group
from claims.vocabulary import Anonymity, Plurality

_PRAISE = re.compile(r"(?:able|ible|ly|-placed|-informed|-connected)$")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level of a source with what it rests on."""

    anonymity: Anonymity
    reason: str
    plurality: Plurality
    role: str | None = None
    organisation: str | None = None
    seniority: str | None = None
    standing: str | None = None
    access: str | None = None
    descriptor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a description tells of an unnamed source."""

    phrase: Phrase
    kinds: frozenset[str]
    organisation: str | None
    senior: bool
    former: bool
    post: bool
    related: bool
    side: str | None

    @property
    def head(self) -> str:
        """The head noun."""
        return self.phrase.head

    @property
    def generic(self) -> bool:
        """Whether the head says nothing of a role (`source`, `person`)."""
        return "bare" in self.kinds or not self.head


def grade(referent: Referent, scene: Scene) -> Level:
    """Return the level of what a source refers to, by the codebook's section 1."""
    several = Plurality.SEVERAL if referent.several else Plurality.ONE
    if referent.kind == "described" and referent.phrase is not None:
        return _unnamed(referent.phrase, referent, scene)
    if referent.kind in ("person", "author"):
        reason = f"named: {referent.text}" if referent.kind == "person" else "the writer speaks"
        return Level(anonymity=Anonymity.NAMED, reason=reason, plurality=several, role=_role(referent.phrase))
    if referent.kind == "document":
        plurality = Plurality.COLLECTIVE if referent.collective else several
        return Level(anonymity=Anonymity.DOCUMENT, reason=f"document or data: {referent.text}", plurality=plurality)
    if referent.kind == "institution":
        reason = f"speaks as an institution: {referent.text}"
        plurality = Plurality.SEVERAL if referent.several else Plurality.COLLECTIVE
        return Level(anonymity=Anonymity.INSTITUTION, reason=reason, plurality=plurality, organisation=referent.text)
    plurality = Plurality.SEVERAL if referent.kind == "reader" else Plurality.NONE
    return Level(anonymity=Anonymity.BARE, reason="nobody is named or recoverable as the source", plurality=plurality)


def _role(phrase: Phrase | None) -> str | None:
    return phrase.head if phrase and classes(phrase.head) else None


def _unnamed(phrase: Phrase, referent: Referent, scene: Scene) -> Level:
    facts = Facts(
        phrase=phrase,
        kinds=classes(phrase.head),
        organisation=find_organisation(phrase, scene),
        senior=phrase_pattern("source_traits.tsv", "senior").search(phrase.modifiers) is not None,
        former=phrase_pattern("source_traits.tsv", "former").search(phrase.modifiers) is not None,
        post=bool(phrase_pattern("source_traits.tsv", "post").search(phrase.after))
        or (phrase.head in word_group("post") and (not phrase.plural or _is_counted(phrase)))
        or (phrase.determiner == "the" and "unique_office" in classes(phrase.head) and not phrase.plural),
        related=phrase_pattern("source_traits.tsv", "relational").search(phrase.after) is not None,
        side=_side(phrase),
    )
    level, why = next((level, why(facts)) for applies, level, why in _RULES if applies(facts))
    named = level in (Anonymity.INSTITUTION, Anonymity.SPECIFIC, Anonymity.ORGANISATION) and facts.organisation
    parts = ["unnamed", *([f"organisation '{facts.organisation}'"] if named else []), *([why] if why else [])]
    return Level(
        anonymity=level,
        reason="; ".join(parts),
        plurality=Plurality.SEVERAL if phrase.plural or referent.several else Plurality.ONE,
        role=_role(phrase),
        organisation=facts.organisation,
        seniority="senior" if facts.senior else None,
        standing="former" if facts.former else None,
        access=_access(f"{phrase.modifiers} {phrase.printed_head} {phrase.after}"),
        descriptor=_descriptor(facts, level),
    )


def _is_counted(phrase: Phrase) -> bool:
    """Whether a plural is a countable few (`two ministers`, `both board members`)."""
    words = f"{phrase.quantity} {phrase.determiner} {phrase.modifiers}".casefold().split()
    return bool(word_group("countable") & set(words))


def _serves_named(facts: Facts) -> bool:
    """The doctor, lawyer or the like of one named person: few people fit."""
    phrase = facts.phrase
    if "personal_service" not in facts.kinds or (facts.organisation and not facts.organisation.endswith("'s staff")):
        return False
    owned = _POSSESSIVE.search(phrase.modifiers) or phrase.determiner in ("his", "her", "their")
    return bool(owned or form("phrase_forms.tsv", "for_named").match(phrase.after))


def _knows_only(facts: Facts) -> bool:
    """A bare source known by closeness; an organisation counts only where it is the source's own."""
    own = facts.phrase.modifiers or re.match(r"(?:at|in|inside|within|from|on)\s", facts.phrase.after)
    return facts.generic and facts.related and not (facts.organisation and own) and _only_bare(facts.phrase)


def _belongs(facts: Facts) -> bool:
    works = facts.kinds & {"role", "unique_office", "leader"} or facts.head in word_group("employed")
    return bool(facts.organisation) and (bool(works) or facts.generic or not facts.kinds)


def _sole_office(facts: Facts) -> bool:
    phrase = facts.phrase
    definite = phrase.determiner in ("the", "his", "her", "its", "their")
    return "unique_office" in facts.kinds and not phrase.plural and definite and bool(phrase.modifiers or phrase.after)


def _one_of_a_crowd(facts: Facts) -> bool:
    described = facts.head in ("man", "woman") or (
        bool(facts.phrase.after or facts.phrase.modifiers) and not _only_bare(facts.phrase)
    )
    return facts.generic and facts.head in ("man", "woman", "person", "people", "individual", "witness") and described


def _nothing_known(facts: Facts) -> bool:
    if facts.generic:
        return _only_bare(facts.phrase)
    place = re.match(r"(?:in|at|from|of|on|to|for)\s", facts.phrase.after)
    return facts.head in word_group("official") and not facts.side and _only_bare(facts.phrase) and not place


Rule = tuple[Callable[[Facts], bool], Anonymity, Callable[[Facts], str]]
_RULES: tuple[Rule, ...] = (
    (
        lambda f: "spokesperson" in f.kinds and not (f.head == "representative" and f.phrase.plural),
        Anonymity.INSTITUTION,
        lambda _: "speaks for an institution",
    ),
    (_serves_named, Anonymity.SPECIFIC, lambda f: f"the {f.head} of a named person"),
    (
        lambda f: "relational" in f.kinds and not f.organisation and not (f.generic and not _only_bare(f.phrase)),
        Anonymity.RELATIONAL,
        lambda f: f"only a relation is known: '{f.head}'",
    ),
    (_knows_only, Anonymity.RELATIONAL, lambda _: "described only by closeness or knowledge"),
    (
        lambda f: bool(f.organisation) and f.head in word_group("party_leader") and f.phrase.plural,
        Anonymity.ORGANISATION,
        lambda _: "leaders of a body",
    ),
    (lambda f: _belongs(f) and f.senior, Anonymity.SPECIFIC, lambda _: "senior"),
    (lambda f: _belongs(f) and f.post, Anonymity.SPECIFIC, lambda _: "a post that few hold"),
    (_belongs, Anonymity.ORGANISATION, lambda _: "role generic"),
    (
        lambda f: (
            bool(f.organisation)
            and "crowd" in f.kinds
            and bool(re.match(r"(?:on|in|of|at)\s+the\s+[A-Z]", f.phrase.after))
        ),
        Anonymity.ORGANISATION,
        lambda _: "members of a body",
    ),
    (_sole_office, Anonymity.SPECIFIC, lambda _: "an office that one person holds, no name printed"),
    (lambda f: f.generic and bool(f.side), Anonymity.SECTOR, lambda f: f"only a side or sector is known: '{f.side}'"),
    (_one_of_a_crowd, Anonymity.SECTOR, lambda _: "one of a crowd"),
    (
        lambda f: _nothing_known(f) and (f.related or _told_by_deed(f)),
        Anonymity.RELATIONAL,
        lambda _: "described only by closeness or knowledge",
    ),
    (_nothing_known, Anonymity.BARE, lambda _: "nothing usable is said of the source"),
    (
        lambda _: True,
        Anonymity.SECTOR,
        lambda f: f"only a class, sector or side is known: '{f'{f.phrase.modifiers} {f.phrase.printed_head}'.strip()}'",
    ),
)


def _told_by_deed(facts: Facts) -> bool:
    """Whether a bare source is told by what it did (`people who worked on the product`), beyond refusing a name."""
    return form("phrase_forms.tsv", "deed").match(facts.phrase.after) is not None


def _only_bare(phrase: Phrase) -> bool:
    """Whether no modifier tells more than a count, a rank or how good the source is (`credible`, `well-informed`)."""
    words = phrase.modifiers.casefold().split()
    return all(word in _uninformative() or _PRAISE.search(word) for word in words)


@cache
def _uninformative() -> frozenset[str]:
    traits = groups("source_traits.tsv")
    return frozenset({*traits["bare_adjective"], *traits["senior"], *traits["former"]})


def _side(phrase: Phrase) -> str | None:
    """The side, sector or place that a description tells."""
    for group in ("side", "sector"):
        found = phrase_pattern("source_traits.tsv", group).search(phrase.modifiers)
        if found:
            return found.group()
    for word in phrase.modifiers.split():
        if word in places("demonym", "regional", "city", "state", "country"):
            return word
    place = re.match(r"(?:in|from|across|around)\s+(?:the\s+)?([A-Z][\w .]+)", phrase.after)
    return place.group(1).strip() if place else None


def _access(whole: str) -> str | None:
    kinds = ("witnessed", "took_part", "briefed", "document", "hearsay", "familiar")
    pattern = (kind for kind in kinds if phrase_pattern("source_traits.tsv", f"access_{kind}").search(whole))
    found = next(pattern, None)
    return found.replace("_", " ") if found else None


def _descriptor(facts: Facts, level: Anonymity) -> str | None:
    """A class of speakers such as `senior, White House official`; never a person."""
    if level == Anonymity.INSTITUTION:
        return None
    if level == Anonymity.BARE:
        return "bare"
    traits = [word for word, holds in (("senior", facts.senior), ("former", facts.former)) if holds]
    if level == Anonymity.RELATIONAL and facts.generic:
        return ", ".join([*traits, "source with inside knowledge"])
    place = facts.organisation if level in (Anonymity.SPECIFIC, Anonymity.ORGANISATION) else facts.side
    noun = singular(facts.head or "source")
    return ", ".join([*traits, f"{place} {noun}" if place else noun])
