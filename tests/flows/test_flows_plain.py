"""The stages as plain functions: no server, nothing twice, every input counted once."""

import json
import subprocess
import sys

import pytest
from builders import day

from claims.vocabulary import Stage
from flows.pipeline import run_pipeline, run_stage
from flows.run_log import last_runs, logged
from flows.settings import Clock, clock_at, load_settings, parse_time
from warehouse.connect import open_published, open_warehouse
from warehouse.read import counts, frame

LEDE = "WASHINGTON - The Treasury will list more banks by the end of March, a senior Treasury official said on Tuesday."
TAIL = "The official spoke on condition of anonymity. “We are not done,” the official added."
CLOCK = Clock.fixed(day(400))


@pytest.fixture
def inputs(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    good = {"doc_id": "good", "outlet": "ledger", "published": "2019-02-12T10:00:00Z", "text": f"{LEDE}\n\n{TAIL}"}
    copy = good | {"doc_id": "copy", "outlet": "times", "published": "2019-02-12T15:00:00Z"}
    (folder / "articles.jsonl").write_text("\n".join(json.dumps(row) for row in (good, copy, good)), encoding="utf-8")
    (folder / "broken.json").write_text('{"text": "cut', encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    return folder


def tables(settings):
    with open_published(settings.published) as con:
        names = con.execute("select table_name from information_schema.tables where table_name <> 'migrations'")
        return {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for (name,) in names.fetchall()}


def test_every_input_ends_in_one_counted_way(inputs):
    done = run_pipeline(load_settings(), CLOCK, [str(inputs)])
    assert done["ingest"] == {"stored": 2, "known": 1, "set_aside": 3}
    assert done["extract"]["articles"] == 2
    assert list(done) == [stage.value for stage in Stage]


@pytest.mark.slow
def test_a_second_run_adds_no_row_and_changes_no_table(inputs):
    settings = load_settings()
    run_pipeline(settings, CLOCK, [str(inputs)])
    before = tables(settings)
    done = run_pipeline(settings, CLOCK, [str(inputs)])
    assert tables(settings) == before
    assert before["claims_now"]
    assert done["ingest"] == {"stored": 0, "known": 3, "set_aside": 3}
    assert not any(done["extract"].values())


@pytest.mark.slow
def test_batches_of_one_end_in_the_same_tables(inputs, tmp_path):
    whole, single = (load_settings(home=tmp_path / name) for name in ("whole", "single"))
    run_pipeline(whole, CLOCK, [str(inputs)])
    run_pipeline(single.model_copy(update={"batch": 1}), CLOCK, [str(inputs)])
    assert tables(whole) == tables(single)


@pytest.mark.slow
def test_stages_alone_end_as_the_pipeline_does(inputs, tmp_path):
    whole, parts = (load_settings(home=tmp_path / name) for name in ("whole", "parts"))
    run_pipeline(whole, CLOCK, [str(inputs)])
    for stage in Stage:
        run_stage(stage, parts, CLOCK, [str(inputs)])
    assert tables(whole) == tables(parts)


def test_a_bug_in_one_article_stops_the_stage_and_loses_no_earlier_batch(inputs, monkeypatch):
    settings = load_settings().model_copy(update={"batch": 1})
    run_stage("ingest", settings, CLOCK, [str(inputs)])
    from flows import readers  # noqa: PLC0415  # what is patched

    read_article = readers.read_article
    seen = []

    def fail_at_second(article, **options):
        seen.append(article)
        if len(seen) == 2:
            raise ZeroDivisionError
        return read_article(article, **options)

    monkeypatch.setattr(readers, "read_article", fail_at_second)
    with pytest.raises(ZeroDivisionError):
        run_stage("extract", settings, CLOCK)
    with open_warehouse(settings.warehouse) as con:
        assert con.execute("select count(*) from extractions").fetchone() == (1,)
    assert [run.state for run in last_runs(settings.home)] == ["done", "failed"]
    assert run_stage("extract", settings, CLOCK)["articles"] == 1


def test_a_text_that_cannot_be_read_leaves_the_queue_with_its_reason(inputs, monkeypatch):
    from claims.errors import UnreadableText  # noqa: PLC0415  # as above
    from flows import readers  # noqa: PLC0415  # what is patched

    def refuse(article, **options):
        raise UnreadableText("no language model for it")

    settings = load_settings()
    run_stage("ingest", settings, CLOCK, [str(inputs)])
    monkeypatch.setattr(readers, "read_article", refuse)
    assert run_stage("extract", settings, CLOCK) == {"articles": 0, "attributions": 0, "claims": 0, "set_aside": 2}
    assert run_stage("extract", settings, CLOCK)["set_aside"] == 0


def test_given_attributions_are_read_with_their_article(tmp_path):
    text = "Nora Finch promised to open ten schools."
    given = {
        "doc_id": "promise",
        "outlet": "ledger",
        "published": "2019-02-12T10:00:00Z",
        "text": text,
        "attributions": [{"source": [[0, 10]], "cue": [[11, 19]], "content": [[20, 39]]}],
    }
    path = tmp_path / "given.json"
    given["attributions"].append({"source": [[0, 10]], "cue": [[11, 19]], "content": []})
    path.write_text(json.dumps(given), encoding="utf-8")
    settings = load_settings()
    counts = run_pipeline(settings, CLOCK, [str(path)])["ingest"]
    assert counts == {"stored": 1, "known": 0, "set_aside": 0, "attributions_without_content": 1}
    with open_published(settings.published) as con:
        assert con.execute("select extractor, resolved_source from claims_now").fetchall() == [("given", "Nora Finch")]


def test_the_run_log_survives_a_killed_process(tmp_path):
    with logged(tmp_path, "ingest") as done:
        done["stored"] = 1
    with (tmp_path / "runs.jsonl").open("a") as file:
        file.write('{"run_id": "x", "stage": "match", "started_at": "2019"}\n{"run_id": "half')
    with logged(tmp_path, "extract"):
        pass
    assert [(run.stage, run.state) for run in last_runs(tmp_path)] == [
        ("ingest", "done"),
        ("match", "unfinished"),
        ("extract", "done"),
    ]


def test_paths_follow_what_is_given(tmp_path, monkeypatch):
    monkeypatch.delenv("ONRECORD_HOME")
    monkeypatch.chdir(tmp_path)
    assert load_settings().warehouse == tmp_path / ".onrecord" / "warehouse.duckdb"
    given = load_settings(warehouse=tmp_path / "x" / "w.duckdb")
    assert (given.home, given.published) == (tmp_path / "x", tmp_path / "x" / "published.duckdb")
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path / "h"))
    assert load_settings().published == tmp_path / "h" / "published.duckdb"


