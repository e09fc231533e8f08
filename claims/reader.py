"""One article read whole: its attributions, who speaks in each and how openly, and what each claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from claims.anonymity import Level, grade
from claims.conditions import find_disclosures
from claims.errors import BadSpans
from claims.extraction.coreference import resolve_sources
from claims.extraction.relations import Relation
from claims.extraction.scene import Referent, Scene, set_scene
from claims.horizon import find_horizon, set_due
from claims.names import canonical_institution
from claims.reading import Reading as Read
from claims.reading import read_claim
from claims.records import Article, Attribution, Claim, Claimant, Extraction, Source, Span, Spans, key
from claims.segments import Segment, claim_text, split_claims
from claims.telling import Telling, home_of, tell
from claims.vocabulary import Anonymity, Kind

READER = "rules-1"
GIVEN = "given"
Record = TypeVar("Record")
_OWN_VERB = re.compile(
    r"[^,;:“”\"]{2,60}?\s(?P<cue>expects?|predicts?|anticipates?|believes?|doubts?|fears?|hopes?|wants?|denies|rejects?)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of one article yields, ready to be stored."""

    extraction: Extraction
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    claimants: tuple[Claimant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One relation with its speaker: the referent, the level and how the words came to print."""

    relation: Relation
    referent: Referent
    level: Level
    telling: Telling


def read_article(article: Article, *, recorded_at: datetime, given: Sequence[Relation] | None = None) -> Reading:
    """Return everything that `article` attributes, from the given relations or from those found in its text."""
    extractor, relations = _relations(article.text, given)
    scene, speeches = hear(article.text, relations, outlet=article.outlet_id, byline=article.byline)
    attributions: list[Attribution] = []
    sources: list[Source] = []
    claims: list[Claim] = []
    claimants: dict[str, Claimant] = {}
    ids = [_attribution_id(article, relation) for relation in relations]
    for number, speech in enumerate(speeches):
        relation = speech.relation
        attributions.append(
            Attribution(
                attribution_id=ids[number], article_id=article.article_id, source=relation.source, cue=relation.cue,
                content=relation.content, passage=_passage(scene, relation), quotation=relation.quotation,
                nested_in=ids[relation.nested_in] if relation.nested_in is not None else None, extractor=extractor,
                confidence=relation.confidence, recorded_at=recorded_at,
            )
        )  # fmt: skip
        source = _source(article.text, ids[number], speech, recorded_at)
        sources.append(source)
        if source.claimant_id and source.resolved_source:
            name = (
                source.organisation
                if source.anonymity == Anonymity.INSTITUTION and source.organisation
                else source.resolved_source
            )
            claimants.setdefault(
                source.claimant_id,
                Claimant(
                    claimant_id=source.claimant_id,
                    name=name,
                    is_person=source.anonymity == Anonymity.NAMED,
                    recorded_at=recorded_at,
                ),
            )
        claims.extend(_claims(article, scene, speech, source, recorded_at))
    extraction = Extraction(
        extraction_id=key("extraction", article.article_id, extractor, READER), article_id=article.article_id, extractor=extractor,
        reader=READER, attribution_ids=_unique(ids), claim_ids=_unique([claim.claim_id for claim in claims]), recorded_at=recorded_at,
    )  # fmt: skip
    return Reading(
        extraction=extraction, attributions=_first(attributions, "attribution_id"), sources=_first(sources, "source_id"),
        claims=_first(claims, "claim_id"), claimants=tuple(claimants.values()),
    )  # fmt: skip


def label_document(
    text: str,
    *,
    relations: Sequence[Relation] | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> list[dict[str, object]]:
    """Return one row of labels per relation, in their order: spans, speaker, level and the reading of the whole content."""
    del published, title
    _, found = _relations(text, relations)
    scene, speeches = hear(text, found, outlet=outlet)
    rows: list[dict[str, object]] = []
    for speech in speeches:
        relation = speech.relation
        whole = Segment(spans=relation.content, text=_printed(text, relation.content))
        read = _read(scene, speech, whole)
        level = speech.level
        rows.append(
            {
                "source": [list(span) for span in relation.source],
                "cue": [list(span) for span in relation.cue],
                "content": [list(span) for span in relation.content],
                "confidence": relation.confidence,
                "resolved_source": _resolved(speech),
                "anonymity": level.anonymity.value,
                "plurality": level.plurality.value,
                "condition_stated": speech.telling.condition_stated,
                "condition_reason": speech.telling.condition_reason,
                "relayed_by": speech.telling.relayed_by,
                "kind": read.kind.value,
                "polarity": read.polarity.value,
                "modality": read.modality.value,
                "trackable": read.trackable,
                "horizon": _horizon(scene, speech, whole, read),
            }
        )
    return rows


def hear(
    text: str, relations: Sequence[Relation], *, outlet: str | None = None, byline: str | None = None
) -> tuple[Scene, tuple[Speech, ...]]:
    """Return the scene of an article and, for each relation, who speaks and how openly."""
    scene = set_scene(text, relations)
    referents = resolve_sources(scene, relations)
    if byline:
        referents = tuple(_signed(referent, byline) for referent in referents)
    levels = tuple(grade(referent, scene) for referent in referents)
    tellings, levels, referents = tell(scene, relations, referents, levels, find_disclosures(text))
    return scene, tuple(
        Speech(relation=relation, referent=referents[number], level=levels[number], telling=tellings[number])
        for number, relation in enumerate(relations)
    )


def _signed(referent: Referent, byline: str) -> Referent:
    from dataclasses import replace

    return replace(referent, text=byline) if referent.kind == "author" and referent.text is None else referent


def _relations(text: str, given: Sequence[Relation] | None) -> tuple[str, tuple[Relation, ...]]:
    if given is None:
        from claims.extraction.extractor import EXTRACTOR, find_relations

        return EXTRACTOR, tuple(find_relations(text))
    for relation in given:
        for span in (*relation.source, *relation.cue, *relation.content):
            if not 0 <= span.start < span.end <= len(text):
                raise BadSpans(
                    f"the span {tuple(span)} does not lie inside the text of {len(text)} characters",
                    what=str(tuple(span)),
                )
    return GIVEN, tuple(given)


def _attribution_id(article: Article, relation: Relation) -> str:
    return key("attribution", article.article_id, relation.source, relation.cue, relation.content)


def _printed(text: str, spans: Spans) -> str:
    return " ".join(text[span.start : span.end] for span in spans)


def _resolved(speech: Speech) -> str | None:
    if speech.level.anonymity == Anonymity.BARE and speech.referent.kind in ("none", "reader"):
        return None
    return speech.referent.text


def _passage(scene: Scene, relation: Relation) -> Span:
    """The sentences that hold source, cue and content."""
    spans = [*relation.source, *relation.cue, *relation.content]
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    start = max((start for start in scene.sentence_starts if start <= low), default=low)
    following = [start for start in scene.sentence_starts if start >= high]
    end = following[0] if following else len(scene.text)
    return Span(start, max(high, start + len(scene.text[start:end].rstrip())))


def _source(text: str, attribution_id: str, speech: Speech, recorded_at: datetime) -> Source:
    level, telling, referent = speech.level, speech.telling, speech.referent
    resolved = _resolved(speech)
    claimant = None
    if level.anonymity == Anonymity.NAMED and resolved and not referent.several:
        claimant = key("claimant", resolved.casefold())
    elif level.anonymity == Anonymity.INSTITUTION and (level.organisation or resolved):
        claimant = key("claimant", canonical_institution(level.organisation or resolved or "").casefold())
    unnamed = level.anonymity >= Anonymity.SPECIFIC
    return Source(
        source_id=key("source", attribution_id, READER), attribution_id=attribution_id, reader=READER,
        text=_printed(text, speech.relation.source) or None, antecedent=referent.antecedent, resolved_source=resolved,
        anonymity=level.anonymity, level_reason=level.reason, plurality=level.plurality, role=level.role, organisation=level.organisation,
        seniority=level.seniority, standing=level.standing, condition_stated=telling.condition_stated,
        condition_reason=telling.condition_reason, access=level.access, told_to=telling.told_to, relayed_by=telling.relayed_by,
        hops=telling.hops, claimant_id=claimant, descriptor=level.descriptor if unnamed else None, recorded_at=recorded_at,
    )  # fmt: skip


def _claims(article: Article, scene: Scene, speech: Speech, source: Source, recorded_at: datetime) -> list[Claim]:
    made = _made(article)
    found = []
    for segment in split_claims(article.text, speech.relation):
        read = _read(scene, speech, segment)
        due = set_due(
            segment.text, read.kind, horizon=_horizon(scene, speech, segment, read), made=made, trackable=read.trackable
        )
        found.append(
            Claim(
                claim_id=key("claim", source.attribution_id, segment.spans), reader=READER, attribution_id=source.attribution_id,
                source_id=source.source_id, article_id=article.article_id, claim_text=claim_text(scene, speech.referent, segment),
                content=segment.spans, kind=read.kind, polarity=read.polarity, modality=read.modality, modality_phrase=read.modality_phrase,
                trackable=read.trackable, trackable_reason=read.trackable_reason, horizon_text=due.text, due_earliest=due.earliest,
                due_latest=due.latest, horizon_policy=due.policy, made_earliest=made[0] if made else None,
                made_latest=made[1] if made else None, recorded_at=recorded_at,
            )
        )  # fmt: skip
    return found


def _read(scene: Scene, speech: Speech, segment: Segment) -> Read:
    cue = _printed(scene.text, speech.relation.cue)
    subject = _OWN_VERB.match(segment.text)
    own = segment.own_side or speaks_for(speech, segment.text)
    if own and subject and not segment.own_side:
        return read_claim(subject.group("cue"), segment.text[subject.end() :].strip(), anonymity=speech.level.anonymity)
    return read_claim(cue, segment.text, anonymity=speech.level.anonymity, own_side=own)


def speaks_for(speech: Speech, content: str) -> bool:
    """Return whether the subject of a content is the side that its source belongs to (`The United States is …`)."""
    name = speech.level.organisation or (speech.referent.text if speech.referent.kind == "institution" else None)
    if not name:
        return False
    subject = re.match(
        r"\W*(?:that\s+)?(?:the\s+)?((?:[A-Z][\w.’'-]*|government|administration|company|ministry|party|campaign)(?:\s+(?:[A-Z][\w.-]*|administration|government))*)",
        content,
    )
    if not subject:
        return False
    words = subject.group(1)
    if words.casefold() in name.casefold():
        return True
    home = home_of(words)
    return home is not None and home == home_of(name)


def _horizon(scene: Scene, speech: Speech, segment: Segment, read: Read) -> str | None:
    if read.kind not in (Kind.PREDICTION, Kind.INTENTION, Kind.CONDITIONAL) or not read.trackable:
        return None
    return find_horizon(segment.text) or find_horizon(_printed(scene.text, speech.relation.cue))


def _made(article: Article) -> tuple[datetime, datetime] | None:
    earliest, latest = article.published_earliest, article.published_latest
    if earliest is None and latest is None:
        return None
    first = earliest or latest
    last = latest or earliest
    if first is None or last is None:
        return None
    return first.astimezone(UTC), max(last.astimezone(UTC), first.astimezone(UTC) + timedelta(0))


def _unique(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _first(records: Sequence[Record], field: str) -> tuple[Record, ...]:
    """The records without a second one of the same id."""
    return tuple({str(getattr(record, field)): record for record in reversed(records)}.values())[::-1]
