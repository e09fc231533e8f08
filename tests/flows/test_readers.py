"""Articles read side by side: the same rows however many processes read, and none of them outlives us."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders import day

from flows.pipeline import run_stage
from flows.readers import readers
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse
from warehouse.read import article_ids

CLOCK = Clock.fixed(day(400))
NAMES = ("Ada Finch", "Boris Lund", "Carla Menz", "Dora Quist", "Emil Roth", "Fay Stone", "Gus Tull")


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "articles.jsonl"
    rows = [
        {
            "doc_id": str(number),
            "outlet": f"ledger-{number % 3}",
            "published": f"2019-02-{number % 27 + 1:02}T10:00:00Z",
            "text": f"{name} promised on Tuesday to open {number} schools by May. “We will not wait,” {name} said.",
        }
        for number, name in enumerate(NAMES * 2)
    ]
    german = (
        "Der Minister sagte am Dienstag, dass die Brücke im Mai nicht fertig werde, und niemand wisse, wann sie es sei."
    )
    rows.append({"doc_id": "foreign", "outlet": "ledger-0", "published": "2019-02-12", "text": german})
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return [str(path)]


def tables(settings):
    with open_warehouse(settings.warehouse) as con:
        names = con.execute("select table_name from duckdb_tables() where table_name <> 'migrations'").fetchall()
        return {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for (name,) in names}


def read_all(settings, inputs):
    run_stage("ingest", settings, CLOCK, inputs)
    return run_stage("extract", settings, CLOCK)


def with_processes(settings, number):
    return settings.model_copy(update={"processes": number, "batch": 4})


@pytest.mark.slow
def test_the_rows_are_the_same_however_many_processes_read(inputs, tmp_path):
    one, several = (with_processes(load_settings(home=tmp_path / str(n)), n) for n in (1, 2))
    counts = [read_all(settings, inputs) for settings in (one, several)]
    assert counts[0] == counts[1]
    assert (counts[0]["articles"], counts[0]["set_aside"]) == (14, 1)
    assert tables(one) == tables(several)


def test_one_process_is_this_one(tmp_path):
    with readers(load_settings()) as reader:
        assert list(reader([], CLOCK)) == []
    program = "import sys, flows.readers; sys.exit('duckdb' in sys.modules or 'warehouse.connect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_error_that_is_a_bug_stops_the_stage_from_its_process_too(inputs):
    settings = with_processes(load_settings(), 2)
    run_stage("ingest", settings, CLOCK, inputs)
    with readers(settings) as reader, pytest.raises(AttributeError):
        list(reader([["no article"]], CLOCK))  # type: ignore[list-item]  # that is the bug


def children_of(pid: int) -> set[int]:
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.add(int(place.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the children in /proc")
@pytest.mark.slow
def test_killed_it_leaves_no_process_behind_and_loses_nothing(inputs, tmp_path):
    settings = with_processes(load_settings(), 2)
    run_stage("ingest", settings, CLOCK, inputs)
    with open_warehouse(settings.warehouse) as con:
        assert len(article_ids(con)) == 15
    environment = os.environ | {"ONRECORD_PROCESSES": "2", "ONRECORD_BATCH": "1"}
    program = [sys.executable, "-m", "flows.cli", "extract", "--as-of", CLOCK.as_of.isoformat()]
    with subprocess.Popen(program, env=environment, stderr=subprocess.PIPE) as run:
        children: set[int] = set()
        while run.poll() is None and len(children) < 3:  # two readers, and what watches over their semaphores
            children = children_of(run.pid)
            time.sleep(0.02)
        assert run.poll() is None, run.stderr.read() if run.stderr else ""
        os.kill(run.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    read_all(settings, inputs)
    undisturbed = with_processes(load_settings(home=tmp_path / "undisturbed"), 1)
    read_all(undisturbed, inputs)
    assert tables(settings) == tables(undisturbed)
