"""The run log: what is trimmed of it, and that nothing is lost meanwhile."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from flows.run_log import last_of_each, last_runs, logged, trim


def write(home, *runs):
    lines = []
    for number, (stage, days) in enumerate(runs):
        started = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        line = {"run_id": f"r{number}", "stage": stage, "started_at": started}
        lines += [json.dumps(line), json.dumps(line | {"state": "done", "seconds": 1.0, "counts": {}})]
    (home / "runs.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_old_runs_go_and_the_last_of_each_stage_stays(tmp_path):
    write(tmp_path, ("match", 90), ("score", 80), ("match", 40), ("match", 5), ("ingest", 1))
    assert trim(tmp_path, days=30) == 4
    assert [(run.stage, run.state) for run in last_runs(tmp_path)] == [
        ("score", "done"), ("match", "done"), ("ingest", "done"),
    ]  # fmt: skip
    assert trim(tmp_path, days=30) == 0
    assert set(last_of_each(tmp_path)) == {"score", "match", "ingest"}


def test_half_lines_go_with_the_rest(tmp_path):
    write(tmp_path, ("match", 90), ("match", 1))
    with (tmp_path / "runs.jsonl").open("a") as file:
        file.write('{"run_id": "ha')
    assert trim(tmp_path, days=30) == 3


def test_no_log_is_nothing_to_trim(tmp_path):
    assert trim(tmp_path, days=30) == 0


def test_a_run_that_is_logged_meanwhile_is_not_lost(tmp_path):
    write(tmp_path, *[("score", 90)] * 50)

    def run(number):
        with logged(tmp_path, f"stage-{number}"):
            trim(tmp_path, days=30)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(40)))
    done = {run.stage for run in last_runs(tmp_path, limit=100) if run.state == "done"}
    assert done >= {f"stage-{number}" for number in range(40)}
