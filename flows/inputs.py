"""Inputs to pages: files, folders, web pages and feeds; whatever cannot be read is set aside and stops nothing."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import httpx

from claims.articles import Page
from claims.errors import ClaimsError, UnreadableInput, UnreadableText
from claims.head import Head, read_head
from claims.markup import check_shape, parse
from claims.records import SetAside
from claims.vocabulary import Stage
from flows.archive import keep
from flows.decoding import declared_charset, decoded
from flows.documents import json_pages, loaded, markdown_page, page_of
from flows.failures import FetchError
from flows.feeds import feed_pages, is_feed
from flows.links import page_behind
from flows.outlets import Outlets
from flows.pages import MAX_BYTES, fetch, open_client
from flows.set_asides import set_aside
from flows.settings import Clock

__all__ = ["Page", "read_inputs"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_Found = Iterator[Page | SetAside]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """What reading any input needs to know."""

    now: datetime
    outlets: Outlets
    home: Path
    client: httpx.Client

    def aside(self, what: str, error: Exception) -> SetAside:
        return set_aside(Stage.INGEST, what, error, Clock.fixed(self.now))


def read_inputs(inputs: Iterable[str], *, now: datetime, outlets: Outlets, home: Path) -> _Found:
    """Yield the pages of `inputs` in order, or of every feed in `outlets` where there are none.

    An input is a file, a folder (read through, in order of name), or an http(s) address of a page or feed. Raw bytes
    are kept under `home`. What cannot be read becomes one SetAside that names it as given and says what to do.
    """
    with open_client() as client:
        reader = _Reader(now=now, outlets=outlets, home=home, client=client)
        for given in tuple(inputs) or outlets.feeds():
            yield from _from_address(given, reader) if _ADDRESS.match(given) else _from_path(Path(given), reader)


def _from_address(url: str, reader: _Reader) -> _Found:
    try:
        fetched = fetch(url, client=reader.client)
        body = fetched.body
        raw_ref = keep(reader.home, body)
        if fetched.content_type.endswith("json"):
            pages = json_pages(decoded(body, what=url), now=reader.now, what=url, raw_ref=raw_ref)
            yield from _settled(pages, url, reader)
        elif is_feed(body):
            found = feed_pages(body, fetched_at=reader.now, what=url, raw_ref=raw_ref)
            yield from _settled(_of_listed(found, url, reader), url, reader)
        else:
            text = decoded(body, what=url, charset=fetched.charset or declared_charset(body))
            yield _placed(_web_page(text, url=fetched.url, raw_ref=raw_ref, what=url, reader=reader), reader)
    except (ClaimsError, FetchError, OSError) as error:
        yield reader.aside(url, error)


def _of_listed(entries: Iterator[Page], feed: str, reader: _Reader) -> Iterator[Page]:
    """Yield the entries of a feed under the outlet that lists it, with the pages behind them if it asks for that."""
    listed = reader.outlets.of_feed(feed)
    for entry in entries:
        page = replace(entry, outlet=listed.id) if listed else entry
        yield page_behind(page, home=reader.home, client=reader.client) if listed and listed.follow else page


def _web_page(text: str, *, url: str | None, raw_ref: str, what: str, reader: _Reader) -> Page:
    """Return the page of an HTML document; one without an address takes the canonical one it names."""
    check_shape(text, what=what)
    # A page with an address is parsed once, where it is read.
    head = Head() if url else read_head(parse(text, what=what))
    url = url or head.canonical
    outlet = None if url else head.site_name
    return Page(html=text, url=url, outlet=outlet, fetched_at=reader.now, raw_ref=raw_ref, what=what)


def _placed(page: Page, reader: _Reader) -> Page:
    """Return `page` under its outlet's id where the outlet is known by the given name or by the address."""
    named = page.outlet or page.outlet_name
    known = reader.outlets.find(named) or (None if page.outlet else reader.outlets.find(page.url))
    return replace(page, outlet=known.id) if known else page


def _settled(found: Iterator[Page | UnreadableInput] | Iterator[Page], what: str, reader: _Reader) -> _Found:
    """Yield `found` with outlets known and errors set aside, those included that end it."""
    try:
        for item in found:
            if isinstance(item, UnreadableInput):
                yield reader.aside(item.what, item)
            else:
                yield _placed(item, reader)
    except ClaimsError as error:
        yield reader.aside(error.what or what, error)


