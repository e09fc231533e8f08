"""Matching in parts: what the flow leaves in the warehouse is what comparing and grouping everything at once gives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from scale_joined import write_joined
from scale_world import DAYS, START, make_world, write_rows

from claims import records
from claims.matching.grouping import group
from claims.matching.verdicts import match_claims
from claims.records import Match
from claims.vocabulary import Verdict
from flows import grouping, matching
from flows.match import match_batch
from flows.settings import Clock, load_settings
from flows.undoing import unmerge
from warehouse.connect import open_warehouse
from warehouse.load import add, add_frame, transaction
from warehouse.read import claim_rows, fetch_times, live_copies, live_matches, stories

END = datetime.max.replace(tzinfo=UTC)
CLOCK = Clock.fixed(START.replace(tzinfo=UTC) + timedelta(days=DAYS + 5))
GROUPED = (
    "select claim_id, story_id, origin_id, proposition_id, recorded_at from groupings_as_of(timestamptz '9999-01-01')"
)


@pytest.fixture
def settings(monkeypatch, tmp_path):
    """A warehouse of claims that nobody has compared; copies are known."""
    monkeypatch.setattr("flows.match.find_new_copies", lambda *_: 0)
    world = make_world(240)
    # All within two weeks, so that many may meet.
    world = replace(world, day=world.day // 15)
    made = load_settings(home=tmp_path / "made")
    with open_warehouse(made.warehouse) as con, transaction(con):
        for record, frame in (*write_rows(world), *write_joined(world)):
            if record not in (records.Match, records.Grouping):
                add_frame(con, record, frame)
    return made


def at_once(settings, clock=CLOCK):
    """Compare everything in memory, and group it by what stands, else by what was found."""
    with open_warehouse(settings.warehouse) as con:
        rows, story_of, fetched = claim_rows(con, clock.as_of), stories(con, END), fetch_times(con)
        contexts = [matching.context_of(row, story_of[row.article_id]) for row in rows]
        copies, standing = live_copies(con, clock.as_of), live_matches(con, clock.as_of)
    seen = {context.claim.claim_id: fetched[context.article_id] for context in contexts}
    found = [
        replace(m, recorded_at=max(m.recorded_at, seen[m.claim_id], seen[m.other_claim_id]))
        for m in match_claims(contexts, decided_at=clock.recorded_at)
    ]
    return set(found), group(contexts, standing or found, copies, recorded_at=clock.recorded_at)


def left(settings):
    with open_warehouse(settings.warehouse) as con:
        return set(live_matches(con, END)), sorted(con.execute(GROUPED).fetchall())


def rows_of(groupings):
    return sorted((g.claim_id, g.story_id, g.origin_id, g.proposition_id, g.recorded_at) for g in groupings)


def in_small_parts(monkeypatch):
    for name, size in (("STORIES", 70), ("ASKED", 90), ("WEIGHED", 40)):
        monkeypatch.setattr(matching, name, size)
    monkeypatch.setattr(grouping, "PLACED", 80)
    monkeypatch.setattr(grouping, "JOINED", 10)


@pytest.mark.parametrize("small", [False, True])
def test_the_flow_finds_what_comparing_all_at_once_finds(settings, monkeypatch, small):
    matches, groupings = at_once(settings)
    assert {m.verdict for m in matches} >= {Verdict.SAME, Verdict.DIFFERENT}
    assert len({g.proposition_id for g in groupings}) < len({g.origin_id for g in groupings}) < len(groupings)
    if small:
        in_small_parts(monkeypatch)
    counts = match_batch(settings, CLOCK)
    assert left(settings) == (matches, rows_of(groupings))
    assert counts == {"copies": 0, "matches": len(matches), "regrouped": len(groupings)}
    assert not any(match_batch(settings, CLOCK).values())


@pytest.mark.slow
def test_a_run_that_is_killed_anywhere_costs_nothing(settings, monkeypatch):
    matches, groupings = at_once(settings)
    in_small_parts(monkeypatch)
    for where, name in ((matching, "_weigh"), (matching, "_match_inside"), (grouping, "_place")):
        work, calls = getattr(where, name), iter(range(100))

        def die_at_third(*given, work=work, calls=calls):
            if next(calls) == 2:
                raise KeyboardInterrupt
            return work(*given)

        with monkeypatch.context() as patch:
            patch.setattr(where, name, die_at_third)
            with pytest.raises(KeyboardInterrupt):
                match_batch(settings, CLOCK)
    match_batch(settings, CLOCK)
    assert left(settings) == (matches, rows_of(groupings))


def test_an_index_that_is_lost_is_built_anew_and_adds_nothing(settings):
    match_batch(settings, CLOCK)
    before = left(settings)
    with open_warehouse(settings.warehouse) as con:
        con.execute("delete from claim_terms")
        con.execute("delete from claim_places")
    later = Clock.fixed(CLOCK.as_of + timedelta(days=1))
    assert not any(match_batch(settings, later).values())
    assert left(settings) == before


def some_match(settings):
    """Return a match across stories that joins two claims."""
    with open_warehouse(settings.warehouse) as con:
        rows = con.execute(
            "select claim_id, other_claim_id from matches as m join groupings as a using (claim_id)"
            " join groupings as b on b.claim_id = m.other_claim_id"
            " where verdict = 'same' and a.story_id <> b.story_id and a.proposition_id = b.proposition_id order by all"
        ).fetchall()
    return rows[0]


def propositions(settings):
    with open_warehouse(settings.warehouse) as con:
        return dict(
            con.execute("select claim_id, proposition_id from groupings_as_of(timestamptz '9999-01-01')").fetchall()
        )


def test_an_undone_match_regroups_its_claims_and_no_machine_joins_them_again(settings):
    match_batch(settings, CLOCK)
    one, other = some_match(settings)
    unmerge(settings, Clock.fixed(datetime.now(UTC)), one, other, by="ada")
    now = Clock.fixed(datetime.now(UTC))
    assert match_batch(settings, now)["regrouped"] > 0
    after = propositions(settings)
    assert after == {g.claim_id: g.proposition_id for g in at_once(settings, now)[1]}
    with open_warehouse(settings.warehouse) as con:
        con.execute("delete from groupings")
        con.execute("delete from claim_terms")
    again = Clock.fixed(datetime.now(UTC))
    match_batch(settings, again)
    assert propositions(settings) == after, "comparing everything once more finds the match again and leaves it undone"
    assert not any(match_batch(settings, again).values())


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_what_a_person_says_of_two_claims_stands(settings, verdict):
    match_batch(settings, CLOCK)
    before = propositions(settings)
    one, other = some_match(settings)
    if verdict is Verdict.SAME:
        other = next(name for name in sorted(before) if before[name] != before[one])
    at = CLOCK.as_of + timedelta(hours=1)
    row = Match(
        match_id="by-hand", claim_id=one, other_claim_id=other, verdict=verdict, score=1.0, detail="read both",
        decided_by="person:ada", recorded_at=at,
    )  # fmt: skip
    with open_warehouse(settings.warehouse) as con:
        add(con, [row])
    assert match_batch(settings, Clock.fixed(at))["regrouped"] > 0
    after = propositions(settings)
    assert (after[one] == after[other]) is (verdict is Verdict.SAME)
    assert after == {g.claim_id: g.proposition_id for g in at_once(settings, Clock.fixed(at))[1]}
