"""The frozen records: one record is one row of the table that carries its plural name.

Every datetime is aware and UTC; every span is half-open, in characters of the article's text; every id is
`key(...)` of what identifies the thing, so that a rerun adds nothing.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from claims.vocabulary import (
    Anonymity,
    Basis,
    CopyRelation,
    CorrectedField,
    Kind,
    Modality,
    Outcome,
    Plurality,
    Polarity,
    Quotation,
    ResolverKind,
    Stage,
    Stance,
    Verdict,
)


def key(*parts: object) -> str:
    """Return the 20-hex-digit id of what `parts` identify: equal parts, equal id, on every machine."""
    canonical = json.dumps(parts, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Span(NamedTuple):
    """A half-open range of characters in a text."""

    start: int
    end: int


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publication."""

    outlet_id: str
    name: str
    homepage: str | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text seen at one URL; an edit is a new row, so spans never move."""

    article_id: str
    outlet_id: str
    url: str | None = None
    doc_id: str | None = None
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    language: str | None = None
    text: str
    captions: Spans = ()
    published_earliest: datetime | None = None
    published_latest: datetime | None = None
    published_basis: Basis = Basis.UNKNOWN
    published_evidence: str | None = None
    corrects_url: str | None = None
    raw_ref: str | None = None
    fetched_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A decision that article `article_id` copies article `of_article_id`; undone by a row with `withdrawn_at`."""

    copy_id: str
    article_id: str
    of_article_id: str
    relation: CopyRelation
    containment: float
    shared_quotations: int
    decided_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One reading of one article by one extractor and reader; the latest one of an article is current."""

    extraction_id: str
    article_id: str
    extractor: str
    reader: str
    attribution_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution relation in one article: what the page says, checkable against it."""

    attribution_id: str
    article_id: str
    source: Spans
    cue: Spans
    content: Spans
    passage: Span
    quotation: Quotation
    nested_in: str | None = None
    extractor: str
    confidence: float
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How one attribution presents who spoke, as read by one reader version."""

    source_id: str
    attribution_id: str
    reader: str
    text: str | None = None
    antecedent: Span | None = None
    resolved_source: str | None = None
    anonymity: Anonymity
    level_reason: str
    plurality: Plurality
    role: str | None = None
    organisation: str | None = None
    seniority: str | None = None
    standing: str | None = None
    condition_stated: bool = False
    condition_reason: str | None = None
    access: str | None = None
    told_to: str | None = None
    relayed_by: str | None = None
    hops: int = 0
    claimant_id: str | None = None
    descriptor: str | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A named person or institution, the same across articles."""

    claimant_id: str
    name: str
    is_person: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Our reading of what an attribution's content asserts; the id stays when a better reader reads it again."""

    claim_id: str
    reader: str
    attribution_id: str
    source_id: str
    article_id: str
    claim_text: str
    content: Spans
    kind: Kind
    polarity: Polarity
    modality: Modality
    modality_phrase: str | None = None
    trackable: bool
    trackable_reason: str
    horizon_text: str | None = None
    due_earliest: datetime | None = None
    due_latest: datetime | None = None
    horizon_policy: str | None = None
    made_earliest: datetime | None = None
    made_latest: datetime | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """The link from a claim whose spans a re-extraction changed to the claim that took its place."""

    claim_id: str
    was_claim_id: str
    overlap: float
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An analyst's decision on how one field of a claim is to be read; undone by a row with `withdrawn_at`."""

    correction_id: str
    claim_id: str
    field: CorrectedField
    value: str
    due_earliest: datetime | None = None
    due_latest: datetime | None = None
    claimant_id: str | None = None
    why: str
    decided_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A decision about two claims; undone by a row with `withdrawn_at`."""

    match_id: str
    claim_id: str
    other_claim_id: str
    verdict: Verdict
    score: float
    detail: str
    decided_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Where a claim stands among the others from `recorded_at` on: its story, origin and proposition."""

    claim_id: str
    story_id: str
    origin_id: str
    proposition_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verbatim later passage that bears on a claim."""

    evidence_id: str
    claim_id: str
    article_id: str
    quote: str
    span: Span
    stance: Stance
    event_date: date | None = None
    found_by: str
    confidence: float
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One judgement of an outcome; `outcome` None sets earlier judgements aside (the claim is reopened)."""

    resolution_id: str
    claim_id: str
    outcome: Outcome | None
    resolved_by: str
    resolved_by_kind: ResolverKind
    evidence_ids: tuple[str, ...] = ()
    evidence_url: str | None = None
    event_date: date | None = None
    confidence: float | None = None
    note: str | None = None
    recorded_at: datetime
    question_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One score of one subject as of one time: how often its claims held up, with intervals."""

    estimate_id: str
    subject_kind: str
    subject: str
    as_of: datetime
    method: str
    n: int
    rate: float
    low80: float
    high80: float
    low95: float
    high95: float
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseProbability:
    """What one standard says a verbal probability is worth, as low, mid and high in [0, 1]."""

    standard: str
    phrase: str
    low: float
    mid: float
    high: float
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An input that could not be used, and why."""

    set_aside_id: str
    stage: Stage
    what: str
    error: str
    message: str
    recorded_at: datetime
