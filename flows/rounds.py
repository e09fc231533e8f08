"""Many addresses, looked at in rounds: several hosts at the same time, what they give always in the same order."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from claims.fetches import Fetch
from claims.vocabulary import FetchKind, FetchStatus
from flows.batches import batches
from flows.look_rows import Target
from flows.looks import look_at
from flows.polling import is_due
from flows.reader import Found, Reader

_ROUND = 4


def named(urls: Iterable[str], reader: Reader, *, only_if_new: bool = False) -> Iterator[Target]:
    """Yield the targets of addresses that somebody gave, each as what outlets.toml lists it, if it does."""
    for url in urls:
        yield _target(url, reader, only_if_new=only_if_new)


def due(reader: Reader) -> Iterator[Target]:
    """Yield the feeds and sitemaps of outlets.toml that are to be looked at now."""
    states = reader.access.memory.states
    for url in (*reader.outlets.feeds(), *reader.outlets.sitemaps()):
        if is_due(states.get(url), now=reader.now):
            yield _target(url, reader)


def look_at_all(targets: Iterable[Target], reader: Reader) -> Iterator[Found]:
    """Yield what the targets give, in their order whichever answers first.

    Nothing is fetched while the caller works on what it was given: then the warehouse may be held.
    """
    fetchers = reader.access.fetchers
    for some in batches(targets, _ROUND * fetchers):
        found = _round(some, reader)
        # Only between rounds: what one look finds must not hang on how quick another one is.
        looks = (item for item in found if isinstance(item, Fetch))
        reader.dealt_with.update(look.address for look in looks if _is_done(look))
        yield from found


def _round(targets: Sequence[Target], reader: Reader) -> list[Found]:
    if len(targets) == 1:
        return list(look_at(targets[0], reader))
    pool = ThreadPoolExecutor(max_workers=min(reader.access.fetchers, len(targets)), thread_name_prefix="fetch")
    try:
        found = list(pool.map(lambda target: list(look_at(target, reader)), targets))
    except BaseException:
        # Whoever waits for its turn at a host stops waiting.
        reader.client.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [item for items in found for item in items]


def _is_done(look: Fetch) -> bool:
    return look.kind is FetchKind.PAGE and look.status is not FetchStatus.UNREACHABLE


def _target(url: str, reader: Reader, *, only_if_new: bool = False) -> Target:
    listed = reader.outlets.of_feed(url)
    kind = None
    if listed is not None:
        kind = FetchKind.SITEMAP if url in listed.sitemaps else FetchKind.FEED
    return Target(url=url, kind=kind, listed=listed, only_if_new=only_if_new)
