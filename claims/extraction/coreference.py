"""Who a source is: names, pronouns, definite descriptions and elliptic sources resolved inside one article."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.extraction.people import Person, describes, find_people, is_office
from claims.extraction.relations import Relation
from claims.lexicons.load import groups
from claims.names import INSTITUTION, PLACE, Name, bare, canonical_institution, canonical_person, find_names, places
from claims.phrases import Phrase, classes, plain_description, singular, take_apart
from claims.records import Span
from claims.sentences import sentences

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "hers": "f"}
_I = frozenset("i me my myself we us our ourselves mine ours".split())
_THEY = frozenset("they them their theirs themselves".split())
_IT = frozenset("it its itself".split())
_RELATIVE = frozenset("who whom whose which that".split())
_YOU = frozenset("you your yours".split())
_SAME_ROLE = ("official", "source", "person", "aide", "man", "woman", "diplomat", "officer", "adviser", "insider")
_QUOTED = re.compile(r"“[^”\n]*”|''[^\n]*?''|\"[^\"\n]*\"|«[^»\n]*»")
_LAST_NP = re.compile(r"((?:(?:the|a|an|one|two|three|some|many|several|his|her|their|its|other|those|these|any|no|most)\s+)?(?:[\w’'.-]+\s+){0,5}?[\w’'.-]+)[,\s]*(?:[-–—]+\s*)?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Whom or what a source stands for; `kind` is person, institution, document, described, author, reader or none."""

    kind: str
    text: str | None = None
    phrase: Phrase | None = None
    span: Span | None = None
    antecedent: Span | None = None
    person: Person | None = None
    several: bool = False
    collective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one article offers to resolve its sources with: names, persons, sentences and stretches of quotation."""

    text: str
    names: tuple[Name, ...]
    people: tuple[Person, ...]
    sentence_starts: tuple[int, ...]
    quoted: tuple[Span, ...]
    introduced: tuple[tuple[Span, Phrase], ...]
    mentions: tuple[tuple[int, int, int], ...]
    institutions: tuple[Name, ...]


@lru_cache(maxsize=None)
def _introduction() -> re.Pattern[str]:
    nouns = groups("source_nouns.tsv")
    heads = sorted({*nouns["role"], *nouns["bare"], *nouns["relational"], *nouns["spokesperson"]} - {"one", "they", "some", "many", "other", "party"})
    body = "|".join(re.escape(head) for head in heads if len(head) > 2)
    return re.compile(
        rf"\b(?:a|an|one|two|three|four|five|several|another|some|[A-Z][\w.]+)\s+(?:[\w.’'-]+\s+){{0,6}}?(?:{body}|people)s?\b"
        rf"(?:\s+(?:close to|familiar with|briefed on|with (?:direct )?knowledge of|in|at|of|from|on|who)\s+[^,.;:“”\"\n]{{2,60}})?"
    )


def set_scene(text: str, relations: Sequence[Relation]) -> Scene:
    """Return the scene of an article: its names, persons, sentences, quotations and unnamed speakers as introduced."""
    names = find_names(text)
    people = find_people(text, names, [span for relation in relations for span in relation.source[:1]])
    mentions = sorted((span.start, span.end, number) for number, person in enumerate(people) for span in person.mentions)
    introduced = []
    for relation in relations:
        if relation.source:
            span = Span(relation.source[0].start, relation.source[-1].end)
            phrase = take_apart(text[span.start : span.end])
            if phrase.determiner not in ("the", "that", "this", "these", "those") and classes(phrase.head):
                introduced.append((span, phrase))
    for match in _introduction().finditer(text):
        phrase = take_apart(match.group())
        if classes(phrase.head) & {"role", "bare", "relational", "spokesperson"}:
            introduced.append((Span(match.start(), match.end()), phrase))
    return Scene(
        text=text, names=names, people=people, sentence_starts=tuple(span.start for span in sentences(text)),
        quoted=tuple(Span(*match.span()) for match in _QUOTED.finditer(text)), introduced=tuple(sorted(introduced, key=lambda pair: pair[0])),
        mentions=tuple(mentions), institutions=tuple(name for name in names if name.kind == INSTITUTION),
    )  # fmt: skip


def resolve_sources(scene: Scene, relations: Sequence[Relation]) -> tuple[Referent, ...]:
    """Return the referent of each relation's source, in the order of `relations`."""
    order = sorted(range(len(relations)), key=lambda number: _position(relations[number]))
    found: dict[int, Referent] = {}
    past: list[tuple[int, Referent]] = []
    for number in order:
        relation = relations[number]
        referent = _resolve(scene, relations, number, past, found)
        found[number] = referent
        if relation.source and referent.kind not in ("none", "reader"):
            past.append((_position(relation), referent))
    for number in order:
        if relations[number].source and _is_speaker_pronoun(scene, relations[number]):
            found[number] = _speaker_of(scene, relations, number, found)
    return tuple(found[number] for number in range(len(relations)))


