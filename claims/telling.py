"""How a source's words came to print: conditions of anonymity, to whom it was told, and who relays it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.anonymity import Level, grade
from claims.conditions import Disclosure
from claims.extraction.descriptions import refer_to
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import form
from claims.names import INSTITUTION, canonical_institution, find_names, outlets
from claims.phrases import classes
from claims.records import Span
from claims.sides import home_of
from claims.vocabulary import Anonymity

_TOLD = re.compile(
    r"\s*(?:,\s*)?(?:in an? (?:\w+\s){0,3}(?:interview|conversation|statement|email|e-mail)\s+(?:with|to)\s+|to\s+)?(?:the\s+)?(?=[A-Z])"
)
_SPOKE_TO = re.compile(
    r"\b(?:told|spoke (?:to|with)|speaking (?:to|with)|interviewed by|interview with|in remarks to|texted|emailed)\s+(?:the\s+)?(?=[A-Z])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The way from a source's mouth to the page."""

    condition_stated: bool = False
    condition_reason: str | None = None
    told_to: str | None = None
    relayed_by: str | None = None
    hops: int = 0


Tellings = tuple[Telling, ...]


def tell(
    scene: Scene,
    relations: Sequence[Relation],
    referents: Sequence[Referent],
    levels: Sequence[Level],
    disclosures: Sequence[Disclosure],
) -> tuple[Tellings, tuple[Level, ...], tuple[Referent, ...]]:
    """Return the tellings of all relations, with levels and referents corrected where one source speaks through another."""
    who, how = list(referents), list(levels)
    outer = _nesting(relations)
    for number, relation in enumerate(relations):
        above = outer[number]
        if above is not None and _same_side(who[number], who[above], how[above]):
            who[number] = replace(
                who[above], span=who[number].span, antecedent=who[above].antecedent or who[above].span
            )
            reason = f"{how[above].reason}; told by this source, who can be held to it, about its own side ('{referents[number].text}')"
            how[number] = replace(how[above], reason=reason)
    relayed: list[tuple[str | None, int]] = []
    for number, relation in enumerate(relations):
        relay, hops = _relay(outer, who, how, number)
        cited = _cited(scene, relation, who[number])
        if cited:
            relay, hops = who[number].text, hops + 1
            who[number] = cited
            how[number] = grade(cited, scene)
        relayed.append((relay, hops))
    conditions = _conditions(scene, relations, who, how, disclosures)
    told = _told(scene, relations, who)
    return (
        tuple(
            Telling(
                condition_stated=_key(who[number]) in conditions, condition_reason=conditions.get(_key(who[number])),
                told_to=told.get(_key(who[number])), relayed_by=relayed[number][0], hops=relayed[number][1],
            )
            for number in range(len(relations))
        ),
        tuple(how),
        tuple(who),
    )  # fmt: skip


def _key(referent: Referent) -> tuple[str, str]:
    return referent.kind, (referent.text or "").casefold()


def _nesting(relations: Sequence[Relation]) -> list[int | None]:
    """The relation that each one is told in: as given, else the smallest content that holds its cue and source."""
    found: list[int | None] = []
    for number, relation in enumerate(relations):
        if relation.nested_in is not None:
            found.append(relation.nested_in)
            continue
        anchor = (relation.source or relation.cue or relation.content)[:1]
        holders = [
            (sum(span.end - span.start for span in other.content), index) for index, other in enumerate(relations)
            if index != number and anchor and any(span.start <= anchor[0].start and anchor[0].end <= span.end for span in other.content)
            and not _overlap(other, relation)
        ]  # fmt: skip
        found.append(min(holders)[1] if holders else None)
    return found


def _overlap(outer: Relation, inner: Relation) -> bool:
    """Whether the one called outer lies inside the other's content itself."""
    anchor = (outer.source or outer.cue)[:1]
    return bool(anchor) and any(span.start <= anchor[0].start < span.end for span in inner.content)


def _same_side(inner: Referent, outer: Referent, level: Level) -> bool:
    if inner.kind != "institution" or outer.kind != "described" or level.anonymity < Anonymity.SPECIFIC:
        return False
    if inner.text and level.organisation and inner.text.casefold() == level.organisation.casefold():
        return True
    home = home_of(inner.text)
    return home is not None and home == home_of(level.organisation)


def _relay(
    outer: Sequence[int | None], who: Sequence[Referent], how: Sequence[Level], number: int
) -> tuple[str | None, int]:
    above, hops, relay = outer[number], 0, None
    seen = {number}
    while above is not None and above not in seen:
        seen.add(above)
        if who[above].kind == "institution" and (who[above].text in outlets() or _is_outlet(who[above])):
            relay, hops = relay or who[above].text, hops + 1
        above = outer[above]
    return relay, hops


def _is_outlet(referent: Referent) -> bool:
    return bool(
        referent.phrase
        and referent.phrase.head
        in ("newspaper", "paper", "magazine", "outlet", "agency", "network", "broadcaster", "website")
    )


