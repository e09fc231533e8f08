"""How a source's words came to print: conditions of anonymity, to whom it was told, and who relays it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.anonymity import Level, grade
from claims.conditions import Disclosure
from claims.disclosing import SpeakerKey, find_conditions, speaker_key
from claims.extraction.descriptions import refer_to
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import form, group
from claims.names import INSTITUTION, canonical_institution, find_names, outlets
from claims.phrases import classes
from claims.records import Span
from claims.sides import home_of
from claims.vocabulary import Anonymity

_TOLD_CUE = re.compile(r"\b(?:told|tells|telling)\b", re.IGNORECASE)
_AS_SAYING = re.compile(r"\s+as\s+saying\b|\s+saying\b|\s+who\s+said\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The way from a source's mouth to the page."""

    condition_stated: bool = False
    condition_reason: str | None = None
    told_to: str | None = None
    relayed_by: str | None = None
    hops: int = 0


Told = tuple[tuple[Telling, ...], tuple[Level, ...], tuple[Referent, ...]]


def tell(
    scene: Scene,
    relations: Sequence[Relation],
    referents: Sequence[Referent],
    levels: Sequence[Level],
    disclosures: Sequence[Disclosure],
) -> Told:
    """Return the tellings of all relations, and levels and referents corrected where one speaks through another."""
    who, how = list(referents), list(levels)
    outer = _nesting(relations)
    for number, above in enumerate(outer):
        nobody = not relations[number].source and who[number].kind == "none"
        if above is not None and nobody and _is_most_of(relations[number], relations[above]):
            # "is expected to pay, one of the people said": nobody but the one who says so is left to expect it.
            antecedent = who[above].antecedent or who[above].span
            who[number] = replace(who[above], antecedent=antecedent)
            how[number] = replace(how[above], reason=f"{how[above].reason}; told by this source")
        elif above is not None and _same_side(who[number], who[above], how[above]):
            side = f"told by this source, who can be held to it, about its own side ('{who[number].text}')"
            antecedent = who[above].antecedent or who[above].span
            who[number] = replace(who[above], span=who[number].span, antecedent=antecedent)
            how[number] = replace(how[above], reason=f"{how[above].reason}; {side}")
    relayed: list[tuple[str | None, int]] = []
    for number, relation in enumerate(relations):
        relay, hops = _relay(outer, who, number)
        cited = _cited(scene, relation, who[number])
        if cited:
            relay, hops = who[number].text, hops + 1
            who[number], how[number] = cited, grade(cited, scene)
        relayed.append((relay, hops))
    conditions = find_conditions(scene, relations, who, how, disclosures)
    told = _told(scene, relations, who)
    tellings = tuple(
        Telling(
            condition_stated=speaker_key(referent) in conditions,
            condition_reason=conditions.get(speaker_key(referent)),
            told_to=told.get(speaker_key(referent)),
            relayed_by=relay,
            hops=hops,
        )
        for referent, (relay, hops) in zip(who, relayed, strict=True)
    )
    return tellings, tuple(how), tuple(who)


def _is_most_of(inner: Relation, outer: Relation) -> bool:
    """Return whether what an inner relation holds is at least half of what the outer one tells, not an aside in it."""
    held = sum(span.end - span.start for span in (*inner.cue, *inner.content))
    return 2 * held >= sum(span.end - span.start for span in outer.content)


def _nesting(relations: Sequence[Relation]) -> list[int | None]:
    """The relation that each one is told in: as given, else the smallest content that holds its source."""
    sizes = [sum(span.end - span.start for span in relation.content) for relation in relations]
    parts = sorted((part, index) for index, relation in enumerate(relations) for part in relation.content)
    longest = max((part.end - part.start for part, _ in parts), default=0)
    found: list[int | None] = []
    for number, relation in enumerate(relations):
        anchor = (relation.source or relation.cue or relation.content)[:1]
        if relation.nested_in is not None or not anchor:
            found.append(relation.nested_in)
            continue
        low = bisect_left(parts, anchor[0].start - longest, key=lambda pair: pair[0].start)
        high = bisect_right(parts, anchor[0].start, key=lambda pair: pair[0].start)
        holders = [
            (sizes[index], index)
            for part, index in parts[low:high]
            if index != number and anchor[0].end <= part.end and not _holds(relation, _anchor(relations[index]))
        ]
        found.append(min(holders)[1] if holders else None)
    return found


