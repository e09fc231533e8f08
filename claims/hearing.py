"""Who speaks in each relation of an article, how openly, and what one stretch of their words claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.anonymity import Level, grade
from claims.clauses import form as clause_form
from claims.clauses import has_cue
from claims.conditions import find_disclosures, without_conditions
from claims.extraction.coreference import resolve_sources
from claims.extraction.pronouns import resolve_pronoun
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene, set_scene
from claims.horizon import find_horizon
from claims.lexicons.load import form
from claims.phrases import classes
from claims.reading import Reading, read_claim
from claims.records import Span, Spans
from claims.segments import Segment
from claims.sides import home_of
from claims.telling import Telling, tell
from claims.vocabulary import Kind, Modality, Polarity

_OPEN_KINDS = (Kind.PREDICTION, Kind.INTENTION, Kind.CONDITIONAL)
_SUBJECT = re.compile(
    r"[\"“‘'\s]*(?:that\s+)?(?:(I|we|he|she|they|it)\b|(my|our|his|her|their|its)\s+(?:own\s+)?"
    r"(?:office|government|administration|party|company|firm|bank|ministry|department|agency|campaign|group|union|army"
    r"|forces|country|side|team|club|council)\b(?![’']))",
    re.IGNORECASE,
)
_BODY_SUBJECT = re.compile(
    r"\W*(?:that\s+)?(?:the\s+)?((?:[A-Z][\w.’'-]*|government|administration|company|ministry|party|campaign)"
    r"(?:\s+(?:[A-Z][\w.-]*|administration|government))*)"
)
_NOTHING = Reading(
    kind=Kind.NONE,
    polarity=Polarity.POSITIVE,
    modality=Modality.NONE,
    modality_phrase=None,
    trackable=False,
    trackable_reason="it has no content",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One relation with its speaker: the referent, the level and how the words came to print."""

    relation: Relation
    referent: Referent
    level: Level
    telling: Telling


def hear(text: str, relations: Sequence[Relation], *, byline: str | None = None) -> tuple[Scene, tuple[Speech, ...]]:
    """Return the scene of an article and, for each relation, who speaks and how openly."""
    scene = set_scene(text, relations)
    referents = resolve_sources(scene, relations)
    if byline:
        referents = tuple(_signed(referent, byline) for referent in referents)
    levels = tuple(grade(referent, scene) for referent in referents)
    tellings, levels, referents = tell(scene, relations, referents, levels, find_disclosures(text))
    heard = zip(relations, referents, levels, tellings, strict=True)
    return scene, tuple(Speech(relation=one, referent=who, level=level, telling=how) for one, who, level, how in heard)


def _signed(referent: Referent, byline: str) -> Referent:
    return replace(referent, text=byline) if referent.kind == "author" and referent.text is None else referent


def printed(text: str, spans: Spans) -> str:
    """Return the words of `spans`, joined."""
    return " ".join(text[span.start : span.end] for span in spans)


def read_segment(scene: Scene, speech: Speech, segment: Segment) -> Reading:
    """Return what one stretch of a speech claims; where there are no words, whatever the cue says, nothing."""
    if not segment.text.strip():
        return _NOTHING
    cue = _spoken(scene.text, speech.relation.cue)
    anonymity = speech.level.anonymity
    own = is_speaker(scene, speech, segment) or speaks_for(speech, segment.text)
    verb = form("phrase_forms.tsv", "own_verb" if own else "foretells").match(segment.text)
    if verb:
        return read_claim(verb.group("cue"), segment.text[verb.end() :].strip(), anonymity=anonymity)
    return read_claim(cue, segment.text, anonymity=anonymity, own_side=own)


def _spoken(text: str, cue: Spans) -> str:
    """The cue without what it tells of anonymity; of a divided one the last part that says (`asked … said`)."""
    last = printed(text, cue[-1:])
    return last if len(cue) > 1 and has_cue("say", last) else without_conditions(printed(text, cue))


def is_speaker(scene: Scene, speech: Speech, segment: Segment) -> bool:
    """Return whether the subject of a stretch of speech is a pronoun for the speaker, or a body called theirs."""
    if not segment.spans:
        return False
    start = segment.spans[0].start
    found = _SUBJECT.match(scene.text, start, segment.spans[0].end)
    if not found:
        return False
    at = found.lastindex or 1
    word = found.group(at).casefold()
    if word == "it" and clause_form("it_takes").match(segment.text):
        return False
    who = speech.referent
    if word in ("i", "we", "my", "our"):
        return True
    if word in ("they", "it", "their", "its"):
        return who.kind == "institution" or (who.several and word in ("they", "their"))
    alone = who.kind in ("person", "described") and not who.several
    return alone and resolve_pronoun(scene, Span(*found.span(at)), who) == who.text


def speaks_for(speech: Speech, content: str) -> bool:
    """Return whether the subject of a content is the side that its source belongs to (`The United States is …`)."""
    own = speech.level.organisation or (speech.referent.text if speech.referent.kind == "institution" else None)
    subject = _BODY_SUBJECT.match(content) or clause_form("leader_subject").match(content) if own else None
    if not own or not subject:
        return False
    words = subject.group(subject.lastindex or 0)
    if clause_form("leader_subject").match(content) and clause_form("executive_seat").search(own):
        return True
    if words.casefold() in ("government", "administration") and clause_form("executive").search(own):
        return True
    home = home_of(words)
    at_home = home is not None and home == home_of(own)
    return at_home or words.casefold() in own.casefold() or _ends_in_body(content, own)


def _ends_in_body(content: str, own: str) -> bool:
    """Whether the subject of a content ends in the noun for a source's body (`Zimbabwe's finance ministry will …`)."""
    subject = form("phrase_forms.tsv", "subject_phrase").match(content)
    head = subject.group(1).split()[-1].casefold() if subject else ""
    return "institution" in classes(head) and head in own.casefold().split()


def horizon_of(scene: Scene, speech: Speech, segment: Segment, read: Reading) -> str | None:
    """Return the words that bound a claim still open: in its content, else in its cue."""
    if read.kind not in _OPEN_KINDS or not read.trackable:
        return None
    return find_horizon(segment.text) or find_horizon(printed(scene.text, speech.relation.cue))
