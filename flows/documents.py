"""JSON and Markdown documents to pages."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from claims.articles import Page
from claims.cleaning import without_controls
from claims.errors import UnreadableInput
from flows.feeds import address_in

_TEXTS = ("text", "html", "url", "outlet", "published", "title", "byline", "credit", "fetched_at")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1(?!\w)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?=\S))", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$|^=+$|^-+$", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*\n", re.DOTALL)
_FRONT_NAMES = {"date": "published", "published": "published", "title": "title", "author": "byline", "byline": "byline",
                "url": "url", "source": "outlet", "outlet": "outlet", "credit": "credit"}  # fmt: skip


def loaded(text: str, *, what: str) -> object:
    """Return the JSON value in `text`; raises UnreadableInput where it is none."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableInput(
            "its JSON is nested too deep: give one object with “text” or “html”", what=what
        ) from error
    except ValueError as error:
        raise UnreadableInput(f"it is not JSON ({error}): mend it, or get the file again", what=what) from error


def page_of(document: object, *, now: datetime, what: str, raw_ref: str | None = None) -> Page:
    """Return the page that a JSON object describes; raises UnreadableInput that names the key at fault."""
    if not isinstance(document, dict):
        raise UnreadableInput("it is not an article: give an object with “text” or “html”", what=what)
    given = {name: _text(document, name, what) for name in _TEXTS}
    if given["text"] is None and given["html"] is None:
        raise UnreadableInput("it is not an article: it has neither “text” nor “html”", what=what)
    url = given["url"]
    if url and address_in(url) is None:
        raise UnreadableInput("“url” is no web address: begin it with https://, or leave it out", what=what)
    doc_id = document.get("doc_id")
    return Page(
        html=given["html"],
        text=given["text"],
        url=url,
        doc_id=" ".join(without_controls(str(doc_id)).split()) if doc_id is not None else None,
        outlet=given["outlet"],
        title=given["title"],
        byline=given["byline"],
        credit=given["credit"],
        published=given["published"],
        fetched_at=_fetched_at(given["fetched_at"], now=now, what=what),
        raw_ref=raw_ref,
        attributions=_attributions(document.get("attributions"), what),
        what=what,
    )


def _text(document: dict[str, object], name: str, what: str) -> str | None:
    value = document.get(name)
    if name == "byline" and isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    if value is not None and not isinstance(value, str):
        raise UnreadableInput(f"“{name}” is not a string: put it in quotation marks, or leave it out", what=what)
    return value if value and value.strip() else None


def _fetched_at(value: str | None, *, now: datetime, what: str) -> datetime:
    if value is None:
        return now
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableInput("“fetched_at” is no time: write it as 2019-02-08T21:42:00Z", what=what) from error
    # What is said to be fetched later than now would let dates lie in the future.
    return min(moment, now)


def _attributions(value: object, what: str) -> tuple[dict[str, object], ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UnreadableInput("“attributions” is not a list of objects: mend it, or leave it out", what=what)
    return tuple(value)


def json_pages(text: str, *, now: datetime, what: str, raw_ref: str | None = None) -> Iterator[Page | UnreadableInput]:
    """Yield the pages of a JSON file, one article or a list of them; a bad item of a list spoils only itself."""
    value = loaded(text, what=what)
    if not isinstance(value, list):
        yield page_of(value, now=now, what=what, raw_ref=raw_ref)
        return
    if not value:
        raise UnreadableInput("its list is empty: give articles with “text” or “html”", what=what)
    for number, item in enumerate(value, start=1):
        try:
            yield page_of(item, now=now, what=f"{what}#{number}", raw_ref=raw_ref)
        except UnreadableInput as error:
            yield error


def markdown_page(text: str, *, now: datetime, what: str, raw_ref: str | None = None) -> Page:
    """Return the page of a Markdown text: its marks removed, its front matter read."""
    given: dict[str, str] = {}
    text = text.replace("\r\n", "\n")
    if front := _FRONT.match(text):
        for line in front[1].splitlines():
            name, _, value = line.partition(":")
            if (known := _FRONT_NAMES.get(name.strip().lower())) and value.strip():
                given.setdefault(known, value.strip().strip("\"'"))
        text = text[front.end() :]
    if address_in(given.get("url")) is None:
        given.pop("url", None)
    plain = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _RULE.sub("", text)))
    return Page(
        text=_LINE_MARK.sub("", plain),
        url=given.get("url"),
        outlet=given.get("outlet"),
        title=given.get("title"),
        byline=given.get("byline"),
        credit=given.get("credit"),
        published=given.get("published"),
        fetched_at=now,
        raw_ref=raw_ref,
        what=what,
    )