def _anchor(relation: Relation) -> Span:
    return (relation.source or relation.cue or relation.content)[0]


def _holds(relation: Relation, span: Span) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in relation.content)


def _same_side(inner: Referent, outer: Referent, level: Level) -> bool:
    """Whether an unnamed source tells what its own body or state expects, wants or plans."""
    if inner.kind != "institution" or outer.kind != "described" or level.anonymity < Anonymity.SPECIFIC:
        return False
    if inner.text and level.organisation and inner.text.casefold() == level.organisation.casefold():
        return True
    home = home_of(inner.text)
    return home is not None and home == home_of(level.organisation)


def _relay(outer: Sequence[int | None], who: Sequence[Referent], number: int) -> tuple[str | None, int]:
    """The outlet nearest above a relation, and how many outlets relay it."""
    above, hops, relay = outer[number], 0, None
    seen = {number}
    while above is not None and above not in seen:
        seen.add(above)
        if _is_outlet(who[above]):
            relay, hops = relay or who[above].text, hops + 1
        above = outer[above]
    return relay, hops


def _is_outlet(referent: Referent) -> bool:
    named = referent.text in outlets() or (
        referent.phrase is not None and referent.phrase.head in group("institution_words.tsv", "teller")
    )
    return referent.kind == "institution" and named


def _cited(scene: Scene, relation: Relation, referent: Referent) -> Referent | None:
    """The unnamed source that an outlet says it cites, in the sentence of the relation."""
    if not _is_outlet(referent) or not relation.cue:
        return None
    low = min(span.start for span in (*relation.source, *relation.cue))
    high = max(span.end for span in (*relation.source, *relation.cue, *relation.content))
    end = min((start for start in scene.sentence_starts if start > low), default=len(scene.text))
    for match in form("phrase_forms.tsv", "citing").finditer(scene.text, low, max(end, min(high, low + 400))):
        phrase = _AS_SAYING.split(match.group(1))[0]
        cited = refer_to(scene, Span(match.start(1), match.start(1) + len(phrase)))
        if cited.kind == "described" and cited.phrase and classes(cited.phrase.head) & {"bare", "role", "relational"}:
            return cited
    return None


def _told(scene: Scene, relations: Sequence[Relation], who: Sequence[Referent]) -> dict[SpeakerKey, str]:
    """The outlet to which each speaker spoke, where one of the speaker's attributions says so."""
    found: dict[SpeakerKey, str] = {}
    for relation, referent in zip(relations, who, strict=True):
        if relation.cue and referent.kind not in ("none", "document"):
            listener = next((name for spot in _spots(scene, relation) if (name := _outlet_at(scene.text, spot))), None)
            if listener:
                found.setdefault(speaker_key(referent), listener)
    return found


def _spots(scene: Scene, relation: Relation) -> list[int]:
    """Where a listener may be named: after `told`, and after `spoke to` behind the cue or inside the source."""
    after = relation.cue[-1].end
    spots = []
    if _TOLD_CUE.search(scene.text[relation.cue[0].start : after]):
        joint = form("phrase_forms.tsv", "told").match(scene.text, after)
        spots += [joint.end()] if joint else []
    stretches = [(after, scene.text[after : after + 90].split("\n")[0])]
    if relation.source:
        stretches.append((relation.source[0].start, scene.text[relation.source[0].start : relation.source[-1].end]))
    for offset, stretch in stretches:
        spoke = form("phrase_forms.tsv", "spoke_to").search(stretch)
        spots += [offset + spoke.end()] if spoke else []
    return spots


def _outlet_at(text: str, spot: int) -> str | None:
    air = form("phrase_forms.tsv", "listener").match(text, spot)
    if air:
        return air.group("who")
    name = next(iter(find_names(text[spot : spot + 60])), None)
    if name is None or name.kind != INSTITUTION or name.span.start >= 5:
        return None
    canonical = canonical_institution(name.text)
    heard = canonical in outlets() or canonical.split()[-1] in group("institution_words.tsv", "outlet_closing")
    return canonical if heard else None
