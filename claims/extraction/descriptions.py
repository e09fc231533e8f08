"""Noun phrases as sources: names, bodies, documents, and definite descriptions of what came before."""

import re
from dataclasses import replace
from functools import cache

from claims.extraction.people import describes
from claims.extraction.salience import best_person
from claims.extraction.scene import DEFINITE, Past, Referent, Scene, as_person, mentions_before, mentions_within
from claims.lexicons.load import groups
from claims.names import INSTITUTION, OTHER, PLACE, canonical_institution, institutions, outlets, places
from claims.phrases import Phrase, classes, plain_description, take_apart
from claims.records import Span

_ANY_HEAD = frozenset({"source", "person", "man", "woman", "individual", "insider"})
_PERSONLIKE = frozenset(
    [
        "official",
        "source",
        "person",
        "aide",
        "man",
        "woman",
        "diplomat",
        "officer",
        "adviser",
        "advisor",
        "insider",
        "individual",
        "executive",
    ]
)
_GENERIC = frozenset(
    [
        "official",
        "source",
        "person",
        "aide",
        "adviser",
        "advisor",
        "officer",
        "staffer",
        "insider",
        "diplomat",
        "individual",
        "man",
        "woman",
        "employee",
    ]
)
_FEMALE = frozenset(
    [
        "woman",
        "mother",
        "wife",
        "actress",
        "congresswoman",
        "chairwoman",
        "queen",
        "widow",
        "daughter",
        "sister",
        "grandmother",
        "spokeswoman",
    ]
)
_MALE = frozenset(
    [
        "man",
        "father",
        "husband",
        "actor",
        "congressman",
        "chairman",
        "king",
        "widower",
        "son",
        "brother",
        "grandfather",
        "spokesman",
        "businessman",
    ]
)
_NOBODY = re.compile(r"^(?:no one|nobody|none|neither|no)\b", re.IGNORECASE)
_POLL_WORDS = r"(?:(?:new|opinion|tracking|national|public|online|exit|latest|recent|statewide|state)\s+)*"
_POLL = re.compile(rf"((?:[A-Z][\w./&-]+\s+){{1,5}}){_POLL_WORDS}(?:poll|survey)\b")
_WITH_OTHERS = re.compile(r"\s*,?\s*(?:and|,)\s+(?:others\b|(?:his|her|their)\s+\w+)")
_AND_HIS = re.compile(
    r"\s+and (?:his|her|their) (?:\w+ )?(?:aides|advisers|advisors|allies|staff|team|wife|husband|family|campaign|supporters|lawyers)$"
)
_OPPOSITE = {"republican": "democrat", "gop": "democrat", "democratic": "republican", "democrat": "republican"}


def describe(scene: Scene, span: Span, printed: str, past: Past) -> Referent:
    """Return what a noun phrase refers to: a person, a body, a document, an unnamed speaker, or nobody."""
    phrase = take_apart(printed)
    if _NOBODY.match(phrase.text):
        return Referent(kind="none", span=span)
    named = _named(scene, span, phrase)
    if named:
        return named
    together = _AND_HIS.search(printed)
    if together:
        first = describe(scene, Span(span.start, span.start + together.start()), printed[: together.start()], past)
        if first.kind == "person":
            return replace(first, span=span, text=f"{first.text}{together.group()}", several=True)
    if phrase.head in ("percent", "per cent", "pct", "respondent") or re.match(
        r"those (?:polled|surveyed)", phrase.text
    ):
        text = nearest_poll(scene, span) or plain_description(phrase)
        return Referent(kind="document", text=text, phrase=phrase, span=span, collective=True)
    body = _body(scene, span, phrase)
    if body:
        return body
    if phrase.determiner in (*DEFINITE, "his", "her", "their") or _is_headline_role(phrase):
        back = _definite(scene, span, phrase, past)
        if back:
            return back
    elif phrase.plural and not phrase.modifiers and not phrase.after:
        back = _bare_plural(scene, span, phrase, past)
        if back:
            return back
    owner = _owned(scene, span, phrase)
    return owner or as_described(span, phrase, scene)


def _is_headline_role(phrase: Phrase) -> bool:
    return phrase.core[:1].isupper() and not phrase.modifiers and not phrase.plural and not phrase.determiner


def refer_to(scene: Scene, span: Span) -> Referent:
    """Return what the noun phrase at `span` refers to, whether or not it is a source."""
    return describe(scene, span, scene.text[span.start : span.end], [])


def as_institution(printed: str, span: Span, antecedent: Span | None = None, *, several: bool = False) -> Referent:
    """Return the referent for a body by its printed name."""
    name = canonical_institution(printed)
    return Referent(
        kind="institution", text=name, span=span, antecedent=antecedent, several=several, collective=not several
    )


