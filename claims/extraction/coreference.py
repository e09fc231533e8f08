"""Who a source is: names, pronouns, descriptions and elliptic sources resolved inside one article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.descriptions import describe
from claims.extraction.members import member_of
from claims.extraction.pronouns import FIRST, HE, holder_of, of_another, relative, resolve_pronoun_source, speaker_of
from claims.extraction.relations import Relation
from claims.extraction.scene import Past, Referent, Scene, as_person, is_inside, mentions_before, sentence_of
from claims.lexicons.load import form
from claims.phrases import classes, take_apart, word_group
from claims.records import Span
from claims.sides import namesake

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Sen|Gov|Gen|Rep|Dr)\.? ([A-Z][\w-]+)")
_PLEDGE = re.compile(r"^(?:an?|the)\b.*\b(?:pledge|promise|vow|threat|offer)\b", re.IGNORECASE)
_HEADLINE_VERB = re.compile(
    r"(?!(?:Fear|Claim|Report|Rumou?r|Allegation|Suspicion|Question|Doubt|Hope|Expectation|Concern|Plan|Call|Complaint)s\b)"
    r"[A-Z][a-z]+s\b(?! (?:of|that|about|over))"
)
_VAGUE_GROUP = frozenset(["some", "many", "others", "several", "few", "most", "both", "all"])
_OF_WHOM = (["of", "whom"], ["of", "which"], ["of", "them"])


def resolve_sources(scene: Scene, relations: Sequence[Relation]) -> tuple[Referent, ...]:
    """Return the referent of each relation's source, in the order of `relations`."""
    order = sorted(range(len(relations)), key=lambda number: _position(relations[number]))
    found: dict[int, Referent] = {}
    past: Past = []
    for number in order:
        relation = relations[number]
        referent = _as_seen(scene, relation, _resolve(scene, relation, past))
        found[number] = referent
        if relation.source and referent.kind not in ("none", "reader", "author"):
            past.append((_position(relation), referent))
    for number in order:
        if relations[number].source and _printed(scene, relations[number]).casefold().split(" ")[0] in FIRST:
            found[number] = speaker_of(scene, relations, number, found)
        elif relations[number].source:
            found[number] = _not_the_speaker(scene, relations, number, found)
    return tuple(_with_full_names(scene, found[number]) for number in range(len(relations)))


def _as_seen(scene: Scene, relation: Relation, referent: Referent) -> Referent:
    """The referent; what an outlet's own reporter saw counts as a document."""
    phrase = referent.phrase
    if referent.kind != "described" or phrase is None or phrase.head not in word_group("reporter"):
        return referent
    cue = " ".join(scene.text[part.start : part.end] for part in relation.cue)
    if not phrase.modifiers[:1].isupper() or not form("phrase_forms.tsv", "saw").search(cue):
        return referent
    return replace(referent, kind="document")


def _not_the_speaker(scene: Scene, relations: Sequence[Relation], number: int, found: dict[int, Referent]) -> Referent:
    """The referent of a source; a `he` in the words of a speaker is somebody else than the speaker."""
    span, sex = relations[number].source[0], HE.get(_printed(scene, relations[number]).casefold())
    if sex is None or not is_inside(scene.quoted, span.start):
        return found[number]
    holder = holder_of(relations, number, found)
    if holder is None or holder.text != found[number].text:
        return found[number]
    return of_another(scene, span, sex, holder) or Referent(kind="none", span=span)


