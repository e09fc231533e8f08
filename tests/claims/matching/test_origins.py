"""Origins: reprints share them, outlets that heard for themselves have their own, and look-alikes are flagged."""

from typing import Any

import pytest
from builders import START, copy, day, match
from claim_contexts import context, moved

from claims.matching.grouping import group
from claims.matching.origins import could_be_one, heard_by, origins
from claims.vocabulary import Anonymity, Plurality

DEFECT = "further military defections from Maduro's side"
OFFICIAL: dict[str, Any] = {
    "anonymity": Anonymity.SPECIFIC,
    "resolved_source": "senior White House official",
    "text": "a senior White House official",
    "descriptor": "senior, US executive",
    "organisation": "White House",
    "seniority": "senior",
}
MINISTER: dict[str, Any] = {
    "anonymity": Anonymity.NAMED,
    "resolved_source": "Ana Ruiz",
    "claimant_id": "ruiz",
    "descriptor": None,
}


def test_a_story_printed_eight_times_has_one_origin() -> None:
    told = context("c0", DEFECT, outlet_id="reuters", article_id="s", story_id="s", told_to="Reuters", **OFFICIAL)
    edits: list[dict[str, Any]] = [
        {},
        {"told_to": None},
        {"text": "an official", "resolved_source": "official", "descriptor": "official", "anonymity": Anonymity.BARE},
        {"made": day(1)},
    ]
    copies = [
        context(f"c{i}", text, outlet_id=f"paper{i}", story_id="s", **(OFFICIAL | edit))
        for i, (edit, text) in enumerate(
            [(edit, text) for edit in edits for text in (DEFECT, "more military defections from Maduro's side")], 1
        )
    ]
    assert len(set(origins([told, *copies]).values())) == 1
    assert origins([told, *copies]) == origins([*copies[::-1], told])


def test_what_only_the_local_story_adds_has_an_origin_of_its_own() -> None:
    told = context("c0", DEFECT, outlet_id="reuters", article_id="s", story_id="s", **OFFICIAL)
    added = context("c1", "the twelve pupils will fly home on Friday", outlet_id="bristolpost", story_id="s")
    found = origins([told, added])
    assert found["c0"] != found["c1"]


def test_two_outlets_that_heard_for_themselves_are_two_origins() -> None:
    one = context("c1", DEFECT, outlet_id="reuters", **OFFICIAL)
    other = context("c2", DEFECT, outlet_id="ap", **OFFICIAL)
    found = origins([one, other])
    assert found["c1"] != found["c2"]
    assert could_be_one(one, other)


@pytest.mark.parametrize(
    "relayed",
    [{"told_to": "Reuters"}, {"relayed_by": "Reuters"}, {"credit": "REUTERS"}, {"outlet_id": "www.reuters.com"}],
)
def test_an_outlet_that_relays_another_heard_nothing_itself(relayed: dict[str, Any]) -> None:
    first = context("c1", DEFECT, outlet_id="reuters", **OFFICIAL)
    second = context("c2", DEFECT, **({"outlet_id": "gazette"} | OFFICIAL | relayed))
    found = origins([first, second])
    assert heard_by(second) == "reuters"
    assert found["c1"] == found["c2"]


def test_a_public_statement_is_one_origin_however_many_report_it() -> None:
    reports = [context(f"c{i}", DEFECT, outlet_id=f"paper{i}", **MINISTER) for i in range(8)]
    assert len(set(origins(reports).values())) == 1
    interview = context("c9", DEFECT, outlet_id="lemonde", told_to="Le Monde", **MINISTER)
    assert len(set(origins([*reports, interview]).values())) == 2


def test_bare_sources_of_two_stories_are_never_one_speaker() -> None:
    bare: dict[str, Any] = {"anonymity": Anonymity.BARE, "text": None, "resolved_source": None, "descriptor": None}
    undated = [context(f"c{i}", DEFECT, outlet_id="ledger", made=None, **bare) for i in range(2)]
    assert len(set(origins(undated).values())) == 2


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        ({}, True),
        ({"seniority": None, "organisation": None, "text": "sources", "anonymity": Anonymity.BARE}, True),
        ({"organisation": "Pentagon"}, False),
        ({"seniority": "junior"}, False),
        ({"plurality": Plurality.COLLECTIVE}, False),
        ({"made": day(6)}, False),
        (MINISTER, False),
    ],
)
def test_who_could_be_the_same_person(change: dict[str, Any], possible: bool) -> None:
    one = context("c1", DEFECT, outlet_id="reuters", **OFFICIAL)
    other = context("c2", DEFECT, **({"outlet_id": "ap"} | OFFICIAL | change))
    assert could_be_one(one, other) is possible
    assert could_be_one(other, one) is possible
    assert not could_be_one(one, moved(other, story_id=one.story_id)), "copies are one origin already"


def test_a_claim_is_grouped_by_story_origin_and_proposition() -> None:
    one = context("c1", DEFECT, outlet_id="reuters", **OFFICIAL)
    reprint = context("c2", DEFECT, outlet_id="gazette", **OFFICIAL)
    other = context("c3", DEFECT, outlet_id="ap", **OFFICIAL)
    found = group(
        [other, reprint, one],
        [match("c1", "c2", detail="copies of one story"), match("c1", "c3")],
        [copy("a-c2", "a-c1")],
        recorded_at=START,
    )
    assert [g.claim_id for g in found] == ["c1", "c2", "c3"]
    assert [g.story_id for g in found] == ["a-c1", "a-c1", "a-c3"]
    assert [g.proposition_id for g in found] == ["c1", "c1", "c1"]
    assert found[0].origin_id == found[1].origin_id != found[2].origin_id
    assert {g.recorded_at for g in found} == {START}
