"""Raw snapshots: what is kept comes back, once, or not at all."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import UnreadableInput
from flows.archive import keep, read


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
