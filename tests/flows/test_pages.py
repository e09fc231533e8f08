"""Fetching from a real server on this machine: capped, timed, tried again only where that helps."""

import gzip
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from claims.articles import Page
from claims.fetches import Fetch
from claims.records import SetAside
from flows.failures import FetchError, Gone, Unreachable
from flows.inputs import read_inputs
from flows.outlets import Outlets
from flows.pages import Limits, Manners, fetch, open_client
from flows.reader import Access

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
ARTICLE = b"<html><head><title>Bridge to open</title></head><body><p>Two officials said so.</p></body></html>"
ITEM = b"<item><link>https://l.example/1</link><description>Yes.</description></item>"
FEED = b"<rss version='2.0'><channel><title>L</title>" + ITEM + b"</channel></rss>"
LOOPBACK = Manners(allowed=frozenset({"127.0.0.1"}), interval=0)
ACCESS = Access(manners=LOOPBACK)
QUICK = Limits(attempts=3, pause=0.01, seconds=5.0, max_bytes=100_000)


ANSWERS: dict[str, tuple[bytes, int, dict[str, str]]] = {
    "/article": (ARTICLE, 200, {"Content_Type": "text/html"}),
    "/busy": (b"", 429, {"Retry_After": "0"}),
    "/gone": (b"", 410, {}),
    "/loop": (b"", 302, {"Location": "/loop"}),
    "/out": (b"", 302, {"Location": "file:///etc/passwd"}),
    "/moved": (b"", 301, {"Location": "/article"}),
    "/bomb": (gzip.compress(b"0" * 50_000_000), 200, {"Content_Encoding": "gzip"}),
    "/large": (b"0" * 200_000, 200, {}),
    "/cut": (gzip.compress(ARTICLE)[:-9], 200, {"Content_Encoding": "gzip"}),
    "/deflate": (zlib.compress(ARTICLE), 200, {"Content_Encoding": "deflate"}),
    "/brotli": (ARTICLE, 200, {"Content_Encoding": "br"}),
    "/feed": (FEED, 200, {"Content_Type": "application/rss+xml"}),
    "/json": (b'{"text": "Two officials said so."}', 200, {"Content_Type": "application/json"}),
    "/latin": ("<p>café</p>".encode("latin-1"), 200, {"Content_Type": "text/html; charset=ISO-8859-1"}),
}


