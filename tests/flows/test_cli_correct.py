"""`onrecord correct`: an analyst's reading is recorded, published, shown, and taken back by a row."""

import pytest
from builders import day

from claims.records import Claimant, key
from warehouse.connect import open_published, open_warehouse
from warehouse.load import add, transaction

BY = ("--why", "the text says so", "--by", "ada")


def published(path, columns, claim_id="a-c"):
    with open_published(path.with_name("published.duckdb")) as con:
        return con.execute(f"from claims_now select {columns} where claim_id = ?", [claim_id]).fetchone()


def recorded(path):
    with open_warehouse(path) as con:
        return con.execute(
            "select field, value, decided_by, withdrawn_at is not null from corrections order by recorded_at, field"
        ).fetchall()


def test_a_correction_is_recorded_published_and_shown(small_warehouse, onrecord):
    printed = onrecord("correct", "a-", "--level", "a4", "--kind", "Prediction", *BY)
    assert printed.code == 0, printed.err
    assert "a-c level corrected to A4" in printed.out
    assert recorded(small_warehouse) == [
        ("kind", "prediction", "person:ada", False),
        ("level", "A4", "person:ada", False),
    ]
    assert published(small_warehouse, "anonymity, kind") == ("A4", "prediction")
    shown = onrecord("show", "a-c").out
    for told in (
        "A4: corrected by ada: the text says so (machine: A3, unnamed; nothing usable)",
        "kind: prediction (machine: intention)",
        "level: A4 (machine: A3)",
        "corrected",
    ):
        assert told in shown


def test_correcting_so_again_writes_nothing(small_warehouse, onrecord):
    onrecord("correct", "a-c", "--level", "A4", *BY)
    again = onrecord("correct", "a-c", "--level", "A4", *BY)
    assert (again.code, again.out) == (0, "nothing changed: it is corrected so already\n")
    assert len(recorded(small_warehouse)) == 1


def test_undoing_is_a_row_and_the_machines_reading_stands_again(small_warehouse, onrecord):
    onrecord("correct", "a-c", "--level", "A4", "--polarity", "negative", "--no-publish", *BY)
    assert onrecord("correct", "a-c", "--level", "A4", "--undo", *BY).code == 0
    assert published(small_warehouse, "anonymity, polarity") == ("A3", "negative")
    assert onrecord("correct", "a-c", "--undo", *BY).code == 0
    assert published(small_warehouse, "anonymity, polarity") == ("A3", "positive")
    assert [row[3] for row in recorded(small_warehouse)] == [False, False, True, True]
    assert onrecord("correct", "a-c", "--undo", *BY).code == 2
    assert "correction undone" in onrecord("show", "a-c").out


@pytest.mark.slow
def test_days_and_words_set_the_horizon(small_warehouse, onrecord):
    assert onrecord("correct", "a-c", "--horizon", "by the end of March", *BY).code == 0
    assert published(small_warehouse, "horizon_text, due_latest::date::varchar") == (
        "by the end of March",
        "2019-03-31",
    )
    assert onrecord("correct", "a-c", "--due", "2019-03-01/2019-03-15", *BY).code == 0
    assert published(small_warehouse, "due_earliest::date::varchar, due_latest::date::varchar") == (
        "2019-03-01",
        "2019-03-15",
    )


def test_a_corrected_kind_brings_its_deadline(small_warehouse, onrecord):
    onrecord("correct", "a-c", "--kind", "fact", *BY)
    assert published(small_warehouse, "due_latest", "a-c") == (day(0),)


@pytest.mark.slow
def test_a_name_joins_the_claimant_that_is_there_and_makes_one_that_is_not(small_warehouse, onrecord):
    guaido = Claimant(
        claimant_id=key("claimant", "juan guaidó"), name="Juan Guaidó", is_person=True, recorded_at=day(0)
    )
    with open_warehouse(small_warehouse) as con, transaction(con):
        add(con, [guaido])
    assert onrecord("correct", "a-c", "--level", "A1", "--source", "Juan Guaido", *BY).code == 0
    assert published(small_warehouse, "claimant_id, resolved_source, descriptor") == (
        guaido.claimant_id,
        "Juan Guaidó",
        None,
    )
    assert onrecord("correct", "c-c", "--level", "A2", "--source", "the Treasury Department", *BY).code == 0
    with open_published(small_warehouse.with_name("published.duckdb")) as con:
        names = con.execute("select name from claimants join claims_now using (claimant_id) order by name").fetchall()
    assert ("Juan Guaidó",) in names
    assert len(names) == 2


def test_without_publishing_the_published_copy_stays(small_warehouse, onrecord):
    onrecord("correct", "b-c", "--kind", "fact", *BY)
    onrecord("correct", "a-c", "--kind", "fact", "--no-publish", *BY)
    assert published(small_warehouse, "kind") == ("intention",)


@pytest.mark.slow
def test_a_replay_records_as_of_then(small_warehouse, onrecord):
    at = ("--as-of", day(60).isoformat())
    assert onrecord("correct", "a-c", "--kind", "fact", *at, *BY).code == 0
    assert onrecord("correct", "a-c", "--kind", "opinion", *at, *BY).code == 0
    assert published(small_warehouse, "kind") == ("opinion",)
    with open_warehouse(small_warehouse) as con:
        known = [
            con.execute("select kind from claims_as_of($t) where claim_id = 'a-c'", {"t": day(number)}).fetchone()
            for number in (59, 60, 61)
        ]
    assert known == [("intention",), ("fact",), ("opinion",)]


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["zzz", "--level", "A3", *BY], "no claim"),
        (["a-c", *BY], "--level"),
        (["a-c", "--level", "A9", *BY], "A0, A1, A2, A3, A4, A5, A6, A7"),
        (["a-c", "--kind", "rumour", *BY], "prediction"),
        (["a-c", "--polarity", "mixed", *BY], "positive, negative"),
        (["a-c", "--modality", "sure", *BY], "certain"),
        (["a-c", "--horizon", "when pigs fly", *BY], "--due"),
        (["a-c", "--due", "soon", *BY], "2019-03-31"),
        (["a-c", "--due", "2018-01-01", *BY], "published"),
        (["a-c", "--level", "A1", *BY], "--source"),
        (["a-c", "--source", " ", *BY], "empty"),
        (["a-c", "--level", "A3"], "--why"),
        (["a-c", "--level", "A3", "--why", " ", "--by", "ada"], "--why"),
        (["a-c", "--undo", *BY], "onrecord show"),
        (["a-c", "--level", "A3", "--as-of", "then", *BY], "--as-of"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_one_line(small_warehouse, onrecord, arguments, remedy):
    printed = onrecord("correct", *arguments)
    assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert remedy in printed.err
    assert recorded(small_warehouse) == []


def test_one_bad_value_leaves_nothing_of_the_others(small_warehouse, onrecord):
    assert onrecord("correct", "a-c", "--kind", "fact", "--due", "never", *BY).code == 2
    assert recorded(small_warehouse) == []
