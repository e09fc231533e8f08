"""Which speakers the disclosures of anonymity in an article are about."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.anonymity import Level
from claims.conditions import Disclosure, find_disclosures
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import form
from claims.phrases import Phrase, classes, take_apart, word_group
from claims.records import Span
from claims.vocabulary import Anonymity, Plurality

SpeakerKey = tuple[str, str]
_PRONOUN = re.compile(r"\b(he|she|they|both|all|neither|none)\b(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\W*(?:that\s+)?(?:the|an?|his|her|their|its|two|some|many)\s+(?:[\w’'-]+\s+){1,4}?(?:was\s+|were\s+|is\s+|are\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:not|never|was|were|is|are)\b", re.IGNORECASE)
_REACH = 2
_JOINT = 2
_COVERED = (Anonymity.SPECIFIC, Anonymity.ORGANISATION, Anonymity.RELATIONAL, Anonymity.BARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The speaker of one relation: who it is, how openly, and where the source is printed."""

    key: SpeakerKey
    referent: Referent
    level: Level
    span: Span | None


def without_disclosures(text: str, relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the relations without those that only tell that a source asked not to be named: how, not what was said."""
    disclosures = find_disclosures(text)
    kept = [number for number, one in enumerate(relations) if not any(_only_tells(one, told) for told in disclosures)]
    place = {number: position for position, number in enumerate(kept)}
    return tuple(
        replace(
            relations[number],
            nested_in=place.get(outer) if (outer := relations[number].nested_in) is not None else None,
        )
        for number in kept
    )


def _only_tells(relation: Relation, told: Disclosure) -> bool:
    """Whether cue and content together are the disclosure, with no words of a claim before or behind it."""
    if not relation.cue or not relation.content or relation.content[0].start < relation.cue[0].start:
        return False
    starts = relation.cue[0].start <= told.span.end and relation.cue[-1].end >= told.span.start - _JOINT
    return starts and told.span.start <= relation.content[0].start < told.span.end


def speaker_key(referent: Referent) -> SpeakerKey:
    """Return what makes two mentions the same speaker within one article."""
    return referent.kind, (referent.text or "").casefold()


def find_conditions(
    scene: Scene,
    relations: Sequence[Relation],
    referents: Sequence[Referent],
    levels: Sequence[Level],
    disclosures: Sequence[Disclosure],
) -> dict[SpeakerKey, str | None]:
    """Return the unnamed speakers who asked not to be named, each with the reason's words or None."""
    if not disclosures:
        return {}
    unnamed = [
        Speaker(
            key=speaker_key(referent),
            referent=referent,
            level=level,
            span=Span(relation.source[0].start, relation.source[-1].end) if relation.source else None,
        )
        for relation, referent, level in zip(relations, referents, levels, strict=True)
        if referent.kind == "described"
    ]
    found: dict[SpeakerKey, str | None] = {}
    for disclosure in disclosures:
        if any(_is_told_of_others(scene, disclosure, relation) for relation in relations):
            continue
        keys = _speakers_of(scene, disclosure, unnamed)
        if disclosure.covers_others:
            keys |= {speaker.key for speaker in unnamed if _may_be_covered(speaker.level)}
        for speaker in keys:
            found[speaker] = found.get(speaker) or disclosure.reason
    for one in unnamed:
        whole = (one.referent.kind, (one.referent.group or "").casefold())
        if whole in found:
            found.setdefault(one.key, found[whole])
    return found


def _is_told_of_others(scene: Scene, disclosure: Disclosure, relation: Relation) -> bool:
    """Whether the words are what somebody says of others (`said the prisoner was not allowed to speak to his wife`)."""
    at = disclosure.span.start
    return _VERB.match(scene.text, at) is not None and any(
        span.start < at < span.end and _OTHERS.fullmatch(scene.text, span.start, at) is not None
        for span in relation.content
    )


def _may_be_covered(level: Level) -> bool:
    return level.anonymity in _COVERED or level.plurality == Plurality.ONE


def _speakers_of(scene: Scene, disclosure: Disclosure, unnamed: Sequence[Speaker]) -> set[SpeakerKey]:
    """The source that holds the disclosure; else the nearest before it in its sentence; else the sentence's subject."""
    at = disclosure.span.start
    index = bisect_right(scene.sentence_starts, at)
    low = scene.sentence_starts[index - 1] if index else 0
    high = scene.sentence_starts[index] if index < len(scene.sentence_starts) else len(scene.text)
    inside = [speaker for speaker in unnamed if speaker.span and low <= speaker.span.start < high]
    holding = {speaker.key for speaker in inside if speaker.span and speaker.span.start <= at < speaker.span.end}
    before = [speaker for speaker in inside if speaker.span and speaker.span.start <= at]
    if holding:
        return holding
    if before or inside:
        return {before[-1].key if before else inside[0].key}
    pronoun = _PRONOUN.search(scene.text[low:at]) if index else None
    if pronoun:
        return _spoken_before(scene, index, unnamed, several=pronoun.group(1).casefold() not in ("he", "she"))
    return _subject_of(scene, Span(low, min(at + 12, high)), unnamed)


def _spoken_before(scene: Scene, index: int, unnamed: Sequence[Speaker], *, several: bool) -> set[SpeakerKey]:
    """The unnamed speakers to whom the pronoun of a sentence that only discloses goes back: the nearest of its number.

    `They asked not to be named`; a singular `they` takes one speaker where no group spoke.
    """
    starts = scene.sentence_starts
    low = starts[max(0, index - 1 - _REACH)]
    near = [one for one in unnamed if one.span and low <= one.span.start < starts[index - 1]]
    fitting = [one for one in near if (one.level.plurality == Plurality.SEVERAL) is several]
    if several and not fitting:
        fitting = near
    return {fitting[-1].key} if fitting else set()


def _subject_of(scene: Scene, span: Span, unnamed: Sequence[Speaker]) -> set[SpeakerKey]:
    """The subject of a sentence that only discloses (`The officials spoke on condition of anonymity`)."""
    match = form("phrase_forms.tsv", "subject").match(scene.text[span.start : span.end])
    if not match:
        return set()
    phrase = take_apart(match.group(1))
    if not classes(phrase.head):
        return set()
    own = {word.casefold() for word in phrase.modifiers.split()} - word_group("uninformative")
    fitting = [one for one in unnamed if one.referent.phrase and _fits(phrase, own, one.referent.phrase)]
    before = [one for one in fitting if one.span and one.span.start < span.start]
    if phrase.plural:
        return {one.key for one in before or fitting}
    alone = [one for one in before or fitting if one.level.plurality == Plurality.ONE]
    return {alone[-1 if before else 0].key} if alone else set()


def _fits(phrase: Phrase, own: set[str], other: Phrase) -> bool:
    """Whether a speaker's noun phrase may be what a later one takes up (`the official`)."""
    same = phrase.head == other.head or (
        phrase.head in word_group("anybody") and other.head in word_group("personlike")
    )
    return same and own <= {word.casefold() for word in f"{other.modifiers} {other.after}".split()}
