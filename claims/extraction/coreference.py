"""Who a source is: names, pronouns, descriptions and elliptic sources resolved inside one article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.descriptions import describe
from claims.extraction.pronouns import FIRST, relative, resolve_pronoun_source, speaker_of
from claims.extraction.relations import Relation
from claims.extraction.scene import Past, Referent, Scene, sentence_of
from claims.records import Span

_OF_WHOM = (["of", "whom"], ["of", "which"], ["of", "them"])


def resolve_sources(scene: Scene, relations: Sequence[Relation]) -> tuple[Referent, ...]:
    """Return the referent of each relation's source, in the order of `relations`."""
    order = sorted(range(len(relations)), key=lambda number: _position(relations[number]))
    found: dict[int, Referent] = {}
    past: Past = []
    for number in order:
        relation = relations[number]
        referent = _resolve(scene, relation, past)
        found[number] = referent
        if relation.source and referent.kind not in ("none", "reader", "author"):
            past.append((_position(relation), referent))
    for number in order:
        if relations[number].source and _printed(scene, relations[number]).casefold().split(" ")[0] in FIRST:
            found[number] = speaker_of(scene, relations, number, found)
    return tuple(found[number] for number in range(len(relations)))


def _position(relation: Relation) -> int:
    spans = relation.source or relation.cue or relation.content
    return spans[0].start if spans else 0


def _printed(scene: Scene, relation: Relation) -> str:
    return " ".join(scene.text[part.start : part.end] for part in relation.source)


def _resolve(scene: Scene, relation: Relation, past: Past) -> Referent:
    if not relation.source:
        return _elliptic(scene, relation, past)
    span = Span(relation.source[0].start, relation.source[-1].end)
    printed = _printed(scene, relation)
    words = printed.casefold().replace("’", "'").split()
    if len(words) == 1 or (len(words) == 2 and words[1] in ("himself", "herself", "itself", "themselves", "also", "both")):
        pronoun = resolve_pronoun_source(scene, span, words[0].split("'")[0], past)
        if pronoun:
            return pronoun
    if words and words[0] in FIRST:
        return Referent(kind="author", span=span, several=" and " in printed)
    if words[-2:] in _OF_WHOM:
        before = relative(scene, Span(span.start, span.start), past)
        return replace(before, span=span, several=words[0] != "one")
    return describe(scene, span, printed, past)


def _elliptic(scene: Scene, relation: Relation, past: Past) -> Referent:
    """A participle that goes on (`…, adding that`) has the speaker of the same sentence; anything else nobody."""
    if not relation.cue or not past:
        return Referent(kind="none")
    start = relation.cue[0].start
    cue = scene.text[start : relation.cue[-1].end].casefold()
    if sentence_of(scene, past[-1][0]) == sentence_of(scene, start) and re.match(r"(?!according)\w+ing\b", cue):
        return replace(past[-1][1], span=None)
    return Referent(kind="none")
