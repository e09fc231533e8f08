"""The frozen records of review and scoring; like those of `claims.records`, each is one row of one table."""

from dataclasses import dataclass
from datetime import date, datetime

from claims.records import Span
from claims.vocabulary import Observability, Outcome, Polarity, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenQuestion:
    """One version of what would settle a claim, written before it is settled; a change is a new version."""

    question_id: str
    claim_id: str
    version: int
    held_up_if: str
    failed_if: str
    earliest: datetime | None = None
    latest: datetime | None = None
    observability: Observability
    written_by: str
    note: str | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A person's decision that a proposal does not follow from its passages; undone by a row with `withdrawn_at`."""

    rejection_id: str
    claim_id: str
    resolution_id: str
    rejected_by: str
    note: str | None = None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """A judgement of a decided claim by another reader: `place` 2 is blind to the first, 3 decides between the two."""

    reading_id: str
    claim_id: str
    resolution_id: str
    place: int
    outcome: Outcome
    question_version: int | None = None
    read_by: str
    note: str | None = None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalReview:
    """Somebody else's review of a claim, taken in as ClaimReview: shown to reviewers, never scored."""

    review_id: str
    claim_id: str | None = None
    similarity: float | None = None
    reviewer: str
    review_url: str | None = None
    claim_text: str
    claimant: str | None = None
    appearances: tuple[str, ...] = ()
    rating: str | None = None
    rating_value: float | None = None
    best_rating: float | None = None
    worst_rating: float | None = None
    outcome: Outcome | None = None
    published_on: date | None = None
    imported_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseScore:
    """What one verbal probability has been worth as of one time, beside what one standard says."""

    phrase_score_id: str
    standard: str
    phrase: str
    polarity: Polarity
    as_of: datetime
    n: int
    rate: float
    said: float | None
    worth: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationScore:
    """How right the verbal probabilities were by one score, taken apart, as of one time."""

    calibration_score_id: str
    standard: str
    as_of: datetime
    score: str
    n: int
    n_stories: int
    value: float
    low95: float | None
    high95: float | None
    mcb: float
    dsc: float
    unc: float
    rel: float | None = None
    res: float | None = None
    skill: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPoint:
    """One point of the reliability diagram of the verbal probabilities as of one time."""

    curve_id: str
    standard: str
    as_of: datetime
    forecast: float
    n: int
    recalibrated: float
    consistent_low: float
    consistent_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeAnswer:
    """One answer of a model on one passage, as it came; `refused` says why it does not count."""

    answer_id: str
    claim_id: str
    article_id: str
    span: Span
    model: str
    prompt: str
    stance: Stance
    quote: str | None = None
    event_date: date | None = None
    official: bool = False
    why: str | None = None
    refused: str | None = None
    recorded_at: datetime
