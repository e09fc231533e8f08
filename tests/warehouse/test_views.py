"""Rows in, rows out: what analysts read follows from what was recorded."""

from typing import Any

import builders
import duckdb
import pytest
from builders import day

from claims.records import Estimate, PhraseProbability, Succession
from claims.vocabulary import Anonymity, CopyRelation, Kind, Modality, Outcome, Polarity, ResolverKind, Verdict
from warehouse import read
from warehouse.connect import migrate
from warehouse.load import add, set_clock
from warehouse.rows import dicts


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


def put(con: Any, *records: Any) -> None:
    for record in records:
        assert add(con, [record]) == 1


def one(con: Any, sql: str, **values: Any) -> dict[str, Any]:
    found = dicts(con, sql, **values)
    assert len(found) == 1, found
    return found[0]


def test_workflow_follows_the_deadline_and_writes_no_outcome(con):
    put(con, *builders.told("a"))
    for at, workflow in ((day(1), "open"), (day(31), "due")):
        status = one(con, "from claim_status($t)", t=at)
        assert (status["workflow"], status["outcome"]) == (workflow, None)


def test_a_claim_that_cannot_be_tracked_is_never_due(con):
    put(con, *builders.told("a", trackable=False))
    assert one(con, "from claim_status($t)", t=day(99))["workflow"] == "not trackable"
    assert dicts(con, "from due_claims($t)", t=day(99)) == []


def test_the_latest_judgement_counts_and_earlier_ones_stay(con):
    put(
        con,
        *builders.told("a"),
        builders.resolution("a-c", Outcome.HELD_UP, recorded_at=day(10)),
        builders.resolution("a-c", None, recorded_at=day(20)),
        builders.resolution("a-c", Outcome.FAILED, recorded_at=day(30)),
    )
    known = {d: dicts(con, "select outcome, is_reopened from claim_outcomes($t)", t=day(d)) for d in (5, 15, 25, 35)}
    assert known[5] == []
    assert known[15] == [{"outcome": "held_up", "is_reopened": False}]
    assert known[25] == [{"outcome": None, "is_reopened": True}]
    assert known[35] == [{"outcome": "failed", "is_reopened": False}]
    assert one(con, "from claim_status($t)", t=day(25))["workflow"] == "reopened"
    events = [row["event"] for row in dicts(con, "from claim_history order by happened_at, event")]
    assert [event for event in events if event in ("resolved", "reopened")] == ["resolved", "reopened", "resolved"]


def test_a_machine_only_proposes(con):
    text = "On Friday the Treasury announced sanctions."
    put(
        con,
        *builders.told("a"),
        builders.article("later", text, published_earliest=day(7), published_latest=day(7), fetched_at=day(7)),
        builders.evidence("e", "a-c", "later", text),
        builders.resolution(
            "a-c", Outcome.HELD_UP, resolved_by="p-1", resolved_by_kind=ResolverKind.MACHINE, evidence_ids=("e",)
        ),
    )
    now = one(con, "select workflow, outcome from claims_now")
    assert now == {"workflow": "proposed", "outcome": None}
    proposal = one(con, "from proposals_now")
    assert (proposal["quote"], proposal["article_id"], proposal["n_origins"]) == (text, "later", 1)
    assert one(con, "select n_judged, n_overturned from proposal_overturns") == {"n_judged": 0, "n_overturned": 0}
    put(con, builders.resolution("a-c", Outcome.FAILED, recorded_at=day(40)))
    assert one(con, "select n_judged, n_overturned from proposal_overturns") == {"n_judged": 1, "n_overturned": 1}


