"""`onrecord status`: what it shows, and the exit code that monitors go by."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import article, day

from claims.fetches import Fetch
from flows.publish import publish_batch
from flows.run_log import logged
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction

NOW = day(60)


@pytest.fixture
def settings(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    publish_batch(settings, Clock.fixed(NOW))
    # Its articles have not been read by the reader of today: one that has waited long enough is told of.
    with open_warehouse(small_warehouse) as con, transaction(con):
        con.execute("update articles set recorded_at = ?", [NOW])
    return settings


@pytest.fixture
def status(settings, onrecord):
    return lambda *more: onrecord("status", "--as-of", NOW.isoformat(), *more)


def look_at(settings, **fields):
    good = Fetch(
        fetch_id="f",
        address="https://ledger.example/feed",
        kind="feed",
        status="new",
        entries_new=3,
        entries_known=0,
        entries_waiting=0,
        failures=0,
        next_look_at=NOW + timedelta(minutes=10),
        recorded_at=NOW - timedelta(hours=1),
    )
    with open_warehouse(settings.warehouse) as con, transaction(con):
        add(con, [replace(good, **fields)])


def test_a_sound_installation_is_well(settings, status):
    look_at(settings)
    printed = status()
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.splitlines()[-1] == "all is well"
    assert "https://ledger.example/feed" in printed.out
    assert "claims due, waiting for a judgement" in printed.out


def test_as_json_it_is_one_object(settings, status):
    told = json.loads(status("--json").out)
    assert {row["waiting"]: row["n"] for row in told["waiting"]}["articles not read yet"] == 3
    assert told["attention"] == []
    assert told["rows"]["claims"] == 3
    assert told["disk"][str(settings.warehouse)] > 0


def test_a_stage_that_failed_wants_attention_until_it_succeeds(settings, status):
    with pytest.raises(ZeroDivisionError), logged(settings.home, "extract"):
        raise ZeroDivisionError("oh")
    printed = status()
    assert printed.code == 1
    assert "ATTENTION the last extract failed" in printed.out
    with logged(settings.home, "extract"):
        pass
    assert status().code == 0


def test_a_run_that_never_ended_is_told_of_when_it_can_hardly_be_at_work(settings, onrecord):
    line = {"run_id": "x", "stage": "match", "started_at": NOW.isoformat()}
    (settings.home / "runs.jsonl").write_text(json.dumps(line) + "\n")
    assert onrecord("status", "--as-of", (NOW + timedelta(hours=1)).isoformat()).code == 0
    later = onrecord("status", "--as-of", (NOW + timedelta(hours=7)).isoformat())
    assert later.code == 1
    assert "the last match began" in later.out


def test_work_that_waits_for_a_day_wants_attention(settings, status):
    with open_warehouse(settings.warehouse) as con, transaction(con):
        add(con, [article("late", recorded_at=NOW - timedelta(hours=25))])
    printed = status()
    assert printed.code == 1
    assert "ATTENTION 4 articles not read yet, since" in printed.out


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"next_look_at": NOW - timedelta(hours=25)}, "was due at"),
        ({"status": "gone", "failures": 30, "message": "404: take it out"}, "404: take it out"),
        ({"status": "unreachable", "failures": 1, "message": "no answer"}, "ever: no answer"),
        ({"recorded_at": NOW - timedelta(days=8)}, "has brought nothing since"),
    ],
)
def test_a_feed_that_is_late_dead_or_silent_wants_attention(settings, status, fields, said):
    look_at(settings, **fields)
    printed = status()
    assert printed.code == 1
    assert said in printed.out


def test_a_published_file_that_is_far_behind_wants_attention(settings, status):
    published_at = settings.published.stat().st_mtime
    line = {"run_id": "x", "stage": "match", "state": "done"}
    for hours, code in ((25, 0), (27, 1)):
        began = NOW.fromtimestamp(published_at, NOW.tzinfo) + timedelta(hours=hours)
        (settings.home / "runs.jsonl").write_text(json.dumps(line | {"started_at": began.isoformat()}) + "\n")
        assert status().code == code
    settings.published.unlink()
    assert "nothing is published" in status().out


def test_set_asides_are_told_by_reason(settings, status):
    with open_warehouse(settings.warehouse) as con:
        con.execute(
            "insert into set_asides values ('s', 'ingest', 'a.txt', 'UnreadableText', 'it is empty: get it again', ?)",
            [NOW - timedelta(days=1)],
        )
    assert "it is empty: get it again" in status().out


def test_without_a_warehouse_or_with_something_else_it_is_unusable(tmp_path, onrecord):
    assert onrecord("status").code == 2
    other = tmp_path / "notes.duckdb"
    other.write_text("my notes " * 1_000)
    assert onrecord("status", "--warehouse", other).code == 2


def test_its_help_documents_the_exit_code(onrecord):
    printed = " ".join(onrecord("status", "--help").out.split())
    assert "0: all is well" in printed
    assert "2: there is no warehouse" in printed
