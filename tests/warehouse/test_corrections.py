"""A correction stands over every reading of its claim, as known at every time, until it is taken back."""

from typing import Any

import builders
import duckdb
import pytest
from builders import day

from claims.records import Claim, Claimant, Correction, Source, Span, Succession
from claims.vocabulary import Anonymity, CorrectedField, Kind, Modality, Outcome
from warehouse import read
from warehouse.connect import migrate
from warehouse.load import add, set_clock
from warehouse.rows import dicts, records

LEVEL, SOURCE, KIND = CorrectedField.LEVEL, CorrectedField.SOURCE, CorrectedField.KIND
HORIZON, TRACKABLE, MODALITY = CorrectedField.HORIZON, CorrectedField.TRACKABLE, CorrectedField.MODALITY
RUBIO = Claimant(claimant_id="rubio", name="Marco Rubio", is_person=True, recorded_at=day(0))


@pytest.fixture(scope="module")
def memory():
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con


@pytest.fixture
def con(memory):
    memory.execute("begin transaction")
    set_clock(memory, day(60))
    yield memory
    memory.execute("rollback")


def put(con: Any, *rows: Any) -> None:
    for row in rows:
        assert add(con, [row]) == 1


def now(con: Any, columns: str, claim_id: str = "a-c", at: float = 60) -> tuple[Any, ...] | None:
    return con.execute(
        f"from claims_as_of($t) select {columns} where claim_id = $c", {"t": day(at), "c": claim_id}
    ).fetchone()


def withdrawn(claim_id: str, field: CorrectedField, value: str, at: float) -> Correction:
    return builders.correction(claim_id, field, value, recorded_at=day(at), withdrawn_at=day(at))


def test_a_correction_comes_back_as_it_went_in_and_is_written_once(con):
    correction = builders.correction("a-c", HORIZON, "in March", due_earliest=day(20), due_latest=day(50))
    put(con, correction)
    assert add(con, [correction]) == 0
    assert records(con, Correction, "select * from corrections") == [correction]


def test_what_is_no_word_of_the_vocabulary_is_refused(con):
    with pytest.raises(duckdb.ConstraintException):
        add(con, [builders.correction("a-c", KIND, "rumour")])


def test_every_field_is_read_as_corrected(con):
    put(
        con,
        *builders.told("a", modality_phrase="will", horizon_text="in time", horizon_policy="h-1"),
        builders.correction("a-c", LEVEL, "A3"),
        builders.correction("a-c", SOURCE, "senior White House official"),
        builders.correction("a-c", KIND, "prediction"),
        builders.correction("a-c", CorrectedField.POLARITY, "negative"),
        builders.correction("a-c", MODALITY, "likely"),
        builders.correction("a-c", TRACKABLE, "false", why="a mood"),
        builders.correction("a-c", HORIZON, "in March", due_earliest=day(21), due_latest=day(51)),
    )
    assert now(con, "anonymity, resolved_source, descriptor, claimant_id, level_reason") == (
        "A3", "senior White House official", "senior White House official", None,
        "corrected by ada: misread (machine: A7, unnamed; nothing usable)",
    )  # fmt: skip
    assert now(con, "kind, polarity, modality, modality_phrase, trackable, trackable_reason") == (
        "prediction", "negative", "likely", None, False,
        "corrected by ada: a mood (machine: trackable, an act that would be reported)",
    )  # fmt: skip
    assert now(con, "horizon_text, due_earliest, due_latest, horizon_policy") == ("in March", day(21), day(51), None)
    (claim,) = records(con, Claim, "from claims_as_of($t)", t=day(60))
    (row,) = read.claim_rows(con, day(60))
    assert row.claim == claim
    assert (row.claim.kind, row.source.anonymity) == (Kind.PREDICTION, Anonymity.SPECIFIC)
    (shown,) = dicts(con, "select anonymity, kind, due_latest, workflow from claims_now")
    assert shown == {"anonymity": "A3", "kind": "prediction", "due_latest": day(51), "workflow": "not trackable"}


def test_an_uncorrected_claim_is_read_as_the_reader_read_it(con):
    put(con, *builders.told("a", horizon_policy="h-1", modality_phrase="will"))
    put(con, *builders.told("b"), builders.correction("b-c", KIND, "fact"))
    (claim,) = [row.claim for row in read.claim_rows(con, day(60)) if row.claim.claim_id == "a-c"]
    (source,) = [row.source for row in read.claim_rows(con, day(60)) if row.claim.claim_id == "a-c"]
    assert [claim] == records(con, Claim, "select * from claims where claim_id = 'a-c'")
    assert [source] == records(con, Source, "select * from sources where source_id = 'a-s'")


