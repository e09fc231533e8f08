"""One look at one address: what it gives is read, and the look itself becomes a row that says when to look again."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from claims.articles import Page
from claims.errors import ClaimsError, UnreadableInput
from claims.fetches import Fetch
from claims.vocabulary import Basis, FetchKind, FetchStatus
from flows.archive import keep_fetched
from flows.decoding import declared_charset, decoded
from flows.documents import json_pages, loaded
from flows.failures import FetchError, Gone, Postponed, Unreachable
from flows.feeds import feed_pages, is_feed
from flows.fetching.unpacking import Damaged, gunzipped
from flows.json_feed import is_json_feed, json_feed_pages
from flows.links import page_behind
from flows.look_rows import Tally, Target, answered, failed, new_row, succeeded, troubled, unchanged
from flows.pages import MAX_BYTES, Fetched, fetch
from flows.polling import validators
from flows.reader import Found, Known, Reader, placed, settled, web_page
from flows.sitemaps import Listed, Sitemap, is_sitemap, read_sitemap

# At five seconds a page a look ends before the next quarter of an hour; what is left waits for the next look.
PAGES_A_LOOK = 100
_FAILURES_A_LOOK = 3
_DEEPEST, _SITEMAPS_A_LOOK = 2, 20


def look_at(target: Target, reader: Reader) -> Iterator[Found]:
    """Yield what an address gives, whatever it is, and at last the row that tells of the look.

    The row comes last, as it may say that nothing new need be sent: all that came is then on its way to the tables.
    """
    if target.only_if_new and reader.knows(target.url):
        yield Known(what=target.url)
        return
    state = reader.access.memory.states.get(target.url)
    try:
        fetched = fetch(target.url, client=reader.client, known=validators(state, now=reader.now))
        digest = hashlib.sha256(fetched.body).hexdigest()
        if fetched.is_unchanged:
            yield unchanged(target, FetchStatus.NOT_MODIFIED, fetched, reader)
        elif state is not None and digest == state.body_sha256:
            yield unchanged(target, FetchStatus.SAME, fetched, reader)
        else:
            yield from _read(target, fetched, reader)
    except FetchError as error:
        yield reader.aside(target.url, error)
        if not isinstance(error, Postponed):
            yield failed(target, error, reader)


def _read(target: Target, fetched: Fetched, reader: Reader) -> Iterator[Found]:
    """Yield what the body of an answer holds, and the row of the look."""
    tally = Tally()
    kind = target.kind or FetchKind.PAGE
    try:
        body = _plain(fetched)
        raw_ref = keep_fetched(reader.home, fetched, now=reader.now)
        kind = _kind(fetched, body)
        if target.kind is not None and kind is FetchKind.PAGE:
            raise UnreadableInput(f"it gives no {target.kind}, but something else: check the address", what=target.url)
        match kind:
            case FetchKind.PAGE:
                yield from _page(fetched, body, raw_ref, reader)
            case FetchKind.FEED:
                yield from _entries(target, _feed(fetched, body, raw_ref, reader), tally, reader)
            case FetchKind.SITEMAP:
                sitemap = read_sitemap(body, what=target.url)
                yield from _sitemap(target, sitemap, tally, reader)
    except ClaimsError as error:
        yield reader.aside(error.what or target.url, error)
        yield failed(replace(target, kind=target.kind or kind), error, reader)
        return
    yield succeeded(answered(new_row(target, kind, reader), fetched), tally, reader)


def _plain(fetched: Fetched) -> bytes:
    try:
        body = gunzipped(fetched.body, cap=MAX_BYTES)
    except Damaged as error:
        raise Unreachable("what came could not be unpacked: try again later", url=fetched.requested) from error
    if len(body) > MAX_BYTES:
        raise Gone(f"it is larger than {MAX_BYTES:,} bytes unpacked: give a smaller one", url=fetched.requested)
    return body


def _is_json(fetched: Fetched, body: bytes) -> bool:
    return fetched.content_type.endswith("json") or body.lstrip()[:1] == b"{"


def _kind(fetched: Fetched, body: bytes) -> FetchKind:
    if is_feed(body):
        return FetchKind.FEED
    if is_sitemap(body):
        return FetchKind.SITEMAP
    if _is_json(fetched, body) and is_json_feed(loaded(decoded(body, what=fetched.requested), what=fetched.requested)):
        return FetchKind.FEED
    return FetchKind.PAGE


def _page(fetched: Fetched, body: bytes, raw_ref: str, reader: Reader) -> Iterator[Found]:
    what = fetched.requested
    if _is_json(fetched, body):
        yield from settled(
            json_pages(decoded(body, what=what), now=reader.now, what=what, raw_ref=raw_ref), what, reader
        )
        return
    text = decoded(body, what=what, charset=fetched.charset or declared_charset(body))
    yield placed(web_page(text, url=fetched.url, raw_ref=raw_ref, what=what, reader=reader), reader)


def _feed(fetched: Fetched, body: bytes, raw_ref: str, reader: Reader) -> Iterator[Page]:
    what = fetched.requested
    if is_feed(body):
        return feed_pages(body, fetched_at=reader.now, what=what, raw_ref=raw_ref)
    value = loaded(decoded(body, what=what), what=what)
    return json_feed_pages(value, fetched_at=reader.now, what=what, raw_ref=raw_ref)


def _sitemap(target: Target, sitemap: Sitemap, tally: Tally, reader: Reader) -> Iterator[Found]:
    entries = (_listed_page(listed, reader) for listed in sitemap.recent_pages(now=reader.now))
    for entry in entries:
        yield from _followed(target, _of_outlet(entry, target), tally, reader)
    tally.is_index = bool(sitemap.sitemaps)
    for listed in sitemap.recent_sitemaps(now=reader.now, how_many=_SITEMAPS_A_LOOK):
        if target.depth == _DEEPEST:
            break
        inner = replace(target, url=listed.url, kind=FetchKind.SITEMAP, depth=target.depth + 1)
        for item in look_at(inner, reader):
            if isinstance(item, Fetch) and item.address == inner.url:
                tally.new += item.entries_new
                tally.known += item.entries_known
                tally.waiting += item.entries_waiting
            yield item


def _listed_page(listed: Listed, reader: Reader) -> Page:
    return Page(
        url=listed.url,
        title=listed.title,
        published=listed.published,
        published_basis=Basis.FEED,
        outlet_name=listed.outlet_name,
        fetched_at=reader.now,
        what=listed.url,
    )


def _of_outlet(entry: Page, target: Target) -> Page:
    return replace(entry, outlet=target.listed.id) if target.listed else entry


def _entries(target: Target, entries: Iterator[Page], tally: Tally, reader: Reader) -> Iterator[Found]:
    """Yield a feed's entries under the outlet that lists it, with the pages behind them if it asks for that."""
    for entry in entries:
        page = _of_outlet(entry, target)
        if target.listed is not None and target.listed.follow and page.url is not None:
            yield from _followed(target, page, tally, reader)
            continue
        if reader.knows(page.url or page.doc_id):
            tally.known += 1
        else:
            tally.new += 1
        yield placed(page, reader)


