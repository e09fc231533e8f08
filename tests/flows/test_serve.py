"""`onrecord serve`: one command that runs what is due, tells of failures, and leaves nothing behind when it ends."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest
from serving import Api, listening, until

from flows.prefect_env import server_variables

ROOT = Path(__file__).parents[2]


def processes_of(home: Path) -> dict[int, str]:
    """Return the command lines of all processes whose environment names `home`."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            told = (place / "environ").read_bytes()
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if f"ONRECORD_HOME={home}".encode() in told.split(b"\0") and int(place.name) != os.getpid():
            found[int(place.name)] = command
    return found


@contextmanager
def serving(home: Path, *arguments: str, **variables: str):
    """Yield `onrecord serve` at work, and the interface of its server."""
    log = home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"ONRECORD_HOME": str(home)} | variables
    with log.open("w") as file:
        run = subprocess.Popen(
            [sys.executable, "-u", "-m", "flows.cli", "serve", *arguments],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        found = until(lambda: run.poll() is not None or re.search(r"http://127\.0\.0\.1:\d+", log.read_text()))
        assert not isinstance(found, bool), log.read_text()
        api = Api(found.group())
        until(lambda: run.poll() is not None or api.is_up())
        # The last one of prefect.yaml: then the others stand there, too.
        until(lambda: run.poll() is not None or api.client.get("deployments/name/score/estimate").is_success)
        assert run.poll() is None, log.read_text()
        yield run, api, log
        api.close()
    finally:
        run.kill()
        run.wait()


def test_a_port_that_is_taken_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "serve", "--port", port], capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"onrecord: port {port} cannot be had (Address already in use): name another")
    assert done.stderr.count("\n") == 1


def test_a_home_that_is_served_already_is_one_line(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    with (home / ".serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run([sys.executable, "-m", "flows.cli", "serve"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "another `onrecord serve` is at work" in done.stderr


def test_alert_wants_a_webhook_and_a_server(onrecord, monkeypatch):
    assert "ONRECORD_WEBHOOK" in onrecord("alert").err
    monkeypatch.setenv("ONRECORD_WEBHOOK", "https://hooks.example/x")
    printed = onrecord("alert")
    assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert "PREFECT_API_URL" in printed.err


def settings_read(environment: dict[str, str], cwd: Path) -> dict[str, object]:
    """Return Prefect's settings as a process of its own reads them."""
    program = "from prefect.settings import get_current_settings as s; print(s().model_dump_json())"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_run_history_is_kept_as_long_as_asked(tmp_path):
    environment = os.environ | {"PREFECT_HOME": str(tmp_path)} | server_variables(12)
    vacuum = settings_read(environment, tmp_path)["server"]["services"]["db_vacuum"]
    assert sorted(vacuum["enabled"]) == ["events", "flow_runs"]
    assert vacuum["retention_period"] in ("P12D", 12 * 86_400)


def test_every_setting_for_prefect_is_one_that_it_reads(tmp_path):
    read = settings_read(os.environ | {"PREFECT_HOME": str(tmp_path)}, ROOT)

    def differences(told, found, path=""):
        for name, value in told.items():
            if isinstance(value, dict):
                yield from differences(value, found.get(name, {}), f"{path}{name}.")
            elif isinstance(value, list):
                if sorted(found.get(name) or ()) != sorted(value):
                    yield f"{path}{name}"
            elif found.get(name) not in (value, f"P{value / 86_400:.0f}D" if isinstance(value, int) else value):
                yield f"{path}{name}"

    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["prefect"]
    assert list(differences(told, read)) == []
    assert list(differences({"server": {"nonsense": True}}, read)) == ["server.nonsense"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_it_serves_tells_of_failures_and_ends_with_all_that_it_started(tmp_path):
    home = tmp_path / "served"
    no_warehouse = tmp_path / "notes.txt"
    no_warehouse.write_text("my notes " * 1_000)
    with listening() as (address, heard):
        with serving(home, "--port", "0", ONRECORD_WEBHOOK=address) as (run, api, log):
            # What is due later stands there already: the scheduler works.
            until(lambda: any(made["state_type"] == "SCHEDULED" for made in api.runs("nightly/nightly")))
            good = api.run("publish/publish")
            assert until(lambda: api.ended(good)) == "Completed", log.read_text()
            assert (home / "published.duckdb").exists()
            bad = api.run("extract/read", warehouse=str(no_warehouse))
            assert until(lambda: api.ended(bad)) == "Failed"
            told = json.loads(until(lambda: heard and heard[0]))
            assert told["flow"] == "extract"
            assert str(no_warehouse) in told["message"]
            run.send_signal(signal.SIGTERM)
            assert run.wait(90) == 0
            assert "leaked" not in log.read_text()
            assert processes_of(home) == {}
        with serving(home, "--port", "0", ONRECORD_WEBHOOK=address) as (run, api, log):
            names = [made["name"] for made in api.ask("automations/filter")]
            assert names == ["onrecord-failures"]
            runner = next(pid for pid, command in processes_of(home).items() if "flows.serving" in command)
            os.kill(runner, signal.SIGKILL)
            assert run.wait(90) == 1
            assert "onrecord: the runner ended by itself (signal SIGKILL)" in log.read_text()
            assert processes_of(home) == {}
    assert len(heard) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children end with their parent only there")
def test_killed_it_takes_its_children_along(tmp_path):
    home = tmp_path / "served"
    with serving(home, "--port", "0") as (run, _, _):
        run.kill()
    until(lambda: processes_of(home) == {}, seconds=60)
