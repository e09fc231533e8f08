"""Versions of a page, end to end: what counts, what is linked, what an edit did, and what is asked of the past."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import START, day

from claims.records import Resolution, key
from claims.vocabulary import Outcome, ResolverKind
from flows.pipeline import run_pipeline, run_stage
from flows.settings import Clock, Settings, load_settings
from warehouse.connect import open_warehouse
from warehouse.load import add
from warehouse.rows import dicts

URL = "https://ledger.example/2019/banks"
LEDE = "The Treasury will list more banks by the end of March, a senior Treasury official said on Tuesday."
CONDITION = "The official spoke on condition of anonymity because the list is not public."
DENIAL = "A spokesman for the bank said that it had broken no law and would appeal."
FIRST = f"{LEDE}\n\n{CONDITION}\n\n{DENIAL}\n\nUpdated 5 minutes ago"
EDITED = FIRST.replace("The Treasury will list", "The Treasury may list").replace(CONDITION, "The list is not public.")
SAME = FIRST.replace("5 minutes", "25 minutes").replace("\n\n", "\n\n \n") + "\n\nShare this article"
OTHER = (
    "Heavy rain flooded the harbour on Saturday and closed both bridges, the mayor said. Ferries stopped at noon, and "
    "schools stay shut on Monday. Nobody was hurt, a fire brigade spokeswoman told reporters at the scene."
)


def page(text: str, at: datetime, url: str = URL, outlet: str = "ledger") -> dict[str, str]:
    given = {"url": url, "outlet": outlet, "published": "2019-02-12T10:00:00Z", "title": "More banks to be listed"}
    return given | {"text": text, "fetched_at": at.isoformat()}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home")


def seen(
    settings: Settings, tmp_path: Path, *pages: dict[str, str], at: datetime, stages: bool = True
) -> dict[str, int]:
    file = tmp_path / "seen.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in pages), encoding="utf-8")
    clock = Clock.fixed(at)
    counts = run_stage("ingest", settings, clock, [str(file)])
    if stages:
        for stage in ("extract", "match"):
            run_stage(stage, settings, clock)
    return counts


def ask(settings: Settings, sql: str, **values: Any) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse) as con:
        return dicts(con, sql, **values)


@pytest.fixture
def edited(settings: Settings, tmp_path: Path) -> Settings:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    seen(settings, tmp_path, page(EDITED, day(6)), at=day(6))
    return settings


def test_an_edit_is_a_row_of_its_own_linked_to_the_text_before(edited: Settings) -> None:
    (step,) = ask(edited, "from revisions")
    assert (step["change"], step["address"], step["seen_at"]) == ("edited", URL, day(6))
    assert "will" in step["was"]
    assert "may" in step["became"]
    assert 0.5 < step["kept_share"] < 1
    texts = ask(edited, "select article_id, text from articles order by fetched_at")
    assert [row["article_id"] for row in texts] == [step["was_article_id"], step["article_id"]]
    assert texts[0]["text"] == FIRST


def test_only_the_latest_text_counts_and_the_earlier_can_be_asked_for(edited: Settings) -> None:
    now = ask(edited, "select claim_text, article_id from claims_as_of($t)", t=day(7))
    before = ask(edited, "select claim_text, article_id from claims_as_of($t)", t=day(5.5))
    assert len(now) == len(before)
    assert {row["article_id"] for row in now}.isdisjoint({row["article_id"] for row in before})
    assert any("may list" in row["claim_text"] for row in now)
    assert any("will list" in row["claim_text"] for row in before)
    assert ask(edited, "select count(*) as n from readings_as_of($t)", t=day(7)) == [{"n": 2}]


def test_versions_are_neither_copies_nor_corroboration(edited: Settings, tmp_path: Path) -> None:
    reprint = page(FIRST, day(5), url="https://times.example/banks", outlet="times") | {"credit": "ledger"}
    seen(edited, tmp_path, reprint, at=day(8))
    with open_warehouse(edited.warehouse) as con:
        con.execute("delete from clock")
        con.execute("insert into clock values (?)", [day(9)])
        stories = dicts(con, "select distinct story_id from stories_as_of($t)", t=day(9))
        printed = dicts(con, "select outlet_id, is_original from story_copies order by all")
        claims = dicts(
            con, "select n_articles, n_outlets, n_copies, n_origins from claims_now where claim_text like '%list%'"
        )
        versions = dicts(
            con,
            "select version, n_versions, superseded_by is null as stands from articles_now"
            " where outlet_id = 'ledger' order by 1",
        )
    assert len(stories) == 1
    assert printed == [{"outlet_id": "ledger", "is_original": True}, {"outlet_id": "times", "is_original": False}]
    assert {row["n_origins"] for row in claims} == {1}
    assert {row["n_outlets"] for row in claims} == {2}
    assert {row["n_copies"] for row in claims} == {1}
    assert versions == [
        {"version": 1, "n_versions": 2, "stands": False},
        {"version": 2, "n_versions": 2, "stands": True},
    ]


def test_what_the_edit_did_to_claims_is_told(edited: Settings) -> None:
    with open_warehouse(edited.warehouse) as con:
        con.execute("delete from clock")
        con.execute("insert into clock values (?)", [day(9)])
        changes = {(row["what"], row["was"], row["became"]) for row in dicts(con, "from revision_changes")}
    kinds = {what for what, _, _ in changes}
    assert ("condition of anonymity", "stated", "not stated") in changes
    assert "modality" in kinds
    assert "wording" in kinds
    assert "claim added" not in kinds


def test_an_outcome_follows_the_claim_into_the_next_text(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    (claim,) = ask(settings, "select claim_id from claims_as_of($t) where claim_text like '%list more%'", t=day(5))
    judged = Resolution(
        resolution_id=key("judged"),
        claim_id=claim["claim_id"],
        outcome=Outcome.HELD_UP,
        resolved_by="ada",
        resolved_by_kind=ResolverKind.PERSON,
        recorded_at=day(5.5),
    )
    with open_warehouse(settings.warehouse) as con:
        add(con, [judged])
    seen(settings, tmp_path, page(EDITED, day(6)), at=day(6))
    found = ask(
        settings,
        "select s.claim_id, s.outcome from claim_status($t) as s join claims_as_of($t) as c using (claim_id)"
        " where c.claim_text like '%list more%'",
        t=day(7),
    )
    assert [row["outcome"] for row in found] == ["held_up"]
    assert found[0]["claim_id"] != claim["claim_id"]


def test_spacing_furniture_and_the_time_since_are_no_revision(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    assert seen(settings, tmp_path, page(SAME, day(6)), at=day(6)) == {"stored": 0, "known": 1, "set_aside": 0}
    assert ask(settings, "from revisions") == []


def test_another_story_at_the_address_takes_nothing_back(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    seen(settings, tmp_path, page(OTHER, day(6)), at=day(6))
    assert [row["change"] for row in ask(settings, "from revisions")] == ["replaced"]
    both = ask(settings, "select distinct article_id from claims_as_of($t)", t=day(7))
    assert len(both) == 2
    assert len(ask(settings, "select distinct story_id from stories_as_of($t)", t=day(7))) == 2


def test_a_text_that_comes_back_stands_again(edited: Settings, tmp_path: Path) -> None:
    first = ask(edited, "select article_id from articles order by fetched_at")[0]["article_id"]
    assert seen(edited, tmp_path, page(FIRST, day(7)), at=day(7))["known"] == 1
    assert seen(edited, tmp_path, page(FIRST, day(8)), at=day(8))["known"] == 1
    assert len(ask(edited, "from revisions")) == 2
    for at, stands in ((day(5.5), True), (day(6.5), False), (day(8), True)):
        current = {row["article_id"] for row in ask(edited, "select article_id from claims_as_of($t)", t=at)}
        assert (first in current) is stands
        assert len(current) == 1


def test_until_the_new_text_is_read_the_claims_of_the_old_one_stand(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    seen(settings, tmp_path, page(EDITED, day(6)), at=day(6), stages=False)
    waiting = ask(settings, "select claim_id from claims_as_of($t)", t=day(6))
    assert waiting
    run_stage("extract", settings, Clock.fixed(day(7)))
    # Asked again as of the time in between, the answer is what it was.
    assert ask(settings, "select claim_id from claims_as_of($t)", t=day(6)) == waiting
    assert {row["claim_id"] for row in ask(settings, "select claim_id from claims_as_of($t)", t=day(7))}.isdisjoint(
        {row["claim_id"] for row in waiting}
    )


@pytest.mark.slow
def test_texts_that_arrive_in_the_wrong_order_end_as_in_the_right_one(tmp_path: Path) -> None:
    pages = [page(FIRST, day(5)), page(EDITED, day(6)), page(EDITED + "\n\nThe list has nine names.", day(7))]
    ends = []
    for name, order in (("right", pages), ("wrong", pages[::-1]), ("mixed", [pages[1], pages[2], pages[0]])):
        settings = load_settings(home=tmp_path / name)
        for one in order:
            seen(settings, tmp_path, one, at=day(9), stages=False)
        run_stage("extract", settings, Clock.fixed(day(9)))
        ends.append(
            (
                {row["article_id"] for row in ask(settings, "select article_id from claims_as_of($t)", t=day(10))},
                {row["first_article_id"] for row in ask(settings, "from versions_as_of($t)", t=day(10))},
            )
        )
    assert ends[0] == ends[1] == ends[2]
    assert [len(part) for part in ends[0]] == [1, 1]


def test_the_same_page_under_other_parameters_is_known(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, day(5)), at=day(5))
    counted = page(FIRST, day(6), url=f"{URL}/?utm_source=feed#top")
    assert seen(settings, tmp_path, counted, at=day(6))["known"] == 1


@pytest.mark.slow
def test_a_second_run_of_everything_adds_no_row(edited: Settings, tmp_path: Path) -> None:
    def rows() -> dict[str, int]:
        names = [row["name"] for row in ask(edited, "select table_name as name from duckdb_tables()")]
        return {name: ask(edited, f"select count(*) as n from {name}")[0]["n"] for name in names}  # noqa: S608

    file = tmp_path / "again.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in (page(FIRST, day(5)), page(EDITED, day(6)))), encoding="utf-8")
    clock = Clock.fixed(day(10))
    run_pipeline(edited, clock, [str(file)])
    before = rows()
    run_pipeline(edited, Clock.fixed(day(10) + timedelta(hours=1)), [str(file)])
    after = rows()
    assert {name: n for name, n in after.items() if n != before[name] and name != "estimates"} == {}
    assert after["revisions"] == 1


def test_articles_from_before_pages_were_told_apart_get_their_addresses(settings: Settings, tmp_path: Path) -> None:
    seen(settings, tmp_path, page(FIRST, START), at=day(5))
    with open_warehouse(settings.warehouse) as con:
        con.execute("delete from page_facts")
    seen(settings, tmp_path, page(EDITED, day(6)), at=day(6))
    assert [row["change"] for row in ask(settings, "from revisions")] == ["edited"]
