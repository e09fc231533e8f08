"""Out of the archive alone: the same articles, ids and all; what was changed there is set aside with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import day

from claims.articles import Page
from claims.errors import UnreadableInput
from flows.archive import folder, keep_fetched
from flows.archived import archived_pages, warc_pages
from flows.fetching.asking import Fetched
from flows.ingest import ingest_archive, ingest_batch
from flows.outlets import Outlets
from flows.pipeline import run_stage
from flows.settings import Clock, Settings, load_settings
from warehouse.connect import open_warehouse
from warehouse.rows import dicts

CLOCK = Clock.fixed(day(400))
LEDE = "The Treasury will list more banks by the end of March, a senior Treasury official said on Tuesday."
PROSE = "A spokesman for the bank said that it had broken no law and would appeal against any such step in court."
HTML = (
    f"<html><head><title>Banks</title></head><body><article><p>{LEDE}</p><p>{PROSE} Café.</p></article></body></html>"
)
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Ledger</title><link>https://ledger.example</link>
<item><title>Banks in short</title><link>https://ledger.example/short</link><description>{LEDE}</description></item>
</channel></rss>"""
OUTLETS = Outlets.model_validate({"outlet": []})


def rows(settings: Settings) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse) as con:
        return dicts(con, "select * exclude (recorded_at) from articles order by article_id")


@pytest.fixture
def read_once(tmp_path: Path) -> Settings:
    """A home that has read files of every kind and one fetched page."""
    folder_in = tmp_path / "in"
    folder_in.mkdir()
    (folder_in / "a.txt").write_text(f"Banks to be listed\n\n{LEDE}\n\n{PROSE}", encoding="utf-8")
    (folder_in / "b.html").write_text(HTML, encoding="utf-8")
    (folder_in / "c.xml").write_text(FEED, encoding="utf-8")
    given = {
        "text": LEDE,
        "outlet": "times",
        "attributions": [{"source": [[57, 82]], "cue": [[83, 87]], "content": [[0, 55]]}],
    }
    (folder_in / "d.jsonl").write_text(json.dumps(given) + "\n" + json.dumps({"text": PROSE}), encoding="utf-8")
    settings = load_settings(home=tmp_path / "home")
    run_stage("ingest", settings, CLOCK, [str(folder_in)])
    body = HTML.replace("Café", "Over £5").encode("cp1252")
    fetched = Fetched(
        url="https://ledger.example/1",
        body=body,
        content_type="text/html",
        charset="cp1252",
        headers=(("Content-Type", "text/html; charset=windows-1252"),),
        asked_at=day(400),
    )
    page = Page(
        html=body.decode("cp1252"),
        url=fetched.url,
        fetched_at=CLOCK.recorded_at,
        raw_ref=keep_fetched(settings.home, fetched, now=CLOCK.recorded_at),
        what=fetched.url,
    )
    ingest_batch(settings, CLOCK, [page], OUTLETS)
    return settings


def test_the_archive_alone_gives_the_same_rows_and_nothing_more(read_once: Settings, tmp_path: Path) -> None:
    before = rows(read_once)
    assert len(before) == 6
    files = {path: path.read_bytes() for path in read_once.home.rglob("*.gz")}
    fresh = load_settings(home=read_once.home, warehouse=tmp_path / "fresh.duckdb")
    assert ingest_archive(fresh, CLOCK, read_once.home) == {"stored": 6, "known": 0, "set_aside": 0}
    assert rows(fresh) == before
    assert ingest_archive(fresh, CLOCK, read_once.home)["stored"] == 0
    assert {path: path.read_bytes() for path in read_once.home.rglob("*.gz")} == files


def test_another_home_gets_the_evidence_too(read_once: Settings, tmp_path: Path) -> None:
    other, third = load_settings(home=tmp_path / "other"), load_settings(home=tmp_path / "third")
    assert ingest_archive(other, CLOCK, read_once.home)["stored"] == 6
    assert ingest_archive(third, CLOCK, other.home)["stored"] == 6
    assert {row["article_id"] for row in rows(third)} == {row["article_id"] for row in rows(read_once)}


def test_what_was_given_with_spans_keeps_its_claims(read_once: Settings, tmp_path: Path) -> None:
    fresh = load_settings(home=read_once.home, warehouse=tmp_path / "fresh.duckdb")
    ingest_archive(fresh, CLOCK, read_once.home)
    found = []
    for settings in (read_once, fresh):
        with open_warehouse(settings.warehouse) as con:
            found.append(dicts(con, "select claim_id, claim_text from claims order by 1"))
    assert found[0] == found[1] != []


def test_evidence_that_was_changed_is_set_aside_and_the_rest_read(read_once: Settings, tmp_path: Path) -> None:
    path = next(path for path in (read_once.home / "raw").rglob("*.gz"))
    path.write_bytes(b"something else")
    fresh = load_settings(home=read_once.home, warehouse=tmp_path / "fresh.duckdb")
    counts = ingest_archive(fresh, CLOCK, read_once.home)
    assert counts["set_aside"] >= 1
    assert counts["stored"] + counts["set_aside"] == 6
    with open_warehouse(fresh.warehouse) as con:
        assert "damaged" in dicts(con, "from set_asides")[0]["message"]


def test_a_cut_off_note_of_a_killed_run_is_passed_over(read_once: Settings) -> None:
    last = max(folder(read_once.home).iterdir())
    whole = list(archived_pages(read_once.home, now=day(401)))
    last.write_bytes(last.read_bytes()[:-30])
    cut = list(archived_pages(read_once.home, now=day(401)))
    assert all(isinstance(page, Page) for page in [*whole, *cut])
    assert len(cut) in (len(whole) - 1, len(whole))


def test_a_warc_file_is_an_input_like_any_other(read_once: Settings, tmp_path: Path) -> None:
    files = [str(path) for path in sorted(folder(read_once.home).iterdir())]
    fresh = load_settings(home=tmp_path / "fresh")
    counts = run_stage("ingest", fresh, CLOCK, files)
    assert counts["set_aside"] == 0
    (row,) = rows(fresh)
    assert (row["url"], row["fetched_at"]) == ("https://ledger.example/1", day(400))
    assert "Over £5" in row["text"]


def test_what_is_no_warc_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"hello")
    with pytest.raises(UnreadableInput, match="no WARC file"):
        list(warc_pages(path, home=tmp_path, now=day(1)))
    assert run_stage("ingest", load_settings(home=tmp_path / "home"), CLOCK, [str(path)])["set_aside"] == 1
