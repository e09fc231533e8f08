"""What robots.txt allows: fetched through the same guard, kept for a day, obeyed after a restart as well."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from protego import Protego

from claims.records import key
from flows.failures import Gone, Refused, Unreachable
from flows.fetching.asking import Fetched, Limits

AGENT = "onrecord"
_LIMITS = Limits(max_bytes=512_000, seconds=30.0, attempts=1, cut=True)
_GOOD_FOR = timedelta(days=1)
_BAD_FOR = timedelta(minutes=10)
# Rules that were good once hold on while a server is down, but not for ever.
_OLD_FOR = timedelta(days=7)
_NO_RULES = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The robots.txt of one origin as of one time; `text` is None where it could not be read, and `why` says why."""

    text: str | None
    read_at: datetime
    expires_at: datetime
    why: str = ""


class Robots:
    """Answers whether an address may be fetched; `read` fetches a robots.txt, `now` is the time that rules age by."""

    def __init__(
        self, *, read: Callable[[str, Limits], Fetched], now: Callable[[], datetime], folder: Path | None = None
    ) -> None:
        self._read = read
        self._now = now
        self._folder = folder
        self._known: dict[str, tuple[Rules, Protego]] = {}
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def check(self, url: httpx.URL) -> float | None:
        """Return how many seconds the host wants between two requests.

        Raises Refused where robots.txt forbids the address, Unreachable where it cannot be read for now.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            lock = self._locks[origin]
        with lock:
            rules, parsed = self._rules(origin)
        if rules.text is None:
            message = f"nothing is fetched while {origin}/robots.txt cannot be read ({rules.why})"
            # Not within this run: until then the same answer stands.
            wait = (rules.expires_at - self._now()).total_seconds()
            raise Unreachable(message, url=str(url), retry_after=max(wait, 60.0))
        if not parsed.can_fetch(str(url), AGENT):
            raise Refused(f"{origin}/robots.txt asks us not to fetch it", url=str(url))
        rate = parsed.request_rate(AGENT)
        delays = (parsed.crawl_delay(AGENT), rate.seconds / rate.requests if rate else None)
        return max((delay for delay in delays if delay is not None), default=None)

    def _rules(self, origin: str) -> tuple[Rules, Protego]:
        now = self._now()
        known = self._known.get(origin)
        rules = known[0] if known else self._kept(origin)
        if rules is None or not rules.read_at <= now < rules.expires_at:
            rules = self._asked(origin, rules, now)
            self._keep(origin, rules)
            known = None
        if known is None:
            known = self._known[origin] = rules, Protego.parse(rules.text or _NO_RULES)
        return known

    def _asked(self, origin: str, before: Rules | None, now: datetime) -> Rules:
        try:
            fetched = self._read(f"{origin}/robots.txt", _LIMITS)
        except Refused:
            raise
        except Gone as error:
            if error.status == httpx.codes.OK:
                # There are rules, in a packing that we cannot undo.
                return Rules(text=None, read_at=now, expires_at=now + _BAD_FOR, why=error.message)
            return Rules(text=_NO_RULES, read_at=now, expires_at=now + _GOOD_FOR)
        except Unreachable as error:
            if before is not None and before.text is not None and now - before.read_at < _OLD_FOR:
                return Rules(text=before.text, read_at=before.read_at, expires_at=now + _BAD_FOR)
            why = error.message.partition(": try again")[0]
            return Rules(text=None, read_at=now, expires_at=now + _BAD_FOR, why=why)
        text = fetched.body.decode("utf-8", "replace").removeprefix("\ufeff")
        return Rules(text=text, read_at=now, expires_at=now + _GOOD_FOR)

    def _path(self, origin: str) -> Path | None:
        return self._folder / "robots" / f"{key('robots', origin)}.json" if self._folder else None

    def _kept(self, origin: str) -> Rules | None:
        path = self._path(origin)
        try:
            given = json.loads(path.read_text(encoding="utf-8")) if path else None
            return given and Rules(
                text=given["text"],
                read_at=datetime.fromisoformat(given["read_at"]),
                expires_at=datetime.fromisoformat(given["expires_at"]),
                why=given.get("why", ""),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None  # not there, or half written by a process that was killed

    def _keep(self, origin: str, rules: Rules) -> None:
        path = self._path(origin)
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        given = {"origin": origin, "text": rules.text, "why": rules.why}
        times = {"read_at": rules.read_at.isoformat(), "expires_at": rules.expires_at.isoformat()}
        part = path.with_suffix(".part")
        part.write_text(json.dumps(given | times), encoding="utf-8")
        part.replace(path)
