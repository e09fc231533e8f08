"""What changed on a page, as the terminal shows it; articles made again from the archive by a command."""

from pathlib import Path

import pytest
from looking import HOUR, NOW, Ingest, lists
from sites import Site

from flows.cli_pages import changed_lines
from flows.pipeline import run_stage
from flows.revisions import refetch
from flows.settings import Clock, Settings
from warehouse.connect import open_published

FIRST = "The bridge will open in June, a senior official of the ministry said on Tuesday, on condition of anonymity."
EDITED = "The bridge may open in June, an official of the ministry said on Tuesday."
REST = "Two engineers who worked on the pylons doubted that the paint would be dry in time, and asked for more weeks."
NOTICE = "Correction: An earlier version of this article misstated what the official said."


def html(*paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>Bridge</title></head><body><article>{body}</article></body></html>"


@pytest.fixture
def edited(site: Site, settings: Settings, ingest: Ingest) -> str:
    lists(settings)
    url = site.says("/bridge", html(FIRST, REST))
    ingest(url)
    run_stage("extract", settings, Clock.fixed(NOW))
    site.says("/bridge", html(EDITED, REST, NOTICE))
    later = Clock.fixed(NOW + HOUR)
    refetch(settings, later)
    for stage in ("extract", "match", "resolve", "score", "publish"):
        run_stage(stage, settings, later)
    return url


def test_an_edit_is_shown_word_by_word_with_what_it_did(edited: str, settings: Settings, onrecord) -> None:
    printed = onrecord("revisions", edited, "--published", settings.published)
    assert printed.code == 0
    assert "[-will-]{+may+}" in printed.out
    assert "[-on condition of anonymity-]" in printed.out.replace("[-, on", "[-on")
    assert f"says of itself: {NOTICE}" in printed.out
    assert "condition of anonymity: stated → not stated" in printed.out
    assert "\x1b" not in printed.out
    with open_published(settings.published) as con:
        (article_id,) = con.execute("select min(article_id) from articles").fetchone() or ("",)
    assert onrecord("revisions", article_id, "--published", settings.published).out == printed.out


def test_the_latest_edits_are_listed(edited: str, settings: Settings, onrecord) -> None:
    printed = onrecord("revisions", "--published", settings.published)
    assert printed.code == 0
    assert "edited" in printed.out
    assert "/bridge" in printed.out


def test_a_page_that_nobody_knows_is_bad_usage(edited: str, settings: Settings, onrecord) -> None:
    printed = onrecord("revisions", "https://nobody.example/x", "--published", settings.published)
    assert (printed.code, printed.out) == (2, "")
    assert "no page is known" in printed.err


def test_the_archive_is_read_into_a_new_warehouse(
    edited: str, settings: Settings, onrecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_OUTLETS", str(settings.outlets))
    printed = onrecord("ingest", "--from-archive", "--warehouse", tmp_path / "new.duckdb")
    assert printed.code == 0, printed.err
    assert "2 stored" in printed.out
    assert onrecord("ingest", "--from-archive", tmp_path).code == 2


def test_what_would_steer_a_terminal_is_made_visible() -> None:
    lines = list(changed_lines("The light is red today.", "The light is \x1b[32m green\u202e today."))
    assert lines
    assert not any({"\x1b", "\u202e"} & set(line.plain) for line in lines)
