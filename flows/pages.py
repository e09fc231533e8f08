"""Fetching web addresses: capped, timed, honest about who asks; errors say whether to try again."""

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

import httpx

from flows.decoding import known_charset
from flows.failures import Gone, Unreachable

MAX_BYTES = 10_000_000
_NO_ADDRESS = (httpx.InvalidURL, UnicodeError)
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a server's time and data one address may cost, and how often it is tried."""

    max_bytes: int = MAX_BYTES
    seconds: float = 60.0
    attempts: int = 3
    pause: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: the bytes, where it came from in the end, and what its server called it."""

    url: str
    body: bytes
    content_type: str
    charset: str | None


def open_client() -> httpx.Client:
    """Return a client that names itself, ignores the environment's proxies, and follows few redirects."""
    return httpx.Client(
        headers={
            "User-Agent": f"onrecord/{version('onrecord')} (reads news pages and feeds; no browser)",
            "Accept": "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        timeout=httpx.Timeout(20.0, connect=10.0),
        follow_redirects=True,
        max_redirects=5,
        trust_env=False,
    )


def fetch(url: str, *, client: httpx.Client, limits: Limits | None = None) -> Fetched:
    """Return what `url` gives, tried again while that may help; raises Unreachable or Gone."""
    limits = limits or Limits()
    for attempt in range(1, limits.attempts + 1):
        try:
            return fetch_once(url, client=client, limits=limits)
        except Unreachable as error:
            if attempt == limits.attempts:
                raise
            time.sleep(min(_LONGEST_WAIT, error.retry_after or limits.pause * 2 ** (attempt - 1)))
    raise Gone("it was never tried: allow at least one attempt", url=url)


def fetch_once(url: str, *, client: httpx.Client, limits: Limits) -> Fetched:
    """Return what `url` gives at the first try; raises Unreachable or Gone."""
    if not url.lower().startswith(("http://", "https://")):
        raise Gone("only http and https addresses are fetched", url=url)
    deadline = time.monotonic() + limits.seconds
    try:
        with client.stream("GET", url) as response:
            _refuse(response, url)
            body = _body(response, url, limits=limits, deadline=deadline)
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            return Fetched(url=str(response.url), body=body, content_type=kind, charset=_charset(response))
    # A host's name with a label that is too long gets as far as the socket, which answers with UnicodeError.
    except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.LocalProtocolError, *_NO_ADDRESS) as error:
        raise Gone(f"it cannot be fetched ({error}): check the address", url=url) from error
    except httpx.TimeoutException as error:
        raise Unreachable("its server did not answer in time: try again later", url=url) from error
    except httpx.TransportError as error:
        raise Unreachable(f"no answer ({error or type(error).__name__}): try again later", url=url) from error


def _charset(response: httpx.Response) -> str | None:
    return known_charset(response.charset_encoding)


def _refuse(response: httpx.Response, url: str) -> None:
    """Raise what a status other than success means."""
    status = response.status_code
    if status in _LATER:
        asked = response.headers.get("retry-after", "")
        wait = float(asked) if asked.isascii() and asked.isdigit() else None
        raise Unreachable(f"its server answered {status}: try again later", url=url, retry_after=wait)
    if status != httpx.codes.OK:
        raise Gone(f"its server answered {status}: check the address", url=url)


def _body(response: httpx.Response, url: str, *, limits: Limits, deadline: float) -> bytes:
    """Return the body, unpacked only as far as the cap allows: a small answer may unpack to any size."""
    parts = []
    left = limits.max_bytes
    for part in _unpacked(response, url, limits.max_bytes):
        if time.monotonic() > deadline:
            raise Unreachable(f"it took longer than {limits.seconds:.0f} seconds: try again later", url=url)
        left -= len(part)
        if left < 0:
            raise Gone(f"it is larger than {limits.max_bytes:,} bytes: give a smaller page", url=url)
        parts.append(part)
    return b"".join(parts)


def _unpacked(response: httpx.Response, url: str, cap: int) -> Iterator[bytes]:
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Gone(f"it is packed as {packing}, which was not asked for", url=url)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    given = 0
    try:
        for chunk in response.iter_raw():
            part = unpack.decompress(chunk, cap + 1 - given)
            given += len(part)
            yield part
    except zlib.error as error:
        raise Unreachable("what came could not be unpacked: try again later", url=url) from error
    if not unpack.eof:
        raise Unreachable("the answer was cut short: try again later", url=url)
