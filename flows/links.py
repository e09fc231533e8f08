"""The pages behind a feed's entries: fetched once each, and remembered."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx

from claims.articles import Page
from claims.errors import UnreadableInput
from claims.markup import check_shape
from claims.records import key
from flows.archive import keep_fetched, read
from flows.decoding import declared_charset, decoded, known_charset
from flows.pages import Fetched, Limits, fetch

# An entry's page is asked for again by the next run: one try an hour is enough.
_ONE_TRY = Limits(attempts=1)


def page_behind(entry: Page, url: str, *, home: Path, client: httpx.Client) -> tuple[Page, Fetched | None]:
    """Return `entry` with the whole page at `url`, and what was fetched for that: nothing where it is remembered.

    What was fetched is remembered under `home`, so that a run that was killed asks for no page again. Raises
    FetchError where the page cannot be had, ClaimsError where it cannot be read.
    """
    fetched = None
    remembered = _remembered(url, home)
    if remembered is None:
        fetched = fetch(url, client=client, limits=_ONE_TRY)
        remembered = fetched.body, fetched.charset, _remember(url, fetched, home, entry.fetched_at)
    payload, charset, raw_ref = remembered
    text = decoded(payload, what=url, charset=charset or declared_charset(payload))
    check_shape(text, what=url)
    return replace(entry, html=text, text=None, raw_ref=raw_ref), fetched


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


def _remember(url: str, fetched: Fetched, home: Path, now: datetime) -> str:
    raw_ref = keep_fetched(home, fetched, now=now)
    note = _note(url, home)
    note.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=note.parent, prefix=".part-", delete=False, encoding="utf-8") as part:
        part.write(f"{raw_ref}\n{fetched.charset or ''}")
    Path(part.name).replace(note)
    return raw_ref
