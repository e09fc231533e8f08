"""Raw snapshots: what is kept comes back, once, or not at all."""

import contextlib
import gzip
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.errors import UnreadableInput
from flows.archive import folder, keep, keep_fetched, read
from flows.fetching.asking import Fetched
from flows.warc import Record, records

SITE = "https://ledger.example"
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
ASKED = datetime(2024, 5, 1, 8, 0, 1, 250_000, tzinfo=UTC)


def answer(number: int) -> Fetched:
    return Fetched(
        url=f"{SITE}/{number}",
        body=f"<html><body><p>Page {number} é</p></body></html>".encode() * (number + 1),
        content_type="text/html",
        charset="utf-8",
        requested=f"{SITE}/{number}?rss",
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"v1"')),
        request_headers=(("Host", "ledger.example"), ("User-Agent", "onrecord")),
        asked_at=ASKED,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.binary(max_size=2_000))
def test_what_is_kept_comes_back(tmp_path: Path, payload: bytes) -> None:
    assert read(tmp_path, keep(tmp_path, payload)) == payload


def test_equal_payloads_are_one_file(tmp_path: Path) -> None:
    assert keep(tmp_path, b"x") == keep(tmp_path, b"x") != keep(tmp_path, b"y")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def snapshot(home: Path) -> Path:
    return next(path for path in home.rglob("*.gz"))


def test_changed_cut_and_missing_snapshots_are_refused(tmp_path: Path) -> None:
    ref = keep(tmp_path, b"what was read")
    path = snapshot(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(gzip.compress(b"something else"))
    with pytest.raises(UnreadableInput, match="not what was kept"):
        read(tmp_path, ref)
    path.write_bytes(whole[:-3])
    with pytest.raises(UnreadableInput, match="damaged"):
        read(tmp_path, ref)
    path.unlink()
    with pytest.raises(UnreadableInput, match="not in the archive"):
        read(tmp_path, ref)


@pytest.mark.parametrize("ref", ["", "sha256:", "sha256:../../etc/passwd", "sha256:" + "Z" * 64])
def test_what_is_no_reference_opens_nothing(tmp_path: Path, ref: str) -> None:
    with pytest.raises(UnreadableInput, match="reference"):
        read(tmp_path, ref)


def test_a_fetch_is_a_record_with_its_request(tmp_path: Path) -> None:
    refs = [keep_fetched(tmp_path, answer(number), now=NOW) for number in range(3)]
    assert len({ref.partition("#")[0] for ref in refs}) == 1
    assert [read(tmp_path, ref) for ref in refs] == [answer(number).body for number in range(3)]
    (path,) = folder(tmp_path).iterdir()
    with path.open("rb") as file:
        kinds = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(file)]
    assert kinds[:2] == [("response", f"{SITE}/0"), ("request", f"{SITE}/0")]
    found = [record for record in records(path, what="w") if isinstance(record, Record)]
    assert [(r.url, r.status, r.payload, r.date) for r in found] == [
        (f"{SITE}/{number}", 200, answer(number).body, ASKED) for number in range(3)
    ]


@given(cut=st.integers(min_value=1, max_value=2_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_wherever_a_killed_run_left_off_all_records_before_can_be_read(tmp_path: Path, cut: int) -> None:
    home = tmp_path / str(cut)
    refs = [keep_fetched(home, answer(number), now=NOW) for number in range(3)]
    (path,) = folder(home).iterdir()
    whole = path.read_bytes()
    kept = max(10, len(whole) - cut)
    path.write_bytes(whole[:kept])
    found = list(records(path, what="w"))
    assert all(isinstance(record, Record) for record in found)
    after = [int(ref.split("#")[1]) for ref in refs[1:]] + [len(whole)]
    # Without its request, which follows it, an answer is whole already.
    assert len(found) >= sum(end <= kept for end in after)


def test_a_file_is_appended_to_only_by_who_began_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_fetched(tmp_path, answer(0), now=NOW)
    (path,) = folder(tmp_path).iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    monkeypatch.setattr("flows.archive._PROCESS", "another")
    ref = keep_fetched(tmp_path, answer(1), now=NOW)
    assert read(tmp_path, ref) == answer(1).body
    assert len(list(folder(tmp_path).iterdir())) == 2


def test_a_record_that_was_changed_is_told_and_spoils_no_other(tmp_path: Path) -> None:
    refs = [keep_fetched(tmp_path, answer(number), now=NOW) for number in range(3)]
    (path,) = folder(tmp_path).iterdir()
    whole = bytearray(path.read_bytes())
    whole[int(refs[1].split("#")[1]) + 60] ^= 0xFF
    path.write_bytes(whole)
    good = [record.url for record in records(path, what="w") if isinstance(record, Record)]
    bad = [record for record in records(path, what="w") if isinstance(record, UnreadableInput)]
    assert good == [f"{SITE}/0", f"{SITE}/2"]
    assert [error.what for error in bad] == [f"w#{refs[1].split('#')[1]}"]
    assert read(tmp_path, refs[0]) == answer(0).body
    with pytest.raises(UnreadableInput, match=r"damaged|not what"):
        read(tmp_path, refs[1])


def test_a_record_whose_digests_were_forged_too_is_refused_by_its_reference(tmp_path: Path) -> None:
    ref = keep_fetched(tmp_path, answer(0), now=NOW)
    (path,) = folder(tmp_path).iterdir()
    other = tmp_path / "other"
    keep_fetched(other, replace(answer(0), body=b"forged"), now=NOW)
    path.write_bytes(next(folder(other).iterdir()).read_bytes())
    with pytest.raises(UnreadableInput, match="not what was kept"):
        read(tmp_path, ref)


@pytest.mark.parametrize(
    "ref", ["warc:../../etc/passwd.warc.gz#0#sha256:" + "0" * 64, "warc:x.warc.gz#-1#sha256:" + "0" * 64, "warc:"]
)
def test_a_reference_opens_nothing_outside_the_archive(tmp_path: Path, ref: str) -> None:
    with pytest.raises(UnreadableInput, match="reference"):
        read(tmp_path, ref)


def test_a_bomb_in_a_record_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    head = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    bomb = io.BytesIO(gzip.compress(b"0" * 50_000_000))
    record = writer.create_warc_record(SITE, "response", payload=bomb, http_headers=head)
    writer.write_record(record)
    record.raw_stream.close()
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(buffer.getvalue())
    (error,) = records(path, what="w")
    assert isinstance(error, UnreadableInput)
    assert "bytes" in error.message


@pytest.mark.parametrize("content", [b"", b"WARC/", b"hello", b"\x1f\x8b\x08\x00 no gzip"])
def test_what_is_no_warc_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with contextlib.suppress(UnreadableInput):
        assert all(isinstance(record, UnreadableInput) for record in records(path, what="w"))
