"""What goes wrong is said in one line with a remedy: 2 for bad usage or input, 1 otherwise, never a traceback."""

import subprocess
import sys

import pytest
from builders import day

from flows import cli
from flows.publish import publish_batch
from flows.settings import Clock, load_settings


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run", "--nonsense"],
        ["run", "missing.txt"],
        ["run", "--as-of", "yesterday"],
        ["show"],
        ["show", "abc"],
        ["status"],
        ["review", "--export", "a.csv", "--import", "b.csv"],
        ["ingest", "missing-folder/"],
        ["sql", "select 1", "--out", "."],
        ["sql", "select 1", "--out", "a.xlsx"],
        ["--no-version"],
        ["sql", "select 1", "--out", "missing-folder/a.csv"],
        ["attributions", __file__, "--out", "."],
        ["review", "--export", "."],
    ],
)
def test_bad_usage_is_one_line_and_2(onrecord, arguments):
    printed = onrecord(*arguments)
    assert printed.code == 2
    assert printed.err.startswith("onrecord: ")
    assert printed.err.count("\n") == 1


def test_a_held_warehouse_is_one_line_and_1(small_warehouse, onrecord, monkeypatch):
    monkeypatch.setenv("ONRECORD_WAIT_SECONDS", "0.2")
    hold = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(small_warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for arguments in (["match"], ["resolve", "a-c", "held_up", "--by", "ada"]):
            printed = onrecord(*arguments)
            assert (printed.code, printed.err.count("\n")) == (1, 1)
            assert "another process" in printed.err
        assert onrecord("doctor").code == 1
        holder.communicate()


def test_a_file_that_is_no_warehouse_is_bad_input(tmp_path, onrecord):
    other = tmp_path / "notes.duckdb"
    other.write_text("my notes " * 1_000)
    for arguments in (["extract", "--warehouse", other], ["sql", "select 1", "--published", other]):
        printed = onrecord(*arguments)
        assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert other.read_text().startswith("my notes")


def test_a_wrong_variable_of_the_environment_is_named(onrecord, monkeypatch):
    monkeypatch.setenv("ONRECORD_BATCH", "many")
    printed = onrecord("extract")
    assert printed.code == 2
    assert "ONRECORD_BATCH=many" in printed.err


def test_a_bug_is_one_line_and_its_traceback_is_kept(tmp_path):
    program = (
        "import sys; from flows import cli, cli_sql\n"
        "def fail(*a, **k): raise ZeroDivisionError('oh \\x1b[31m')\n"
        "cli_sql.options.settings_from = fail\n"
        "sys.exit(cli.main(['sql', 'select 1']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: this is a bug: ZeroDivisionError: oh �[31m")
    assert done.stderr.count("\n") == 1
    assert "Traceback" in (tmp_path / "home" / "bug.txt").read_text()


def test_nobody_reading_our_output_is_no_failure_to_report(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    publish_batch(settings, Clock.fixed(day(60)))
    query = "select * from range(300000)"
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "sql", query, "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == ""


def test_help_and_version_need_no_warehouse(onrecord):
    for arguments in ([], ["--help"], ["--version"], ["run", "--help"]):
        printed = onrecord(*arguments)
        assert (printed.code, printed.err) == (0, "")
        assert printed.out


def test_every_command_says_what_it_does():
    commands = cli.app.registered_commands
    assert {command.callback.__name__ for command in commands} >= {
        "demo", "run", "ingest", "extract", "match", "resolve", "review", "score", "publish", "sql", "show", "status",
        "doctor", "attributions",
    }  # fmt: skip
    assert all(command.callback.__doc__ for command in commands)


def test_the_command_line_starts_without_what_it_may_not_need():
    program = "import sys; import flows.cli; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["prefect", "duckdb", "pandas", "numpy", "trafilatura", "httpx", "pydantic", "claims.reader"]
    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_healthy_machine_passes_the_doctor(small_warehouse, onrecord):
    printed = onrecord("doctor")
    assert printed.code == 0, printed.out
    assert "storage v1.5.0" in printed.out


def test_prefects_missing_folder_is_found_by_the_doctor(onrecord, monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "no" / "such" / "prefect"))
    printed = onrecord("doctor")
    assert printed.code == 1
    assert "ILL PREFECT_HOME" in printed.out
