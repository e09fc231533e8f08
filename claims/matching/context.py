"""A claim together with what its article says about it, as matching and resolution need it."""

from dataclasses import dataclass
from datetime import datetime

from claims.records import Claim, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContext:
    """One claim, who is said to have made it, and the article, story and passage it stands in."""

    claim: Claim
    source: Source
    article_id: str
    outlet_id: str
    credit: str | None = None
    story_id: str
    published_earliest: datetime | None = None
    published_latest: datetime | None = None
    passage: str
