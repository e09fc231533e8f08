"""Events of data sets: dated articles that claims are held against, stored once, known only from their snapshot on."""

import csv
import json
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.articles import Page
from claims.records import SetAside
from flows.events import event_pages
from flows.settings import Clock

SNAPSHOT = Clock.fixed(datetime(2019, 3, 5, tzinfo=UTC))
ACLED = {
    "event_id_cnty": "VEN100",
    "event_date": "23 February 2019",
    "sub_event_type": "Defection",
    "actor1": "Military Forces of Venezuela",
    "location": "San Antonio",
    "notes": "More than 300 Venezuelan soldiers defected to Colombia.",
    "fatalities": "0",
    "timestamp": "1551139200",
}
GDELT = {
    "GLOBALEVENTID": "7",
    "SQLDATE": "20190228",
    "Actor1Name": "UNITED STATES",
    "Actor2Name": "VENEZUELA",
    "EventCode": "163",
    "ActionGeo_FullName": "Washington",
    "DATEADDED": "20190301",
}


def table(path, *rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def pages(path, home, clock=SNAPSHOT):
    return list(event_pages(path, dataset="acled", clock=clock, home=home))


def test_a_records_own_words_carry_its_day(tmp_path):
    [page] = pages(table(tmp_path / "e.csv", ACLED), tmp_path)
    assert page.text == "On 23 February 2019, More than 300 Venezuelan soldiers defected to Colombia."
    assert (page.doc_id, page.outlet, page.published) == ("acled:VEN100", "acled", "2019-02-26")
    assert page.attributions == ()


def test_codes_of_gdelt_read_as_words(tmp_path):
    [page] = pages(table(tmp_path / "e.csv", GDELT, delimiter="\t"), tmp_path)
    assert page.text == "On 28 February 2019, United States imposed sanctions on Venezuela in Washington."
    assert page.published == "2019-03-01"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"SQLDATE": "soon"}, "no day"),
        ({"EventCode": "036"}, "neither words"),
        ({"SQLDATE": "20190401"}, "after its snapshot"),
    ],
)
def test_a_row_that_tells_no_past_event_is_set_aside(tmp_path, change, reason):
    good, bad = pages(table(tmp_path / "e.csv", GDELT, GDELT | change), tmp_path)
    assert isinstance(good, Page)
    assert isinstance(bad, SetAside)
    assert reason in bad.message


def test_a_late_correction_of_a_record_does_not_date_its_event(tmp_path):
    [page] = pages(table(tmp_path / "e.csv", ACLED | {"timestamp": "1700000000"}), tmp_path)
    assert page.published == "2019-02-23"


def test_deaths_are_told_unless_the_words_tell_them(tmp_path):
    four = ACLED | {"event_date": "24 February 2019", "fatalities": "4"}
    told = four | {"event_id_cnty": "VEN101", "notes": "Soldiers shot 4 people."}
    first, second = pages(table(tmp_path / "e.csv", four, told), tmp_path)
    assert first.text.endswith("On 24 February 2019, 4 people were killed in San Antonio.")
    assert second.text == "On 24 February 2019, Soldiers shot 4 people."


def test_signs_that_only_look_like_numbers_are_none(tmp_path):
    [page] = pages(table(tmp_path / "e.csv", ACLED | {"timestamp": "²" * 10, "fatalities": "4²"}), tmp_path)
    assert page.published == "2019-02-23"
    assert "killed" not in page.text


def test_parquet_gives_the_same_events_as_csv(tmp_path):
    comma = table(tmp_path / "e.csv", ACLED)
    con = duckdb.connect()
    con.sql(f"from read_csv('{comma}', all_varchar = true)").write_parquet(str(tmp_path / "e.parquet"))
    con.close()
    assert [p.text for p in pages(tmp_path / "e.parquet", tmp_path)] == [p.text for p in pages(comma, tmp_path)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted(ACLED)), st.text(max_size=40)), min_size=1, max_size=4))
def test_every_row_ends_as_a_page_or_set_aside(tmp_path, rows):
    full = [dict.fromkeys(ACLED, "") | row for row in rows]
    printable = [
        {name: value.replace("\0", "").encode("utf-8", "replace").decode() for name, value in row.items()}
        for row in full
    ]
    found = pages(table(tmp_path / "e.csv", *printable), tmp_path)
    assert len(found) == len(rows)


def test_a_table_without_events_is_refused_in_one_line(tmp_path, onrecord):
    (tmp_path / "e.csv").write_text("name,colour\na,red\n", encoding="utf-8")
    printed = onrecord("events", tmp_path / "e.csv", "--dataset", "mine")
    assert printed.code == 2
    assert "has no column for an event's id" in printed.err
    (tmp_path / "e.parquet").write_bytes(b"no table")
    assert "cannot be read as Parquet" in onrecord("events", tmp_path / "e.parquet", "--dataset", "mine").err


def test_an_event_supports_an_open_claim_and_the_proposal_rests_on_its_words(tmp_path, onrecord):
    told = {
        "url": "https://ledger.example/1",
        "outlet": "Ledger",
        "published": "2019-02-28T00:00:00Z",
        "fetched_at": "2019-02-28T01:00:00Z",
        "text": "The United States will impose sanctions on Venezuela within two weeks, a senior official said.",
    }
    (tmp_path / "a.json").write_text(json.dumps(told), encoding="utf-8")
    events = table(tmp_path / "e.csv", GDELT | {"SQLDATE": "20190304", "DATEADDED": "20190304"}, delimiter="\t")
    assert onrecord("ingest", tmp_path / "a.json").code == 0
    for expected in ("1 stored, 0 known", "0 stored, 1 known"):
        assert expected in onrecord("events", events, "--dataset", "gdelt", "--known-at", "2019-03-05").out
    assert onrecord("run", tmp_path / "a.json", "--as-of", "2019-04-01").code == 0
    answer = onrecord("sql", "select quote, stance from evidence", "--format", "csv").out
    assert 'United States imposed sanctions on Venezuela in Washington.",supports' in answer
    proposed = onrecord("sql", "select outcome, resolved_by_kind from resolutions", "--format", "csv").out
    assert "held_up,machine" in proposed
    made = "select count(*) from attributions join articles using (article_id) where outlet_id = 'gdelt'"
    assert onrecord("sql", made, "--format", "csv").out.split() == ["count_star()", "0"]
