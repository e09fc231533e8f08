"""What the review page answers: a request in, a reply out; who may ask is settled before anything is read."""

import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

from claims.vocabulary import Outcome
from flows.desk import Done, Overtaken, Reviewer, Sitting, decide, load_desk, reject, take_back
from flows.review_web import pages
from warehouse.errors import WarehouseBusy

COOKIE = "onrecord_review"
MOST_BYTES = 64 * 1024
MOST_NOTE = 4000
# Nothing from elsewhere, no script but our own file, no form to elsewhere, no frame around us.
SAFETY: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send the origin of a form as "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_STATIC = {"/style.css": "text/css; charset=utf-8", "/keys.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; the names of `headers` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply."""

    status: int
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Room:
    """One sitting at the page: its keys, the queue as it was read, and what has been decided."""

    reviewer: Reviewer
    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    queue: list[dict[str, Any]] = field(default_factory=list)
    sitting: Sitting = field(default_factory=Sitting)
    skipped: set[str] = field(default_factory=set)
    finished: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Where the page is, with the key that opens it."""
        return f"http://127.0.0.1:{self.port}/?key={self.key}"

    @property
    def decided(self) -> dict[str, Done]:
        """The decisions of this sitting by claim."""
        return {done.claim_id: done for _, done in self.sitting.decided}


def respond(room: Room, request: Request) -> Reply:
    """Return the reply to `request`; a decision is written before it is answered."""
    try:
        path = urlsplit(request.target).path
    except ValueError:
        return _told(400, "Not an address", "That is no address of this page.")
    refusal = _refused(room, request, path)
    if refusal is not None:
        return refusal
    if request.method in ("GET", "HEAD"):
        return _get(room, path)
    with room.lock:
        try:
            return _post(room, path, parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True))
        except Overtaken as error:
            room.queue = load_desk(room.reviewer)
            return _told(409, "Judged meanwhile", str(error))
        except WarehouseBusy as error:
            return _told(503, "The warehouse is busy", f"{error}. Nothing was recorded: go back and send it again.")


def _refused(room: Room, request: Request, path: str) -> Reply | None:
    """Return why a request is not answered, or where it is sent; None for one that is answered."""
    own = {f"127.0.0.1:{room.port}", f"localhost:{room.port}"}
    # A page of elsewhere whose name was made to point here brings that name along (DNS rebinding).
    if request.headers.get("host", "").lower() not in own:
        return _told(421, "Not this host", f"This page is at 127.0.0.1:{room.port} and answers to no other name.")
    if request.method not in ("GET", "HEAD", "POST"):
        return _told(405, "Not that way", "Only GET and POST are understood.")
    given = parse_qs(urlsplit(request.target).query).get("key", [""])[0]
    if request.method == "GET" and path == "/" and _equal(given, room.key):
        cookie = f"{COOKIE}={room.key}; HttpOnly; SameSite=Strict; Path=/"
        return Reply(status=303, headers={"Location": "/", "Set-Cookie": cookie})
    if path not in _STATIC and not _equal(_cookie(request), room.key):
        return _told(403, "Locked", "Open the address that the terminal printed: it carries the key of this sitting.")
    return _refused_form(room, request, own) if request.method == "POST" else None


def _refused_form(room: Room, request: Request, own: set[str]) -> Reply | None:
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and origin.lower() not in {f"http://{host}" for host in own}) or site not in (
        "same-origin",
        "none",
    ):
        return _told(403, "Not from here", "A decision is only taken from this page itself.")
    if len(request.body) > MOST_BYTES:
        return _told(413, "Too long", "That is more than a decision and a note.")
    token = parse_qs(request.body.decode("utf-8", "replace")).get("csrf", [""])[0]
    if not _equal(token, room.csrf):
        return _told(403, "Not from here", "The form is from an earlier sitting: open the page anew.")
    return None


def _get(room: Room, path: str) -> Reply:
    if path in _STATIC:
        text = files("flows.review_web").joinpath(path[1:]).read_text(encoding="utf-8")
        return Reply(status=200, body=text, kind=_STATIC[path])
    if path == "/":
        waiting = _next(room)
        if waiting is None:
            return Reply(status=200, body=pages.end(room, _last(room)))
        return _to(f"/claim/{waiting['claim_id']}")
    row = _row(room, path.removeprefix("/claim/")) if path.startswith("/claim/") else None
    if row is None:
        return _told(404, "Not here", "There is no such page, or the claim does not wait any more.")
    return Reply(status=200, body=pages.claim(room, row, _last(room)))


def _post(room: Room, path: str, form: Mapping[str, list[str]]) -> Reply:
    if path == "/finish":
        room.finished.set()
        return Reply(status=200, body=pages.goodbye(room))
    if path == "/again":
        room.queue, room.skipped = load_desk(room.reviewer), set()
        return _to("/")
    if path == "/undo":
        return _undo(room)
    row = _row(room, path.removeprefix("/decide/")) if path.startswith("/decide/") else None
    if row is None or row["claim_id"] in room.decided:
        return _told(404, "Not here", "That claim does not wait any more.")
    word = form.get("word", [""])[0]
    note = " ".join(form.get("note", [""])[0].split())[:MOST_NOTE] or None
    return _decide(room, row, word, note)


def _decide(room: Room, row: dict[str, Any], word: str, note: str | None) -> Reply:
    proposed = row["proposed_outcome"]
    if word == "skip":
        room.skipped.add(row["claim_id"])
        return _to("/")
    if word == "reject" and proposed:
        done = reject(room.reviewer, row, note)
    elif word == "accept" and proposed:
        done = decide(room.reviewer, row, Outcome(proposed), note)
    elif word in list(Outcome):
        done = decide(room.reviewer, row, Outcome(word), note)
    else:
        return _told(400, "Not an outcome", "Choose one of the outcomes on the page.")
    room.sitting.took(room.queue.index(row), done)
    room.skipped.discard(row["claim_id"])
    return _to("/")


def _undo(room: Room) -> Reply:
    if not room.sitting.decided:
        return _told(409, "Nothing to undo", "Nothing was decided in this sitting.")
    _, last = room.sitting.decided[-1]
    room.sitting.last_at = take_back(room.reviewer, last)
    room.sitting.decided.pop()
    # What stands has changed, and with it what the next decision must not overlook.
    shown = {row["claim_id"]: row for row in load_desk(room.reviewer)}
    room.queue = [shown.get(row["claim_id"], row) for row in room.queue]
    return _to(f"/claim/{last.claim_id}")


def _next(room: Room) -> dict[str, Any] | None:
    done = room.decided
    return next((r for r in room.queue if r["claim_id"] not in done and r["claim_id"] not in room.skipped), None)


def _last(room: Room) -> dict[str, Any] | None:
    """Return the row of the last decision, to tell who said it and to offer to undo it."""
    if not room.sitting.decided:
        return None
    done = room.sitting.decided[-1][1]
    row = _row(room, done.claim_id)
    return {**row, "word": done.word} if row else None


def _row(room: Room, claim_id: str) -> dict[str, Any] | None:
    return next((row for row in room.queue if row["claim_id"] == claim_id), None)


def _to(path: str) -> Reply:
    return Reply(status=303, headers={"Location": path})


def _told(status: int, title: str, text: str) -> Reply:
    return Reply(status=status, body=pages.message(title, text))


def _cookie(request: Request) -> str:
    pairs = (part.strip().partition("=") for part in request.headers.get("cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


def _equal(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
