"""Pronouns as sources: he, she, they, it, who, which, I and we resolved inside one article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.bodies import as_described, as_institution
from claims.extraction.descriptions import describe
from claims.extraction.relations import Relation
from claims.extraction.salience import best_person, clear_person
from claims.extraction.scene import (
    Past,
    Referent,
    Scene,
    as_person,
    is_inside,
    mentions_before,
    sentence_of,
)
from claims.lexicons.load import form
from claims.names import INSTITUTION, OTHER, places
from claims.phrases import classes, singular, take_apart, word_group
from claims.records import Span

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "hers": "f"}
FIRST = frozenset(["i", "me", "my", "myself", "mine", "we", "us", "our", "ourselves", "ours"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
IT = frozenset(["it", "its", "itself"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
_LAST_NOUNS = re.compile(r"((?:[\w’'.-]+\s+){0,6}?[\w’'.-]+)[,\s]*(?:[-–—]+\s*)?$")


def resolve_pronoun_source(scene: Scene, span: Span, word: str, past: Past) -> Referent | None:
    """Return what a one-word source refers to, or None where the word is no pronoun."""
    found: Referent | None = None
    if word in HE:
        found = he_or_she(scene, span, HE[word], past)
    elif word in THEY:
        found = _they(scene, span, past)
    elif word in IT:
        found = _it(scene, span, past)
    elif word in RELATIVE:
        found = relative(scene, span, past)
    elif word in ("you", "your"):
        found = Referent(kind="reader", span=span)
    elif word in FIRST:
        found = Referent(kind="author", span=span, several=word in ("we", "us", "our", "ours"))
    return found


def he_or_she(scene: Scene, span: Span, sex: str, past: Past) -> Referent:
    """Return the best antecedent of `he` or `she`: near, subject of its sentence, speaker before, of fitting sex."""
    last = past[-1][1] if past else None
    best = best_person(scene, span, sex, last)
    for position, referent in past[-3:]:
        person = referent.phrase is not None and _is_person_noun(referent.phrase.head)
        if referent.kind == "described" and person and not referent.several and position < span.start:
            distance = sentence_of(scene, span.start) - sentence_of(scene, position)
            knows_others = (
                person
                and referent.phrase is not None
                and referent.phrase.head in word_group("teller")
                and distance == 0
            )
            score = -0.7 * distance + (-2.0 if knows_others else 1.3 if referent is last else 0.2)
            if best is None or score > best[0]:
                best = (score, replace(referent, antecedent=referent.antecedent or referent.span, span=span))
    if best:
        return best[1]
    fitting = [number for number, person in enumerate(scene.people) if person.sex == sex]
    if len(fitting) != 1:
        return Referent(kind="none", span=span)
    return as_person(scene, fitting[0], span, scene.people[fitting[0]].mentions[0])


def _they(scene: Scene, span: Span, past: Past) -> Referent:
    here = sentence_of(scene, span.start)
    start = scene.sentence_starts[here - 1] if here else 0
    last = past[-1] if past else None
    if form("phrase_forms.tsv", "shows").match(scene.text, span.end) or not (
        last and sentence_of(scene, last[0]) == here
    ):
        noun = _plural_noun(scene.text[start : span.start])
        if noun and (not last or classes(singular(noun)) & {"document"} or here - sentence_of(scene, last[0]) > 1):
            return as_described(span, take_apart(noun))
    for position, referent in reversed(past[-4:]):
        if position < span.start and (referent.several or referent.kind in ("institution", "described", "document")):
            return replace(referent, antecedent=referent.antecedent or referent.span, span=span, several=True)
    noun = _plural_noun(scene.text[max(0, span.start - 300) : span.start])
    return as_described(span, take_apart(noun or "people"))


def _plural_noun(text: str) -> str | None:
    for word in reversed(re.findall(r"[A-Za-z’'-]+", text)):
        if singular(word) != word.casefold() and classes(singular(word)):
            return str(word)
    return None


def _it(scene: Scene, span: Span, past: Past) -> Referent:
    here = sentence_of(scene, span.start)
    if form("phrase_forms.tsv", "shows").match(scene.text, span.end):
        document = _document_before(scene, span)
        if document:
            return document
    if past and past[-1][1].kind in ("institution", "document") and here - sentence_of(scene, past[-1][0]) <= 2:
        return replace(past[-1][1], antecedent=past[-1][1].antecedent or past[-1][1].span, span=span)
    near = [
        name for name in scene.names if name.span.end <= span.start and here - sentence_of(scene, name.span.start) <= 3
    ]
    for kind in ("institution", "country"):
        fitting = [
            name
            for name in near
            if (name.kind == INSTITUTION if kind == "institution" else name.text in places("country"))
        ]
        if fitting and (kind == "institution" or here - sentence_of(scene, fitting[-1].span.start) <= 1):
            return as_institution(fitting[-1].text, span, fitting[-1].span)
    for _, referent in reversed(past[-6:]):
        if referent.kind in ("institution", "document"):
            return replace(referent, antecedent=referent.antecedent or referent.span, span=span)
    body = _subject_body(scene, here)
    if body is not None:
        return replace(body, antecedent=body.span, span=span)
    return as_institution(near[-1].text, span, near[-1].span) if near else Referent(kind="none", span=span)


def _subject_body(scene: Scene, here: int) -> Referent | None:
    """The common noun for a body that opens one of the two sentences before (`The union met …`)."""
    for number in range(here - 1, max(0, here - 3), -1):
        start = scene.sentence_starts[number - 1]
        words = re.match(r"The((?:\s+[\w’'-]+){1,3})", scene.text[start:])
        for size in range(len(words.group(1).split()) if words else 0, 0, -1):
            phrase = " ".join(scene.text[start:].split()[: size + 1])
            if "institution" in classes(take_apart(phrase).head) and take_apart(phrase).head == phrase.split()[-1]:
                return as_described(Span(start, start + len(phrase)), take_apart(phrase))
    return None


def _document_before(scene: Scene, span: Span) -> Referent | None:
    words = re.findall(r"[\w’'.-]+", scene.text[max(0, span.start - 400) : span.start])
    for position in range(len(words) - 1, 1, -1):
        kinds = classes(words[position])
        if kinds & {"document"} and not kinds & {"role", "crowd", "institution"} and words[position].islower():
            return as_described(span, take_apart(" ".join(words[position - 1 : position + 1])))
    return None


def relative(scene: Scene, span: Span, past: Past) -> Referent:
    """Return the noun phrase right before a relative pronoun, resolved."""
    starts = scene.sentence_starts
    start = max(starts[max(0, sentence_of(scene, span.start) - 1)] if starts else 0, span.start - 160)
    before = scene.text[start : span.start]
    gap = re.search(r"[\s,—–-]*(?:(?:of|by|to|with|from|for|in)\s*)?$", before)
    end = start + (gap.start() if gap else len(before))
    for name_start, name_end, number in reversed(mentions_before(scene, end, 3)):
        clean = (
            re.fullmatch(r"(?:[’']s)?|\s*\([^)]*\)|,[^.“”]{1,70}", scene.text[name_end:end])
            if name_end <= end
            else None
        )
        if clean and name_start >= start:
            return as_person(scene, number, span, Span(name_start, name_end))
    for name in scene.names:
        if (
            name.span.end == end
            and name.kind in (INSTITUTION, OTHER)
            and (name.kind == INSTITUTION or " " in name.text)
        ):
            return as_institution(name.text, span, name.span)
    before_it = past[-1][1] if past else None
    if (
        before_it
        and before_it.span
        and start <= before_it.span.start
        and before_it.span.end <= span.start <= before_it.span.end + 3
    ):
        return replace(before_it, span=span, antecedent=before_it.antecedent or before_it.span)
    match = _LAST_NOUNS.search(scene.text[start:end])
    if not match:
        return Referent(kind="none", span=span)
    phrase = _trim(match.group(1))
    if scene.text[span.start : span.end].casefold() == "who" and not _is_person_noun(take_apart(phrase).head):
        phrase = _last_person(scene.text[start:end]) or phrase
    at = Span(end - len(phrase), end)
    return replace(describe(scene, at, phrase, []), span=span, antecedent=at)


def _is_person_noun(head: str) -> bool:
    return bool(classes(head) & {"role", "bare", "relational", "crowd", "person_office", "leader", "spokesperson"})


def _last_person(text: str) -> str | None:
    """The noun phrase of the last noun for a person, with what follows it (`one owner of a shop that sells shoes`)."""
    words = list(re.finditer(r"[\w’'-]+", text))
    for position in range(len(words) - 1, -1, -1):
        if _is_person_noun(singular(words[position].group())):
            first = position
            while first > max(0, position - 4) and words[first - 1].group().casefold() not in word_group("boundary"):
                first -= 1
                if words[first].group().casefold() in word_group("determiner") | {"one"}:
                    break
            return text[words[first].start() :]
    return None


def _trim(text: str) -> str:
    """Cut what stands before the last determiner or preposition of a stretch that ends in a noun."""
    cut = 0
    for match in re.finditer(r"\S+(?=\s)", text):
        low = match.group().casefold().strip(",")
        if low in word_group("boundary") or match.group().endswith(","):
            cut = match.end()
        elif low in word_group("determiner"):
            cut = match.start()
    return text[cut:].strip()


def holder_of(relations: Sequence[Relation], number: int, found: dict[int, Referent]) -> Referent | None:
    """Return the speaker of the smallest content of another relation that holds the source of relation `number`."""
    at = relations[number].source[0].start
    holders = [
        (sum(span.end - span.start for span in relation.content), other)
        for other, relation in enumerate(relations)
        if other != number
        and found[other].kind not in ("none", "author")
        and any(span.start <= at < span.end for span in relation.content)
    ]
    return found[min(holders)[1]] if holders else None


def speaker_of(scene: Scene, relations: Sequence[Relation], number: int, found: dict[int, Referent]) -> Referent:
    """Return the speaker of the quotation that holds an `I` or `we`; outside quotations the writer."""
    at = relations[number].source[0].start
    holder = holder_of(relations, number, found)
    word = scene.text[at : at + 3].casefold()
    several = word[:2] in ("we", "us") or word == "our"
    if holder and is_inside(scene.quoted, at):
        return replace(holder, several=several)
    return replace(found[number], several=several or found[number].several)


def of_another(scene: Scene, span: Span, sex: str, speaker: Referent) -> Referent | None:
    """Return whom a speaker's own words call `he` or `she`: never the speaker, and None where two are as near."""
    speakers = frozenset(
        number
        for number, person in enumerate(scene.people)
        if person is speaker.person or person.name in (speaker.text or "")
    )
    return clear_person(scene, span, sex, speakers)


def resolve_pronoun(scene: Scene, span: Span, speaker: Referent) -> str | None:
    """Return the name behind a pronoun inside a content; `I` and `we` are the speaker; None where it stays open."""
    word = scene.text[span.start : span.end].casefold()
    if word in FIRST:
        return speaker.text
    if word in HE and is_inside(scene.quoted, span.start):
        other = of_another(scene, span, HE[word], speaker)
        return other.text if other else None
    if word in HE:
        return he_or_she(scene, span, HE[word], [(span.start - 1, speaker)] if not speaker.several else []).text
    if word in THEY and speaker.several:
        return speaker.text
    return None
