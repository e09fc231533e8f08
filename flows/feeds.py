"""RSS and Atom: bytes to pages, one an entry."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from claims.articles import Page, host_of
from claims.cleaning import one_line
from claims.errors import UnreadableInput
from claims.markup import check_shape
from claims.vocabulary import Basis

_LONGEST_ADDRESS = 2_048
# What no address holds; in a row or on a screen it could do harm.
_NOT_ADDRESS = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_OPENING = re.compile(rb"<(?:rss|feed|rdf:RDF|(?:\w+:)?(?:rss|feed|RDF))[\s>]")
# The parser trips over its own bookkeeping where elements of a broken feed close in the wrong order.
_PARSER_FAULTS = (LookupError, ValueError, AttributeError, TypeError, RecursionError)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def is_feed(payload: bytes) -> bool:
    """Return whether `payload` opens like RSS, RDF or Atom."""
    return _OPENING.search(_bare(payload[:4_000])) is not None


def _bare(payload: bytes) -> bytes:
    # In UTF-16 every other byte is zero; the markup is the same.
    return payload.replace(b"\0", b"")


def feed_pages(payload: bytes, *, fetched_at: datetime, what: str, raw_ref: str | None = None) -> Iterator[Page]:
    """Yield one page an entry of the feed in `payload`; its text is the fullest that the entry carries.

    Raises UnreadableInput for what is no feed, has no entries, or defines entities (which may expand without end).
    """
    if _ENTITY.search(_bare(payload)):
        raise UnreadableInput(
            "the feed defines XML entities, which may expand without end: remove its DOCTYPE", what=what
        )
    check_shape(_bare(payload).decode("latin-1"), what=what)
    try:
        # Bytes alone might be taken for a file's name or an address.
        feed = feedparser.parse(io.BytesIO(payload))
    except _PARSER_FAULTS as error:
        raise UnreadableInput("its XML is too broken to be read: get the feed again", what=what) from error
    if not feed.get("version"):
        raise UnreadableInput("it is neither RSS nor Atom: check the address or the file", what=what)
    if not feed.entries:
        raise UnreadableInput("the feed has no entries: nothing to read in it yet", what=what)
    for number, entry in enumerate(feed.entries, start=1):
        yield _page(entry, feed.feed, fetched_at=fetched_at, raw_ref=raw_ref, what=f"{what}#{number}")


def address_in(link: object) -> str | None:
    """Return `link` where it is an http(s) address and nothing else, or None."""
    plain = link.strip() if isinstance(link, str) else ""
    fit = plain.lower().startswith(("http://", "https://")) and len(plain) <= _LONGEST_ADDRESS
    return plain if fit and _NOT_ADDRESS.search(plain) is None else None


def _page(
    entry: Mapping[str, Any], feed: Mapping[str, Any], *, fetched_at: datetime, raw_ref: str | None, what: str
) -> Page:
    url = address_in(entry.get("link"))
    own = one_line(feed.get("title"))
    named = one_line((entry.get("source") or {}).get("title"))
    # An entry on the feed's own site that names a source credits it; elsewhere the source is the publication.
    is_own = host_of(url) is None or host_of(url) == host_of(feed.get("link"))
    return Page(
        html=_fullest(entry),
        url=url,
        doc_id=one_line(entry.get("id")) if url is None else None,
        outlet_name=own if is_own else named,
        title=entry.get("title") or None,
        byline=entry.get("author") or None,
        credit=named if is_own and named != own else None,
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        published_basis=Basis.FEED,
        fetched_at=fetched_at,
        raw_ref=raw_ref,
        what=url or what,
    )


def _fullest(entry: Mapping[str, Any]) -> str:
    texts = [str(content.get("value") or "") for content in entry.get("content", ())]
    return max([*texts, str(entry.get("summary") or "")], key=len)


def _moment(parsed: struct_time | None) -> str | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except ValueError:
        return None
