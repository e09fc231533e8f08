"""One article read whole: its attributions, who speaks in each and how openly, and what each claims."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claims.disclosing import without_disclosures
from claims.errors import BadSpans
from claims.extraction.extractor import EXTRACTOR, find_relations
from claims.extraction.relations import Relation
from claims.extraction.scene import Scene
from claims.hearing import Speech, hear, horizon_of, printed, read_segment
from claims.horizon import set_due
from claims.language import is_foreign
from claims.names import canonical_institution
from claims.records import Article, Attribution, Claim, Claimant, Extraction, Source, Span, key
from claims.segments import Segment, claim_text, split_claims
from claims.sides import distinct_body
from claims.vocabulary import Anonymity

READER = "rules-2"
GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of one article yields, ready to be stored."""

    extraction: Extraction
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    claimants: tuple[Claimant, ...]


def read_article(article: Article, *, recorded_at: datetime, given: Sequence[Relation] | None = None) -> Reading:
    """Return everything that `article` attributes, from the given relations or from those found in its text."""
    extractor, relations = _relations(article.text, given)
    if not all(relation.source or relation.cue or relation.content for relation in relations):
        raise BadSpans("a relation has neither source nor cue nor content", what="[]")
    scene, speeches = hear(article.text, relations, byline=article.byline)
    ids = [_attribution_id(article, relation) for relation in relations]
    attributions: dict[str, Attribution] = {}
    sources: dict[str, Source] = {}
    claims: dict[str, Claim] = {}
    claimants: dict[str, Claimant] = {}
    for attribution_id, speech in zip(ids, speeches, strict=True):
        if attribution_id in attributions:
            continue
        relation = speech.relation
        attributions[attribution_id] = Attribution(
            attribution_id=attribution_id,
            article_id=article.article_id,
            source=relation.source,
            cue=relation.cue,
            content=relation.content,
            passage=_passage(scene, relation),
            quotation=relation.quotation,
            nested_in=ids[relation.nested_in] if relation.nested_in is not None else None,
            extractor=extractor,
            confidence=relation.confidence,
            recorded_at=recorded_at,
        )
        claimant = _claimant(speech, scene.home, recorded_at)
        if claimant:
            claimants.setdefault(claimant.claimant_id, claimant)
        source = _source(article.text, attribution_id, speech, claimant, recorded_at)
        sources[source.source_id] = source
        for segment in split_claims(article.text, relation):
            claim = _claim(article, scene, speech, source, segment)
            claims.setdefault(claim.claim_id, claim)
    extraction = Extraction(
        extraction_id=key("extraction", article.article_id, extractor, READER),
        article_id=article.article_id,
        extractor=extractor,
        reader=READER,
        attribution_ids=tuple(attributions),
        claim_ids=tuple(claims),
        recorded_at=recorded_at,
    )
    return Reading(
        extraction=extraction,
        attributions=tuple(attributions.values()),
        sources=tuple(sources.values()),
        claims=tuple(claims.values()),
        claimants=tuple(claimants.values()),
    )