def test_a_correction_is_not_known_before_it_was_made_and_not_after_it_was_undone(con):
    put(
        con,
        *builders.told("a"),
        builders.correction("a-c", KIND, "fact", recorded_at=day(10)),
        builders.correction("a-c", KIND, "opinion", recorded_at=day(20)),
        withdrawn("a-c", KIND, "opinion", 30),
        builders.correction("a-c", KIND, "denial", recorded_at=day(40)),
    )
    kinds = [now(con, "kind", at=at) for at in (9, 10, 15, 20, 25, 30, 35, 40)]
    assert [kind for (kind,) in kinds] == [
        "intention", "fact", "fact", "opinion", "opinion", "intention", "intention", "denial",
    ]  # fmt: skip
    events = [row["event"] for row in dicts(con, "from claim_history where claim_id = 'a-c' order by happened_at")]
    assert [event for event in events if event.startswith("correct")] == [
        "corrected", "corrected", "correction undone", "corrected",
    ]  # fmt: skip


def twice_told(con: Any) -> None:
    put(
        con,
        *builders.told("a"),
        builders.claim("a-d", article_id="a", attribution_id="a-t", source_id="a-s", content=(Span(17, 26),)),
        builders.extraction("a", ("a-c", "a-d"), recorded_at=day(1)),
    )


def test_level_and_source_hold_for_the_attribution_and_the_rest_for_the_claim(con):
    twice_told(con)
    put(con, builders.correction("a-c", LEVEL, "A4"), builders.correction("a-c", KIND, "fact"))
    assert now(con, "anonymity, kind", "a-c") == ("A4", "fact")
    assert now(con, "anonymity, kind", "a-d") == ("A4", "intention")
    assert len(read.claim_rows(con, day(60))) == 2
    put(con, withdrawn("a-d", LEVEL, "A4", 20))
    assert now(con, "anonymity", "a-c") == ("A7",)
    assert now(con, "kind", "a-c") == ("fact",)


def read_again(con: Any, *, spans: bool) -> None:
    """A later reader reads the article anew: the same claim, or one whose spans have changed."""
    name, attribution = ("new-c", "new-t") if spans else ("a-c", "a-t")
    if spans:
        put(con, builders.attribution("new-t", "a"))
        put(con, Succession(claim_id="new-c", was_claim_id="a-c", overlap=0.8, recorded_at=day(20)))
    put(
        con,
        builders.source("new-s", attribution, reader="r-2", anonymity=Anonymity.SECTOR),
        builders.claim(
            name, article_id="a", attribution_id=attribution, source_id="new-s", reader="r-2", kind=Kind.CONDITIONAL,
            due_latest=day(90), modality=Modality.POSSIBLE,
        ),
        builders.extraction("a", (name,), reader="r-2", recorded_at=day(20)),
    )  # fmt: skip


@pytest.mark.parametrize("spans", [False, True])
def test_a_new_reader_changes_nothing_that_is_corrected(con, spans):
    put(
        con,
        *builders.told("a"),
        builders.correction("a-c", LEVEL, "A3"),
        builders.correction("a-c", KIND, "prediction", due_earliest=day(1), due_latest=day(5)),
    )
    read_again(con, spans=spans)
    name = "new-c" if spans else "a-c"
    assert now(con, "anonymity, kind, due_latest, modality, reader", name) == (
        "A3", "prediction", day(5), "possible", "r-2",
    )  # fmt: skip
    assert now(con, "anonymity, kind, reader", at=15) == ("A3", "prediction", "r-1")


def test_a_successors_own_correction_and_its_undoing_stand_over_the_inherited(con):
    put(con, *builders.told("a"), builders.correction("a-c", KIND, "prediction"))
    read_again(con, spans=True)
    put(con, builders.correction("new-c", KIND, "fact", recorded_at=day(30)), withdrawn("new-c", KIND, "fact", 40))
    assert [now(con, "kind", "new-c", at) for at in (25, 35, 45)] == [("prediction",), ("fact",), ("conditional",)]


