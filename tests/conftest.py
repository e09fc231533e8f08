"""What many tests need: an environment of their own, the command line, a small warehouse, and one Prefect server."""

import gc
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import builders
import pytest
from builders import day

from claims.vocabulary import Anonymity, Kind, Outcome, ResolverKind
from flows.cli import main
from flows.prefect_env import QUIET, prepare
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction

_HOLD = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


# Whichever test loads Prefect first, it is to be as quiet as it is in a run.
for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)


@dataclass(frozen=True)
class Printed:
    """What one call of the command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a test away from the home and the server of whoever runs it."""
    for name in [*os.environ]:
        if name.startswith("ONRECORD_") or name == "PREFECT_API_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Printed]:
    """Run the command line in this process."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # main puts its own there

    def run(*arguments: object) -> Printed:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Printed(code=code, out=printed.out, err=printed.err)

    return run


@pytest.fixture
def small_warehouse(tmp_path: Path) -> Path:
    """A warehouse of three articles with a claim each: `a` and its copy `b` are due, `c` reports what came of it."""
    path = tmp_path / "home" / "warehouse.duckdb"
    later = {"text": "Treasury listed five officials on Friday, it said.", "fetched_at": day(7)}
    later |= {"published_earliest": day(7), "published_latest": day(7), "doc_id": "doc-c"}
    rows: list[object] = [
        *builders.told("a", article_fields={"doc_id": "doc-a"}, anonymity=Anonymity.SPECIFIC, resolved_source="aide"),
        *builders.told("b", article_fields={"doc_id": "doc-b", "outlet_id": "times"}, resolved_source="aide"),
        *builders.told(
            "c",
            article_fields=later,
            kind=Kind.FACT,
            made_earliest=day(7),
            made_latest=day(7),
            due_earliest=day(7),
            due_latest=day(7),
        ),
        builders.copy("b", "a", recorded_at=day(1)),
        builders.match("a-c", "b-c", recorded_at=day(1)),
        builders.grouping("a-c", "a", "o", "p", day(1)),
        builders.grouping("b-c", "a", "o", "p", day(1)),
        builders.grouping("c-c", "c", "o2", "p2", day(1)),
        builders.evidence("e", "a-c", "c", "Treasury listed five officials", recorded_at=day(8)),
        builders.resolution(
            "a-c",
            Outcome.HELD_UP,
            resolved_by="p-1",
            resolved_by_kind=ResolverKind.MACHINE,
            evidence_ids=("e",),
            confidence=0.9,
            recorded_at=day(8),
        ),
    ]
    with open_warehouse(path) as con, transaction(con):
        for row in rows:
            add(con, [row])
    return path


@pytest.fixture
def hold_warehouse() -> Callable[[Path], AbstractContextManager[None]]:
    """A second process that holds the warehouse, as another flow would."""

    @contextmanager
    def hold(path: Path) -> Iterator[None]:
        with subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            yield
            holder.communicate()

    return hold


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One temporary Prefect server for the whole session: each start takes many seconds."""
    home = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    os.environ["PREFECT_HOME"] = str(home / "prefect")
    prepare(home)
    with warnings.catch_warnings():
        # Prefect's own imports warn; what we do with it is tested with warnings as errors.
        warnings.simplefilter("ignore")
        from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415  # reads what `prepare` set

        with prefect_test_harness(server_startup_timeout=300):
            yield
        gc.collect()
    os.environ.clear()
    os.environ.update(before)
