"""A site on this machine, settings that allow it, and ingest with a clock that a test moves."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from looking import NOW, Ingest
from sites import Site, serving

from flows.ingest import ingest_inputs
from flows.settings import Clock, Settings, load_settings


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", "127.0.0.1")
    monkeypatch.setenv("ONRECORD_HOST_INTERVAL", "0")
    return load_settings(home=tmp_path / "home", outlets=tmp_path / "outlets.toml")


@pytest.fixture
def ingest(settings: Settings) -> Ingest:
    def run(*inputs: object, at: datetime = NOW) -> dict[str, int]:
        return ingest_inputs(settings, Clock.fixed(at), [str(given) for given in inputs])

    return run
