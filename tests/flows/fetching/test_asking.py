"""An answer is read only as far as it may cost: bombs, lies about length, drips, redirects, conditional requests."""

import contextlib
import gzip
import ssl
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import LOOPBACK, Site, serving

from flows.failures import FetchError, Gone, Unreachable
from flows.fetching.asking import ask, retry_after
from flows.fetching.clients import agent, open_client
from flows.fetching.unpacking import Damaged, gunzipped, unpacked
from flows.pages import Limits, Validators, fetch

TEXT = b"<p>Two officials said that the bridge would open in June.</p>"
SMALL = Limits(attempts=1, seconds=5.0, max_bytes=100_000)
SHORT = Limits(attempts=1, seconds=0.3)
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(LOOPBACK) as opened:
        yield opened


def test_what_a_record_of_the_exchange_needs_is_there(site: Site, client: httpx.Client) -> None:
    site.says("/new", TEXT, ETag='"1"', Last_Modified="Tue, 30 Apr 2024 10:00:00 GMT", Content_Type="text/html")
    moved = site.says("/old", status=301, Location="/new")
    fetched = fetch(moved, client=client, limits=SMALL)
    assert (fetched.requested, fetched.url, fetched.status, fetched.reason) == (moved, f"{site.address}/new", 200, "OK")
    assert (fetched.http_version, fetched.header("etag"), fetched.header("nothing")) == ("HTTP/1.1", '"1"', None)
    assert ("Content-Type", "text/html") in fetched.headers
    assert dict(fetched.request_headers)["User-Agent"].startswith("onrecord/")
    assert fetched.asked_at.tzinfo is UTC
    assert not fetched.is_unchanged


def test_what_is_known_need_not_come_again(site: Site, client: httpx.Client) -> None:
    page = site.says("/page", TEXT, ETag='"1"')
    first = fetch(page, client=client, limits=SMALL)
    second = fetch(page, client=client, limits=SMALL, known=first.validators)
    assert (second.is_unchanged, second.body) == (True, b"")
    site.says("/page", TEXT * 2, ETag='"2"')
    assert fetch(page, client=client, limits=SMALL, known=first.validators).body == TEXT * 2


def test_a_304_that_nobody_asked_for_is_no_answer(site: Site, client: httpx.Client) -> None:
    with pytest.raises(Gone, match="304"):
        fetch(site.says("/page", status=304), client=client, limits=SMALL)


@pytest.mark.parametrize("value", ["\x9b31mred", "é", "x" * 2_000, ""])
def test_an_etag_that_is_no_plain_word_is_not_kept(site: Site, client: httpx.Client, value: str) -> None:
    fetched = fetch(site.says("/page", TEXT, ETag=value), client=client, limits=SMALL)
    assert fetched.validators == Validators()


BOMB = gzip.compress(b"0" * 50_000_000)
TWICE = gzip.compress(BOMB)


@pytest.mark.parametrize(
    ("body", "headers"),
    [(BOMB, {"Content_Encoding": "gzip"}), (zlib.compress(b"0" * 5_000_000), {"Content_Encoding": "deflate"}),
     (b"0" * 200_000, {}), (b"", {"Content_Length": "99999999999"})],
)  # fmt: skip
def test_what_is_too_large_is_gone(site: Site, client: httpx.Client, body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(Gone, match="larger"):
        fetch(site.says("/large", body, **headers), client=client, limits=SMALL)


def test_a_body_twice_packed_is_unpacked_once(site: Site, client: httpx.Client) -> None:
    page = site.says("/twice", TWICE, Content_Encoding="gzip")
    assert fetch(page, client=client, limits=SMALL).body == BOMB
    assert len(gunzipped(BOMB, cap=1_000)) == 1_001


def test_the_body_of_a_redirect_is_not_read(site: Site, client: httpx.Client) -> None:
    site.says("/page", TEXT)
    moved = site.says("/moved", BOMB, 302, Location="/page", Content_Encoding="gzip")
    assert fetch(moved, client=client, limits=SMALL).body == TEXT


def raw_deflate(body: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return pack.compress(body) + pack.flush()


@pytest.mark.parametrize(
    ("packing", "packed"),
    [("gzip", gzip.compress(TEXT)), ("GZIP", gzip.compress(TEXT)), ("x-gzip", gzip.compress(TEXT) + b"\0\0"),
     ("gzip", gzip.compress(TEXT[:20]) + gzip.compress(TEXT[20:])), ("deflate", zlib.compress(TEXT)),
     ("deflate", raw_deflate(TEXT)), ("identity", TEXT)],
)  # fmt: skip
def test_packed_bodies(site: Site, client: httpx.Client, packing: str, packed: bytes) -> None:
    assert fetch(site.says("/p", packed, Content_Encoding=packing), client=client, limits=SMALL).body == TEXT


def test_a_body_shorter_than_it_says_is_cut_off(site: Site, client: httpx.Client) -> None:
    with pytest.raises(Unreachable):
        fetch(site.says("/short", TEXT, Content_Length=str(len(TEXT) + 10)), client=client, limits=SMALL)


@pytest.mark.parametrize("length", ["-1", "x", "1, 2"])
def test_a_length_that_is_none_is_no_answer(site: Site, client: httpx.Client, length: str) -> None:
    with pytest.raises(Unreachable):
        fetch(site.says("/odd", TEXT, Content_Length=length), client=client, limits=SMALL)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.05)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("drip", [drip_headers, drip_body])
def test_a_server_that_drips_is_left_at_the_deadline(site: Site, client: httpx.Client, drip: object) -> None:
    page = site.does("/drip", drip)  # type: ignore[arg-type]  # pytest's parameters have no type
    # The whole answer would take ten seconds; every single step of it is quick.
    with pytest.raises(Unreachable, match=r"longer than 0\.3 seconds"):
        fetch(page, client=client, limits=SHORT)


def test_endless_headers_are_no_answer(site: Site, client: httpx.Client) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 500_000 + b"\r\n\r\n")

    with pytest.raises(Unreachable):
        fetch(site.does("/endless", endless), client=client, limits=SMALL)