def _with_full_names(scene: Scene, referent: Referent) -> Referent:
    """`Advisers to Mr. Brandt` as `advisers to Olaf Brandt`, and `the Supreme Court` as that of the article's state."""
    if referent.kind == "institution" and referent.text and scene.home:
        spot = referent.antecedent or referent.span
        printed = scene.text[spot.start : spot.end] if spot else ""
        referent = replace(referent, text=namesake(referent.text, printed, scene.home))
    if referent.kind not in ("described", "institution", "document") or not _TITLED.search(referent.text or ""):
        return referent
    full = {person.name.split()[-1]: person.name for person in scene.people if " " in person.name}
    text = _TITLED.sub(lambda titled: full.get(titled.group(1), titled.group()), referent.text or "")
    return replace(referent, text=text)


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
    if len(words) == 1 or (
        len(words) == 2 and words[1] in ("himself", "herself", "itself", "themselves", "also", "both")
    ):
        pronoun = resolve_pronoun_source(scene, span, words[0].split("'")[0], past)
        if pronoun:
            return pronoun
    if words and words[0] in FIRST and not _our_sources(printed):
        return Referent(kind="author", span=span, several=" and " in printed)
    if words[:1] == ["those"] and (len(words) == 1 or words[1] == "who"):
        printed = "people" + printed[len("those") :]
    return _out_of_many(scene, span, printed, past) or describe(scene, span, printed, past)


def _out_of_many(scene: Scene, span: Span, printed: str, past: Past) -> Referent | None:
    """`some`, `another official`, `two of them`: those who are set apart from a group, or from a speaker before."""
    words = printed.casefold().split()
    if words[-2:] in _OF_WHOM:
        group = _group_before(scene, span, past) if words[-1] == "them" else None
        before = group or relative(scene, Span(span.start, span.start), past)
        member = member_of(scene, span, printed, past) if words[-1] == "them" else None
        return member or replace(before, span=span, several=words[0] != "one")
    if len(words) == 1 and words[0] in _VAGUE_GROUP:
        return _group_before(scene, span, past)
    return member_of(scene, span, printed, past)


def _our_sources(printed: str) -> bool:
    """Whether a writer calls others theirs (`our sources`), rather than speaking for themselves."""
    return bool(re.match(r"(?:our|my)\b", printed, re.IGNORECASE)) and "bare" in classes(take_apart(printed).head)


def _group_before(scene: Scene, span: Span, past: Past) -> Referent | None:
    """`some`, `many`: members of the group that spoke in the sentences before."""
    for position, referent in reversed(past[-3:]):
        near = sentence_of(scene, span.start) - sentence_of(scene, position) <= 2
        if near and referent.kind == "described" and referent.several:
            return replace(referent, span=span, antecedent=referent.antecedent or referent.span)
    return None


def _goes_on(scene: Scene, start: int, cue: str) -> bool:
    """Whether a cue has the subject of the verb before: a participle, or a verb joined to it (`… but insisted`)."""
    if re.match(r"(?!according)[a-z]+ing\b", cue):
        return True
    joined = form("phrase_forms.tsv", "joined").search(scene.text[max(0, start - 30) : start])
    return joined is not None and re.match(r"[a-z]+(?:ed|id|old)\b", cue) is not None


def _elliptic(scene: Scene, relation: Relation, past: Past) -> Referent:
    """Whoever is plain though left out: the speaker that a participle or a headline goes on from; else nobody."""
    if not relation.cue:
        return Referent(kind="none")
    start = relation.cue[0].start
    cue = scene.text[start : relation.cue[-1].end]
    here = sentence_of(scene, start)
    if past and sentence_of(scene, past[-1][0]) == here and _goes_on(scene, start, cue):
        return replace(past[-1][1], span=None)
    if start in scene.sentence_starts and _HEADLINE_VERB.match(cue):
        person = next((referent for _, referent in reversed(past) if referent.kind == "person"), None)
        if person:
            return replace(person, span=None)
        if scene.people and len(scene.people[0].mentions) > 1:
            return as_person(scene, 0, scene.people[0].mentions[0], None)
    if _PLEDGE.search(cue):
        owners = [mention for mention in mentions_before(scene, start, 8) if sentence_of(scene, mention[0]) == here]
        if owners:
            return as_person(scene, owners[0][2], Span(owners[0][0], owners[0][1]), None)
    return Referent(kind="none")