def _cited(scene: Scene, relation: Relation, referent: Referent) -> Referent | None:
    """The unnamed source that an outlet says it cites, in the sentence of the relation."""
    if referent.kind != "institution" or not (referent.text in outlets() or _is_outlet(referent)) or not relation.cue:
        return None
    low = min(span.start for span in (*relation.source, *relation.cue))
    high = max(span.end for span in (*relation.source, *relation.cue, *relation.content))
    end = min((start for start in scene.sentence_starts if start > low), default=len(scene.text))
    for match in form("phrase_forms.tsv", "citing").finditer(scene.text, low, max(end, min(high, low + 400))):
        phrase = re.split(r"\s+as\s+saying\b|\s+saying\b|\s+who\s+said\b", match.group(1))[0]
        span = Span(match.start(1), match.start(1) + len(phrase))
        cited = refer_to(scene, span)
        if cited.kind == "described" and cited.phrase and classes(cited.phrase.head) & {"bare", "role", "relational"}:
            return cited
    return None


def _conditions(
    scene: Scene,
    relations: Sequence[Relation],
    who: Sequence[Referent],
    how: Sequence[Level],
    disclosures: Sequence[Disclosure],
) -> dict[tuple[str, str], str | None]:
    """The speakers who asked not to be named, with the reason's words."""
    found: dict[tuple[str, str], str | None] = {}
    unnamed = [number for number, referent in enumerate(who) if referent.kind == "described"]
    for disclosure in disclosures:
        low = max((start for start in scene.sentence_starts if start <= disclosure.span.start), default=0)
        high = min((start for start in scene.sentence_starts if start > disclosure.span.start), default=len(scene.text))
        keys = _disclosed(scene, relations, who, disclosure, (low, high), unnamed)
        if disclosure.covers_others:
            keys |= {_key(who[number]) for number in unnamed if _may_be_covered(how[number])}
        for speaker in keys:
            found[speaker] = found.get(speaker) or disclosure.reason
    return found


def _may_be_covered(level: Level) -> bool:
    return (
        level.anonymity in (Anonymity.SPECIFIC, Anonymity.ORGANISATION, Anonymity.RELATIONAL, Anonymity.BARE)
        or level.plurality == "one"
    )


def _disclosed(
    scene: Scene,
    relations: Sequence[Relation],
    who: Sequence[Referent],
    disclosure: Disclosure,
    sentence: tuple[int, int],
    unnamed: Sequence[int],
) -> set[tuple[str, str]]:
    low, high = sentence
    inside = [
        number for number in unnamed if relations[number].source and low <= relations[number].source[0].start < high
    ]
    holding = [
        number
        for number in inside
        if any(span.start <= disclosure.span.start < span.end for span in relations[number].source)
    ]
    before = [number for number in inside if relations[number].source[0].start <= disclosure.span.start]
    nearest = max(before, key=lambda number: relations[number].source[0].start, default=None)
    if holding:
        return {_key(who[number]) for number in holding}
    subject = refer_to_subject(scene, Span(low, disclosure.span.start))
    if nearest is not None:
        return {_key(who[nearest])}
    if inside:
        return {_key(who[inside[0]])}
    if subject and subject.kind == "described":
        same = {_key(subject)} | {
            _key(who[number]) for number in unnamed
            if who[number].phrase and subject.phrase and who[number].phrase.head == subject.phrase.head and subject.phrase.plural
        }  # fmt: skip
        return same
    return set()


def refer_to_subject(scene: Scene, span: Span) -> Referent | None:
    """Return what the noun phrase that opens a stretch of text refers to, or None."""
    match = re.match(
        r"(?:[\"“”]?\s*)((?:The|A|An|One|Two|Three|Several|Both|Some|All|[A-Z][a-z]+)\b(?:\s+[\w.’'-]+){1,7}?)(?=,|\s+(?:who|spoke|asked|requested|declined|insisted|confirmed|was|were|agreed|also)\b)",
        scene.text[span.start : span.end],
    )
    if not match:
        return None
    return refer_to(scene, Span(span.start + match.start(1), span.start + match.end(1)))


def _told(scene: Scene, relations: Sequence[Relation], who: Sequence[Referent]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for number, relation in enumerate(relations):
        if not relation.cue or who[number].kind in ("none", "document"):
            continue
        cue = scene.text[relation.cue[0].start : relation.cue[-1].end]
        spots = []
        if re.search(r"\b(?:told|tells|telling)\b", cue, re.IGNORECASE):
            joint = _TOLD.match(scene.text, relation.cue[-1].end)
            if joint:
                spots.append(joint.end())
        window = scene.text[relation.cue[-1].end : relation.cue[-1].end + 90].split("\n")[0]
        source = scene.text[relation.source[0].start : relation.source[-1].end] if relation.source else ""
        for stretch, offset in (
            (window, relation.cue[-1].end),
            (source, relation.source[0].start if relation.source else 0),
        ):
            spoke = _SPOKE_TO.search(stretch)
            if spoke:
                spots.append(offset + spoke.end())
        for spot in spots:
            name = next(iter(find_names(scene.text[spot : spot + 60])), None)
            if name and name.kind == INSTITUTION and name.span.start < 5:
                canonical = canonical_institution(name.text)
                if canonical in outlets():
                    found.setdefault(_key(who[number]), canonical)
    return found
