"""What an HTML page holds: its article's text, its captions, and what its head says about it."""

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import lxml.etree
import lxml.html
import trafilatura
from htmldate import find_date
from lxml.html import HtmlElement

from claims.cleaning import one_line, without_controls
from claims.errors import UnreadableText

MAX_CHARACTERS = 10_000_000
MAX_DEPTH = 1_000
MAX_TAGS = 200_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*/>)?")
_UNPARSED = re.compile(r"<(!--|script\b|style\b|textarea\b|title\b)", re.IGNORECASE)
_CLOSED_BY = {"!--": "-->"}
# These have no end tag, or one that parsers supply: left open they do not nest.
_SHALLOW = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "rp", "rt",
    "html", "head", "body",
))  # fmt: skip
_BLOCKS = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "br", "section", "article", "figure",
    "figcaption", "ul", "ol", "table", "pre",
))  # fmt: skip
_META_DATES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "publication_date",
)  # fmt: skip
_META_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_META_AUTHORS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byline")
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_SITE_SUFFIX = re.compile(r"\s+[|–—»·-]\s+[^|–—»·]{2,40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself in JSON-LD and in its head, each value as given."""

    title: str | None = None
    byline: str | None = None
    site_name: str | None = None
    canonical: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The paragraphs of a page's article, and the texts of its figures' captions."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]


def check_shape(markup: str, *, what: str = "") -> None:
    """Pass over markup that a parser can take; raise UnreadableText for what is too long, too deep or all tags."""
    if len(markup) > MAX_CHARACTERS:
        raise UnreadableText(f"the page has over {MAX_CHARACTERS:,} characters: cut it down to the article", what=what)
    depth = 0
    for count, (closing, name) in enumerate(_tags(markup)):
        if count > MAX_TAGS:
            raise UnreadableText(f"it has over {MAX_TAGS:,} tags: save the article's text instead", what=what)
        if name.lower() in _SHALLOW:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_DEPTH:
            raise UnreadableText(f"tags are nested over {MAX_DEPTH:,} deep: save the article's text instead", what=what)


def _tags(markup: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(markup):
        skip = _UNPARSED.search(markup, position)
        end = skip.start() if skip else len(markup)
        for tag in _TAG.finditer(markup, position, end):
            if tag[3] is None:
                yield tag[1], tag[2]
        if skip is None:
            return
        name = skip[1].lower()
        closed = markup.find(_CLOSED_BY.get(name, "</"), skip.end())
        if closed == -1:
            return
        position = closed + len("-->" if name == "!--" else "</")


def parse(markup: str, *, what: str = "") -> HtmlElement:
    """Return the tree of `markup`; raise UnreadableText where there is none or it would be too deep."""
    check_shape(markup, what=what)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableText("no HTML could be read: save the article's text instead", what=what) from error


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    waiting = [value]
    while waiting:
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
    for item in value if isinstance(value, list) else [value]:
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


def _first(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _page_title(tree: HtmlElement, metas: Mapping[str, str], linked: Mapping[str, object]) -> str | None:
    headings = [one_line(heading.text_content()) for heading in tree.iter("h1")]
    titled = tree.findtext(".//title")
    given = one_line(_string(linked.get("headline")) or metas.get("og:title") or titled)
    if given and len(headings) == 1 and headings[0] and given.startswith(headings[0]):
        return headings[0]
    return _SITE_SUFFIX.sub("", given) if given else next((heading for heading in headings if heading), None)


def read_head(tree: HtmlElement) -> Head:
    """Return what the page says about itself: JSON-LD first, then meta elements, then a marked-up time."""
    linked, metas = _linked_data(tree), _metas(tree)
    link = tree.find(".//link[@rel='canonical']")
    canonical = (link.get("href") if link is not None else None) or metas.get("og:url")
    time = next((mark.get("datetime") for mark in tree.iter("time") if _marks_publication(mark)), None)
    dated = {
        "JSON-LD datePublished": _string(linked.get("datePublished")),
        "meta element": _first(metas, _META_DATES),
        "time element": time,
    }
    published_from = next((origin for origin, value in dated.items() if value), None)
    author = _names(linked.get("author")) or _names(_first(metas, _META_AUTHORS))
    language = tree.get("lang") or metas.get("og:locale")
    return Head(
        title=_page_title(tree, metas, linked),
        byline=author,
        site_name=_names(linked.get("publisher")) or one_line(metas.get("og:site_name")),
        canonical=canonical if canonical and canonical.startswith(("http://", "https://")) else None,
        published=dated[published_from] if published_from else None,
        published_from=published_from,
        modified=_string(linked.get("dateModified")) or _first(metas, _META_MODIFIED),
        language=language[:2].lower() if language else None,
    )


def _marks_publication(mark: HtmlElement) -> bool:
    return mark.get("pubdate") is not None or "datepublished" in (mark.get("itemprop") or "").lower()


def read_body(markup: str, tree: HtmlElement) -> Body:
    """Return the article in `markup`, parsed before as `tree`; without paragraphs where there is none."""
    captions = tuple(caption for mark in tree.iter("figcaption") if (caption := one_line(mark.text_content())))
    found = trafilatura.bare_extraction(markup, favor_precision=True, include_comments=False)
    text = found.text if found is not None and not isinstance(found, dict) else None
    lines = without_controls(text).split("\n") if text else _plain_lines(tree)
    return Body(paragraphs=tuple(line.strip() for line in lines if line.strip()), captions=captions)


def _plain_lines(tree: HtmlElement) -> list[str]:
    """Return every line of text in `tree`, for fragments and for pages too short for an extractor."""
    lines = [""]
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            if event == "end":
                lines[-1] += element.tail or ""
            continue
        if element.tag in _BLOCKS:
            lines.append("")
        if event == "start" and element.tag not in ("script", "style", "title", "noscript", "template"):
            lines[-1] += element.text or ""
        elif event == "end":
            lines[-1] += element.tail or ""
    return [" ".join(without_controls(line).split()) for line in lines]


def read_fragment(markup: str, *, what: str = "") -> Body:
    """Return the lines of a piece of HTML such as a feed carries."""
    if not markup.strip():
        return Body(paragraphs=(), captions=())
    tree = parse(f"<html><body><div>{markup}</div></body></html>", what=what)
    captions = tuple(caption for mark in tree.iter("figcaption") if (caption := one_line(mark.text_content())))
    return Body(paragraphs=tuple(line for line in _plain_lines(tree) if line), captions=captions)


def day_in_markup(tree: HtmlElement, *, fetched_at: datetime) -> str | None:
    """Return the day on which a page says outside its metadata that it was published (htmldate's fast search)."""
    # The library fetches what looks like a URL, so it is given a tree, never a string.
    latest = fetched_at.replace(tzinfo=None)
    return find_date(copy.deepcopy(tree), extensive_search=False, original_date=True, max_date=latest)
