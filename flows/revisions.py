"""Pages looked at again: an hour, six hours, a day, three, a week and a month after they were first seen.

Most edits fall into the first hours; what is not changed within a month seldom is. A page that did not answer is asked
again an hour later; one that is gone is told so by a row, and its articles stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from claims.articles import Page
from claims.fetches import FeedState, Fetch
from claims.records import SetAside
from claims.vocabulary import Basis, FetchKind, FetchStatus
from flows.batches import Tell, batches, silent
from flows.ingest import STAGE, access_from, ingest_batch
from flows.outlets import read_outlets
from flows.pages import open_client
from flows.reader import Found, Memory, Reader
from flows.rounds import look_at_all, named
from flows.run_log import Counts, add_counts, logged
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.pages import Refetch, refetches_due
from warehouse.read import Connection

STEPS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24, 30 * 24))
# At five seconds a page this is an hour's work at one host; the rest comes with the next run.
MOST = 700
_NOT_HAD = (
    FetchStatus.GONE.value, FetchStatus.REFUSED.value, FetchStatus.UNREACHABLE.value, FetchStatus.UNREADABLE.value
)  # fmt: skip


def due_refetches(con: Connection, as_of: datetime, *, how_many: int = MOST) -> list[Refetch]:
    """Return the pages that are due to be looked at again at `as_of`, most overdue first."""
    return refetches_due(con, as_of=as_of, steps=STEPS, how_many=how_many)


def refetch(settings: Settings, clock: Clock, *, tell: Tell = silent) -> Counts:
    """Look again at every page that is due, store what was edited, and return the counts.

    The warehouse is not held while anything is fetched. A server that says that nothing has changed is believed, but
    not for longer than a day. A run that was killed is due again.
    """
    outlets = read_outlets(settings.outlets)
    access = access_from(settings)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        due = {page.url: page for page in due_refetches(con, clock.as_of)}
    states = {url: _state(page) for url, page in due.items()}
    with (
        logged(settings.home, STAGE) as counts,
        open_client(replace(access.manners, home=settings.home, now=clock.recorded_at)) as client,
    ):
        counts.update(looked=0, edited=0, same=0, **dict.fromkeys(_NOT_HAD, 0))
        access = replace(access, memory=Memory(states=states))
        reader = Reader(now=clock.recorded_at, outlets=outlets, home=settings.home, client=client, access=access)
        found = _as_before(look_at_all(named(due, reader), reader), due)
        for some in batches(found, settings.batch):
            done = ingest_batch(settings, clock, some, outlets)
            counts.update(add_counts(counts, _told(some, done)))
            tell(STAGE, counts)
    return counts


def _state(page: Refetch) -> FeedState:
    """Return what earlier looks at a page left behind, in the form that a look takes it."""
    return FeedState(
        address=page.url,
        kind=FetchKind.PAGE,
        looked_at=page.looked_at or page.first_seen_at,
        failures=0.0,
        interval_seconds=None,
        next_look_at=None,
        etag=page.etag,
        last_modified=page.last_modified,
        body_sha256=page.body_sha256,
        succeeded_at=page.succeeded_at,
        read_in_full_at=page.read_in_full_at,
    )


def _as_before(found: Iterable[Found], due: Mapping[str, Refetch]) -> Iterator[Found]:
    """Yield the pages with what a feed had said of them, and the rows of the looks without when to look again.

    What cannot be had now is no input that failed: its row tells it, and the article stands.
    """
    for item in found:
        if isinstance(item, SetAside):
            continue
        if isinstance(item, Fetch):
            yield replace(item, next_look_at=None, interval_seconds=None)
        elif isinstance(item, Page) and (before := due.get(item.what)):
            yield _told_before(item, before)
        else:
            yield item


def _told_before(page: Page, before: Refetch) -> Page:
    """Return `page` as it was first read: by the same name, outlet and date, where these were given with it."""
    by_feed = before.published_basis is Basis.FEED and before.published_earliest == before.published_latest
    published = before.published_earliest.isoformat() if by_feed and before.published_earliest else None
    return replace(
        page,
        outlet=before.outlet_id,
        url=before.url,
        title=before.title if _given(before.title_from) else None,
        byline=before.byline if _given(before.byline_from) else None,
        credit=before.credit if _given(before.credit_from) else None,
        published=published,
        published_basis=Basis.FEED if published else page.published_basis,
    )


def _given(origin: str | None) -> bool:
    return origin is not None and origin.startswith("given")


def _told(found: Iterable[Found], done: Counts) -> Counts:
    """Return what became of the looks of one batch."""
    statuses = [item.status.value for item in found if isinstance(item, Fetch)]
    not_had = {word: statuses.count(word) for word in _NOT_HAD}
    same = len(statuses) - done["stored"] - sum(not_had.values())
    return {"looked": len(statuses), "edited": done["stored"], "same": same, **not_had}
