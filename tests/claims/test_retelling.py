"""A story told again in other words is a copy; another reporter's story of the same event is none."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import START, article

from claims.copies import find_copies
from claims.retelling import coverage, read_telling
from claims.vocabulary import CopyRelation

GOLD = Path(__file__).parents[1] / "gold" / "told_stories.jsonl"
EVENTS = {row["event"]: row for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}


def texts(event, *, credited=True):
    told = EVENTS[event]
    credit = f", {told['wire_name']} reported" if credited else ""
    later = {"published_earliest": START + timedelta(hours=3), "published_latest": START + timedelta(hours=3)}
    return (
        article("wire", told["wire"], outlet_id=told["wire_outlet"]),
        article("retold", told["retold"].format(credit=credit), outlet_id="gazette", **later),
        article("independent", told["independent"], outlet_id="herald", **later),
    )


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("credited", [True, False])
def test_who_tells_a_story_again_copies_it_and_who_was_there_does_not(event, credited):
    found = find_copies(texts(event, credited=credited), decided_at=START)
    assert [(c.article_id, c.of_article_id, c.relation) for c in found] == [("retold", "wire", CopyRelation.REWRITTEN)]


@pytest.mark.parametrize("event", EVENTS)
def test_a_reporter_who_credits_a_wire_for_one_thing_has_not_copied_it(event):
    wire, _, independent = texts(event)
    name = EVENTS[event]["wire_name"]
    crediting = replace(
        independent, text=f"{independent.text}\n\nThe ruling and its reasons were first reported by {name}."
    )
    assert find_copies([wire, crediting], decided_at=START) == ()


def test_a_retelling_of_last_week_is_not_taken_for_one():
    wire, retold, _ = texts("ferry", credited=False)
    late = replace(retold, published_earliest=START + timedelta(days=5), published_latest=START + timedelta(days=5))
    assert find_copies([wire, late], decided_at=START) == ()


@pytest.mark.parametrize("event", EVENTS)
def test_coverage_orders_the_three_tellings(event):
    wire, retold, independent = (read_telling(text) for text in texts(event))
    again, other = coverage(retold, wire), coverage(independent, wire)
    assert coverage(wire, wire).score == 1.0
    assert again.score > 0.75
    assert other.score < 0.6


def test_an_article_without_names_or_sentences_is_not_judged():
    empty = read_telling(article("e", "It rained. It poured."))
    assert coverage(empty, read_telling(texts("ferry")[0])) is None
    assert coverage(read_telling(texts("ferry")[0]), read_telling(article("x", "Rain"))) is None
