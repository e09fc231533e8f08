"""The pages behind a feed's entries: fetched once each, and remembered."""

import json
import tempfile
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The page behind an entry, what was fetched for it, and whether an earlier run that was killed did that."""

    page: Page
    fetched: Fetched
    was_remembered: bool


def page_behind(entry: Page, url: str, *, home: Path, client: httpx.Client) -> Behind:
    """Return `entry` with the whole page at `url`, and what was fetched for that, now or by an earlier run.

    What was fetched is remembered under `home`, so that a run that was killed asks for no page again. Raises
    FetchError where the page cannot be had, ClaimsError where it cannot be read.
    """
    remembered = _remembered(url, home)
    if remembered is None:
        fetched = fetch(url, client=client, limits=_ONE_TRY)
        raw_ref = _remember(url, fetched, home, entry.fetched_at)
    else:
        fetched, raw_ref = remembered
    text = decoded(fetched.body, what=url, charset=fetched.charset or declared_charset(fetched.body))
    check_shape(text, what=url)
    page = replace(entry, html=text, text=None, raw_ref=raw_ref)
    return Behind(page=page, fetched=fetched, was_remembered=remembered is not None)


def _note(url: str, home: Path) -> Path:
    name = key("link", url)
    return home / "links" / name[:2] / name


def _remembered(url: str, home: Path) -> tuple[Fetched, str] | None:
    try:
        told = json.loads(_note(url, home).read_text(encoding="utf-8"))
        fetched = Fetched(
            url=told["url"],
            body=read(home, told["raw_ref"]),
            content_type=told["content_type"],
            charset=known_charset(told["charset"]),
            status=told["status"],
            requested=url,
            headers=tuple((name, value) for name, value in told["headers"]),
            asked_at=datetime.fromisoformat(told["asked_at"]),
            seconds=told["seconds"],
        )
    except (OSError, UnreadableInput, ValueError, KeyError, TypeError):
        # There is none, it is of an older kind, or somebody cleared the archive: the page is asked for again.
        return None
    return fetched, str(told["raw_ref"])


def _remember(url: str, fetched: Fetched, home: Path, now: datetime) -> str:
    raw_ref = keep_fetched(home, fetched, now=now)
    told = {
        "raw_ref": raw_ref,
        "url": fetched.url,
        "content_type": fetched.content_type,
        "charset": fetched.charset,
        "status": fetched.status,
        "headers": fetched.headers,
        "asked_at": fetched.asked_at.isoformat(),
        "seconds": fetched.seconds,
    }
    note = _note(url, home)
    note.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=note.parent, prefix=".part-", delete=False, encoding="utf-8") as part:
        json.dump(told, part)
    Path(part.name).replace(note)
    return raw_ref
