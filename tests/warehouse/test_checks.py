"""Every check finds the row that must not exist, and is silent on rows that may."""

from typing import Any

import builders
import duckdb
import pytest
from builders import day

from claims.records import Span
from claims.vocabulary import CorrectedField, Outcome, ResolverKind
from warehouse.check import run_checks
from warehouse.connect import migrate
from warehouse.errors import FailedCheck
from warehouse.load import add
from warehouse.sql import shipped

_TEXT = "On Friday the Treasury announced sanctions."


@pytest.fixture(scope="module")
def memory():
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con


@pytest.fixture
def con(memory):
    memory.execute("begin transaction")
    yield memory
    memory.execute("rollback")


def later(name: str = "later", **fields: Any) -> Any:
    given = {"published_earliest": day(7), "published_latest": day(7), "fetched_at": day(7)}
    return builders.article(name, _TEXT, **(given | fields))


def proposal(**fields: Any) -> Any:
    given = {"resolved_by": "p-1", "resolved_by_kind": ResolverKind.MACHINE, "evidence_ids": ("e",)}
    return builders.resolution("a-c", Outcome.HELD_UP, **(given | fields))


def evidence(article_id: str = "later", **fields: Any) -> Any:
    return builders.evidence("e", "a-c", article_id, _TEXT, **fields)


OFFENDERS: dict[str, list[Any]] = {
    "span_outside_text": [builders.article("x"), builders.attribution("xt", "x", content=(Span(17, 999),))],
    "quote_not_verbatim": [*builders.told("a"), later(), evidence(quote="Something else.")],
    "evidence_before_claim": [
        *builders.told("a"),
        later(published_earliest=day(-9), published_latest=day(-8), fetched_at=day(-8)),
        evidence(),
    ],
    "published_after_fetched": [builders.article("x", published_earliest=day(5), published_latest=day(5))],
    "claim_without_rows": [builders.article("x"), builders.extraction("x", ("lost",))],
    "resolution_of_nothing": [builders.resolution("lost", Outcome.FAILED)],
    "correction_of_nothing": [builders.correction("lost", CorrectedField.KIND, "fact")],
    "due_before_made": [*builders.told("a", due_earliest=None, due_latest=day(-1))],
    "copy_of_nothing": [builders.copy("x", "y")],
    "match_of_nothing": [builders.match("x", "y")],
    "machine_without_evidence": [*builders.told("a"), proposal(evidence_ids=())],
}


@pytest.mark.parametrize("name", sorted(shipped("checks")))
def test_each_check_names_its_offender(con, name):
    for record in OFFENDERS[name]:
        add(con, [record])
    found = con.execute(shipped("checks")[name]).fetchall()
    assert len(found) == 1
    with pytest.raises(FailedCheck, match="must not exist"):
        run_checks(con)


def test_a_sound_warehouse_passes(con):
    for record in [*builders.told("a"), later(), evidence(), proposal()]:
        add(con, [record])
    assert run_checks(con) == len(shipped("checks"))
