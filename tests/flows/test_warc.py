"""WARC files of anybody's: none of their records is passed over in silence, packed or not."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.errors import UnreadableInput
from flows.warc import Record, records

HTML = b"<html><body><p>The bank will close, an official said.</p></body></html>"


def warc(*, packed: bool, how_many: int = 4, date: str = "2020-01-02T03:04:05Z") -> bytes:
    """A WARC file of `how_many` answers."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for number in range(how_many):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://ledger.example/{number}",
            "response",
            payload=io.BytesIO(HTML),
            length=len(HTML),
            http_headers=head,
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(record)
        record.raw_stream.close()
    return file.getvalue()


def told(tmp_path: Path, content: bytes) -> list[str]:
    """The addresses of the records in a file, and the messages of what cannot be read."""
    path = tmp_path / "x.warc"
    path.write_bytes(content)
    return [one.url if isinstance(one, Record) else one.message for one in records(path, what="x")]


@pytest.mark.parametrize("packed", [True, False])
def test_every_record_is_read(tmp_path: Path, packed: bool) -> None:
    assert told(tmp_path, warc(packed=packed)) == [f"https://ledger.example/{number}" for number in range(4)]


@pytest.mark.parametrize(
    ("was", "becomes"), [(b"will close", b"WILL CLOSE"), (b"Content-Length: ", b"Content-Length: x")]
)
def test_a_damaged_record_that_is_not_packed_spoils_no_other(tmp_path: Path, was: bytes, becomes: bytes) -> None:
    found = told(tmp_path, warc(packed=False).replace(was, becomes, 1))
    assert found[-3:] == [f"https://ledger.example/{number}" for number in (1, 2, 3)]
    assert found[0] not in ("https://ledger.example/0", *found[-3:])


def test_records_that_share_a_gzip_member_are_told(tmp_path: Path) -> None:
    (message,) = told(tmp_path, gzip.compress(warc(packed=False)))
    assert "warcio recompress" in message


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "long ago"])
def test_a_date_that_is_none_is_not_known(tmp_path: Path, date: str) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(packed=True, how_many=1, date=date))
    (record,) = records(path, what="x")
    assert not isinstance(record, UnreadableInput)
    assert record.date is None or record.date < datetime(9999, 1, 1, tzinfo=UTC)
