"""What was seen of the addresses that are looked at again and again: one record, one row, one table."""

from dataclasses import dataclass
from datetime import datetime

from claims.vocabulary import FetchKind, FetchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One look at an address: what came of it, and when to look again."""

    fetch_id: str
    address: str
    kind: FetchKind
    outlet_id: str | None = None
    status: FetchStatus
    http_status: int | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    bytes: int | None = None
    seconds: float | None = None
    entries_new: int = 0
    entries_known: int = 0
    entries_waiting: int = 0
    failures: float = 0.0
    interval_seconds: float | None = None
    next_look_at: datetime | None = None
    message: str | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """An input that had been set aside gave an article after all."""

    set_aside_id: str
    article_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the looks at one address leave behind for the next one."""

    address: str
    kind: FetchKind
    looked_at: datetime
    failures: float
    interval_seconds: float | None
    next_look_at: datetime | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    succeeded_at: datetime | None
    read_in_full_at: datetime | None