def _position(relation: Relation) -> int:
    spans = relation.source or relation.cue or relation.content
    return spans[0].start if spans else 0


def _is_speaker_pronoun(scene: Scene, relation: Relation) -> bool:
    span = relation.source[0]
    return scene.text[span.start : relation.source[-1].end].casefold().split(" ")[0] in _I


def _speaker_of(scene: Scene, relations: Sequence[Relation], number: int, found: dict[int, Referent]) -> Referent:
    """The speaker of the quotation that holds an `I` or `we`; outside quotations the writer."""
    at = relations[number].source[0].start
    holders = [
        (sum(span.end - span.start for span in relation.content), other)
        for other, relation in enumerate(relations)
        if other != number and found[other].kind not in ("none", "author")
        and any(span.start <= at < span.end for span in relation.content)
    ]  # fmt: skip
    several = scene.text[at : at + 2].casefold() in ("we", "us", "ou")
    if holders and _in(scene.quoted, at):
        return replace(found[min(holders)[1]], several=several)
    return Referent(kind="author", text=None, span=relations[number].source[0], several=several)


def _resolve(
    scene: Scene, relations: Sequence[Relation], number: int, past: list[tuple[int, Referent]], found: dict[int, Referent]
) -> Referent:
    relation = relations[number]
    if not relation.source:
        return _elliptic(scene, relation, past)
    span = Span(relation.source[0].start, relation.source[-1].end)
    printed = " ".join(scene.text[part.start : part.end] for part in relation.source)
    words = printed.casefold().replace("’", "'").split()
    word = words[0].split("'")[0] if words else ""
    if len(words) == 1 or (len(words) == 2 and words[1] in ("himself", "herself", "itself", "themselves", "also")):
        if word in _HE:
            return _person_pronoun(scene, span, _HE[word], past)
        if word in _THEY:
            return _group_pronoun(scene, span, past)
        if word in _IT:
            return _thing_pronoun(scene, span, past)
        if word in _RELATIVE:
            return _relative(scene, span, past)
        if word in _YOU:
            return Referent(kind="reader", span=span)
        if word in _I:
            return Referent(kind="author", span=span, several=word in ("we", "us", "our"))
    if word in _I and len(words) > 1:
        return Referent(kind="author", span=span, several=" and " in printed)
    if words[-2:] in (["of", "whom"], ["of", "which"], ["of", "them"]):
        return replace(_relative(scene, Span(span.start, span.start), past), span=span, several=True)
    return _noun_phrase(scene, span, printed, past)


def _elliptic(scene: Scene, relation: Relation, past: list[tuple[int, Referent]]) -> Referent:
    """A participle that goes on (`…, adding that`) has the speaker of the same sentence; anything else nobody."""
    if not relation.cue or not past:
        return Referent(kind="none")
    start = relation.cue[0].start
    cue = scene.text[start : relation.cue[-1].end].split()
    same_sentence = _sentence(scene, past[-1][0]) == _sentence(scene, start)
    if same_sentence and cue and re.match(r"\w+ing$", cue[0]) and cue[0].casefold() != "according":
        return replace(past[-1][1], span=None)
    return Referent(kind="none")


def _in(spans: Sequence[Span], at: int) -> bool:
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return index >= 0 and spans[index].start <= at < spans[index].end


def _sentence(scene: Scene, at: int) -> int:
    return bisect_right(scene.sentence_starts, at)