@pytest.mark.parametrize(
    "text", ["2019-02-01", "2019-02-01T00:00:00Z", "2019-02-01T01:00:00+01:00", " 2019-02-01 00:00 "]
)
def test_times_are_read_as_utc(text):
    assert parse_time(text).isoformat() == "2019-02-01T00:00:00+00:00"


def test_a_run_as_of_a_past_time_records_as_of_then():
    then = parse_time("2019-02-01")
    assert clock_at("2019-02-01") == Clock(as_of=then, recorded_at=then, is_replay=True)
    ahead = clock_at("2999-01-01")
    assert ahead.recorded_at < ahead.as_of
    assert not ahead.is_replay


def test_a_plain_run_never_loads_prefect(inputs, tmp_path):
    program = (
        "import sys; from flows.cli import main; code = main(sys.argv[1:]);"
        "loaded = 'prefect' in sys.modules; sys.exit(code or loaded)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "run", str(inputs), "--warehouse", str(tmp_path / "w.duckdb")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ingest: 2 stored, 1 known, 3 set aside; extract: 2 articles")
    with open_warehouse(tmp_path / "w.duckdb") as con:
        assert counts(con)["articles"] == 2


@pytest.mark.slow
def test_a_replay_of_a_past_day_loses_nothing(tmp_path, inputs):
    settings = load_settings()
    first = json.loads((inputs / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    second = first | {"doc_id": "later", "outlet": "times", "published": "2019-02-12T15:00:00Z"}
    for name, row in (("one", first), ("two", second)):
        (tmp_path / f"{name}.json").write_text(json.dumps(row), encoding="utf-8")
    run_pipeline(settings, CLOCK, [str(tmp_path / "one.json")])
    run_pipeline(settings, Clock.fixed(day(200)), [str(tmp_path / "two.json")])
    with open_published(settings.published) as con:
        assert con.execute("select count(distinct article_id), max(n_articles) from claims_now").fetchone() == (1, 1)
        assert con.execute("select count(*) from articles_now where copy_of is not null").fetchone() == (0,)
    run_pipeline(settings, CLOCK, [str(tmp_path / "two.json")])
    at_once = load_settings(home=tmp_path / "at-once")
    run_pipeline(at_once, CLOCK, [str(tmp_path / "one.json"), str(tmp_path / "two.json")])
    query = "select claim_id, n_articles, n_copies, n_origins, origin_id, proposition_id from claims_now order by 1"
    found = [frame(query, each.published) for each in (settings, at_once)]
    assert len(found[0]) > 1
    assert found[0].equals(found[1])