def label_document(
    text: str,
    *,
    relations: Sequence[Relation] | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> list[dict[str, object]]:
    """Return one row of labels per relation, in their order: spans, speaker, level, and the reading of the content.

    A text that is clearly not English yields none, unless its relations are given.
    """
    del published, outlet, title  # part of the contract; the labels rest on the text alone
    if relations is None and is_foreign(text):
        return []
    _, found = _relations(text, relations)
    scene, speeches = hear(text, found)
    return [_labels(scene, speech) for speech in speeches]


def _labels(scene: Scene, speech: Speech) -> dict[str, object]:
    relation, level, telling = speech.relation, speech.level, speech.telling
    whole = Segment(spans=relation.content, text=printed(scene.text, relation.content))
    read = read_segment(scene, speech, whole)
    return {
        "source": [list(span) for span in relation.source],
        "cue": [list(span) for span in relation.cue],
        "content": [list(span) for span in relation.content],
        "confidence": relation.confidence,
        "resolved_source": _resolved(speech),
        "anonymity": level.anonymity.value,
        "plurality": level.plurality.value,
        "condition_stated": telling.condition_stated,
        "condition_reason": telling.condition_reason,
        "relayed_by": telling.relayed_by,
        "kind": read.kind.value,
        "polarity": read.polarity.value,
        "modality": read.modality.value,
        "trackable": read.trackable,
        "horizon": horizon_of(scene, speech, whole, read),
    }


def _relations(text: str, given: Sequence[Relation] | None) -> tuple[str, tuple[Relation, ...]]:
    if given is None:
        return EXTRACTOR, without_disclosures(text, find_relations(text))
    for relation in given:
        for span in (*relation.source, *relation.cue, *relation.content):
            if not 0 <= span.start < span.end <= len(text):
                message = f"the span {tuple(span)} does not lie inside the text of {len(text)} characters"
                raise BadSpans(message, what=str(tuple(span)))
    return GIVEN, tuple(given)


def _attribution_id(article: Article, relation: Relation) -> str:
    return key("attribution", article.article_id, relation.source, relation.cue, relation.content)


def _resolved(speech: Speech) -> str | None:
    return None if speech.referent.kind in ("none", "reader") else speech.referent.text


def _passage(scene: Scene, relation: Relation) -> Span:
    """The sentences that hold source, cue and content."""
    spans = [*relation.source, *relation.cue, *relation.content]
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    starts = scene.sentence_starts
    first, after = bisect_right(starts, low) - 1, bisect_right(starts, high - 1)
    start = starts[first] if first >= 0 else 0
    end = starts[after] if after < len(starts) else len(scene.text)
    return Span(start, max(high, start + len(scene.text[start:end].rstrip())))


def _claimant(speech: Speech, home: str | None, recorded_at: datetime) -> Claimant | None:
    """The named person or institution that speaks; a group of named persons, or "the company", is no claimant."""
    level, resolved = speech.level, _resolved(speech)
    name: str | None
    if level.anonymity == Anonymity.NAMED and resolved and not speech.referent.several:
        name, is_person = resolved, True
    elif level.anonymity == Anonymity.INSTITUTION and (level.organisation or resolved):
        body = canonical_institution(level.organisation or resolved or "")
        name, is_person = distinct_body(body, home), False
    else:
        return None
    if name is None:
        return None
    claimant_id = key("claimant", name.casefold())
    return Claimant(claimant_id=claimant_id, name=name, is_person=is_person, recorded_at=recorded_at)


def _source(text: str, attribution_id: str, speech: Speech, claimant: Claimant | None, recorded_at: datetime) -> Source:
    level, telling = speech.level, speech.telling
    return Source(
        source_id=key("source", attribution_id, READER),
        attribution_id=attribution_id,
        reader=READER,
        text=printed(text, speech.relation.source) or None,
        antecedent=speech.referent.antecedent,
        resolved_source=_resolved(speech),
        anonymity=level.anonymity,
        level_reason=level.reason,
        plurality=level.plurality,
        role=level.role,
        organisation=level.organisation,
        seniority=level.seniority,
        standing=level.standing,
        condition_stated=telling.condition_stated,
        condition_reason=telling.condition_reason,
        access=level.access,
        told_to=telling.told_to,
        relayed_by=telling.relayed_by,
        hops=telling.hops,
        claimant_id=claimant.claimant_id if claimant else None,
        descriptor=level.descriptor if level.anonymity >= Anonymity.SPECIFIC else None,
        recorded_at=recorded_at,
    )


def _claim(article: Article, scene: Scene, speech: Speech, source: Source, segment: Segment) -> Claim:
    made = _made(article.published_earliest, article.published_latest)
    read = read_segment(scene, speech, segment)
    horizon = horizon_of(scene, speech, segment, read)
    due = set_due(segment.text, read.kind, horizon=horizon, made=made, trackable=read.trackable)
    return Claim(
        claim_id=key("claim", source.attribution_id, segment.spans),
        reader=READER,
        attribution_id=source.attribution_id,
        source_id=source.source_id,
        article_id=article.article_id,
        claim_text=claim_text(scene, speech.referent, speech.relation, segment, read.polarity),
        content=segment.spans,
        kind=read.kind,
        polarity=read.polarity,
        modality=read.modality,
        modality_phrase=read.modality_phrase,
        trackable=read.trackable,
        trackable_reason=read.trackable_reason,
        horizon_text=due.text,
        due_earliest=due.earliest,
        due_latest=due.latest,
        horizon_policy=due.policy,
        made_earliest=made[0] if made else None,
        made_latest=made[1] if made else None,
        recorded_at=source.recorded_at,
    )


def _made(earliest: datetime | None, latest: datetime | None) -> tuple[datetime, datetime] | None:
    """The interval in which the claims were made: the article's publication interval, None where unknown."""
    known: Iterable[datetime] = (moment.astimezone(UTC) for moment in (earliest, latest) if moment is not None)
    ordered = sorted(known)
    return (ordered[0], ordered[-1]) if ordered else None
