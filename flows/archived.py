"""Pages out of the archive, where it is noted how each was read, so that its article can be made again, id and all."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from claims.articles import Page
from claims.cleaning import harmless
from claims.errors import ClaimsError, UnreadableInput
from claims.records import SetAside
from claims.vocabulary import Basis, Stage
from flows.archive import folder, keep, keep_notes, read
from flows.decoding import declared_charset, decoded, known_charset
from flows.set_asides import set_aside
from flows.settings import Clock
from flows.warc import Record, records

_NOTE = "onrecord-page-1"
_NAME = "urn:onrecord:page:"
_HTML = ("text/html", "application/xhtml")
_TEXTS = ("html", "text")
_OWN = frozenset({"fetched_at", "published_basis", "attributions", "is_archived"})


def note_pages(home: Path, pages: Iterable[tuple[str, Page]], *, now: datetime) -> None:
    """Write into the archive how each page was read, by the id of its article; what came out of it is left out."""
    notes = ((_NAME + name, _note(home, page)) for name, page in pages if not page.is_archived and page.raw_ref)
    keep_notes(home, notes, now=now)


def archived_pages(home: Path, *, now: datetime) -> Iterator[Page | SetAside]:
    """Yield every page whose article was stored, as it was read; what is damaged or was changed is set aside."""
    for path in sorted(folder(home).glob("*.warc.gz")):
        try:
            for record in records(path, what=path.name):
                if isinstance(record, UnreadableInput):
                    yield set_aside(Stage.INGEST, record.what, record, Clock.fixed(now))
                elif record.kind == "metadata" and record.url.startswith(_NAME):
                    yield _page_of(home, record, now)
        except ClaimsError as error:
            yield set_aside(Stage.INGEST, path.name, error, Clock.fixed(now))


def moved(page: Page, home: Path, to: Path) -> Page:
    """Return `page` with its kept bytes in the archive of another home."""
    return replace(page, raw_ref=keep(to, read(home, page.raw_ref or "")), is_archived=False)


def warc_pages(path: Path, *, home: Path, now: datetime) -> Iterator[Page | UnreadableInput]:
    """Yield the web pages that a WARC file of anybody's holds, each with when it was fetched.

    What is no page (pictures, errors, redirects) is passed over; a record that is damaged or not what its digest says
    is given as the error that tells so. Raises UnreadableInput for what is no WARC file.
    """
    what = harmless(str(path))
    for record in records(path, what=what):
        if isinstance(record, UnreadableInput):
            yield record
        elif record.kind != "metadata" and record.status in (None, 200) and _is_html(record):
            try:
                yield _web_page(record, home=home, now=now)
            except UnreadableInput as error:
                yield error
            except ClaimsError as error:
                yield UnreadableInput(error.message, what=harmless(record.url) or what)


def _is_html(record: Record) -> bool:
    return record.url.startswith(("http://", "https://")) and record.content_type.lower().startswith(_HTML)


def _web_page(record: Record, *, home: Path, now: datetime) -> Page:
    said = record.content_type.lower().partition("charset=")[2].strip("\"' ;")
    what = harmless(record.url)
    text = decoded(record.payload, what=what, charset=known_charset(said) or declared_charset(record.payload))
    # What is said to be fetched later than now would let dates lie in the future.
    at = min(record.date or now, now)
    return Page(html=text, url=record.url, fetched_at=at, raw_ref=keep(home, record.payload), what=what)


def _note(home: Path, page: Page) -> bytes:
    """Return how `page` was read as JSON: texts that are the kept bytes are only named."""
    note = {f.name: getattr(page, f.name) for f in dataclasses.fields(Page) if f.name not in _OWN}
    note |= {"fetched_at": page.fetched_at.isoformat(), "published_basis": page.published_basis.value}
    if page.attributions is not None:
        note["attributions"] = [dict(item) for item in page.attributions]
    for name in _TEXTS:
        if (text := note[name]) and (charset := _charset_of(text, home, page.raw_ref)):
            note[name] = {"charset": charset}
    return json.dumps({"note": _NOTE, "page": note}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _charset_of(text: str, home: Path, raw_ref: str | None) -> str | None:
    """Return the encoding by which the kept bytes are `text`, None where they are more or something else."""
    try:
        payload = read(home, raw_ref or "")
    except UnreadableInput:
        return None
    for charset in dict.fromkeys(("utf-8", declared_charset(payload), "utf-8-sig", "cp1252")):
        try:
            if charset and payload.decode(charset) == text:
                return charset
        except UnicodeDecodeError:
            continue
    return None


def _page_of(home: Path, record: Record, now: datetime) -> Page | SetAside:
    try:
        return _rebuilt(home, json.loads(record.payload.decode("utf-8", "surrogatepass")), record.url)
    except ClaimsError as error:
        return set_aside(Stage.INGEST, error.what or record.url, error, Clock.fixed(now))
    except (ValueError, TypeError, KeyError) as error:
        unknown = UnreadableInput(f"this note of the archive cannot be read ({error}): read its page again")
        return set_aside(Stage.INGEST, record.url, unknown, Clock.fixed(now))


def _rebuilt(home: Path, value: Mapping[str, object], what: str) -> Page:
    note = value["page"]
    if value["note"] != _NOTE or not isinstance(note, dict):
        raise UnreadableInput("it was noted by another version: read its page again", what=what)
    raw_ref = str(note["raw_ref"])
    # Read even where it is not needed: evidence that was changed is no evidence.
    payload = read(home, raw_ref)
    texts = {name: _text(note[name], payload) for name in _TEXTS}
    given = note.get("attributions")
    return Page(
        **{**note, **texts, "attributions": None if given is None else tuple(given)}
        | {
            "fetched_at": datetime.fromisoformat(note["fetched_at"]),
            "published_basis": Basis(note["published_basis"]),
            "is_archived": True,
        }
    )


def _text(value: object, payload: bytes) -> str | None:
    if isinstance(value, dict):
        return payload.decode(value["charset"])
    return value if isinstance(value, str) else None
