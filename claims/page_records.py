"""What is known of the pages behind articles: one record, one row, one table."""

from dataclasses import dataclass
from datetime import datetime

from claims.vocabulary import Change, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page of one article says about itself; `…_from` names the place of the value before it.

    `address` is where the texts of one page follow each other: the address as fetched, or the canonical one it names
    where that can be believed, without what only counts visitors (claims.addresses).
    """

    article_id: str
    address: str | None = None
    form: Form
    canonical_url: str | None = None
    canonical_from: str | None = None
    outlet_name: str | None = None
    outlet_name_from: str | None = None
    title_from: str | None = None
    byline_from: str | None = None
    credit_from: str | None = None
    section: str | None = None
    section_from: str | None = None
    language_from: str | None = None
    modified_at: datetime | None = None
    modified_from: str | None = None
    is_paywalled: bool | None = None
    paywall_from: str | None = None
    correction_notice: str | None = None
    update_notice: str | None = None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text took the place of another at one address: `was[i]` became `became[i]`, either of them may be empty."""

    article_id: str
    was_article_id: str
    address: str
    change: Change
    words_added: int
    words_removed: int
    kept_share: float
    was: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    seen_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that stood at an address, since it was last seen to take another's place there."""

    article_id: str
    outlet_id: str
    address: str
    form: Form
    text: str
    stands_since: datetime

    @property
    def is_whole(self) -> bool:
        """Whether it was read from the page or document itself, not from what a feed carries of it."""
        return self.form is not Form.ENTRY
