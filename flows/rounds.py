"""Many addresses, looked at in rounds: several hosts at the same time, what they give always in the same order."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from claims.vocabulary import FetchKind
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
        if len(some) == 1:
            yield from list(look_at(some[0], reader))
            continue
        pool = ThreadPoolExecutor(max_workers=min(fetchers, len(some)), thread_name_prefix="fetch")
        try:
            found = list(pool.map(lambda target: list(look_at(target, reader)), some))
        except BaseException:
            # Whoever waits for its turn at a host stops waiting.
            reader.client.close()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        for one in found:
            yield from one


def _target(url: str, reader: Reader, *, only_if_new: bool = False) -> Target:
    listed = reader.outlets.of_feed(url)
    kind = None
    if listed is not None:
        kind = FetchKind.SITEMAP if url in listed.sitemaps else FetchKind.FEED
    return Target(url=url, kind=kind, listed=listed, only_if_new=only_if_new)
