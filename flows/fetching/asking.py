"""One question to one address: redirects followed by hand, the answer read only as far as its limits allow."""

import contextlib
import email.utils
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from flows.decoding import known_charset
from flows.failures import FetchError, Gone, Refused, Unreachable
from flows.fetching.deadline import Deadline, deadline
from flows.fetching.unpacking import Damaged, unpacked

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
MAX_ADDRESS = 2_048
_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429})
_SERVER_ERRORS = 500
_NO_ADDRESS = (httpx.InvalidURL, UnicodeError)
_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
# It is stored, shown, and sent back.
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a server's time and data one address may cost, and how often it is tried.

    What is longer than `max_bytes` is an error, or cut there where `cut` says so.
    """

    max_bytes: int = MAX_BYTES
    seconds: float = 60.0
    attempts: int = 3
    pause: float = 1.0
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier answer of the same address said of its version: sent along, so that it need not come again."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the header fields that make a request conditional."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: `body` unpacked (empty where `status` is 304), and all that was said with it.

    `url` is where it came from in the end, `requested` what was asked for. `request_headers` and `headers` are those
    of the last request and its answer, in order and as sent; `asked_at` is when that was, by this machine's clock.
    """

    url: str
    body: bytes
    content_type: str
    charset: str | None
    status: int = 200
    requested: str = ""
    reason: str = "OK"
    http_version: str = "HTTP/1.1"
    headers: Headers = ()
    request_headers: Headers = ()
    asked_at: datetime
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """Return the first value of a header field of the answer, whatever the case of its name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def validators(self) -> Validators:
        """What to send along when this address is asked again."""
        fields = (self.header("etag"), self.header("last-modified"))
        etag, last_modified = (value if value and _VALIDATOR.fullmatch(value) else None for value in fields)
        return Validators(etag=etag, last_modified=last_modified)

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing has changed."""
        return self.status == httpx.codes.NOT_MODIFIED


def ask(url: str, *, client: httpx.Client, limits: Limits, known: Validators | None = None) -> Fetched:
    """Return what `url` gives at one try; raises Unreachable or Gone."""
    started = datetime.now(UTC)
    extra = known.headers() if known else {}
    address = url
    with deadline(limits.seconds) as until, _classed(url, limits, until):
        for _ in range(MAX_REDIRECTS + 1):
            _check(address, url)
            with client.stream("GET", address, headers=extra, follow_redirects=False) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    # The body of a redirect is not read: nobody needs it, and it may be a bomb.
                    address = str(httpx.URL(address).join(response.headers["location"]))
                    continue
                _refuse(response, url, conditional=bool(extra))
                empty = response.status_code == httpx.codes.NOT_MODIFIED
                body = b"" if empty else _body(response, url, limits=limits, until=until)
                return Fetched(
                    url=str(response.url),
                    body=body,
                    content_type=response.headers.get("content-type", "").split(";")[0].strip().lower(),
                    charset=known_charset(response.charset_encoding),
                    status=response.status_code,
                    requested=url,
                    reason=response.reason_phrase,
                    http_version=response.http_version,
                    headers=_fields(response.headers),
                    request_headers=_fields(response.request.headers),
                    asked_at=started,
                    seconds=limits.seconds - until.left(),
                )
    raise Gone(f"it leads on to other addresses more than {MAX_REDIRECTS} times: check the address", url=url)


def _fields(headers: httpx.Headers) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _check(address: str, url: str) -> None:
    """Raise Refused for what is no plain address of the web."""
    if not address.lower().startswith(("http://", "https://")):
        raise Refused("only http and https addresses are fetched", url=url)
    if len(address) > MAX_ADDRESS:
        raise Refused(f"an address has at most {MAX_ADDRESS:,} characters", url=url)
    if httpx.URL(address).userinfo:
        raise Refused("it carries a name or password, which would end in the tables: take it out", url=url)


@contextlib.contextmanager
def _classed(url: str, limits: Limits, until: Deadline) -> Iterator[None]:
    """Turn the errors of httpx into ours."""
    try:
        yield
    except FetchError as error:
        # The guard knows only the host that it refused, robots.txt only where a redirect led.
        error.url = url
        raise
    # A host's name with a label that is too long gets as far as the socket, which answers with UnicodeError.
    except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, *_NO_ADDRESS) as error:
        raise Gone(f"it cannot be fetched ({error}): check the address", url=url) from error
    except httpx.TimeoutException as error:
        late = f"it took longer than {limits.seconds:g} seconds" if until.left() <= 0 else "its server is silent"
        raise Unreachable(f"{late}: try again later", url=url) from error
    except httpx.TransportError as error:
        if _is_untrusted(error):
            raise Gone(f"its server's certificate is not valid ({error}): check the address", url=url) from error
        raise Unreachable(f"no answer ({error or type(error).__name__}): try again later", url=url) from error


def _is_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """Return how many seconds a Retry-After field asks for, in seconds or as a date; None where it says nothing."""
    asked = (value or "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        moment = email.utils.parsedate_to_datetime(asked)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0.0, (moment - now).total_seconds())


def _refuse(response: httpx.Response, url: str, *, conditional: bool) -> None:
    """Raise what a status other than success means."""
    status = response.status_code
    # All of the server's own errors, those included that only networks in front of it give (520 to 530).
    if status in _LATER or status >= _SERVER_ERRORS:
        wait = retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
        raise Unreachable(f"its server answered {status}: try again later", url=url, status=status, retry_after=wait)
    if status != httpx.codes.OK and not (conditional and status == httpx.codes.NOT_MODIFIED):
        raise Gone(f"its server answered {status}: check the address", url=url, status=status)


def _body(response: httpx.Response, url: str, *, limits: Limits, until: Deadline) -> bytes:
    """Return the body, unpacked only as far as the cap allows."""
    cap = limits.max_bytes
    said = response.headers.get("content-length", "")
    too_large = f"it is larger than {cap:,} bytes: give a smaller page"
    if said.isascii() and said.isdigit() and len(said) < 20 and int(said) > cap and not limits.cut:
        raise Gone(too_large, url=url, status=response.status_code)
    parts, left = [], cap
    try:
        for part in _plain(response, url, cap):
            if until.left() <= 0:
                raise Unreachable(f"it took longer than {limits.seconds:g} seconds: try again later", url=url)
            parts.append(part)
            left -= len(part)
            if left < 0:
                break
    except Damaged as error:
        raise Unreachable("what came could not be unpacked, or was cut short: try again later", url=url) from error
    if left < 0 and not limits.cut:
        raise Gone(too_large, url=url, status=response.status_code)
    return b"".join(parts)[:cap]


def _plain(response: httpx.Response, url: str, cap: int) -> Iterator[bytes]:
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        return response.iter_raw()
    if packing not in _PACKINGS:
        raise Gone(f"it is packed as {packing[:40]}, which was not asked for", url=url, status=response.status_code)
    return unpacked(response.iter_raw(), cap=cap, bare=packing == "deflate")