def _followed(target: Target, entry: Page, tally: Tally, reader: Reader) -> Iterator[Found]:
    """Yield the whole page that an entry links to, or the entry where its page is gone, with the row of that look."""
    url = entry.url or ""
    if reader.knows(url):
        tally.known += 1
        yield Known(what=url)
        return
    if _is_spent(tally):
        tally.waiting += 1
        return
    row = new_row(replace(target, url=url), FetchKind.PAGE, reader)
    try:
        behind = page_behind(entry, url, home=reader.home, client=reader.client)
    except Unreachable as error:
        tally.waiting += 1
        tally.failed_in_row += 1
        tally.has_failed = True
        if not isinstance(error, Postponed):
            yield reader.aside(url, error)
            yield troubled(row, error)
        return
    except (Gone, ClaimsError) as error:
        tally.new += 1
        yield placed(entry, reader) if entry.html or entry.text else reader.aside(url, error)
        yield troubled(row, error)
        return
    tally.new += 1
    tally.failed_in_row = 0
    # What an earlier run asked for before it was killed costs nobody anything now.
    tally.fetched += not behind.was_remembered
    yield placed(behind.page, reader)
    yield answered(row, behind.fetched)


def _is_spent(tally: Tally) -> bool:
    return tally.fetched >= PAGES_A_LOOK or tally.failed_in_row >= _FAILURES_A_LOOK
