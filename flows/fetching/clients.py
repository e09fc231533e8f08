"""The client that all requests go through: guarded, polite, honest about who asks."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from pathlib import Path

import httpx

from flows.fetching.asking import Fetched, Limits, ask
from flows.fetching.deadline import paused
from flows.fetching.guard import Guard, GuardedTransport, Resolve, resolve
from flows.fetching.politeness import Hosts, Timer, Turns
from flows.fetching.robots import AGENT, Robots

_NOT_PRINTABLE = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How we behave on the network.

    `allowed` are hosts that may be private; `home` is where robots.txt and the hosts' next turns are kept; `now` is
    the time by which kept rules age, the machine's own by default; `timer` is the time that turns are counted by.
    """

    allowed: frozenset[str] = frozenset()
    contact: str | None = None
    interval: float = 5.0
    at_once: int = 2
    home: Path | None = None
    now: datetime | None = None
    timer: Timer = field(default_factory=Timer)


def open_client(manners: Manners | None = None, *, resolver: Resolve = resolve) -> httpx.Client:
    """Return a client that names itself, ignores the environment's proxies, keeps no cookies, and obeys `manners`.

    It goes only to the public web and to hosts that are allowed, never where robots.txt forbids it, and no faster
    than each host likes.
    """
    manners = manners or Manners()
    hosts = Hosts(interval=manners.interval, at_once=manners.at_once, folder=manners.home, timer=manners.timer)
    transport = GuardedTransport(Guard(allowed=manners.allowed, resolver=resolver))
    plain = _client(Turns(transport, hosts), manners)

    def read(url: str, limits: Limits) -> Fetched:
        with paused():
            return ask(url, client=plain, limits=limits)

    robots = Robots(read=read, now=lambda: manners.now or datetime.now(UTC), folder=manners.home)
    return _client(Turns(transport, hosts, robots.check), manners)


def agent(contact: str | None) -> str:
    """Return how we call ourselves: name, version, what we do, and whom to ask about it."""
    whom = f"; contact {_NOT_PRINTABLE.sub('', contact)}" if contact else ""
    return f"{AGENT}/{version('onrecord')} (reads news pages and feeds; no browser{whom})"


def _client(transport: httpx.BaseTransport, manners: Manners) -> httpx.Client:
    client = httpx.Client(
        transport=transport,
        headers={
            "User-Agent": agent(manners.contact),
            "Accept": "text/html, application/rss+xml, application/atom+xml, application/feed+json,"
            " application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        },
        timeout=httpx.Timeout(20.0, connect=10.0),
        follow_redirects=False,
        trust_env=False,
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client