def test_a_proposal_falls_when_its_passage_turns_out_to_be_a_reprint(con):
    text = "On Friday the Treasury announced sanctions."
    put(
        con,
        *builders.told("a"),
        builders.article("later", text, published_earliest=day(7), published_latest=day(7), fetched_at=day(7)),
        builders.evidence("e", "a-c", "later", text),
        builders.resolution(
            "a-c", Outcome.HELD_UP, resolved_by="p-1", resolved_by_kind=ResolverKind.MACHINE, evidence_ids=("e",)
        ),
        builders.copy("later", "a", recorded_at=day(20)),
    )
    assert len(dicts(con, "from proposals_as_of($t)", t=day(15))) == 1
    assert dicts(con, "from proposals_now") == []
    assert one(con, "select workflow from claims_now")["workflow"] == "due"


def reprinted(con: Any) -> None:
    put(
        con,
        *builders.told("wire", condition_stated=True, anonymity=Anonymity.SPECIFIC, modality_phrase="expects"),
        *builders.told(
            "copy",
            article_fields={"outlet_id": "standard", "published_earliest": day(1), "published_latest": day(1),
                            "fetched_at": day(1)},
            anonymity=Anonymity.BARE, modality=Modality.POSSIBLE, modality_phrase="hopes", due_latest=day(35),
        ),
        builders.copy("copy", "wire"),
        builders.match("wire-c", "copy-c"),
        builders.grouping("wire-c", "wire", "o", "p"),
        builders.grouping("copy-c", "wire", "o", "p"),
    )  # fmt: skip


def test_a_reprint_is_no_corroboration(con):
    reprinted(con)
    now = dicts(con, "select n_articles, n_outlets, n_copies, n_origins from claims_now")
    assert now == [{"n_articles": 2, "n_outlets": 2, "n_copies": 1, "n_origins": 1}] * 2


def test_a_reprint_shares_deadline_and_outcome_of_its_utterance(con):
    reprinted(con)
    put(con, builders.resolution("wire-c", Outcome.HELD_UP))
    status = dicts(con, "select claim_id, due_latest, outcome, outcome_claim_id from claims_now order by claim_id")
    assert [row["claim_id"] for row in status] == ["copy-c", "wire-c"]
    for row in status:
        assert (row["due_latest"], row["outcome"], row["outcome_claim_id"]) == (day(30), "held_up", "wire-c")


def test_the_fullest_report_stands_for_the_utterance_in_the_records(con):
    reprinted(con)
    put(con, builders.resolution("wire-c", Outcome.HELD_UP))
    levels = dicts(con, "select subject, n_claims, n_due, held_up from anonymity_record")
    assert levels == [{"subject": "A3", "n_claims": 1, "n_due": 1, "held_up": 1}]
    outlets = dicts(con, "select subject, n_claims from outlet_record order by subject")
    assert outlets == [{"subject": "ledger", "n_claims": 1}, {"subject": "standard", "n_claims": 1}]


def test_copies_show_what_they_changed(con):
    reprinted(con)
    drift = {row["what"]: (row["was"], row["became"]) for row in dicts(con, "from copy_drift")}
    assert drift == {
        "anonymity": ("A3", "A7"),
        "condition of anonymity": ("stated", "not stated"),
        "modality": ("certain (expects)", "possible (hopes)"),
    }
    stories = dicts(con, "select article_id, is_original, copy_of from story_copies order by is_original")
    assert stories == [
        {"article_id": "copy", "is_original": False, "copy_of": "wire"},
        {"article_id": "wire", "is_original": True, "copy_of": None},
    ]


def test_an_undone_copy_is_none_and_was_one_before(con):
    put(
        con,
        *builders.told("a"),
        *builders.told("b"),
        builders.copy("a", "b"),
        builders.copy("a", "b", decided_by="person:ada", recorded_at=day(5), withdrawn_at=day(5)),
    )
    assert len(dicts(con, "from copies_as_of($t)", t=day(4))) == 1
    assert dicts(con, "from copies_as_of($t)", t=day(6)) == []
    put(con, builders.copy("b", "a", decided_by="m-2", recorded_at=day(9)))
    assert dicts(con, "from copies_as_of($t)", t=day(10)) == []