def test_no_cookie_is_sent_back(site: Site, client: httpx.Client) -> None:
    page = site.says("/page", TEXT, Set_Cookie="id=7")
    fetch(page, client=client, limits=SMALL)
    fetch(page, client=client, limits=SMALL)
    assert all("Cookie" not in request.headers for request in site.requests)


def test_who_asks_is_told_with_whom_to_talk_to() -> None:
    assert "contact news@lab.example" in agent("news@lab.example")
    assert "\n" not in agent("x\r\nX-Evil: 1")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 0 ", 0.0), ("Wed, 01 May 2024 08:02:00 GMT", 120.0), ("Wed, 01 May 2024 10:02:00 +0200", 120.0),
     ("Tue, 30 Apr 2024 08:00:00 GMT", 0.0), ("soon", None), ("", None), (None, None), ("-5", None), ("1.5", None)],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=NOW) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_is_a_bug(value: str) -> None:
    wait = retry_after(value, now=NOW)
    assert wait is None or wait >= 0


def test_a_server_that_wants_a_long_rest_is_not_waited_for(site: Site, client: httpx.Client) -> None:
    with pytest.raises(Unreachable) as caught:
        fetch(site.says("/busy", status=429, Retry_After="3600"), client=client, limits=Limits(attempts=3))
    assert caught.value.retry_after == 3_600
    assert site.asked() == ["/busy"]


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), st.integers(1, 7), st.integers(0, 500))
def test_unpacking_gives_what_was_packed_up_to_the_cap(parts: list[bytes], step: int, cap: int) -> None:
    plain = b"".join(parts)
    packed = b"".join(gzip.compress(part) for part in parts) or gzip.compress(b"")
    chunks = [packed[at : at + step] for at in range(0, len(packed), step)]
    found = b"".join(unpacked(chunks, cap=cap))
    assert found == plain if len(plain) <= cap else plain.startswith(found) and len(found) == cap + 1


@given(st.binary(max_size=200))
def test_damaged_bytes_are_damaged_and_no_bug(payload: bytes) -> None:
    with contextlib.suppress(Damaged):
        assert len(b"".join(unpacked([payload], cap=1_000, bare=True))) <= 1_001


urlish = st.text(st.sampled_from([*"htps:/.@?#[]%\\ \n\0\x1b9-;&=*①。é"]), max_size=30)
NOWHERE = open_client(LOOPBACK, resolver=lambda _host, _port: [])


@settings(deadline=None)
@given(urlish | urlish.map(lambda text: f"http://{text}") | st.text(max_size=20).map(lambda text: f"https://{text}"))
def test_no_address_is_a_bug(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        ask(url, client=NOWHERE, limits=SMALL)
    assert caught.value.url == url


@given(
    st.binary(max_size=40), st.sampled_from([100, 200, 204, 206, 301, 303, 304, 429, 503, 999]), st.binary(max_size=30)
)
def test_no_answer_is_a_bug(location: bytes, status: int, value: bytes) -> None:
    headers = [(b"location", location), (b"content-type", value), (b"retry-after", value), (b"content-encoding", value)]

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(b"abc"))

    client = httpx.Client(transport=httpx.MockTransport(answer))
    with contextlib.suppress(FetchError):
        assert ask("http://x.example/", client=client, limits=SMALL).status == 200


def test_a_certificate_that_is_not_valid_will_not_mend_itself() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused") from ssl.SSLCertVerificationError("self-signed certificate")

    client = httpx.Client(transport=httpx.MockTransport(answer))
    with pytest.raises(Gone, match="certificate"):
        ask("https://x.example/", client=client, limits=SMALL)
