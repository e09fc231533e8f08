"""Forty sites on loopback that misbehave as sites do, under a clock that the test moves.

What a site answers depends only on who is asked for what at which simulated time, so that a run that was killed finds
on its return what it would have found before. The farm counts: who asked for what, and when by the asker's own turns.
"""

import gzip
import json
import random
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from farm_stories import End, Kind, Site, Story, html, text_of, title

START = datetime(2024, 3, 4, tzinfo=UTC)
TIME, TURN = "X-Farm-Time", "X-Farm-Turn"
# How long a feed goes on listing an article: longer than any trouble lasts.
LISTED = timedelta(days=6)
INTERVAL, SLOW_INTERVAL = 5.0, 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent; `said` is the length that is claimed, `hangs` sends nothing and closes."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    said: int | None = None
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the farm saw it; `turn` is when the asker says that it was let through."""

    site: str
    path: str
    at: datetime
    turn: float


@dataclass
class Farm:
    """The sites, their stories, and what was asked of them."""

    n_sites: int
    n_stories: int
    days: float
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = tuple(Kind)
        self.sites = [Site(number, kinds[number % len(kinds)]) for number in range(self.n_sites)]
        gap = timedelta(days=self.days) / self.n_stories
        self.stories = [self._story(number, START + gap * number) for number in range(self.n_stories)]
        self._by_place = {(story.site.name, story.path): story for story in self.stories}

    def _story(self, number: int, published_at: datetime) -> Story:
        chance = random.Random(f"story {number}")
        rank = number // self.n_sites
        # The site is drawn anew in each round, so that reprints come from everywhere.
        site = self.sites[(number + rank) % self.n_sites]
        edited = published_at + timedelta(hours=chance.randint(30, 100)) if number % 7 == 5 else None
        reprints = number - 3 if number % 10 == 9 else None
        return Story(number, site, published_at, edited if reprints is None else None, reprints, rank)

    def url(self, story: Story) -> str:
        return f"http://{story.site.name}:{self.port}{story.path}"

    def outlets(self) -> str:
        """Return the outlets.toml of the farm."""
        parts = []
        for site in self.sites:
            place = f"http://{site.name}:{self.port}"
            feeds = f'sitemaps = ["{place}/news.xml"]' if site.kind is Kind.SITEMAP else f'feeds = ["{place}/feed"]'
            follow = str(site.kind is not Kind.ATOM).lower()
            parts.append(
                f'[[outlet]]\nid = "site-{site.number:02}"\nname = "Site {site.number:02}"\n'
                f'homepage = "{place}/"\n{feeds}\nfollow = {follow}\n'
            )
        return "\n".join(parts)

    def listed(self, site: Site, at: datetime) -> list[Story]:
        """Return the stories that a site lists at a time, the newest first."""
        found = [s for s in self.stories if s.site == site and s.published_at <= at < s.published_at + LISTED]
        return found[::-1]

    def answer(self, site: Site, path: str, at: datetime) -> Answer:
        """Return what a site answers at a time."""
        turn = int((at - START) / timedelta(hours=1)) // 6 + site.number
        if site.kind is Kind.DEAD or (site.kind is Kind.HANGING and turn % 8 == 0):
            return Answer(hangs=True)
        if path == "/robots.txt":
            return self._robots(site, at)
        if site.kind is Kind.FAILING and turn % 3 == 0:
            return Answer(status=500, body=b"oh dear")
        if path in ("/feed", "/news.xml"):
            return _typed("application/xml", self._listing(site, at).encode())
        story = self._by_place.get((site.name, path.replace("/moved/", "/story/")))
        return self._page(story, path, at) if story is not None and story.published_at <= at else Answer(status=404)

    def _robots(self, site: Site, at: datetime) -> Answer:
        match site.kind:
            case Kind.PRIVATE:
                rules = "User-agent: *\nDisallow: /private/\n"
            case Kind.SLOW:
                rules = f"User-agent: *\nCrawl-delay: {SLOW_INTERVAL:.0f}\n"
            case Kind.CLOSED:
                rules = "User-agent: *\nDisallow: /\n"
            case Kind.NO_RULES if at < START + timedelta(days=1):
                return Answer(status=503)
            case _:
                return Answer(status=404)
        return _typed("text/plain", rules.encode())

    def _listing(self, site: Site, at: datetime) -> str:
        stories = self.listed(site, at)
        match site.kind:
            case Kind.ATOM:
                return _atom(self, site, stories, at)
            case Kind.JSON:
                items = [
                    {
                        "id": self.url(s),
                        "url": self.url(s),
                        "title": title(s),
                        "date_published": s.published_at.isoformat(),
                    }
                    for s in stories
                ]
                feed = {"version": "https://jsonfeed.org/version/1.1", "title": site.name, "items": items}
                return json.dumps(feed)
            case Kind.SITEMAP:
                return _sitemap(self, stories)
            case _:
                return _rss(self, site, stories)

    def _page(self, story: Story, path: str, at: datetime) -> Answer:  # noqa: PLR0911  # a line a kind
        kind, page = story.site.kind, html(story, at)
        match kind:
            case Kind.MOVING if story.end is End.GONE:
                return Answer(status=302, headers=(("Location", f"{path}?again"),))
            case Kind.MOVING if path.startswith("/story/"):
                return Answer(status=301, headers=(("Location", path.replace("/story/", "/moved/")),))
            case Kind.LYING if story.end is End.UNREACHABLE:
                return Answer(body=page.encode(), said=10 * len(page))
            case Kind.LOSING if story.end is End.GONE:
                return Answer(status=410)
            case Kind.WINDOWS:
                packed = gzip.compress(page.replace("utf-8", "windows-1252").encode("cp1252"))
                return Answer(body=packed, headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
            case Kind.UTF16:
                packed = zlib.compress(page.replace("utf-8", "utf-16").encode("utf-16"))
                return Answer(body=packed, headers=(("Content-Type", "text/html"), ("Content-Encoding", "deflate")))
            case _:
                return _typed("text/html; charset=utf-8", page.encode())


def _typed(kind: str, body: bytes) -> Answer:
    return Answer(body=body, headers=(("Content-Type", kind), ("ETag", f'"{zlib.crc32(body):08x}"')))


def _rss(farm: Farm, site: Site, stories: list[Story]) -> str:
    items = "".join(
        f"<item><title>{escape(title(s))}</title><link>{farm.url(s)}</link>"
        f"<pubDate>{format_datetime(s.published_at)}</pubDate></item>"
        for s in stories
    )
    place = f"http://{site.name}:{farm.port}/"
    return f'<rss version="2.0"><channel><title>{site.name}</title><link>{place}</link>{items}</channel></rss>'


def _atom(farm: Farm, site: Site, stories: list[Story], at: datetime) -> str:
    entries = "".join(
        f'<entry><title>{escape(title(s))}</title><link href="{farm.url(s)}"/><id>{farm.url(s)}</id>'
        f"<published>{s.published_at.isoformat()}</published><updated>{s.published_at.isoformat()}</updated>"
        f'<content type="html">{escape("".join(f"<p>{escape(part)}</p>" for part in text_of(s, at)))}</content></entry>'
        for s in stories
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{site.name}</title><id>{site.name}</id>'
        f"<updated>{at.isoformat()}</updated>{entries}</feed>"
    )


def _sitemap(farm: Farm, stories: list[Story]) -> str:
    entries = "".join(
        f"<url><loc>{farm.url(s)}</loc><news:news><news:publication><news:name>{s.site.name}</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{s.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(title(s))}</news:title></news:news></url>"
        for s in stories
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f"<urlset {spaces}>{entries}</urlset>"


@contextmanager
def open_farm(n_sites: int, n_stories: int, days: float) -> Iterator[Farm]:
    """Yield a farm that answers on loopback until the block ends."""
    farm = Farm(n_sites, n_stories, days)
    sites = {site.name: site for site in farm.sites}
    lock = threading.Lock()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site = sites[self.headers["Host"].partition(":")[0]]
            path = self.path.partition("?")[0]
            at = datetime.fromisoformat(self.headers[TIME])
            with lock:
                farm.asked.append(Asked(site.name, path, at, float(self.headers[TURN])))
            answer = farm.answer(site, path, at)
            if answer.hangs:
                ended.wait(4.0)
                self.close_connection = True
                return
            headers = dict(answer.headers)
            if headers.get("ETag") and headers["ETag"] == self.headers["If-None-Match"]:
                answer = Answer(status=304, headers=answer.headers)
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.said is None else answer.said))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = answer.said is not None

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Say nothing of who hung up: askers are killed here."""

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        farm.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield farm
        finally:
            ended.set()
            server.shutdown()