def test_a_person_decides_over_a_method_whatever_comes_later(con):
    put(
        con,
        *builders.told("a"),
        *builders.told("b"),
        builders.match("a-c", "b-c"),
        builders.match("b-c", "a-c", verdict=Verdict.DIFFERENT, decided_by="person:ada", recorded_at=day(2)),
        builders.match("a-c", "b-c", decided_by="m-2", recorded_at=day(3)),
    )
    assert one(con, "select verdict from same_claims")["verdict"] == "different"


def test_chains_of_copies_lead_to_one_story(con):
    for name in "abc":
        put(con, *builders.told(name))
    put(con, builders.copy("a", "b"), builders.copy("b", "c"))
    assert read.stories(con, day(1)) == {"a": "c", "b": "c", "c": "c"}


def test_copies_that_point_at_each_other_do_not_hang(con):
    put(con, *builders.told("a"), *builders.told("b"))
    put(con, builders.copy("a", "b"), builders.copy("b", "a", decided_by="m-2", recorded_at=day(1)))
    assert set(read.stories(con, day(2)).values()) == {"a"}


def test_rates_count_only_claims_whose_horizon_and_lag_have_passed(con):
    put(con, *builders.told("a", due_latest=day(30)), *builders.told("b", due_latest=day(300)))
    put(con, builders.resolution("a-c", Outcome.FAILED), builders.resolution("b-c", Outcome.HELD_UP))
    record = one(con, "select n_claims, n_due, n_resolved, held_up, failed from anonymity_record")
    assert record == {"n_claims": 2, "n_due": 1, "n_resolved": 1, "held_up": 0, "failed": 1}
    # Thirteen days after the horizon it does not count yet, on the fourteenth it does.
    for number, n_due in ((43, 0), (44, 1)):
        assert one(con, "from anonymity_record($t)", t=day(number))["n_due"] == n_due


def test_unsettled_claims_show_as_bounds(con):
    for name in "abcd":
        put(con, *builders.told(name))
    put(
        con,
        builders.resolution("a-c", Outcome.HELD_UP),
        builders.resolution("b-c", Outcome.PARTLY),
        builders.resolution("c-c", Outcome.UNDETERMINED),
    )
    record = one(con, "from anonymity_record")
    assert (record["n_due"], record["n_resolved"], record["n_scored"], record["undetermined"]) == (4, 3, 2, 1)
    assert record["rate_if_unsettled_failed"] == pytest.approx(1.5 / 4)
    assert record["rate_if_unsettled_held_up"] == pytest.approx(3.5 / 4)
    assert (record["rate"], record["verdict"]) == (None, "nothing scored yet")


def test_a_record_shows_the_estimate_of_its_time_never_a_later_one(con):
    put(con, *builders.told("a", due_latest=day(1)), builders.resolution("a-c", Outcome.HELD_UP, recorded_at=day(2)))
    for number, rate in ((20, 0.4), (50, 0.6)):
        put(
            con,
            Estimate(
                estimate_id=str(number), subject_kind="outlet", subject="ledger", as_of=day(number), method="m", n=3,
                rate=rate, low80=0.1, high80=0.9, low95=0.0, high95=1.0, verdict="no evidence of difference",
            ),
        )  # fmt: skip
    assert one(con, "select rate from outlet_record($t)", t=day(10))["rate"] is None
    assert one(con, "select rate from outlet_record($t)", t=day(30))["rate"] == 0.4
    assert one(con, "select rate from outlet_record")["rate"] == 0.6
    put(con, builders.resolution("a-c", None, recorded_at=day(60)))
    assert one(con, "select rate, verdict from outlet_record") == {"rate": None, "verdict": "nothing scored yet"}
    assert one(con, "select rate from outlet_record($t)", t=day(59))["rate"] == 0.6


