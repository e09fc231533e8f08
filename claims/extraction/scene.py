"""What one article offers to resolve its sources with: names, persons, sentences, quotations, unnamed speakers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claims.extraction.describing import describes
from claims.extraction.firms import with_firms
from claims.extraction.people import find_people
from claims.extraction.person import Person
from claims.extraction.relations import Relation
from claims.lexicons.load import form, groups
from claims.names import INSTITUTION, Name, find_names
from claims.phrases import Phrase, classes, singular, take_apart, word_group
from claims.records import Span
from claims.sentences import sentences
from claims.sides import home_of_text

DEFINITE = ("the", "that", "this", "these", "those")
_WORDS = re.compile(r"(?:[A-Z]\.)+|[\w’'-]+")
_QUOTED = re.compile(r"“[^”\n]*”|''[^\n]*?''|\"[^\"\n]*\"|«[^»\n]*»")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Whom or what a source stands for; `kind` is person, institution, document, described, author, reader or none.

    `group` is what those are called out of whom an unnamed speaker is one.
    """

    kind: str
    text: str | None = None
    phrase: Phrase | None = None
    span: Span | None = None
    antecedent: Span | None = None
    person: Person | None = None
    several: bool = False
    collective: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One article laid out; `mentions` are (start, end, number of the person), `introduced` unnamed speakers.

    `home` is the state that it speaks of most.
    """

    text: str
    names: tuple[Name, ...]
    people: tuple[Person, ...]
    sentence_starts: tuple[int, ...]
    quoted: tuple[Span, ...]
    introduced: tuple[tuple[Span, Phrase], ...]
    mentions: tuple[tuple[int, int, int], ...]
    institutions: tuple[Name, ...]
    home: str | None = None


Past = list[tuple[int, Referent]]


@cache
def _speaker_nouns() -> frozenset[str]:
    nouns = groups("source_nouns.tsv")
    heads = {*nouns["role"], *nouns["bare"], *nouns["relational"], *nouns["spokesperson"]}
    return frozenset(heads - word_group("vague_pronoun"))


@cache
def _office() -> re.Pattern[str]:
    nouns = sorted(groups("source_nouns.tsv")["person_office"], key=len, reverse=True)
    body = "|".join(re.escape(noun) for noun in nouns)
    return re.compile(rf"\b[Tt]he\s+((?:[\w.’-]+\s+){{0,2}}?(?:{body}))\b(?!['’]s)")


def set_scene(text: str, relations: Sequence[Relation]) -> Scene:
    """Return the scene of an article: its names, persons, sentences, quotations and unnamed speakers as introduced."""
    names = with_firms(text, find_names(text))
    people = find_people(text, names, [span for relation in relations for span in relation.source[:1]])
    mentions = {(span.start, span.end, number) for number, person in enumerate(people) for span in person.mentions}
    return Scene(
        text=text,
        names=names,
        people=people,
        sentence_starts=tuple(span.start for span in sentences(text)),
        quoted=tuple(Span(*match.span()) for match in _QUOTED.finditer(text)),
        introduced=tuple(sorted(_introduced(text, relations), key=lambda pair: pair[0])),
        mentions=tuple(sorted(mentions | _offices(text, people))),
        institutions=tuple(name for name in names if name.kind == INSTITUTION),
        home=home_of_text(text),
    )


def _introduced(text: str, relations: Sequence[Relation]) -> list[tuple[Span, Phrase]]:
    found = []
    for relation in relations:
        if relation.source:
            span = Span(relation.source[0].start, relation.source[-1].end)
            phrase = take_apart(text[span.start : span.end])
            if phrase.determiner not in DEFINITE and classes(phrase.head):
                found.append((span, phrase))
    words = list(_WORDS.finditer(text))
    for number, word in enumerate(words):
        if singular(word.group()) not in _speaker_nouns():
            continue
        first = _opening(text, words, number)
        if first is not None:
            more = form("phrase_forms.tsv", "introduced_after").match(text, word.end())
            span = Span(words[first].start(), more.end() if more else word.end())
            phrase = take_apart(text[span.start : span.end])
            if classes(phrase.head) & {"role", "bare", "relational", "spokesperson"}:
                found.append((span, phrase))
    return found


def _opening(text: str, words: list[re.Match[str]], number: int) -> int | None:
    """The word that opens an indefinite noun phrase (`a`, `two`, a capital), or None where it is definite."""
    first = None
    for position in range(number - 1, max(-1, number - 8), -1):
        low = words[position].group().casefold()
        joined = text[words[position].end() : words[position + 1].start()] in (" ", "\u00a0", ". ")
        if not joined or low in DEFINITE or low in word_group("boundary"):
            break
        if low in word_group("indefinite"):
            return position
        if words[position].group()[0].isupper():
            first = position
    return first


def _offices(text: str, people: Sequence[Person]) -> set[tuple[int, int, int]]:
    """Definite descriptions (`the president`) that fit one person, as mentions of that person."""
    found = set()
    known: dict[str, int | None] = {}
    for match in _office().finditer(text):
        phrase = match.group(1)
        if phrase not in known:
            ranked = sorted(
                ((describes(phrase, person), -number) for number, person in enumerate(people[:30])), reverse=True
            )
            best = ranked[0] if ranked else (0, 0)
            clear = best[0] > 1 and (
                len(ranked) < 2 or ranked[1][0] < best[0] or _far_more(people, -best[1], -ranked[1][1])
            )
            known[phrase] = -best[1] if clear else None
        number = known[phrase]
        if number is not None:
            found.add((match.start(), match.end(), number))
    return found


def _far_more(people: Sequence[Person], first: int, second: int) -> bool:
    return len(people[first].mentions) >= 3 * len(people[second].mentions)


def is_inside(spans: Sequence[Span], at: int) -> bool:
    """Return whether a position lies in one of the ordered, disjoint spans."""
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return index >= 0 and spans[index].start <= at < spans[index].end


def sentence_of(scene: Scene, at: int) -> int:
    """Return the number of the sentence that holds a position."""
    return bisect_right(scene.sentence_starts, at)


def as_person(scene: Scene, number: int, span: Span, antecedent: Span | None) -> Referent:
    """Return the referent for a person of the scene."""
    person = scene.people[number]
    return Referent(kind="person", text=person.name, person=person, span=span, antecedent=antecedent)


def names_within(scene: Scene, span: Span) -> tuple[Name, ...]:
    """Return the names that begin inside a span."""
    low = bisect_left(scene.names, span.start, key=lambda name: name.span.start)
    high = bisect_left(scene.names, span.end, key=lambda name: name.span.start)
    return scene.names[low:high]


def mentions_before(scene: Scene, at: int, count: int) -> tuple[tuple[int, int, int], ...]:
    """Return the last `count` mentions of persons that begin before a position."""
    index = bisect_right(scene.mentions, (at, 0, 0))
    return scene.mentions[max(0, index - count) : index]


def mentions_within(scene: Scene, span: Span) -> tuple[tuple[int, int, int], ...]:
    """Return the mentions of persons that begin inside a span."""
    low = bisect_right(scene.mentions, (span.start - 1, len(scene.text), 0))
    high = bisect_right(scene.mentions, (span.end - 1, len(scene.text), 0))
    return scene.mentions[low:high]
