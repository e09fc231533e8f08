"""Extraction over Prefect's Dask runner: the same rows; and one line where it is not installed."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest
from builders import day

from flows.pipeline import run_stage
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse

CLOCK = Clock.fixed(day(400))
TEXT = "{} promised on Tuesday to open ten schools by May. “We will not wait,” {} said."

is_there = importlib.util.find_spec("prefect_dask") is not None


@pytest.fixture
def waiting(tmp_path):
    """Settings of a warehouse in which three articles wait to be read."""
    path = tmp_path / "articles.jsonl"
    names = ("Ada Finch", "Boris Lund", "Carla Menz")
    rows = [{"outlet": name[0], "published": "2019-02-12", "text": TEXT.format(name, name)} for name in names]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def ingested(name):
        settings = load_settings(home=tmp_path / name)
        run_stage("ingest", settings, CLOCK, [str(path)])
        return settings

    return ingested


def extract(settings, **more):
    environment = os.environ | {"ONRECORD_HOME": str(settings.home), "ONRECORD_RUNNER": "dask"} | more
    program = [sys.executable, "-m", "flows.cli", "extract", "--as-of", CLOCK.as_of.isoformat()]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=False, timeout=500)


def rows(settings):
    with open_warehouse(settings.warehouse) as con:
        tables = ("extractions", "attributions", "sources", "claims", "claimants")
        return {table: sorted(map(repr, con.execute(f"from {table}").fetchall())) for table in tables}


@pytest.mark.slow
@pytest.mark.skipif(not is_there, reason="prefect-dask is not installed: it comes with the extra `dask`")
def test_the_rows_are_the_same_on_a_cluster(waiting):
    there, here = waiting("there"), waiting("here")
    done = extract(there, ONRECORD_PROCESSES="2", ONRECORD_BATCH="1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("extract: 3 articles")
    run_stage("extract", here, CLOCK)
    assert rows(there) == rows(here)
    assert rows(here)["claims"]


@pytest.mark.skipif(is_there, reason="prefect-dask is installed")
def test_without_the_package_it_is_one_line_with_a_remedy(waiting):
    done = extract(waiting("there"))
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "onrecord: ONRECORD_RUNNER=dask wants the package prefect_dask: install onrecord with its extra `dask`,"
        " or unset ONRECORD_RUNNER"
    )