def test_the_plain_rate_and_the_adjusted_one_stand_side_by_side(con):
    put(con, *builders.told("a"), builders.resolution("a-c", Outcome.HELD_UP))
    for method, rate in (("eb-beta-binomial", 0.4), ("difference-from-expected", 0.7)):
        put(
            con,
            Estimate(
                estimate_id=method, subject_kind="outlet", subject="ledger", as_of=day(50), method=method, n=3,
                rate=rate, low80=0.1, high80=0.9, low95=0.0, high95=1.0, verdict="no evidence of difference",
            ),
        )  # fmt: skip
    row = one(con, "select rate, adjusted_rate, method from outlet_record")
    assert row == {"rate": 0.4, "adjusted_rate": 0.7, "method": "eb-beta-binomial"}


def test_judgements_follow_a_claim_whose_spans_a_new_extraction_changed(con):
    put(con, *builders.told("a"), builders.resolution("a-c", Outcome.HELD_UP, recorded_at=day(10)))
    put(
        con,
        builders.attribution("new-t", "a"),
        builders.source("new-s", "new-t", reader="r-2"),
        builders.claim("new-c", article_id="a", attribution_id="new-t", source_id="new-s", reader="r-2"),
        builders.extraction("a", ("new-c",), reader="r-2", recorded_at=day(20)),
        Succession(claim_id="new-c", was_claim_id="a-c", overlap=0.8, recorded_at=day(20)),
    )
    now = one(con, "select claim_id, outcome, reader from claims_now")
    assert now == {"claim_id": "new-c", "outcome": "held_up", "reader": "r-2"}
    assert one(con, "select claim_id from claims_as_of($t)", t=day(15))["claim_id"] == "a-c"
    assert one(con, "select claim_id from claim_outcomes($t)", t=day(15)) == {"claim_id": "a-c"}


def test_an_article_of_the_future_is_not_known(con):
    put(con, *builders.told("a", article_fields={"fetched_at": day(100)}))
    assert dicts(con, "from claims_now") == []
    set_clock(con, day(101))
    assert len(dicts(con, "from claims_now")) == 1


def test_calibration_scores_a_doubt_by_what_did_not_happen(con):
    put(
        con,
        PhraseProbability(standard="s", phrase="doubts", low=0.1, mid=0.25, high=0.4, origin="o"),
        *builders.told("a", modality=Modality.UNLIKELY, modality_phrase="doubts", polarity=Polarity.NEGATIVE,
                       kind=Kind.PREDICTION),
        builders.resolution("a-c", Outcome.HELD_UP),
    )  # fmt: skip
    row = one(con, "from calibration($t, 's')", t=day(60))
    assert (row["stated"], row["held_up_share"]) == (0.75, 1.0)
    assert row["brier_score"] == pytest.approx(0.0625)
    assert dicts(con, "from calibration($t, 'other')", t=day(60)) == []


def test_due_claims_count_reprints_once(con):
    reprinted(con)
    due = one(con, "from due_claims($t)", t=day(40))
    assert (due["claim_id"], due["days_overdue"]) == ("wire-c", 10)


def test_articles_keep_the_identifier_of_their_input(con):
    put(con, *builders.told("a", article_fields={"doc_id": "n-1"}), builders.article("b"))
    put(con, builders.copy("b", "a", relation=CopyRelation.VERBATIM))
    rows = dicts(con, "select article_id, doc_id, copy_of, relation from articles_now order by article_id")
    assert rows == [
        {"article_id": "a", "doc_id": "n-1", "copy_of": None, "relation": None},
        {"article_id": "b", "doc_id": None, "copy_of": "a", "relation": "verbatim"},
    ]


def test_views_answer_before_the_first_article(con):
    assert read.clock(con) == day(60)
    for name in ("claims_now", "articles_now", "anonymity_record", "source_record", "set_asides_now", "copy_drift"):
        assert dicts(con, f"from {name}") == []