def _person(scene: Scene, number: int, span: Span, antecedent: Span | None) -> Referent:
    person = scene.people[number]
    return Referent(kind="person", text=person.name, person=person, span=span, antecedent=antecedent)


def _person_pronoun(scene: Scene, span: Span, sex: str, past: list[tuple[int, Referent]]) -> Referent:
    here = _sentence(scene, span.start)
    quoted = _in(scene.quoted, span.start)
    best: tuple[float, Referent] | None = None
    index = bisect_right(scene.mentions, (span.start, 0, 0))
    last = past[-1][1] if past else None
    firsts: dict[int, int] = {}
    window = scene.mentions[max(0, index - 25) : index]
    for start, _, _ in window:
        sentence = _sentence(scene, start)
        firsts[sentence] = min(firsts.get(sentence, start), start)
    for start, end, number in window:
        person = scene.people[number]
        if person.sex not in (sex, "u"):
            continue
        distance = here - _sentence(scene, start)
        score = -0.7 * distance + 0.05 * min(len(person.mentions), 10) + 0.001 * (start - span.start) / 10
        score += 0.6 if firsts[_sentence(scene, start)] == start else 0.0
        score -= 0.5 if scene.text[end : end + 1] in "’'" and scene.text[end : end + 1] else 0.0
        score -= 0.8 if not quoted and _in(scene.quoted, start) else 0.0
        score -= 0.3 if person.sex == "u" else 0.0
        score += 0.8 if last and last.person is person else 0.0
        if best is None or score > best[0]:
            best = (score, _person(scene, number, span, Span(start, end)))
    for position, referent in past[-3:]:
        fits = referent.kind == "described" and not referent.several and referent.phrase
        if fits and position < span.start:
            score = -0.7 * (here - _sentence(scene, position)) + (1.3 if referent is last else 0.2)
            if best is None or score > best[0]:
                best = (score, replace(referent, antecedent=referent.antecedent or referent.span, span=span))
    if best:
        return best[1]
    fitting = [number for number, person in enumerate(scene.people) if person.sex == sex] or [
        number for number, person in enumerate(scene.people) if person.sex == "u"
    ]
    return _person(scene, fitting[0], span, scene.people[fitting[0]].mentions[0]) if fitting else Referent(kind="none", span=span)


def _group_pronoun(scene: Scene, span: Span, past: list[tuple[int, Referent]]) -> Referent:
    for position, referent in reversed(past[-4:]):
        if position < span.start and (referent.several or referent.kind in ("institution", "described", "document")):
            return replace(referent, antecedent=referent.antecedent or referent.span, span=span, several=True)
    before = scene.text[max(0, span.start - 300) : span.start]
    for word in reversed(re.findall(r"[A-Za-z’'-]+", before)):
        head = singular(word)
        if head != word.casefold() and classes(head):
            return _described(scene, span, take_apart(word), past)
    return Referent(kind="described", phrase=take_apart("people"), text="people", span=span, several=True)


def _thing_pronoun(scene: Scene, span: Span, past: list[tuple[int, Referent]]) -> Referent:
    here = _sentence(scene, span.start)
    if past and past[-1][1].kind in ("institution", "document") and here - _sentence(scene, past[-1][0]) <= 2:
        return replace(past[-1][1], antecedent=past[-1][1].antecedent or past[-1][1].span, span=span)
    bodies = [name for name in scene.names if name.span.end <= span.start and (name.kind == INSTITUTION or name.text in places("country"))]
    if bodies and here - _sentence(scene, bodies[-1].span.start) <= 3:
        return _institution(bodies[-1].text, span, bodies[-1].span)
    for _, referent in reversed(past[-4:]):
        if referent.kind in ("institution", "document"):
            return replace(referent, antecedent=referent.antecedent or referent.span, span=span)
    return _institution(bodies[-1].text, span, bodies[-1].span) if bodies else Referent(kind="none", span=span)


def _institution(printed: str, span: Span, antecedent: Span | None = None, several: bool = False) -> Referent:
    return Referent(
        kind="institution", text=canonical_institution(printed), span=span, antecedent=antecedent, several=several, collective=not several
    )


