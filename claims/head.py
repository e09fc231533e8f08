"""What a page says about itself in JSON-LD and in its head, each value with the place it was read from."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from claims.cleaning import harmless, one_line

_META_DATES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "publication_date",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "article.updated", "lastmod", "revision_date",
)  # fmt: skip
_META_AUTHORS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byline")
_META_SECTIONS = ("article:section", "section", "parsely-section", "og:section", "cse-section", "articlesection")
_META_PAYWALLS = ("article:content_tier", "content_tier", "article:opinion_tier")
_META_AGENCIES = (
    "syndication-source",
    "original-source",
    "dc.source",
    "article:publisher_source",
    "sourceorganization",
)
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_SITE_SUFFIX = re.compile(r"\s+[|–—»·-]\s+[^|–—»·]{2,40}$")
_LONGEST_LINK = 2_000
_NODES = 2_000
_YES, _NO = frozenset(("true", "yes", "1")), frozenset(("false", "no", "0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself, each value as given; `…_from` names the place of the value before it."""

    title: str | None = None
    title_from: str | None = None
    byline: str | None = None
    byline_from: str | None = None
    site_name: str | None = None
    site_name_from: str | None = None
    canonical: str | None = None
    canonical_from: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    modified_from: str | None = None
    section: str | None = None
    section_from: str | None = None
    language: str | None = None
    language_from: str | None = None
    agency: str | None = None
    agency_from: str | None = None
    is_paywalled: bool | None = None
    paywall_from: str | None = None
    corrections: tuple[str, ...] = ()


def read_head(tree: HtmlElement) -> Head:
    """Return what the page says about itself: JSON-LD first, then meta elements, then a marked-up time."""
    linked, metas = _linked_data(tree), _metas(tree)
    title, title_from = _title(tree, metas, linked)
    byline, byline_from = _first(
        ("JSON-LD author", _names(linked.get("author"))),
        *((name, _names(value)) for name, value in _of(metas, _META_AUTHORS)),
    )
    site_name, site_name_from = _first(
        ("JSON-LD publisher", _names(linked.get("publisher"))),
        ("meta og:site_name", one_line(metas.get("og:site_name"))),
    )
    canonical, canonical_from = _canonical(tree, metas)
    published, published_from = _first(
        ("JSON-LD datePublished", _string(linked.get("datePublished"))),
        *(("meta element", value) for _, value in _of(metas, _META_DATES)),
        ("time element", _marked_time(tree, "pubdate", "datepublished")),
    )
    modified, modified_from = _first(
        ("JSON-LD dateModified", _string(linked.get("dateModified"))),
        *_of(metas, _META_MODIFIED),
        ("time element", _marked_time(tree, "updated", "datemodified")),
    )
    section, section_from = _first(
        ("JSON-LD articleSection", _names(linked.get("articleSection"))),
        *((name, one_line(value)) for name, value in _of(metas, _META_SECTIONS)),
    )
    language, language_from = _first(
        ("html lang", _language(tree.get("lang"))),
        ("meta og:locale", _language(metas.get("og:locale"))),
        ("JSON-LD inLanguage", _language(_string(linked.get("inLanguage")))),
    )
    agency, agency_from = _first(
        ("JSON-LD sourceOrganization", _names(linked.get("sourceOrganization"))),
        ("JSON-LD provider", _names(linked.get("provider"))),
        *((name, _names(value)) for name, value in _of(metas, _META_AGENCIES)),
    )
    is_paywalled, paywall_from = _paywall(linked, metas)
    return Head(
        title=title,
        title_from=title_from,
        byline=byline,
        byline_from=byline_from,
        site_name=site_name,
        site_name_from=site_name_from,
        canonical=canonical,
        canonical_from=canonical_from,
        published=published,
        published_from=published_from,
        modified=modified,
        modified_from=modified_from,
        section=section,
        section_from=section_from,
        language=language,
        language_from=language_from,
        agency=agency,
        agency_from=agency_from,
        is_paywalled=is_paywalled,
        paywall_from=paywall_from,
        corrections=_corrections(linked),
    )


def _first(*offers: tuple[str, str | None]) -> tuple[str | None, str | None]:
    """Return the first value that is there, and its place."""
    return next(((value, place) for place, value in offers if value), (None, None))


def _of(metas: Mapping[str, str], names: Iterable[str]) -> list[tuple[str, str]]:
    return [(f"meta {name}", metas[name]) for name in names if name in metas]


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    waiting = [value]
    for _ in range(_NODES):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(item.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage"))
        elif isinstance(item, list):
            waiting.extend(reversed(item[:200]))


def _linked_data(tree: HtmlElement) -> Mapping[str, object]:
    """Return the first JSON-LD node that describes an article, or an empty mapping."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(_ARTICLE_TYPE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return node
    return {}


def _names(value: object) -> str | None:
    found = []
    for item in value[:50] if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and not name.startswith(("http:", "https:")):
            found.append(one_line(name))
    return ", ".join(name for name in found if name) or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if name and content.strip():
            metas.setdefault(name.lower(), content.strip())
    return metas


def _title(tree: HtmlElement, metas: Mapping[str, str], linked: Mapping[str, object]) -> tuple[str | None, str | None]:
    headings = [one_line(heading.text_content()) for heading in tree.iter("h1")]
    given, place = _first(
        ("JSON-LD headline", one_line(_string(linked.get("headline")))),
        ("meta og:title", one_line(metas.get("og:title"))),
        ("title element", one_line(tree.findtext(".//title"))),
    )
    if given is None:
        return _first(*(("h1 element", heading) for heading in headings))
    if len(headings) == 1 and headings[0] and given.startswith(headings[0]):
        return headings[0], "h1 element"
    return _SITE_SUFFIX.sub("", given), place


def _canonical(tree: HtmlElement, metas: Mapping[str, str]) -> tuple[str | None, str | None]:
    link = tree.find(".//link[@rel='canonical']")
    offers = (
        ("link canonical", link.get("href") if link is not None else None),
        ("meta og:url", metas.get("og:url")),
    )
    tidy = ((place, (value or "").strip()) for place, value in offers)
    fitting = ((p, v) for p, v in tidy if v.startswith(("http://", "https://")) and len(v) <= _LONGEST_LINK)
    # An address holds no space and nothing that steers; a page may claim one that does.
    return _first(*((place, value) for place, value in fitting if harmless(value) == value and " " not in value))


def _marked_time(tree: HtmlElement, attribute: str, itemprop: str) -> str | None:
    for mark in tree.iter("time"):
        if mark.get(attribute) is not None or itemprop in (mark.get("itemprop") or "").lower():
            return _string(mark.get("datetime"))
    return None


def _language(value: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", (value or "").strip())
    return found[0].lower() if found else None


def _paywall(linked: Mapping[str, object], metas: Mapping[str, str]) -> tuple[bool | None, str | None]:
    """Return whether the page says that it is not free to read, None where it says nothing."""
    said = str(linked.get("isAccessibleForFree", "")).strip().lower()
    if said in _YES | _NO:
        return said in _NO, "JSON-LD isAccessibleForFree"
    for place, value in _of(metas, _META_PAYWALLS):
        # "metered" pages are free until a count is reached.
        return value.strip().lower() not in ("free", "open", "public"), place
    return None, None


def _corrections(linked: Mapping[str, object]) -> tuple[str, ...]:
    value = linked.get("correction")
    found = []
    for item in value[:20] if isinstance(value, list) else [value]:
        text = (item.get("text") or item.get("name")) if isinstance(item, dict) else item
        if isinstance(text, str) and (line := one_line(text)):
            found.append(line)
    return tuple(found)
