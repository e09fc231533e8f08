"""The claims inside one content: coordinated predicates and quoted sentences apart, each readable alone."""

import re
from dataclasses import dataclass

from claims.clauses import parse_clause
from claims.extraction.pronouns import resolve_pronoun
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import form
from claims.records import Span, Spans
from claims.sentences import sentences
from claims.vocabulary import Polarity, Quotation

_FINITE = form("phrase_forms.tsv", "finite_verb").pattern
_JOINT = re.compile(rf",?\s+(?:and|but)\s+(?=(?:also\s+|now\s+|then\s+)?{_FINITE}\b)")
_SUBJECT = re.compile(
    rf"[\"“‘']*(?:that\s+)?((?:[^\s,;:“”\"]+\s+){{1,7}}?)(?=(?:also\s+|now\s+|still\s+)?{_FINITE}\b)", re.IGNORECASE
)
_CLAUSE = re.compile(rf",\s+(?:although|though|but)\s+(?=(?:[\w’'-]+\s+){{1,4}}?{_FINITE}\b)", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(I|we|he|she|they|it|our|my)\b(?:[’'](?:re|ve|ll|s|m|d)\b)?", re.IGNORECASE)
# The complementizer, neither the pronoun of "that is true" nor, inside quotation marks, the speaker's own "that".
_THAT = re.compile(rf"^that,?\s+(?!{_FINITE}\b|(?:\w+ed|should|must|same|one|kind|way|sort)\b)(?=\S+\s+\S)")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One claim's share of a content: its spans and its words."""

    spans: Spans
    text: str


def split_claims(text: str, relation: Relation) -> tuple[Segment, ...]:
    """Return the claims of a relation's content, at least one: quoted sentences apart, coordinated predicates apart."""
    pieces = [relation.content]
    if relation.quotation != Quotation.INDIRECT:
        pieces = _quoted_sentences(text, relation.content)
    segments = []
    for piece in pieces:
        segments.extend(_predicates(text, piece))
    return tuple(segments)


def _quoted_sentences(text: str, content: Spans) -> list[Spans]:
    units: list[list[Span]] = []
    for span in content:
        for sentence in sentences(text[span.start : span.end]):
            piece = Span(span.start + sentence.start, span.start + sentence.end)
            if not _WORD.search(text[piece.start : piece.end]):
                continue
            open_end = units and text[units[-1][-1].start : units[-1][-1].end].rstrip("\"”’'").rstrip().endswith(
                (",", "—", "–", ":")
            )
            lower = text[piece.start : piece.end].lstrip("\"“‘'").strip()[:1].islower()
            if units and ((open_end and lower) or lower or len(text[piece.start : piece.end].split()) < 3):
                units[-1].append(piece)
            else:
                units.append([piece])
    return [tuple(unit) for unit in units] or [content]


def _predicates(text: str, spans: Spans) -> list[Segment]:
    whole = Segment(spans=spans, text=_join(text, spans))
    if len(spans) != 1:
        return [whole]
    span = spans[0]
    printed = text[span.start : span.end]
    clause = _CLAUSE.search(printed, 20)
    if clause and not re.search(r"\bif\b", printed[: clause.start()]):
        left = (Span(span.start, span.start + clause.start()),)
        right = (Span(span.start + clause.end(), span.end),)
        return [*_predicates(text, left), Segment(spans=right, text=_join(text, right))]
    subject = _SUBJECT.match(printed)
    joint = _JOINT.search(printed, subject.end() if subject else 0)
    if (
        not subject
        or not joint
        or re.search(r"\b(?:if|because|who|which)\b", printed[: joint.start()])
        or '"' in printed[joint.end() : joint.end() + 3]
    ):
        return [whole]
    head = Span(span.start + subject.start(1), span.start + subject.start(1) + len(subject.group(1).rstrip()))
    first = (Span(span.start, span.start + joint.start()),)
    second = (head, Span(span.start + joint.end(), span.end))
    return [
        Segment(spans=first, text=_join(text, first)),
        Segment(spans=second, text=_join(text, second)),
    ]


def _join(text: str, spans: Spans) -> str:
    return " ".join(" ".join(text[span.start : span.end].split()) for span in spans)


def claim_text(
    scene: Scene, speaker: Referent, relation: Relation, segment: Segment, polarity: Polarity = Polarity.POSITIVE
) -> str:
    """Return a claim's words readable alone: back-references resolved in brackets, quotation marks kept.

    A leading "that" is left out. A content that is no clause of its own is led by speaker and cue, in brackets, and so
    is one that only its cue negates ("denied", "doubts"): without it the words would say the contrary.
    """
    clause = parse_clause(segment.text)
    words = _with_name(scene, speaker, segment)
    turned = polarity is Polarity.NEGATIVE and not clause.negated
    if not relation.cue or (clause.finite and not turned):
        return words if relation.quotation is Quotation.DIRECT else _THAT.sub("", words)
    cue = " ".join(scene.text[relation.cue[0].start : relation.cue[-1].end].split())
    if not relation.source and segment.spans[0].start < relation.cue[0].start:
        # "Orrin … to pay in cash": what nobody in particular expects stands around its cue.
        before = tuple(span for span in segment.spans if span.end <= relation.cue[0].start)
        after = tuple(span for span in segment.spans if span not in before)
        return f"{_join(scene.text, before)} [{cue}] {_join(scene.text, after)}".strip()
    lead = f"{speaker.text} {cue}" if speaker.text else cue
    return f"[{lead}] {words}"


def _with_name(scene: Scene, speaker: Referent, segment: Segment) -> str:
    """The words with the first pronoun near their start followed by the name behind it."""
    offset = 0
    for span in segment.spans:
        printed = scene.text[span.start : span.end]
        found = _PRONOUN.search(printed)
        if found and found.start() < 60:
            name = resolve_pronoun(scene, Span(span.start + found.start(1), span.start + found.end(1)), speaker)
            at = segment.text.find(found.group(), offset)
            if name and at >= 0:
                end = at + len(found.group())
                return f"{segment.text[:end]} [{name}]{segment.text[end:]}".strip()
        offset += len(printed)
    return segment.text.strip()
