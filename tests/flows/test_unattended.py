"""Nothing that happens to a run shows in what analysts read: not a kill, not a second run, not a reader in its way."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.connect import open_published

ROUNDS, KILLS_A_ROUND = 10, 5
_COUNT = (
    "select (select count(*) from claims_now), (select count(*) from articles_now), (select count(*) from resolutions)"
)
_READER = f"""
import sys, time, duckdb
seen = set()
while time.time() < float(sys.argv[2]):
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as con:
            seen.add(con.execute("{_COUNT}").fetchone())
    except duckdb.IOException as error:
        if "does not exist" not in str(error):
            raise
    time.sleep(0.02)
print(sorted(seen))
"""


def onrecord(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"ONRECORD_HOME": str(home), "NO_COLOR": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finish(home: Path, *arguments: str) -> str:
    run = onrecord(home, *arguments)
    printed, _ = run.communicate(timeout=300)
    assert run.returncode == 0, printed
    return printed


def tables(home: Path) -> dict[str, list[str]]:
    """Every row of every table and view of the published demo, in an order of its own."""
    with open_published(home / "demo" / "published.duckdb") as con:
        names = con.execute(
            "select table_name from information_schema.tables where table_name <> 'migrations' order by all"
        ).fetchall()
        return {name: sorted(repr(row) for row in con.execute(f"from {name}").fetchall()) for (name,) in names}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], float]:
    home = tmp_path_factory.mktemp("clean")
    started = time.monotonic()
    finish(home, "demo")
    return tables(home), time.monotonic() - started


@pytest.mark.slow
def test_a_second_demo_gives_the_same_tables_and_adds_no_row(tmp_path):
    first = finish(tmp_path, "demo")
    before = tables(tmp_path)
    second = finish(tmp_path, "demo")
    assert tables(tmp_path) == before
    assert before["claims_now"]
    assert first.splitlines()[-20:] == second.splitlines()[-20:]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_at_random_moments_it_ends_as_if_never_killed(clean, tmp_path, seed):
    expected, duration = clean
    moments = random.Random(seed)
    for _ in range(KILLS_A_ROUND):
        run = onrecord(tmp_path, "demo")
        time.sleep(moments.uniform(0.05, 1.0) * duration)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
    finish(tmp_path, "demo")
    assert tables(tmp_path) == expected


@pytest.mark.slow
def test_a_reader_in_a_loop_never_fails_and_never_sees_half_a_run(clean, tmp_path):
    _, duration = clean
    published = tmp_path / "demo" / "published.duckdb"
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(published), str(time.time() + 3 * duration)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(2):
        finish(tmp_path, "demo")
    printed, errors = reader.communicate(timeout=300)
    assert reader.returncode == 0, errors
    with open_published(published) as con:
        whole = con.execute(_COUNT).fetchone()
    assert printed.strip() == str([whole])
