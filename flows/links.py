"""The pages behind a feed's entries: fetched once each, politely, and remembered."""

import time
from dataclasses import replace
from pathlib import Path

import httpx

from claims.articles import Page
from claims.errors import ClaimsError, UnreadableInput
from claims.markup import check_shape
from claims.records import key
from flows.archive import keep, read
from flows.decoding import declared_charset, decoded, known_charset
from flows.failures import FetchError
from flows.pages import Limits, fetch

# An entry's page is asked for again by the next run: one try an hour is enough.
_ONE_TRY = Limits(attempts=1)


def page_behind(entry: Page, *, home: Path, client: httpx.Client, pause: float = 1.0) -> Page:
    """Return `entry` with the whole page that it links to, or as it is where that page cannot be had.

    What was fetched is remembered under `home`, so that a feed read every hour asks for each page once; `pause` is
    how many seconds pass before an address is asked.
    """
    if entry.url is None:
        return entry
    try:
        payload, charset, raw_ref = _remembered(entry.url, home) or _fetched(entry.url, home, client, pause)
        text = decoded(payload, what=entry.url, charset=charset or declared_charset(payload))
        check_shape(text, what=entry.url)
    except (ClaimsError, FetchError):
        return entry
    return replace(entry, html=text, raw_ref=raw_ref)


def _note(url: str, home: Path) -> Path:
    name = key("link", url)
    return home / "links" / name[:2] / name


def _remembered(url: str, home: Path) -> tuple[bytes, str | None, str] | None:
    note = _note(url, home)
    if not note.exists():
        return None
    raw_ref, _, charset = note.read_text(encoding="utf-8").partition("\n")
    try:
        return read(home, raw_ref), known_charset(charset), raw_ref
    except UnreadableInput:
        # Somebody cleared the archive: the page is asked for again.
        return None


def _fetched(url: str, home: Path, client: httpx.Client, pause: float) -> tuple[bytes, str | None, str]:
    time.sleep(pause)
    fetched = fetch(url, client=client, limits=_ONE_TRY)
    raw_ref = keep(home, fetched.body)
    note = _note(url, home)
    note.parent.mkdir(parents=True, exist_ok=True)
    part = note.with_suffix(".part")
    part.write_text(f"{raw_ref}\n{fetched.charset or ''}", encoding="utf-8")
    part.replace(note)
    return fetched.body, fetched.charset, raw_ref