def _relative(scene: Scene, span: Span, past: list[tuple[int, Referent]]) -> Referent:
    """The noun phrase right before a relative pronoun."""
    start = max(scene.sentence_starts[max(0, _sentence(scene, span.start) - 1)] if scene.sentence_starts else 0, span.start - 160)
    before = scene.text[start : span.start]
    gap = re.search(r"[\s,—–-]*$", before)
    end = start + (gap.start() if gap else len(before))
    index = bisect_right(scene.mentions, (end, 0, 0)) - 1
    for name_start, name_end, number in reversed(scene.mentions[max(0, index - 2) : index + 1]):
        clean = re.fullmatch(r"(?:[’']s)?|\s*\([^)]*\)|,[^.“”]{1,70}", scene.text[name_end:end])
        if clean and name_start >= start:
            return _person(scene, number, span, Span(name_start, name_end))
    for name in scene.institutions:
        if name.span.end == end:
            return _institution(name.text, span, name.span)
    match = _LAST_NP.search(scene.text[start:end])
    if not match:
        return Referent(kind="none", span=span)
    phrase_text = _trim_to_noun_phrase(match.group(1))
    at = Span(start + match.start(1), end)
    return replace(_noun_phrase(scene, at, phrase_text, past), span=span, antecedent=at)


def _trim_to_noun_phrase(text: str) -> str:
    """Cut what stands before the last determiner or preposition of a stretch that ends in a noun."""
    words = text.split()
    cut = 0
    for position, word in enumerate(words[:-1]):
        low = word.casefold()
        if low in ("by", "to", "with", "from", "for", "that", "and", "as", "than", "against", "said", "is", "are", "was", "were", "has", "have"):
            cut = position + 1
        elif low in ("the", "a", "an", "his", "her", "their", "its", "some", "many", "several", "those", "these", "other"):
            cut = position
    return " ".join(words[cut:])


def _noun_phrase(scene: Scene, span: Span, printed: str, past: list[tuple[int, Referent]]) -> Referent:
    phrase = take_apart(printed)
    inside = [(s, e, n) for s, e, n in _mentions_in(scene, span)]
    named = _named_in(scene, span, phrase, inside)
    if named:
        return named
    kinds = classes(phrase.head)
    if "poll_group" in kinds and phrase.head in ("percent", "per cent", "pct", "respondent") or re.match(r"those (?:polled|surveyed)", phrase.text):
        return Referent(kind="document", text=_poll(scene, span) or plain_description(phrase), phrase=phrase, span=span, collective=True)
    body = _body_in(scene, span, phrase)
    if body:
        return body
    if phrase.determiner in ("the", "this", "that", "these", "those") or (phrase.core[:1].isupper() and not phrase.modifiers and not phrase.plural):
        back = _definite(scene, span, phrase, past)
        if back:
            return back
    return _described(scene, span, phrase, past)


def _mentions_in(scene: Scene, span: Span) -> list[tuple[int, int, int]]:
    index = bisect_right(scene.mentions, (span.start, 0, 0))
    found = []
    while index < len(scene.mentions) and scene.mentions[index][0] < span.end:
        found.append(scene.mentions[index])
        index += 1
    if index and scene.mentions:
        first = bisect_right(scene.mentions, (span.start, 0, 0)) - 1
        if first >= 0 and scene.mentions[first][0] == span.start:
            found.insert(0, scene.mentions[first])
    return found


