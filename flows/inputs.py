"""Inputs to pages: files, folders, addresses and lists of them; what cannot be read is set aside and stops nothing."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from claims.articles import Page
from claims.cleaning import harmless
from claims.errors import ClaimsError, UnreadableInput, UnreadableText
from flows.archive import keep
from flows.archived import warc_pages
from flows.decoding import declared_charset, decoded
from flows.documents import json_pages, loaded, markdown_page, page_of
from flows.feeds import feed_pages, is_feed
from flows.json_feed import is_json_feed, json_feed_pages
from flows.outlets import Outlets
from flows.pages import MAX_BYTES, open_client
from flows.reader import Access, Found, Reader, placed, settled, web_page
from flows.rounds import due, look_at_all, named
from flows.url_lists import csv_addresses, is_address_list, listed_addresses

__all__ = ["Page", "read_inputs"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read_inputs(
    inputs: Iterable[str], *, now: datetime, outlets: Outlets, home: Path, access: Access | None = None
) -> Iterator[Found]:
    """Yield what `inputs` hold, in order, or the feeds and sitemaps of `outlets` that are due where there are none.

    An input is a file, a folder (read through, in order of name), a list of addresses, or an http(s) address of a page,
    feed or sitemap. Raw bytes are kept under `home`. What cannot be read becomes one SetAside that names it as given
    and says what to do; each look at an address ends in a Fetch, each input that need not be read again in a Known.
    """
    access = access or Access()
    with open_client(replace(access.manners, home=home, now=now)) as client:
        reader = Reader(now=now, outlets=outlets, home=home, client=client, access=access)
        given = tuple(inputs)
        if not given:
            yield from look_at_all(due(reader), reader)
        for are_addresses, some in itertools.groupby(given, key=lambda name: bool(_ADDRESS.match(name))):
            if are_addresses:
                yield from look_at_all(named(dict.fromkeys(some), reader), reader)
            else:
                for name in some:
                    yield from _from_path(Path(name), reader)


def _shown(path: Path) -> str:
    # A file's name may hold bytes that are no letters, or that steer a terminal; a row may not.
    return harmless(str(path))


def _from_path(path: Path, reader: Reader) -> Iterator[Found]:
    what = _shown(path)
    try:
        if path.is_dir():
            yield from _from_folder(path, reader)
        elif not path.exists():
            raise UnreadableInput("there is no such file or folder: check the path", what=what)
        elif not path.is_file():
            raise UnreadableInput("it is neither a file nor a folder: give a file", what=what)
        elif path.name.lower().endswith(_WARCS):
            yield from settled(warc_pages(path, home=reader.home, now=reader.now), what, reader)
        elif path.suffix.lower() not in _READERS | _LISTS:
            known = " ".join(sorted({*_READERS, *_LISTS, *_WARCS}))
            raise UnreadableInput(f"its kind is not known by its name: give one of {known}", what=what)
        elif path.suffix.lower() in _LINES:
            yield from _from_lines(path, reader)
        elif path.suffix.lower() in _LISTS and (addresses := _LISTS[path.suffix.lower()](path, what)) is not None:
            yield from _from_list(addresses, reader)
        else:
            yield from _from_file(path, reader)
    except (ClaimsError, OSError) as error:
        yield reader.aside(what, error)


def _from_folder(folder: Path, reader: Reader) -> Iterator[Found]:
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    # A link to a folder may lead back to where it stands.
    inside = [entry for entry in entries if not (entry.is_symlink() and entry.is_dir())]
    if not inside:
        raise UnreadableInput("there is nothing to read in this folder: put articles into it", what=_shown(folder))
    for entry in inside:
        if entry.is_symlink() and not entry.resolve().is_relative_to(folder.resolve()):
            # Whoever may write into the folder must not choose what else of this machine is read.
            error = UnreadableInput("it is a link that leads out of its folder: put the file there", what=_shown(entry))
            yield reader.aside(_shown(entry), error)
        else:
            yield from _from_path(entry, reader)


def _payload(path: Path, what: str) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableInput(f"it has {size:,} bytes and an article at most {MAX_BYTES:,}: split it", what=what)
    return path.read_bytes()


def _from_file(path: Path, reader: Reader) -> Iterator[Found]:
    what = _shown(path)
    yield from settled(_READERS[path.suffix.lower()](_payload(path, what), what, reader), what, reader)


def _from_list(addresses: Iterable[str | UnreadableInput], reader: Reader) -> Iterator[Found]:
    """Yield what the addresses of a list give, those left out that are known."""
    given = list(addresses)
    for item in given:
        if isinstance(item, UnreadableInput):
            yield reader.aside(item.what, item)
    yield from look_at_all(named([item for item in given if isinstance(item, str)], reader, only_if_new=True), reader)


def _addresses_in_text(path: Path, what: str) -> Iterable[str] | None:
    payload = _payload(path, what)
    # What is no list is read as an article, and its trouble told there.
    text = payload.decode("utf-8-sig", "replace")
    return listed_addresses(text) if is_address_list(text) else None


def _addresses_in_csv(path: Path, what: str) -> Iterable[str | UnreadableInput]:
    return csv_addresses(decoded(_payload(path, what), what=what), what=what)


def _read_text(payload: bytes, what: str, reader: Reader) -> Iterator[Page]:
    text = decoded(payload, what=what)
    yield Page(text=text, fetched_at=reader.now, raw_ref=keep(reader.home, payload), what=what)


def _read_markdown(payload: bytes, what: str, reader: Reader) -> Iterator[Page]:
    text = decoded(payload, what=what)
    yield markdown_page(text, now=reader.now, what=what, raw_ref=keep(reader.home, payload))


def _read_html(payload: bytes, what: str, reader: Reader) -> Iterator[Page]:
    text = decoded(payload, what=what, charset=declared_charset(payload))
    yield web_page(text, url=None, raw_ref=keep(reader.home, payload), what=what, reader=reader)


def _read_json(payload: bytes, what: str, reader: Reader) -> Iterator[Page | UnreadableInput]:
    text, raw_ref = decoded(payload, what=what), keep(reader.home, payload)
    if is_json_feed(value := loaded(text, what=what)):
        return json_feed_pages(value, fetched_at=reader.now, what=what, raw_ref=raw_ref)
    return json_pages(text, now=reader.now, what=what, raw_ref=raw_ref)


def _read_feed(payload: bytes, what: str, reader: Reader) -> Iterator[Page]:
    if not payload.strip():
        raise UnreadableText("it is empty: get the feed again", what=what)
    if not is_feed(payload) and _DOCUMENT.search(payload[:2_000]):
        return _read_html(payload, what, reader)
    return feed_pages(payload, fetched_at=reader.now, what=what, raw_ref=keep(reader.home, payload))


def _from_lines(path: Path, reader: Reader) -> Iterator[Found]:
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


def _from_line(line: bytes | None, what: str, reader: Reader) -> Found:
    try:
        if line is None:
            raise UnreadableInput(f"the line has more than {MAX_BYTES:,} bytes: split its article", what=what)
        document = loaded(decoded(line, what=what), what=what)
        return placed(page_of(document, now=reader.now, what=what, raw_ref=keep(reader.home, line)), reader)
    except (ClaimsError, OSError) as error:
        return reader.aside(what, error)


_LISTS: dict[str, Callable[[Path, str], Iterable[str | UnreadableInput] | None]] = {
    ".txt": _addresses_in_text,
    ".csv": _addresses_in_csv,
}
_LINES = frozenset({".jsonl", ".ndjson"})
_WARCS = (".warc", ".warc.gz")
_READERS: dict[str, Callable[[bytes, str, Reader], Iterator[Page | UnreadableInput] | Iterator[Page]]] = {
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
