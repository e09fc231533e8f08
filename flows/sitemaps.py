"""Sitemaps and news sitemaps: bytes to what they list, of which only the recent matters."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import lxml.etree

from claims.cleaning import one_line
from claims.errors import UnreadableInput

RECENT = timedelta(days=3)
# A small sitemap without dates is somebody's list of news; a large one is the whole site.
_FEW = 200
_MOST = 50_000
_OPENING = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page or another sitemap as a sitemap lists it, with what it says of it."""

    url: str
    modified: str | None = None
    published: str | None = None
    title: str | None = None
    outlet_name: str | None = None

    @property
    def moment(self) -> datetime | None:
        """The later of the times given with it, None where there is none."""
        times = [time for value in (self.published, self.modified) if (time := _time(value))]
        return max(times, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists: pages, and other sitemaps where it is an index."""

    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()

    def recent_pages(self, *, now: datetime) -> tuple[Listed, ...]:
        """Return the pages of the last days, and those without a time where there are few in all or it is news."""
        few = len(self.pages) <= _FEW
        return tuple(
            page
            for page in self.pages
            if (page.moment >= now - RECENT if page.moment else few or page.title is not None)
        )

    def recent_sitemaps(self, *, now: datetime, how_many: int) -> tuple[Listed, ...]:
        """Return up to `how_many` sitemaps that may have changed in the last days, the latest first."""
        fresh = [listed for listed in self.sitemaps if listed.moment is None or listed.moment >= now - RECENT]
        oldest = datetime.min.replace(tzinfo=UTC)
        return tuple(sorted(fresh, key=lambda listed: listed.moment or oldest, reverse=True)[:how_many])


def is_sitemap(payload: bytes) -> bool:
    """Return whether `payload` opens like a sitemap or an index of sitemaps."""
    return _OPENING.search(payload[:4_000].replace(b"\0", b"")) is not None


def read_sitemap(payload: bytes, *, what: str) -> Sitemap:
    """Return what a sitemap lists; raises UnreadableInput where it is none, or defines entities."""
    if _ENTITY.search(payload.replace(b"\0", b"")):
        raise UnreadableInput("the sitemap defines XML entities, which may expand without end", what=what)
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = lxml.etree.fromstring(payload, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableInput("its XML is too broken to be read: get the sitemap again", what=what) from error
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise UnreadableInput("it is no sitemap: check the address", what=what)
    listed = [found for node in list(root)[:_MOST] if (found := _listed(node))]
    return Sitemap(sitemaps=tuple(listed)) if _name(root) == "sitemapindex" else Sitemap(pages=tuple(listed))


def _name(node: lxml.etree._Element) -> str:
    return lxml.etree.QName(node).localname if isinstance(node.tag, str) else ""


def _listed(node: lxml.etree._Element) -> Listed | None:
    values: dict[str, str] = {}
    for part in node.iter():
        name = _name(part)
        if name in ("loc", "lastmod", "publication_date", "title", "name") and part.text and part.text.strip():
            # An image's title and address stand deeper, and later, than the page's own.
            values.setdefault(name, part.text.strip())
    url = values.get("loc", "")
    if _ADDRESS.fullmatch(url) is None:
        return None
    return Listed(
        url=url,
        modified=values.get("lastmod"),
        published=values.get("publication_date"),
        title=one_line(values.get("title")),
        outlet_name=one_line(values.get("name")),
    )


def _time(value: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat((value or "").strip())
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
