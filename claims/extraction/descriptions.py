"""Noun phrases as sources: names, bodies, documents, and definite descriptions of what came before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from claims.extraction.bodies import as_described, earlier_body, named_body, nearest_poll
from claims.extraction.describing import describes
from claims.extraction.members import apposed, one_of
from claims.extraction.salience import best_person
from claims.extraction.scene import (
    DEFINITE,
    Past,
    Referent,
    Scene,
    as_person,
    mentions_before,
    mentions_within,
    sentence_of,
)
from claims.lexicons.load import form, groups
from claims.names import places
from claims.phrases import Phrase, classes, plain_description, take_apart, word_group
from claims.records import Span

_NOBODY = re.compile(r"^(?:no one|nobody|none|neither|no)\b", re.IGNORECASE)
_WITH_OTHERS = re.compile(r"\s*,?\s*(?:and|,)\s+(?:others\b|(?:his|her|their)\s+\w+)")
_OPPOSITE = {"republican": "democrat", "gop": "democrat", "democratic": "republican", "democrat": "republican"}


def describe(scene: Scene, span: Span, printed: str, past: Past) -> Referent:
    """Return what a noun phrase refers to: a person, a body, a document, an unnamed speaker, or nobody."""
    phrase = take_apart(printed)
    if _NOBODY.match(phrase.text):
        return Referent(kind="none", span=span)
    aside = apposed(scene, span, phrase)
    if isinstance(aside, Referent):
        return aside
    if aside is not None:
        group = _introduced_before(scene, span, phrase, past) if phrase.quantity else None
        return replace(as_described(span, aside, scene), group=group.text if group else None)
    return (
        _named(scene, span, phrase)
        or _with_staff(scene, span, printed, past)
        or _polled(scene, span, phrase)
        or named_body(scene, span, phrase)
        or _going_back(scene, span, phrase, past)
        or _owned(scene, span, phrase)
        or as_described(span, phrase, scene)
    )


def _with_staff(scene: Scene, span: Span, printed: str, past: Past) -> Referent | None:
    """`the nominee and his aides`: the person with others."""
    together = form("phrase_forms.tsv", "and_his").search(printed)
    if not together:
        return None
    first = describe(scene, Span(span.start, span.start + together.start()), printed[: together.start()], past)
    text = f"{first.text}{together.group()}"
    return replace(first, span=span, text=text, several=True) if first.kind == "person" else None


def _polled(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """The share of a poll's respondents speaks for the poll."""
    if phrase.head not in word_group("polled") and not re.match(r"those (?:polled|surveyed)", phrase.text):
        return None
    text = nearest_poll(scene, span) or plain_description(phrase)
    return Referent(kind="document", text=text, phrase=phrase, span=span, collective=True)