class Handler(BaseHTTPRequestHandler):
    """Answers by path; `asked` lists what was asked for, `agents` who asked."""

    asked: list[str] = []  # noqa: RUF012  # one list for all requests of a test
    agents: list[str] = []  # noqa: RUF012

    def log_message(self, *args: object) -> None:
        """Keep the tests' output clean."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.answer(b"", 404)
            return
        self.asked.append(self.path)
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/drip":
            self.drip()
        elif self.path == "/flaky":
            self.answer(ARTICLE, 503 if self.asked.count(self.path) == 1 else 200)
        else:
            body, status, headers = ANSWERS[self.path]
            self.answer(body, status, **headers)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[str]:
    Handler.asked.clear()
    Handler.agents.clear()
    with serving() as address:
        yield address


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(LOOPBACK) as opened:
        yield opened


def test_page_and_where_it_moved_to(site: str, client: httpx.Client) -> None:
    fetched = fetch(f"{site}/moved", client=client, limits=QUICK)
    assert (fetched.url, fetched.body, fetched.content_type) == (f"{site}/article", ARTICLE, "text/html")


def test_says_who_asks(site: str, client: httpx.Client) -> None:
    fetch(f"{site}/article", client=client, limits=QUICK)
    assert Handler.agents[0].startswith("onrecord/")


def test_proxies_of_the_environment_are_ignored(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with open_client(LOOPBACK) as opened:
        assert fetch(f"{site}/article", client=opened, limits=QUICK).body == ARTICLE


def test_server_error_is_tried_again(site: str, client: httpx.Client) -> None:
    assert fetch(f"{site}/flaky", client=client, limits=QUICK).body == ARTICLE
    assert Handler.asked == ["/flaky", "/flaky"]


@pytest.mark.parametrize(
    ("path", "error", "tries"),
    [("/busy", Unreachable, 3), ("/cut", Unreachable, 3), ("/gone", Gone, 1), ("/large", Gone, 1), ("/bomb", Gone, 1),
     ("/brotli", Gone, 1), ("/out", Gone, 1)],
)  # fmt: skip
def test_failure_is_classed_by_what_to_do_next(
    site: str, client: httpx.Client, path: str, error: type[FetchError], tries: int
) -> None:
    with pytest.raises(error) as caught:
        fetch(f"{site}{path}", client=client, limits=QUICK)
    assert caught.value.url == f"{site}{path}"
    assert Handler.asked.count(path) == tries


def test_redirects_that_never_end(site: str, client: httpx.Client) -> None:
    with pytest.raises(Gone):
        fetch(f"{site}/loop", client=client, limits=QUICK)
    assert len(Handler.asked) <= 6


def test_server_that_drips_is_left_at_the_deadline(site: str, client: httpx.Client) -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable, match="longer"):
        fetch(f"{site}/drip", client=client, limits=Limits(attempts=1, seconds=0.3))
    assert time.monotonic() - started < 5


def test_nobody_listens(client: httpx.Client) -> None:
    with serving() as address:
        pass
    with pytest.raises(Unreachable):
        fetch(address, client=client, limits=QUICK)


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "file:///etc/passwd", "http://", "http://[x", "https://" + "a" * 300]
)
def test_what_is_no_web_address_is_gone(client: httpx.Client, url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, client=client, limits=Limits(attempts=1))


def test_deflate_is_unpacked(site: str, client: httpx.Client) -> None:
    assert fetch(f"{site}/deflate", client=client, limits=QUICK).body == ARTICLE


def test_addresses_as_inputs(site: str, tmp_path: Path) -> None:
    outlets = Outlets.model_validate({"outlet": [{"id": "l", "name": "L", "homepage": "https://l.example"}]})
    inputs = [f"{site}{path}" for path in ("/article", "/feed", "/json", "/latin", "/gone")]
    found = list(read_inputs(inputs, now=NOW, outlets=outlets, home=tmp_path, access=ACCESS))
    page, entry, document, latin, gone = (item for item in found if not isinstance(item, Fetch))
    assert isinstance(page, Page)
    assert (page.url, page.html) == (inputs[0], ARTICLE.decode())
    assert isinstance(entry, Page)
    assert (entry.url, entry.outlet) == ("https://l.example/1", "l")
    assert isinstance(document, Page)
    assert document.text == "Two officials said so."
    assert isinstance(latin, Page)
    assert latin.html == "<p>café</p>"
    assert isinstance(gone, SetAside)
    assert (gone.what, gone.error) == (inputs[-1], "Gone")


def test_pages_behind_a_feed_are_read_once_and_only_where_asked_for(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [ITEM.replace(b"https://l.example/1", f"{site}{path}".encode()) for path in ("/article", "/gone")]
    monkeypatch.setitem(ANSWERS, "/own-feed", (FEED.replace(ITEM, b"".join(items)), 200, {}))
    outlet = {"id": "own", "name": "Own", "feeds": [f"{site}/own-feed"]}
    for follow, html in ((False, "Yes."), (True, ARTICLE.decode()), (True, ARTICLE.decode())):
        outlets = Outlets.model_validate({"outlet": [{**outlet, "follow": follow}]})
        found = list(read_inputs([], now=NOW, outlets=outlets, home=tmp_path, access=ACCESS))
        page, gone = (item for item in found if not isinstance(item, Fetch))
        assert isinstance(page, Page)
        assert (page.html, page.url) == (html, f"{site}/article")
        assert isinstance(gone, Page)
        assert gone.html == "Yes."
    assert Handler.asked.count("/article") == 1


def test_without_inputs_the_outlets_feeds_are_read(site: str, tmp_path: Path) -> None:
    outlets = Outlets.model_validate({"outlet": [{"id": "own", "name": "Own", "feeds": [f"{site}/feed"]}]})
    entry, look = read_inputs([], now=NOW, outlets=outlets, home=tmp_path, access=ACCESS)
    assert isinstance(look, Fetch)
    assert (look.address, look.kind, look.status, look.entries_new) == (f"{site}/feed", "feed", "new", 1)
    assert isinstance(entry, Page)
    assert entry.outlet == "own"
