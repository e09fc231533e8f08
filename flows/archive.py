"""What was read, kept so that it outlives its address: fetched answers as WARC records, files as snapshots by digest.

Each run writes one file of gzipped WARC records under the home folder: the request and the answer of each fetch, and
for each article that was stored how its page was read. A record is appended whole, and to a file only by the process
that began it: a killed run leaves at most a cut-off last record, which nothing refers to and every reader passes over.
"""

import fcntl
import gzip
import hashlib
import io
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.errors import UnreadableInput
from flows.fetching.asking import Fetched
from flows.warc import payload_at

_SCHEME, _WARC = "sha256:", "warc:"
_REFERENCE = re.compile(
    r"warc:(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.warc\.gz)#(?P<offset>\d{1,15})#sha256:(?P<digest>[0-9a-f]{64})"
)
_PACKING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
# A process that was killed never comes back to its file, not even under the same clock.
_PROCESS = secrets.token_hex(4)


def folder(home: Path) -> Path:
    """Return the folder of the WARC files under `home`."""
    return home / "warc"


def _path(home: Path, digest: str) -> Path:
    return home / "raw" / digest[:2] / f"{digest}.gz"


def keep(home: Path, payload: bytes) -> str:
    """Return the reference of the snapshot of `payload`, written unless it is there; a reader never sees half of it."""
    digest = hashlib.sha256(payload).hexdigest()
    path = _path(home, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(gzip.compress(payload, mtime=0))
        Path(part.name).replace(path)
    return _SCHEME + digest


def keep_fetched(home: Path, fetched: Fetched, *, now: datetime) -> str:
    """Return the reference of a fetch, written into the WARC file of the run at `now` as request and answer.

    The body is kept as it was unpacked; the answer's other header fields as they came.
    """
    writer, buffer = _writer()
    date = f"{fetched.asked_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    named = {"WARC-Date": date}
    sent = [*fetched.headers, ("X-Kept-Unpacked", "yes")]
    kept = [(name, _line(value)) for name, value in sent if name.lower() not in _PACKING]
    kept.append(("Content-Length", str(len(fetched.body))))
    answer = writer.create_warc_record(
        fetched.url,
        "response",
        payload=io.BytesIO(fetched.body),
        length=len(fetched.body),
        http_headers=_head(f"{fetched.status} {_line(fetched.reason)}", kept),
        warc_headers_dict=named,
    )
    asked = [(name, _line(value)) for name, value in fetched.request_headers]
    request = writer.create_warc_record(
        fetched.url,
        "request",
        payload=io.BytesIO(b""),
        length=0,
        http_headers=StatusAndHeaders(f"GET {fetched.url} HTTP/1.1", asked, is_http_request=True),
        warc_headers_dict=named | {"WARC-Asked-URI": fetched.requested or fetched.url},
    )
    request.rec_headers.add_header("WARC-Concurrent-To", answer.rec_headers.get_header("WARC-Record-ID"))
    for record in (answer, request):
        _write(writer, record)
    name, offset = _append(home, buffer.getvalue(), now)
    return f"{_WARC}{name}#{offset}#{_SCHEME}{hashlib.sha256(fetched.body).hexdigest()}"


def keep_notes(home: Path, notes: Iterable[tuple[str, bytes]], *, now: datetime) -> None:
    """Write how pages were read, each as (address or name, JSON), into the WARC file of the run at `now`."""
    writer, buffer = _writer()
    for uri, note in notes:
        record = writer.create_warc_record(
            uri,
            "metadata",
            payload=io.BytesIO(note),
            length=len(note),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Date": f"{now:%Y-%m-%dT%H:%M:%S.%fZ}"},
        )
        _write(writer, record)
    if buffer.getvalue():
        _append(home, buffer.getvalue(), now)


def read(home: Path, raw_ref: str) -> bytes:
    """Return the payload that `raw_ref` names; raise UnreadableInput where it is missing or was changed."""
    if found := _REFERENCE.fullmatch(raw_ref):
        payload = payload_at(folder(home) / found["name"], int(found["offset"]), what=raw_ref)
        digest = found["digest"]
    else:
        digest = raw_ref.removeprefix(_SCHEME)
        payload = _snapshot(home, digest, raw_ref)
    if hashlib.sha256(payload).hexdigest() != digest:
        raise UnreadableInput("this snapshot is not what was kept: read its page again", what=raw_ref)
    return payload


def _snapshot(home: Path, digest: str, raw_ref: str) -> bytes:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        message = f"“{raw_ref}” is not a snapshot's reference: it reads sha256:… or warc:…"
        raise UnreadableInput(message, what=raw_ref)
    try:
        return gzip.decompress(_path(home, digest).read_bytes())
    except FileNotFoundError as error:
        raise UnreadableInput("this snapshot is not in the archive: read its page again", what=raw_ref) from error
    except (OSError, EOFError) as error:
        raise UnreadableInput("this snapshot is damaged: read its page again", what=raw_ref) from error


def _writer() -> tuple[WARCWriter, io.BytesIO]:
    buffer = io.BytesIO()
    return WARCWriter(buffer, gzip=True, warc_version="1.1"), buffer


def _head(status: str, fields: list[tuple[str, str]]) -> StatusAndHeaders:
    return StatusAndHeaders(status, fields, protocol="HTTP/1.1")


def _line(value: str) -> str:
    # A field that could hold a line break could forge the record after it.
    return " ".join(value.split())


def _write(writer: WARCWriter, record: ArcWarcRecord) -> None:
    writer.write_record(record)
    # Its digests were taken from a temporary copy, which nobody else closes.
    record.raw_stream.close()


def _append(home: Path, records: bytes, now: datetime) -> tuple[str, int]:
    """Append whole records to the run's file and return its name and where the first of them begins."""
    path = folder(home) / f"{now:%Y%m%dT%H%M%S%f}-{_PROCESS}.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        offset = file.seek(0, os.SEEK_END)
        file.write(records)
        file.flush()
    return path.name, offset
