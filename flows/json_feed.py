"""JSON Feed (jsonfeed.org, versions 1 and 1.1): a JSON value to pages, one an item."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from claims.articles import Page
from claims.cleaning import one_line
from claims.errors import UnreadableInput
from claims.vocabulary import Basis
from flows.feeds import address_in

_VERSION = "https://jsonfeed.org/version/"


def is_json_feed(value: object) -> bool:
    """Return whether a JSON value says that it is a JSON Feed."""
    return isinstance(value, dict) and str(value.get("version") or "").startswith(_VERSION)


def json_feed_pages(value: object, *, fetched_at: datetime, what: str, raw_ref: str | None = None) -> Iterator[Page]:
    """Yield one page an item; raises UnreadableInput where there are none. An item that is no object is left out."""
    feed = value if isinstance(value, dict) else {}
    items = feed.get("items")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if not found:
        raise UnreadableInput("the feed has no entries: nothing to read in it yet", what=what)
    name = one_line(_text(feed, "title"))
    for number, item in enumerate(found, start=1):
        # An item of a link blog stands for the page elsewhere: that one is what was published.
        url = address_in(_text(item, "url")) or address_in(_text(item, "external_url"))
        html, text = _text(item, "content_html"), _text(item, "content_text") or _text(item, "summary")
        yield Page(
            html=html,
            text=None if html else text,
            url=url,
            doc_id=_identifier(item) if url is None else None,
            outlet_name=name,
            title=_text(item, "title"),
            byline=_authors(item) or _authors(feed),
            published=_text(item, "date_published") or _text(item, "date_modified"),
            published_basis=Basis.FEED,
            fetched_at=fetched_at,
            raw_ref=raw_ref,
            what=url or f"{what}#{number}",
        )


def _text(item: Mapping[str, object], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _identifier(item: Mapping[str, object]) -> str | None:
    value = item.get("id")
    return one_line(str(value)) if isinstance(value, str | int) else None


def _authors(item: Mapping[str, object]) -> str | None:
    given = item.get("authors")
    authors = given[:20] if isinstance(given, list) else [item.get("author")]
    names = [one_line(_text(author, "name")) for author in authors if isinstance(author, dict)]
    return ", ".join(name for name in names if name) or None