def _shown(path: Path) -> str:
    # A file's name may hold bytes that are no letters; a row may not.
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _from_path(path: Path, reader: _Reader) -> _Found:
    what = _shown(path)
    try:
        if path.is_dir():
            yield from _from_folder(path, reader)
        elif not path.exists():
            raise UnreadableInput("there is no such file or folder: check the path", what=what)
        elif not path.is_file():
            raise UnreadableInput("it is neither a file nor a folder: give a file", what=what)
        elif path.suffix.lower() not in _READERS:
            known = " ".join(sorted(_READERS))
            raise UnreadableInput(f"its kind is not known by its name: give one of {known}", what=what)
        elif path.suffix.lower() in _LINES:
            yield from _from_lines(path, reader)
        else:
            yield from _from_file(path, reader)
    except (ClaimsError, OSError) as error:
        yield reader.aside(what, error)


def _from_folder(folder: Path, reader: _Reader) -> _Found:
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    # A link to a folder may lead back to where it stands.
    inside = [entry for entry in entries if not (entry.is_symlink() and entry.is_dir())]
    if not inside:
        raise UnreadableInput("there is nothing to read in this folder: put articles into it", what=_shown(folder))
    for entry in inside:
        yield from _from_path(entry, reader)


def _from_file(path: Path, reader: _Reader) -> _Found:
    what = _shown(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableInput(f"it has {size:,} bytes and an article at most {MAX_BYTES:,}: split it", what=what)
    payload = path.read_bytes()
    yield from _settled(_READERS[path.suffix.lower()](payload, what, reader), what, reader)


def _read_text(payload: bytes, what: str, reader: _Reader) -> Iterator[Page]:
    text = decoded(payload, what=what)
    yield Page(text=text, fetched_at=reader.now, raw_ref=keep(reader.home, payload), what=what)


def _read_markdown(payload: bytes, what: str, reader: _Reader) -> Iterator[Page]:
    text = decoded(payload, what=what)
    yield markdown_page(text, now=reader.now, what=what, raw_ref=keep(reader.home, payload))


def _read_html(payload: bytes, what: str, reader: _Reader) -> Iterator[Page]:
    text = decoded(payload, what=what, charset=declared_charset(payload))
    yield _web_page(text, url=None, raw_ref=keep(reader.home, payload), what=what, reader=reader)


def _read_json(payload: bytes, what: str, reader: _Reader) -> Iterator[Page | UnreadableInput]:
    text = decoded(payload, what=what)
    return json_pages(text, now=reader.now, what=what, raw_ref=keep(reader.home, payload))


def _read_feed(payload: bytes, what: str, reader: _Reader) -> Iterator[Page]:
    if not payload.strip():
        raise UnreadableText("it is empty: get the feed again", what=what)
    if not is_feed(payload) and _DOCUMENT.search(payload[:2_000]):
        return _read_html(payload, what, reader)
    return feed_pages(payload, fetched_at=reader.now, what=what, raw_ref=keep(reader.home, payload))


def _from_lines(path: Path, reader: _Reader) -> _Found:
    """Yield the pages of a JSON Lines file, a line at a time: such a file may be larger than memory."""
    what = _shown(path)
    seen = False
    with path.open("rb") as file:
        for number, line in enumerate(_capped_lines(file), start=1):
            if line is not None and not line.strip():
                continue
            seen = True
            yield _from_line(line, f"{what}:{number}", reader)
    if not seen:
        raise UnreadableText("it is empty: give one article a line", what=what)


def _capped_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of `file`, None for one that is longer than an article may be."""
    while line := file.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
        yield None


def _from_line(line: bytes | None, what: str, reader: _Reader) -> Page | SetAside:
    try:
        if line is None:
            raise UnreadableInput(f"the line has more than {MAX_BYTES:,} bytes: split its article", what=what)
        document = loaded(decoded(line, what=what), what=what)
        return _placed(page_of(document, now=reader.now, what=what, raw_ref=keep(reader.home, line)), reader)
    except (ClaimsError, OSError) as error:
        return reader.aside(what, error)


_LINES = frozenset({".jsonl", ".ndjson"})
_READERS: dict[str, Callable[[bytes, str, _Reader], Iterator[Page | UnreadableInput] | Iterator[Page]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": _read_json,
    ".ndjson": _read_json,
    ".xml": _read_feed,
    ".rss": _read_feed,
    ".atom": _read_feed,
}