def as_described(span: Span, phrase: Phrase, scene: Scene | None = None) -> Referent:
    """Return the referent for a phrase that names nobody: a body, a document or an unnamed speaker by its head noun."""
    kinds = classes(phrase.head)
    text = plain_description(phrase) or phrase.text
    if "institution" in kinds and not (kinds & {"role", "crowd"} and phrase.plural):
        if scene is not None and phrase.head in ("police", "authority"):
            text = _local(scene, phrase) or text
        text = re.sub(r"^(?:the|an?)\s+", "", text, flags=re.IGNORECASE)
        return Referent(
            kind="institution", text=text, phrase=phrase, span=span, several=phrase.plural and phrase.head != "authority",
            collective=not phrase.plural or phrase.head == "authority",
        )  # fmt: skip
    if kinds & {"document", "statement"} and "role" not in kinds:
        collective = bool(re.search(r"\b(?:poll|survey)$", phrase.core, re.IGNORECASE))
        if scene is not None and phrase.determiner == "the" and not phrase.modifiers:
            if phrase.head in ("poll", "survey"):
                text = nearest_poll(scene, span) or text
            elif phrase.head in ("article", "piece", "story", "column", "editorial", "feature"):
                text = _of_outlet(scene, span, phrase.head) or text
        return Referent(
            kind="document", text=text, phrase=phrase, span=span, several=phrase.plural, collective=collective
        )
    if scene is not None and phrase.head == "official" and phrase.plural and not phrase.after and not phrase.modifiers:
        place = _dateline(scene.text)
        if place:
            phrase = replace(phrase, after=f"in {place}")
            text = f"officials in {place}"
    return Referent(kind="described", text=text, phrase=phrase, span=span, several=phrase.plural)


def _dateline(text: str) -> str | None:
    """The place that opens a report in capitals (`KABUL (Reuters) -`, `CHARLOTTE, N.C. —`)."""
    found = re.search(r"(?:^|\n)([A-Z][A-Z. ]{3,25})(?:,[^\n]{0,25})?\s*(?:\([^)\n]*\)\s*)?[-–—―]+\s", text[:1500])
    return found.group(1).strip().title() if found else None


def _local(scene: Scene, phrase: Phrase) -> str | None:
    """The police of the place that the article is about."""
    found = [
        name.text
        for name in scene.institutions
        if name.text.split()[-1] in ("Police", "Department") and "Police" in name.text
    ]
    return found[0] if found and not phrase.modifiers else None


def _of_outlet(scene: Scene, span: Span, noun: str) -> str | None:
    found = [
        name
        for name in scene.institutions
        if name.span.end <= span.start and canonical_institution(name.text) in outlets()
    ]
    return f"{canonical_institution(found[-1].text)} {noun}" if found else None


def nearest_poll(scene: Scene, span: Span) -> str | None:
    """Return the poll last named before a span (or else just after it), by whose it is."""
    found = _POLL.findall(scene.text[max(0, span.start - 2500) : span.start])
    if found:
        return f"{_without_article(found[-1])} poll"
    ahead = _POLL.search(scene.text, span.start, span.start + 400)
    return f"{_without_article(ahead.group(1))} poll" if ahead else None


def _without_article(name: str) -> str:
    return re.sub(r"^(?:The|An?|In|But|According)\s+", "", name.strip())


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
        appositive = start >= core_end and re.fullmatch(r"\s*,\s+(?:[\w.’'-]+\s+){0,5}", text[core_end:start])
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


def _body(scene: Scene, span: Span, phrase: Phrase) -> Referent | None:
    """The body that a phrase names as its head, or None."""
    text = scene.text
    core_start = span.start + max(0, text[span.start : span.end].find(phrase.core))
    core_end = core_start + len(phrase.core)
    for name in scene.names:
        if name.span.start < span.start or name.span.start >= core_end or name.span.end < core_end - 2:
            continue
        people = name.text in places("people", "demonym", "regional")
        named = name.kind == INSTITUTION or (name.kind == PLACE and not people)
        acronym = (
            name.kind == OTHER and re.fullmatch(r"[A-Z]{2,6}", name.text) and not text[name.span.end :].startswith(":")
        )
        if not named and not acronym:
            continue
        rest = text[core_end : span.end]
        if re.search(r"\band\b", rest) and any(
            other.span.start > core_end and other.span.end <= span.end for other in scene.names
        ):
            plain = re.sub(r"^(?:the|other)\s+", "", phrase.text, flags=re.IGNORECASE)
            return Referent(kind="institution", text=plain, span=span, phrase=phrase, several=True)
        return replace(as_institution(name.text, span), phrase=phrase)
    return None


