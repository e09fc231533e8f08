"""The rows that tell of looks: what came of each, what to send along next time, and when that is."""

import hashlib
from dataclasses import dataclass, replace

from claims.cleaning import harmless
from claims.errors import ClaimsError
from claims.fetches import Fetch
from claims.records import key
from claims.vocabulary import FetchKind, FetchStatus
from flows.failures import FetchError, Gone, Refused, Unreachable
from flows.outlets import KnownOutlet
from flows.pages import Fetched
from flows.polling import LONGEST, RETRY, SHORTEST, SOFT, Next, after_failure, after_success, weight_of
from flows.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to look at: `kind` and `listed` where outlets.toml lists it.

    One out of a list of addresses is left alone where it is known; one that somebody names is looked at again.
    """

    url: str
    kind: FetchKind | None = None
    listed: KnownOutlet | None = None
    only_if_new: bool = False
    depth: int = 0


@dataclass(slots=True)
class Tally:
    """What the entries of one look came to so far."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    fetched: int = 0
    failed_in_row: int = 0
    has_failed: bool = False
    is_index: bool = False


def new_row(target: Target, kind: FetchKind, reader: Reader) -> Fetch:
    """Return the row of a look at an address that went well, before anything is said of what came."""
    return Fetch(
        fetch_id=key("fetch", target.url, reader.now.isoformat()),
        address=harmless(target.url),
        kind=kind,
        outlet_id=target.listed.id if target.listed else None,
        status=FetchStatus.NEW,
        recorded_at=reader.now,
    )


def troubled(row: Fetch, error: Exception) -> Fetch:
    """Return the row of a look that came to `error`."""
    match error:
        case Refused():
            status = FetchStatus.REFUSED
        case Gone():
            status = FetchStatus.GONE
        case Unreachable():
            status = FetchStatus.UNREACHABLE
        case _:
            status = FetchStatus.UNREADABLE
    said = error.status if isinstance(error, FetchError) else None
    return replace(row, status=status, http_status=said, message=harmless(" ".join(str(error).split())))


def answered(row: Fetch, fetched: Fetched) -> Fetch:
    """Return the row with what the answer said of itself."""
    known = fetched.validators
    return replace(
        row,
        http_status=fetched.status,
        final_url=fetched.url if fetched.url != fetched.requested else None,
        etag=known.etag,
        last_modified=known.last_modified,
        body_sha256=hashlib.sha256(fetched.body).hexdigest(),
        bytes=len(fetched.body),
        seconds=round(fetched.seconds, 3),
    )


def timed(row: Fetch, later: Next) -> Fetch:
    """Return the row with when to look again."""
    return replace(
        row,
        failures=later.failures,
        interval_seconds=later.interval_seconds,
        next_look_at=later.next_look_at,
    )


def failed(target: Target, error: FetchError | ClaimsError, reader: Reader) -> Fetch:
    """Return the row of a look that brought no answer that can be used."""
    state = reader.access.memory.states.get(target.url)
    kind = target.kind or (state.kind if state else FetchKind.PAGE)
    row = troubled(new_row(target, kind, reader), error)
    if row.kind is FetchKind.PAGE:
        return row
    asked = error.retry_after if isinstance(error, Unreachable) else None
    weight = weight_of(error) if isinstance(error, FetchError) else SOFT
    return timed(row, after_failure(state, now=reader.now, weight=weight, retry_after=asked))


def unchanged(target: Target, status: FetchStatus, fetched: Fetched, reader: Reader) -> Fetch:
    """Return the row of a look that found all as it was."""
    state = reader.access.memory.states[target.url]
    row = answered(replace(new_row(target, target.kind or state.kind, reader), status=status), fetched)
    later = after_success(state, now=reader.now, new=0, known=0)
    return replace(
        timed(row, later),
        etag=row.etag or state.etag,
        last_modified=row.last_modified or state.last_modified,
        body_sha256=state.body_sha256,
    )


def succeeded(row: Fetch, tally: Tally, reader: Reader) -> Fetch:
    """Return the row of a look that brought what `tally` counts; a page is not looked at again by itself."""
    if row.kind is FetchKind.PAGE:
        return row
    state = reader.access.memory.states.get(row.address)
    wait = RETRY if tally.has_failed else SHORTEST if tally.waiting else LONGEST
    later = after_success(state, now=reader.now, new=tally.new, known=tally.known, at_latest=wait)
    row = replace(timed(row, later), entries_new=tally.new, entries_known=tally.known, entries_waiting=tally.waiting)
    # While something waits the next look reads all again; an index may stay as it is while what it lists changes.
    whole = tally.waiting or tally.is_index
    return replace(row, etag=None, last_modified=None, body_sha256=None) if whole else row
