"""Builders of records for tests: everything has a default, a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from claims.records import (
    Article,
    Attribution,
    Claim,
    Copy,
    Correction,
    Evidence,
    Extraction,
    Grouping,
    Match,
    Resolution,
    Source,
    Span,
    key,
)
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
    Stance,
    Verdict,
)

START = datetime(2019, 2, 8, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    """The given number of days after the first article."""
    return START + timedelta(days=number)


def article(name: str = "a", text: str = "An official said sanctions will follow.", **fields: Any) -> Article:
    given: dict[str, Any] = {
        "article_id": name,
        "outlet_id": "ledger",
        "url": f"https://ledger.example/{name}",
        "title": "Sanctions to follow",
        "text": text,
        "published_earliest": START,
        "published_latest": START,
        "published_basis": Basis.USER,
        "fetched_at": START,
        "recorded_at": START,
    }
    return Article(**(given | fields))


def attribution(name: str = "t", article_id: str = "a", **fields: Any) -> Attribution:
    given: dict[str, Any] = {
        "attribution_id": name,
        "article_id": article_id,
        "source": (Span(0, 11),),
        "cue": (Span(12, 16),),
        "content": (Span(17, 38),),
        "passage": Span(0, 39),
        "quotation": Quotation.INDIRECT,
        "extractor": "x-1",
        "confidence": 1.0,
        "recorded_at": START,
    }
    return Attribution(**(given | fields))


def source(name: str = "s", attribution_id: str = "t", **fields: Any) -> Source:
    given: dict[str, Any] = {
        "source_id": name,
        "attribution_id": attribution_id,
        "reader": "r-1",
        "text": "An official",
        "resolved_source": "official",
        "anonymity": Anonymity.BARE,
        "level_reason": "unnamed; nothing usable",
        "plurality": Plurality.ONE,
        "descriptor": "official",
        "recorded_at": START,
    }
    return Source(**(given | fields))


def claim(name: str = "c", **fields: Any) -> Claim:
    given: dict[str, Any] = {
        "claim_id": name,
        "reader": "r-1",
        "attribution_id": "t",
        "source_id": "s",
        "article_id": "a",
        "claim_text": "sanctions will follow",
        "content": (Span(17, 38),),
        "kind": Kind.INTENTION,
        "polarity": Polarity.POSITIVE,
        "modality": Modality.CERTAIN,
        "trackable": True,
        "trackable_reason": "an act that would be reported",
        "due_earliest": START,
        "due_latest": day(30),
        "made_earliest": START,
        "made_latest": START,
        "recorded_at": START,
    }
    return Claim(**(given | fields))


def extraction(article_id: str = "a", claim_ids: tuple[str, ...] = ("c",), **fields: Any) -> Extraction:
    given: dict[str, Any] = {
        "extraction_id": key(article_id, claim_ids, fields.get("reader", "r-1"), fields.get("extractor", "x-1")),
        "article_id": article_id,
        "extractor": "x-1",
        "reader": "r-1",
        "attribution_ids": ("t",),
        "claim_ids": claim_ids,
        "recorded_at": START,
    }
    return Extraction(**(given | fields))


def told(name: str, *, article_fields: dict[str, Any] | None = None, **fields: Any) -> list[Any]:
    """One article with one claim, as the five records that the warehouse needs; ids are made from `name`."""
    of_source = set(Source.__dataclass_fields__) - set(Claim.__dataclass_fields__)
    source_fields = {field: fields.pop(field) for field in of_source & set(fields)}
    return [
        article(name, **(article_fields or {})),
        attribution(f"{name}-t", name),
        source(f"{name}-s", f"{name}-t", **source_fields),
        claim(f"{name}-c", article_id=name, attribution_id=f"{name}-t", source_id=f"{name}-s", **fields),
        extraction(name, (f"{name}-c",), attribution_ids=(f"{name}-t",)),
    ]


def copy(article_id: str, of_article_id: str, **fields: Any) -> Copy:
    given: dict[str, Any] = {
        "copy_id": key(article_id, of_article_id, fields.get("decided_by"), str(fields.get("withdrawn_at"))),
        "article_id": article_id,
        "of_article_id": of_article_id,
        "relation": CopyRelation.EDITED,
        "containment": 0.8,
        "shared_quotations": 1,
        "decided_by": "m-1",
        "recorded_at": START,
    }
    return Copy(**(given | fields))


def correction(claim_id: str, field: CorrectedField, value: str, **fields: Any) -> Correction:
    given: dict[str, Any] = {
        "correction_id": key(claim_id, field, value, sorted(fields.items(), key=str)),
        "claim_id": claim_id,
        "field": field,
        "value": value,
        "why": "misread",
        "decided_by": "person:ada",
        "recorded_at": day(10),
    }
    return Correction(**(given | fields))


def match(claim_id: str, other_claim_id: str, **fields: Any) -> Match:
    given: dict[str, Any] = {
        "match_id": key(claim_id, other_claim_id, fields.get("decided_by"), str(fields.get("withdrawn_at"))),
        "claim_id": claim_id,
        "other_claim_id": other_claim_id,
        "verdict": Verdict.SAME,
        "score": 0.9,
        "detail": "same words",
        "decided_by": "m-1",
        "recorded_at": START,
    }
    return Match(**(given | fields))


def grouping(claim_id: str, story: str, origin: str, proposition: str, at: datetime = START) -> Grouping:
    return Grouping(claim_id=claim_id, story_id=story, origin_id=origin, proposition_id=proposition, recorded_at=at)


def evidence(name: str, claim_id: str, article_id: str, text: str, **fields: Any) -> Evidence:
    given: dict[str, Any] = {
        "evidence_id": name,
        "claim_id": claim_id,
        "article_id": article_id,
        "quote": text,
        "span": Span(0, len(text)),
        "stance": Stance.SUPPORTS,
        "found_by": "p-1",
        "confidence": 0.9,
        "recorded_at": day(1),
    }
    return Evidence(**(given | fields))


def resolution(claim_id: str, outcome: Outcome | None, **fields: Any) -> Resolution:
    given: dict[str, Any] = {
        "resolution_id": key(claim_id, outcome, sorted(fields.items(), key=str)),
        "claim_id": claim_id,
        "outcome": outcome,
        "resolved_by": "ada",
        "resolved_by_kind": ResolverKind.PERSON,
        "recorded_at": day(10),
    }
    return Resolution(**(given | fields))