def _named_in(scene: Scene, span: Span, phrase: Phrase, inside: list[tuple[int, int, int]]) -> Referent | None:
    """The person whom a phrase names: as its head, or in apposition to it."""
    core_end = span.start + scene.text[span.start : span.end].find(phrase.core) + len(phrase.core)
    heads = []
    for start, end, number in inside:
        tail = scene.text[end : end + 2]
        possessive = tail[:1] in ("’", "'") and end + 1 < span.end
        if end <= core_end + 1 and not possessive and (end >= core_end - 1 or scene.text[end:core_end].strip(" .’'s") == ""):
            heads.append((start, end, number))
        elif start > core_end and re.fullmatch(r"\s*,\s+(?:[\w.’'-]+\s+){0,4}", scene.text[core_end:start]) and not possessive:
            heads.append((start, end, number))
    if not heads:
        return None
    start, end, number = heads[0]
    others = [other for other in inside if other[2] != number and re.fullmatch(r",?\s+(?:and|or|&)\s+(?:[\w.]+\s+){0,3}|,\s+", scene.text[end : other[0]])]
    if re.match(r"\s*(?:,| and) (?:others|\w+ (?:aides|advisers|allies|wife|husband|siblings|team))", scene.text[end : span.end]) or re.search(
        r"\b(?:and|,) (?:his|her|their) \w+$", scene.text[span.start : span.end]
    ):
        return replace(_person(scene, number, span, None), text=scene.people[number].name + " and others", several=True)
    if others:
        names = [scene.people[number].name] + [scene.people[other[2]].name for other in others]
        return replace(_person(scene, number, span, None), text=" and ".join(names), several=True)
    return _person(scene, number, span, Span(start, end) if start != span.start else None)