def test_links_that_lead_back_do_not_hang(con):
    put(con, *builders.told("a"), builders.correction("a-c", KIND, "prediction"))
    read_again(con, spans=True)
    put(con, Succession(claim_id="a-c", was_claim_id="new-c", overlap=0.8, recorded_at=day(30)))
    assert now(con, "kind", "new-c") == ("prediction",)


def test_a_corrected_horizon_stands_before_the_deadline_of_a_corrected_kind(con):
    put(
        con,
        *builders.told("a"),
        builders.correction("a-c", HORIZON, "2019-03-31", due_earliest=day(1), due_latest=day(51)),
        builders.correction("a-c", KIND, "fact", due_earliest=day(0), due_latest=day(0), recorded_at=day(11)),
    )
    assert now(con, "due_latest") == (day(51),)
    put(con, withdrawn("a-c", HORIZON, "2019-03-31", 20))
    assert now(con, "due_latest") == (day(0),)
    put(con, builders.correction("a-c", KIND, "opinion", recorded_at=day(30)))
    assert now(con, "due_earliest, due_latest") == (None, None)


def test_the_utterance_is_due_as_corrected_whichever_report_was_corrected(con):
    put(con, *builders.told("a"), *builders.told("b", made_earliest=day(1), made_latest=day(1)))
    put(con, builders.grouping("a-c", "a", "o", "p"), builders.grouping("b-c", "b", "o", "p"))
    put(con, builders.correction("b-c", HORIZON, "by May", due_earliest=day(1), due_latest=day(82)))
    assert con.execute("select distinct due_latest from claims_now").fetchall() == [(day(82),)]
    put(con, builders.correction("b-c", KIND, "opinion", recorded_at=day(20)), withdrawn("b-c", HORIZON, "by May", 20))
    assert con.execute("select distinct due_latest from claims_now").fetchall() == [(None,)]


def test_who_is_named_joins_across_articles_and_who_is_not_has_a_class(con):
    put(con, RUBIO, *builders.told("a"), *builders.told("b", anonymity=Anonymity.NAMED, claimant_id="rubio"))
    put(
        con,
        builders.correction("a-c", LEVEL, "A1"),
        builders.correction("a-c", SOURCE, "Marco Rubio", claimant_id="rubio"),
    )
    assert now(con, "claimant_id, descriptor, resolved_source") == ("rubio", None, "Marco Rubio")
    assert dicts(con, "select subject, n_claims from source_record") == [{"subject": "Marco Rubio", "n_claims": 2}]
    put(con, builders.correction("b-c", LEVEL, "A5"))
    assert now(con, "claimant_id, descriptor", "b-c") == (None, "official")


def test_scores_count_what_is_corrected(con):
    put(con, *builders.told("a"), builders.resolution("a-c", Outcome.HELD_UP))
    before = dicts(con, "select subject, n_due, held_up from anonymity_record")
    assert before == [{"subject": "A7", "n_due": 1, "held_up": 1}]
    put(con, builders.correction("a-c", LEVEL, "A3", recorded_at=day(20)))
    assert dicts(con, "select subject, n_due, held_up from anonymity_record") == [
        {"subject": "A3", "n_due": 1, "held_up": 1}
    ]
    assert dicts(con, "select subject from anonymity_record($t)", t=day(19)) == [{"subject": "A7"}]
    assert list(read.scored_claims(con, day(60))["anonymity"]) == ["A3"]
    put(con, builders.correction("a-c", TRACKABLE, "false", recorded_at=day(21)))
    assert read.scored_claims(con, day(60)).empty


def test_each_reader_answers_for_what_it_misread(con):
    put(con, *builders.told("a"), *builders.told("b"))
    assert {row["n_corrected"] for row in dicts(con, "from reader_corrections")} == {0}
    put(con, builders.correction("a-c", KIND, "conditional"), builders.correction("a-c", LEVEL, "A7"))
    read_again(con, spans=False)
    found = dicts(con, "from reader_corrections where field in ('kind', 'level') order by reader, field")
    told = [(row["reader"], row["field"], row["n_claims"], row["n_corrected"], row["corrected_share"]) for row in found]
    assert told == [
        ("r-1", "kind", 2, 1, 0.5),
        ("r-1", "level", 2, 0, 0),
        ("r-2", "kind", 1, 0, 0),
        ("r-2", "level", 1, 1, 1),
    ]
    assert [row["latest_at"] for row in found] == [day(10), None, None, day(10)]
    fields = con.execute("select distinct field from reader_corrections").fetchall()
    assert {field for (field,) in fields} == set(CorrectedField)