def _going_back(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """What a definite phrase, or a bare plural, takes up again."""
    if phrase.determiner in (*DEFINITE, "his", "her", "their") or _is_headline_role(phrase):
        return _definite(scene, span, phrase, past)
    if phrase.plural and not phrase.modifiers and not phrase.after:
        return _bare_plural(scene, span, phrase, past)
    return None


def _is_headline_role(phrase: Phrase) -> bool:
    bare = not (phrase.modifiers or phrase.plural or phrase.determiner)
    office = phrase.head in _offices() - word_group("generic")
    return phrase.core[:1].isupper() and bare and (office or not phrase.after)


def refer_to(scene: Scene, span: Span) -> Referent:
    """Return what the noun phrase at `span` refers to, whether or not it is a source."""
    return describe(scene, span, scene.text[span.start : span.end], [])


def _named(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """The person whom a phrase names: as its head, or in apposition to it."""
    text = scene.text
    core_end = span.start + text[span.start : span.end].find(phrase.core) + len(phrase.core)
    inside = mentions_within(scene, span)
    heads = []
    for start, end, number in inside:
        if re.match(r"[’']s?\s+\w", text[end : span.end]) or not text[start].isupper():
            continue
        ends_core = start < core_end and text[end:core_end].strip(" .,;’'\"”s") == ""
        lead = r"\s*,\s+(?:[\w.’'-]+\s+){0,5}" if phrase.plural else r"\s*(?:,|and)\s+(?:[\w.’'-]+\s+){0,5}"
        appositive = start >= core_end and re.fullmatch(lead, text[core_end:start])
        if ends_core or appositive:
            heads.append((start, end, number))
    if not heads:
        return None
    start, end, number = heads[0]
    rest = text[end : span.end]
    name = scene.people[number].name
    others = [
        other
        for other in inside
        if other[2] != number and re.fullmatch(r",?\s+(?:and|or|&)\s+(?:[\w.]+\s+){0,3}|,\s+", text[end : other[0]])
    ]
    if _WITH_OTHERS.match(rest):
        return replace(as_person(scene, number, span, None), text=f"{name} and others", several=True)
    if others:
        names = dict.fromkeys([name, *(scene.people[other[2]].name for other in others)])
        return replace(as_person(scene, number, span, None), text=" and ".join(names), several=True)
    return as_person(scene, number, span, Span(start, end) if start != span.start else None)


def _definite(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """What a definite description goes back to: an unnamed speaker, a body or a named person."""
    kinds = classes(phrase.head)
    if kinds & {"role", "bare", "relational", "spokesperson", "crowd", "leader"}:
        office = not phrase.plural and phrase.head not in word_group("generic") and phrase.head in _offices()
        who = _described_person(scene, span, phrase) if office else None
        if who:
            return who
        earlier = _introduced_before(scene, span, phrase, past)
        if earlier:
            return one_of(earlier, phrase)
    both = _both_before(scene, span, phrase)
    if both:
        return both
    if phrase.plural and phrase.head in _offices():
        near = {number for _, _, number in mentions_before(scene, span.start, 4)}
        fitting = [number for number, person in enumerate(scene.people) if describes(phrase.head, person) > 0]
        fitting = [number for number in fitting if number in near] if len(fitting) > 2 else fitting
        several = [scene.people[number].name for number in fitting if phrase.head not in word_group("generic")]
        if 2 <= len(several) <= 3:
            return Referent(kind="person", text=" and ".join(several), span=span, several=True)
    plain = phrase.determiner in ("the", "this", "that") and phrase.head in _offices()
    if not phrase.plural and (plain or re.search(r"\d-year-old", phrase.modifiers)):
        who = _described_person(scene, span, phrase) or _salient(scene, span, phrase, past)
        if who:
            return who
    return earlier_body(scene, span, phrase, past) if "institution" in kinds else None


def _both_before(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """`the senators`: the two persons named before in the sentence, where one of them is a senator."""
    here = sentence_of(scene, span.start)
    near = dict.fromkeys(
        n for start, _, n in mentions_before(scene, span.start, 4) if sentence_of(scene, start) == here
    )
    if not phrase.plural or phrase.head in word_group("generic") or len(near) != 2:
        return None
    if not any(describes(phrase.head, scene.people[number]) > 0 for number in near):
        return None
    names = " and ".join(scene.people[number].name for number in near)
    return Referent(kind="person", text=names, span=span, several=True)


@cache
def unique_offices() -> frozenset[str]:
    """Return the offices that one person holds, other than those in every ministry and firm."""
    return frozenset(groups("source_nouns.tsv")["unique_office"]) - word_group("generic")


@cache
def _offices() -> frozenset[str]:
    return frozenset(groups("source_nouns.tsv")["person_office"])


def _earlier_speakers(scene: Scene, span: Span, past: Past) -> Iterator[tuple[Phrase, Referent]]:
    """The unnamed speakers before a span, nearest first: those of relations, then those only introduced."""
    for position, referent in reversed(past):
        if referent.kind == "described" and referent.phrase and position < span.start:
            yield referent.phrase, replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    for at, phrase in reversed(scene.introduced):
        if at.end <= span.start:
            yield phrase, replace(as_described(at, phrase), span=span, antecedent=at)


def _best(found: Iterable[tuple[Phrase, Referent]]) -> Referent | None:
    """The nearest speaker; but a body's or state's people go before a region's (`E.U. leaders`, `European leaders`)."""
    listed = list(found)
    told = [pair for pair in listed if not set(pair[0].modifiers.split()) & places("regional")]
    return next((referent for _, referent in (*told, *listed)), None)


def _bare_plural(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """`officials`, `leaders` and the like go back to the ones introduced with their organisation."""
    kinds = classes(phrase.head)
    if not kinds & {"role", "leader"} or "institution" in kinds or phrase.head in word_group("open_group"):
        return None
    return _best(
        (earlier, referent)
        for earlier, referent in _earlier_speakers(scene, span, past)
        if earlier.head == phrase.head and earlier.plural and earlier.modifiers[:1].isupper()
    )


def _introduced_before(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    own = {word.casefold() for word in phrase.modifiers.split()} - word_group("uninformative")
    earlier = [
        (other, referent)
        for other, referent in _earlier_speakers(scene, span, past)
        if phrase.quantity or other.plural == phrase.plural
    ]
    for loosely in (False, True):
        found = _best(pair for pair in earlier if _same_speaker(phrase, own, pair[0], loosely=loosely))
        if found:
            return found
    return None


def _same_speaker(phrase: Phrase, own: set[str], earlier: Phrase, *, loosely: bool) -> bool:
    if phrase.head != earlier.head and not (
        loosely and phrase.head in word_group("anybody") and earlier.head in word_group("personlike")
    ):
        return False
    return own <= {word.casefold() for word in f"{earlier.modifiers} {earlier.after}".split()}


def _described_person(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """The person whose own description in the article holds the phrase's words."""
    ranked = []
    for number, person in enumerate(scene.people):
        fit = describes(phrase.core, person)
        if fit > 0:
            before = [mention for mention in person.mentions if mention.start < span.start]
            ranked.append((fit + (0.5 if before else 0) + 0.02 * min(len(person.mentions), 20), -number))
    if not ranked:
        return None
    number = -max(ranked)[1]
    return as_person(scene, number, span, scene.people[number].mentions[0])


def _salient(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """The person last spoken of, for a description that the article ties to nobody (`the New York businessman`)."""
    aged = re.search(r"\d-year-old", phrase.modifiers)
    named = {number for _, _, number in mentions_before(scene, span.start, 6)}
    if not phrase.modifiers and not phrase.after and len(named) == 1 and phrase.head in unique_offices():
        number = named.pop()
        return as_person(scene, number, span, scene.people[number].mentions[0])
    if "institution" in classes(phrase.head) or not phrase.modifiers or (phrase.after and not aged):
        return None
    against = {_OPPOSITE[word] for word in phrase.modifiers.casefold().split() if word in _OPPOSITE}
    without = frozenset(
        number
        for number, person in enumerate(scene.people)
        if against
        and any(word.startswith(tuple(against)) or (word == "gop" and "republican" in against) for word in person.words)
    )
    sex = "f" if phrase.head in word_group("female") else "m" if phrase.head in word_group("male") else "u"
    best = best_person(scene, span, sex, past[-1][1] if past else None, without)
    return best[1] if best and best[0] > -2.5 else None


def _owned(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """`his attorney`, `Mr. X's wife`: the one person whom the article names in that relation."""
    kinds = classes(phrase.head)
    possessive = phrase.determiner in ("his", "her", "their") or re.search(r"[’']s?$", phrase.modifiers)
    if (
        phrase.plural
        or not possessive
        or not kinds & {"relational", "personal_service", "person_office"}
        or phrase.head in word_group("generic")
    ):
        return None
    owners = {scene.people[number].name for _, _, number in mentions_within(scene, span)}
    if phrase.head in ("wife", "husband", "widow") and len(owners) == 1:
        name = owners.copy().pop()
        sex = "m" if phrase.head == "husband" else "f"
        spouses = [
            number
            for number, person in enumerate(scene.people)
            if person.name.split()[-1] == name.split()[-1] and person.name != name
        ]
        spouses = [
            number for number in spouses if scene.people[number].sex in (sex, "u") and " " in scene.people[number].name
        ]
        if len(spouses) == 1:
            return as_person(scene, spouses[0], span, scene.people[spouses[0]].mentions[0])
    fitting = [
        number
        for number, person in enumerate(scene.people)
        if phrase.head in person.words and person.name not in owners
    ]
    if len(fitting) == 1:
        return as_person(scene, fitting[0], span, scene.people[fitting[0]].mentions[0])
    return None