def _body_in(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """The body that a phrase names as its head, or None."""
    if classes(phrase.head) - {"institution", "bare", "crowd", "leader"} and not classes(phrase.head) & {"institution"}:
        return None
    core_start = span.start + max(0, scene.text[span.start : span.end].find(phrase.core))
    core_end = core_start + len(phrase.core)
    ending = [
        name for name in scene.names
        if name.span.start >= span.start and name.span.start < core_end and abs(name.span.end - core_end) <= 2 or name.span.start == core_start and name.kind == INSTITUTION
    ]  # fmt: skip
    several = bool(re.match(r"[^,]{0,60}(?:\band\b|,)\s+(?:the\s+)?[A-Z]", scene.text[core_end - 1 : span.end])) and bool(
        [name for name in scene.names if core_end < name.span.start < span.end and name.kind in (INSTITUTION, PLACE)]
    )
    if ending and (ending[0].kind in (INSTITUTION, PLACE) and ending[0].text not in places("people", "demonym", "regional")):
        text = ending[0].text
        if several and re.search(r"\band\b", scene.text[core_end : span.end]):
            return Referent(kind="institution", text=phrase.text.removeprefix("The ").removeprefix("the "), span=span, phrase=phrase, several=True)
        return replace(_institution(text, span), phrase=phrase)
    low = phrase.core.casefold()
    if "institution" in classes(phrase.head) and "statement" not in low:
        return None
    return None


def _poll(scene: Scene, span: Span) -> str | None:
    before = scene.text[max(0, span.start - 2500) : span.start + 400]
    found = re.findall(r"((?:[A-Z][\w./&-]+\s){1,5})(?:opinion |tracking |national |new )?(?:poll|survey)\b", before)
    return f"{found[-1].strip().removeprefix('The ').removeprefix('A ')} poll" if found else None


def _definite(scene: Scene, span: Span, phrase: Phrase, past: list[tuple[int, Referent]]) -> Referent | None:
    """What a definite description goes back to: an unnamed speaker, a body, a document or a named person."""
    kinds = classes(phrase.head)
    if kinds & {"role", "bare", "relational", "spokesperson", "crowd", "leader"}:
        earlier = _introduced_before(scene, span, phrase, past)
        if earlier:
            return earlier
    if not phrase.plural and (is_office(phrase.head) or (not kinds and phrase.determiner == "the")):
        who = _described_person(scene, span, phrase)
        if who:
            return who
    if kinds & {"institution"}:
        for position, referent in reversed(past):
            if referent.kind == "institution" and position < span.start and referent.phrase and referent.phrase.head == phrase.head:
                return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
        bodies = [name for name in scene.institutions if name.span.end <= span.start and phrase.head in name.text.casefold().split()]
        if bodies:
            return replace(_institution(bodies[-1].text, span, bodies[-1].span), phrase=phrase)
        if not phrase.modifiers and not phrase.after:
            recent = [name for name in scene.institutions if name.span.end <= span.start]
            if recent and phrase.head in ("company", "bank", "firm", "union", "newspaper", "paper", "organization", "group", "agency", "party", "fund", "magazine", "network", "outlet", "department", "ministry", "court", "nonprofit"):
                return replace(_institution(recent[-1].text, span, recent[-1].span), phrase=phrase)
    return None


def _introduced_before(scene: Scene, span: Span, phrase: Phrase, past: list[tuple[int, Referent]]) -> Referent | None:
    own = {word.casefold() for word in phrase.modifiers.split()} - {"other", "same", "two", "three", "former", "senior", "unnamed"}
    for position, referent in reversed(past):
        if referent.kind == "described" and referent.phrase and position < span.start and referent.several == phrase.plural:
            if _same_speaker(phrase, own, referent.phrase):
                return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    for at, earlier in reversed(scene.introduced):
        if at.end <= span.start and earlier.plural == phrase.plural and _same_speaker(phrase, own, earlier):
            return replace(_described(scene, at, earlier, []), span=span, antecedent=at)
    return None


def _same_speaker(phrase: Phrase, own: set[str], earlier: Phrase) -> bool:
    if phrase.head != earlier.head and not (phrase.head in ("source", "person", "man", "woman", "people") and earlier.head in _SAME_ROLE):
        return False
    words = {word.casefold() for word in f"{earlier.modifiers} {earlier.after}".split()}
    return own <= words


def _described_person(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    ranked = []
    for number, person in enumerate(scene.people):
        fit = describes(phrase.core, person)
        before = [mention for mention in person.mentions if mention.start < span.start]
        if fit > 0:
            ranked.append((fit + (0.5 if before else 0) + 0.02 * min(len(person.mentions), 20), number))
    if ranked:
        number = max(ranked)[1]
        return _person(scene, number, span, scene.people[number].mentions[0])
    if "institution" in classes(phrase.head) or not scene.people or phrase.after:
        return None
    sex = "f" if phrase.head in ("woman", "mother", "wife", "actress", "congresswoman", "chairwoman", "queen", "widow", "daughter") else "u"
    here = _sentence(scene, span.start)
    near = [m for m in scene.mentions if m[0] < span.start and here - _sentence(scene, m[0]) <= 3 and (sex == "u" or scene.people[m[2]].sex in ("f", "u"))]
    near = [m for m in near if not _in(scene.quoted, m[0])] or near
    if near and phrase.modifiers:
        start, end, number = near[-1]
        return _person(scene, number, span, Span(start, end))
    return None


def _described(scene: Scene, span: Span, phrase: Phrase, past: list[tuple[int, Referent]]) -> Referent:
    kinds = classes(phrase.head)
    if "institution" in kinds and not (kinds & {"role", "crowd"} and phrase.plural):
        text = re.sub(r"^(?:the|a|an)\s+", "", plain_description(phrase), flags=re.I)
        return Referent(kind="institution", text=text, phrase=phrase, span=span, several=phrase.plural, collective=not phrase.plural)
    if kinds & {"document", "statement"} and not kinds & {"role"}:
        collective = bool(re.search(r"\bpoll\b|\bsurvey\b", phrase.core, re.I))
        text = plain_description(phrase)
        if phrase.determiner == "the" and not phrase.modifiers and phrase.head in ("poll", "survey"):
            text = _poll(scene, span) or text
        return Referent(kind="document", text=text, phrase=phrase, span=span, several=phrase.plural, collective=collective)
    return Referent(kind="described", text=plain_description(phrase) or phrase.text, phrase=phrase, span=span, several=phrase.plural)


def refer_to(scene: Scene, span: Span) -> Referent:
    """Return what the noun phrase at `span` refers to, whether or not it is a source."""
    return _noun_phrase(scene, span, scene.text[span.start : span.end], [])


def resolve_pronoun(scene: Scene, span: Span, speaker: Referent) -> str | None:
    """Return the name behind a pronoun inside a content; `I` and `we` are the speaker; None where it stays open."""
    word = scene.text[span.start : span.end].casefold()
    if word in _I:
        return speaker.text
    if word in _HE:
        here = _person_pronoun(scene, span, _HE[word], [(span.start, speaker)] if speaker.kind == "person" else [])
        return here.text
    if word in _THEY and speaker.several:
        return speaker.text
    return None


__all__ = ["Referent", "Scene", "bare", "canonical_person", "resolve_sources", "set_scene"]
