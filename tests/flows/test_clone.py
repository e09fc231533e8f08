"""A server and a worker from a clean clone, by the commands that prefect.yaml gives, while somebody reads."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from serving import Api, until

from warehouse.connect import open_published

ROOT = Path(__file__).parents[2]
_READER = """
import sys, time, duckdb
seen = []
while True:
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as con:
            found = con.execute("select count(*), count(distinct claim_id) from claims_now").fetchone()
    except duckdb.Error as error:
        print("FAILED", error, flush=True)
        sys.exit(1)
    if found not in seen:
        seen.append(found)
        print(*found, flush=True)
    time.sleep(0.02)
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path):
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no repository, or git is not installed")
    subprocess.run([git, "clone", "-q", str(ROOT), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


@pytest.fixture
def start(tmp_path, clone):
    """Start Python in the clone with what prefect.yaml says to export; everything has ended after the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "ONRECORD_HOME": str(tmp_path / "home"),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_PORT": str(port),
        "DO_NOT_TRACK": "1",
        "PWD": str(clone),
        # The clone, not the tree that this interpreter has installed.
        "PYTHONPATH": str(clone),
    }
    (tmp_path / "prefect").mkdir()
    running = []

    def started(*command):
        log = tmp_path / f"{len(running)}-{command[-1].strip('-').replace('/', '_')}.log"
        with log.open("w") as file:
            run = subprocess.Popen(
                [sys.executable, *command],
                cwd=clone,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running.append((run, log))
        return run, log

    started.address = f"http://127.0.0.1:{port}"
    yield started
    for run, _ in reversed(running):
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGTERM)
            try:
                run.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()


def ended_well(run, log):
    assert run.wait(300) == 0, log.read_text()
    return log.read_text()


def test_the_scheduled_deployments_run_from_a_clean_clone_while_a_reader_reads(start, clone, tmp_path):
    published = tmp_path / "home" / "published.duckdb"
    sample = sorted(str(path) for path in (clone / "flows" / "sample").glob("[0-9]*"))
    # A day's work is published before anybody serves: the reader has something to read.
    cli = "from flows.cli import main; import os, sys; os.environ.pop('PREFECT_API_URL'); sys.exit(main(sys.argv[1:]))"
    ended_well(*start("-c", cli, "run", *sample[:12]))
    first = published.stat().st_mtime_ns
    reader, read = start("-c", _READER, str(published))

    start("-m", "prefect", "server", "start")
    api = Api(start.address)
    until(api.is_up)
    _, worker_log = start("-m", "prefect", "worker", "start", "--pool", "onrecord", "--type", "process", "--limit", "3")
    until(lambda: api.client.get("work_pools/onrecord").is_success)
    deployed = ended_well(*start("-m", "prefect", "--no-prompt", "deploy", "--all"))
    assert "error" not in deployed.lower()

    whole = api.run("pipeline/everything", inputs=sample)
    assert until(lambda: api.ended(whole)) == "Completed", worker_log.read_text()
    # The night comes early: beside the deployment's own schedule there is one that is due every minute.
    nightly = api.deployment("nightly/nightly")
    assert [made["schedule"]["cron"] for made in nightly["schedules"]] == ["10 3 * * *"]
    schedule = {"interval": 60, "anchor_date": datetime.now(UTC).isoformat(), "timezone": "UTC"}
    api.ask(f"deployments/{nightly['id']}/schedules", [{"schedule": schedule, "active": True}])
    runs = until(lambda: [run for run in api.runs("nightly/nightly") if run["auto_scheduled"] and run["start_time"]])
    assert until(lambda: api.ended(runs[0]["id"])) == "Completed", worker_log.read_text()

    api.close()
    time.sleep(1.0)  # long enough for the reader to look at what is published now
    assert reader.poll() is None, read.read_text()
    reader.terminate()
    seen = [tuple(map(int, line.split())) for line in read.read_text().splitlines()]
    with open_published(published) as con:
        assert con.execute("select count(*), count(distinct claim_id) from claims_now").fetchone() == seen[-1]
    assert len(seen) > 1
    assert published.stat().st_mtime_ns != first
