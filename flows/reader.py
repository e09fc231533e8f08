"""What the readers of inputs share: the time, the outlets, the network, what is known, and what becomes of trouble."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import httpx
import numpy as np
from numpy.typing import NDArray

from claims.articles import Page
from claims.errors import ClaimsError, UnreadableInput
from claims.fetches import FeedState, Fetch
from claims.head import Head, read_head
from claims.markup import check_shape, parse
from claims.records import SetAside
from claims.vocabulary import Stage
from flows.feeds import address_in
from flows.outlets import Outlets
from flows.pages import Manners
from flows.set_asides import set_aside
from flows.settings import Clock

_NOTHING = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An input that an earlier run has dealt with: it is counted, and not read again."""

    what: str


Found = Page | SetAside | Fetch | Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier runs left behind: the state of each feed by address, and what need not be fetched again."""

    states: Mapping[str, FeedState] = field(default_factory=lambda: MappingProxyType({}))
    known: NDArray[np.uint64] = field(default_factory=lambda: _NOTHING)

    def knows(self, address: str | None) -> bool:
        """Return whether an address, or a document's identifier, has been dealt with."""
        if not address or not len(self.known):
            return False
        # As the warehouse computes it: a million addresses are eight megabytes so.
        digest = hashlib.md5(address.encode("utf-8", "replace"), usedforsecurity=False).digest()
        number = np.uint64(int.from_bytes(digest[8:], "little"))
        place = int(np.searchsorted(self.known, number))
        return place < len(self.known) and bool(self.known[place] == number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the network is used, by how many at the same time, and what is remembered of it."""

    manners: Manners = field(default_factory=Manners)
    fetchers: int = 8
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading any input needs to know; `dealt_with` are the addresses of pages that this run has fetched."""

    now: datetime
    outlets: Outlets
    home: Path
    client: httpx.Client
    access: Access
    dealt_with: set[str] = field(default_factory=set)

    def knows(self, address: str | None) -> bool:
        """Return whether an address, or a document's identifier, was dealt with by an earlier run or round."""
        return address in self.dealt_with or self.access.memory.knows(address)

    def aside(self, what: str, error: Exception) -> SetAside:
        """Return the record that `what` could not be used."""
        return set_aside(Stage.INGEST, what, error, Clock.fixed(self.now))


def web_page(text: str, *, url: str | None, raw_ref: str, what: str, reader: Reader) -> Page:
    """Return the page of an HTML document; one without an address takes the canonical one it names."""
    check_shape(text, what=what)
    # A page with an address is parsed once, where it is read.
    head = Head() if url else read_head(parse(text, what=what))
    url = url or address_in(head.canonical)
    outlet = None if url else head.site_name
    return Page(html=text, url=url, outlet=outlet, fetched_at=reader.now, raw_ref=raw_ref, what=what)


def placed(page: Page, reader: Reader) -> Page:
    """Return `page` under its outlet's id where the outlet is known by the given name or by the address."""
    named = page.outlet or page.outlet_name
    known = reader.outlets.find(named) or (None if page.outlet else reader.outlets.find(page.url))
    return replace(page, outlet=known.id) if known else page


def settled(found: Iterator[Page | UnreadableInput] | Iterator[Page], what: str, reader: Reader) -> Iterator[Found]:
    """Yield `found` with outlets known and errors set aside, those included that end it."""
    try:
        for item in found:
            if isinstance(item, UnreadableInput):
                yield reader.aside(item.what, item)
            else:
                yield placed(item, reader)
    except ClaimsError as error:
        yield reader.aside(error.what or what, error)
