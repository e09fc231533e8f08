"""What an HTML page holds: its article's text, its captions, and the notices set apart from it."""

import copy
import re
from collections.abc import Iterator, Sequence
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
_UNPARSED = re.compile(r"<(!--|script\b|style\b|textarea\b|title\b)", re.IGNORECASE)
_CLOSED_BY = {"!--": "-->"}
# These have no end tag, or one that parsers supply: left open they do not nest.
_SHALLOW = (
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|"
    "p|li|dt|dd|option|tr|td|th|thead|tbody|tfoot|colgroup|caption|rp|rt|html|head|body"
)
_NESTING = re.compile(rf"<(/?)(?=[a-z])(?!(?:{_SHALLOW})[\s/<>])[^\s/<>]+(?![^<>]*/>)", re.IGNORECASE)
# Counts every tag that opens and only such as close what nests: never less deep than it is, and quicker to say.
_ROUGHLY = re.compile(rf"<(/(?!(?:{_SHALLOW})[\s/<>])|)(?=[a-z])", re.IGNORECASE)
# Of no use to an extractor: without them its copies of the tree are smaller.
_IDLE = ("script", "style", "svg", "link", "meta", "template")
_BLOCKS = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "br", "section", "article", "figure",
    "figcaption", "ul", "ol", "table", "pre",
))  # fmt: skip
# As trafilatura sets its own parser up, so that one tree serves it and us.
_PARSER = {"remove_comments": True, "remove_pis": True, "collect_ids": False, "default_doctype": False}
# An article this short may be a teaser that the fast way took for it: the slow way compares it with other readings.
_SHORT_TEXT = 500
_SET_APART = re.compile(
    r"(?:^|[\s_-])(?:corrections?|clarifications?|editors?-?_?notes?|update-?_?notes?)(?:$|[\s_-])", re.IGNORECASE
)
_LONGEST_NOTE = 1_500
_MAY_BE_SET_APART = lxml.etree.XPath(
    "//*[self::p or self::div or self::aside or self::section or self::footer]"
    "[contains(concat(@class, ' ', @id), 'orrection') or contains(concat(@class, ' ', @id), 'larification') or"
    " contains(concat(@class, ' ', @id), 'ote')]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The paragraphs of a page's article, its figures' captions, and the notes that its markup calls corrections."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    notes: tuple[str, ...] = ()


def check_shape(markup: str, *, what: str = "") -> None:
    """Pass over markup that a parser can take; raise UnreadableText for what is too long, too deep or all tags."""
    if len(markup) > MAX_CHARACTERS:
        raise UnreadableText(f"the page has over {MAX_CHARACTERS:,} characters: cut it down to the article", what=what)
    if markup.count("<") <= MAX_DEPTH:
        return
    parts = list(_parsed(markup))
    if sum(part.count("<") for part in parts) > MAX_TAGS:
        raise UnreadableText(f"it has over {MAX_TAGS:,} tags: save the article's text instead", what=what)
    if _is_deep(parts, _ROUGHLY) and _is_deep(parts, _NESTING):
        raise UnreadableText(f"tags are nested over {MAX_DEPTH:,} deep: save the article's text instead", what=what)


def _is_deep(parts: Sequence[str], tags: re.Pattern[str]) -> bool:
    depth = 0
    for part in parts:
        for closing in tags.findall(part):
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False


def _parsed(markup: str) -> Iterator[str]:
    """Yield the stretches of `markup` between comments, scripts and the like, in which tags are no tags."""
    position = 0
    while position < len(markup):
        skip = _UNPARSED.search(markup, position)
        yield markup[position : skip.start() if skip else len(markup)]
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
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, **_PARSER)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableText("no HTML could be read: save the article's text instead", what=what) from error


def read_body(tree: HtmlElement) -> Body:
    """Return the article in the page that `tree` is; without paragraphs where there is none.

    Takes scripts, styles and the head's links out of `tree`: read the head before.
    """
    lxml.etree.strip_elements(tree, *_IDLE, with_tail=False)
    text = _article_text(tree)
    lines = without_controls(text).split("\n") if text else _plain_lines(tree)
    return Body(
        paragraphs=tuple(line.strip() for line in lines if line.strip()), captions=_captions(tree), notes=_notes(tree)
    )


def _article_text(tree: HtmlElement) -> str | None:
    """Return the text that the extractor finds, by its fast way unless that gives little."""
    text = _extracted(tree, fast=True)
    if text is not None and len(text) >= _SHORT_TEXT:
        return text
    other = _extracted(tree, fast=False)
    return max((text, other), key=lambda found: len(found or ""))


def _extracted(tree: HtmlElement, *, fast: bool) -> str | None:
    found = trafilatura.bare_extraction(tree, fast=fast, favor_precision=True, include_comments=False)
    return found.text if found is not None and not isinstance(found, dict) else None


def _captions(tree: HtmlElement) -> tuple[str, ...]:
    return tuple(caption for mark in tree.iter("figcaption") if (caption := one_line(mark.text_content())))


def _notes(tree: HtmlElement) -> tuple[str, ...]:
    """Return the texts that the page's markup sets apart as corrections, outermost element first, each once."""
    found: dict[str, None] = {}
    for mark in _MAY_BE_SET_APART(tree):
        name = f"{mark.get('class') or ''} {mark.get('id') or ''}"
        if len(name) > 1 and _SET_APART.search(name):
            note = " ".join(mark.text_content()[: 2 * _LONGEST_NOTE].split())
            if 0 < len(note) <= _LONGEST_NOTE and not any(note in other for other in found):
                found[note] = None
    return tuple(found)


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
    return Body(paragraphs=tuple(line for line in _plain_lines(tree) if line), captions=_captions(tree))


def day_in_markup(tree: HtmlElement, *, fetched_at: datetime) -> str | None:
    """Return the day on which a page says outside its metadata that it was published (htmldate's fast search)."""
    # The library fetches what looks like a URL, so it is given a tree, never a string.
    latest = fetched_at.replace(tzinfo=None)
    return find_date(copy.deepcopy(tree), extensive_search=False, original_date=True, max_date=latest)