def _definite(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """What a definite description goes back to: an unnamed speaker, a body or a named person."""
    kinds = classes(phrase.head)
    if kinds & {"role", "bare", "relational", "spokesperson", "crowd", "leader"}:
        office = not phrase.plural and phrase.head not in _GENERIC and phrase.head in _offices()
        who = _described_person(scene, span, phrase) if office else None
        if who:
            return who
        earlier = _introduced_before(scene, span, phrase, past)
        if earlier:
            return earlier
    if phrase.plural and phrase.head in _offices():
        near = {number for _, _, number in mentions_before(scene, span.start, 4)}
        fitting = [number for number, person in enumerate(scene.people) if describes(phrase.head, person) > 0]
        fitting = [number for number in fitting if number in near] if len(fitting) > 2 else fitting
        several = [scene.people[number].name for number in fitting if phrase.head not in _GENERIC]
        if 2 <= len(several) <= 3:
            return Referent(kind="person", text=" and ".join(several), span=span, several=True)
    plain = phrase.determiner in ("the", "this", "that") and phrase.head in _offices()
    if not phrase.plural and (plain or re.search(r"\d-year-old", phrase.modifiers)):
        who = _described_person(scene, span, phrase) or _salient(scene, span, phrase, past)
        if who:
            return who
    return _earlier_body(scene, span, phrase, past) if "institution" in kinds else None


@cache
def _offices() -> frozenset[str]:
    return frozenset(groups("source_nouns.tsv")["person_office"])


@cache
def _body_words_for(noun: str) -> frozenset[str]:
    return frozenset(groups("bodies.tsv").get(noun, ()))


def _earlier_body(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    own = {word.casefold() for word in phrase.modifiers.split()}
    for position, referent in reversed(past):
        same = (
            referent.kind == "institution"
            and referent.phrase
            and referent.phrase.head == phrase.head
            and position < span.start
        )
        if same and own <= set((referent.text or "").casefold().split()):
            return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    wanted = _body_words_for(phrase.head)
    earlier = [name for name in scene.institutions if name.span.end <= span.start]
    for name in [*reversed(earlier), *(name for name in scene.institutions if name.span.start >= span.end)]:
        words = {word.casefold().strip(".") for word in (*name.text.split(), *canonical_institution(name.text).split())}
        fits = words & wanted or (phrase.head in words and (len(words) > 1 or name.text.casefold() in institutions()))
        if fits and own <= words:
            return replace(as_institution(name.text, span, name.span), phrase=phrase)
    return None


def _bare_plural(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    """`officials`, `leaders` and the like go back to the ones introduced with their organisation."""
    if (
        not classes(phrase.head) & {"role", "leader"}
        or classes(phrase.head) & {"institution"}
        or phrase.head in ("lawmaker", "critic", "expert", "analyst")
    ):
        return None
    for position, referent in reversed(past):
        same = (
            referent.kind == "described"
            and referent.phrase
            and referent.phrase.head == phrase.head
            and position < span.start
        )
        if same and referent.phrase and referent.phrase.modifiers and referent.several:
            return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    for at, earlier in reversed(scene.introduced):
        if at.end <= span.start and earlier.head == phrase.head and earlier.plural and earlier.modifiers[:1].isupper():
            return replace(as_described(at, earlier), span=span, antecedent=at)
    return None


def _introduced_before(scene: Scene, span: Span, phrase: Phrase, past: Past) -> Referent | None:
    skip = {"other", "same", "two", "three", "former", "senior", "unnamed", "anonymous"}
    own = {word.casefold() for word in phrase.modifiers.split()} - skip
    for loosely in (False, True):
        for position, referent in reversed(past):
            known = (
                referent.kind == "described"
                and referent.phrase
                and position < span.start
                and (phrase.quantity != "" or referent.several == phrase.plural)
            )
            if known and referent.phrase and _same_speaker(phrase, own, referent.phrase, loosely=loosely):
                return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
        for at, earlier in reversed(scene.introduced):
            if (
                at.end <= span.start
                and earlier.plural == phrase.plural
                and _same_speaker(phrase, own, earlier, loosely=loosely)
            ):
                return replace(as_described(at, earlier), span=span, antecedent=at)
    return None


def _same_speaker(phrase: Phrase, own: set[str], earlier: Phrase, *, loosely: bool) -> bool:
    if phrase.head != earlier.head and not (loosely and phrase.head in _ANY_HEAD and earlier.head in _PERSONLIKE):
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
    if "institution" in classes(phrase.head) or not phrase.modifiers or (phrase.after and not aged):
        return None
    against = {_OPPOSITE[word] for word in phrase.modifiers.casefold().split() if word in _OPPOSITE}
    without = frozenset(
        number
        for number, person in enumerate(scene.people)
        if against
        and any(word.startswith(tuple(against)) or (word == "gop" and "republican" in against) for word in person.words)
    )
    sex = "f" if phrase.head in _FEMALE else "m" if phrase.head in _MALE else "u"
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
        or phrase.head in _GENERIC
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
