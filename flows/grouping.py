"""Where claims stand among the others: what new decisions touch is grouped anew, the rest stays where it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from claims.matching.origins import origins
from claims.matching.propositions import propositions
from claims.records import Grouping, Match
from claims.vocabulary import Verdict
from flows.matching import context_of
from flows.settings import Clock, Settings
from warehouse import match_index
from warehouse.connect import open_warehouse
from warehouse.load import add_groupings, transaction
from warehouse.match_index import Placed

# So many claims are placed at a time, and joined to propositions at a time.
PLACED, JOINED = 5_000, 50_000


def group_touched(settings: Settings, clock: Clock) -> int:
    """Group anew the claims whose story or decisions changed by `clock.as_of` and return how many stand elsewhere.

    A claim's story and origin rest on the claims of its story, its proposition on the decisions between all that are
    the same directly or through others: with these unchanged, so is its place.
    """
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        touched = match_index.claims_to_group(con, clock.as_of)
        matches = match_index.linked_matches(con, sorted(touched), clock.as_of) if touched else []
        linked = {name for match in matches for name in (match.claim_id, match.other_claim_id)} - touched.keys()
        before = match_index.places(con, linked)
    if not touched:
        return 0
    proposition_of = _propositions([*touched, *before], matches)
    moved = [
        Placed(name, place.story_id, place.origin_id, proposition_of[name], place.signature)
        for name, place in sorted(before.items())
        if place.proposition_id != proposition_of[name]
    ]
    # These first: what is touched is still touched if the run is killed now, what they are linked to is not.
    count = _write(settings, clock, moved)
    for part in _whole_stories(touched):
        count += _place(settings, clock, part, proposition_of)
    return count


def _propositions(claim_ids: Sequence[str], matches: Sequence[Match]) -> dict[str, str]:
    """Return the proposition of every claim, worked out for some thousands of linked claims at a time."""
    parent = {name: name for name in claim_ids}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for match in matches:
        if match.verdict is Verdict.SAME and match.claim_id in parent and match.other_claim_id in parent:
            parent[root(match.claim_id)] = root(match.other_claim_id)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in claim_ids:
        members[root(name)].append(name)
    decided: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if match.claim_id in parent and match.other_claim_id in parent:
            one = root(match.claim_id)
            if one == root(match.other_claim_id):
                decided[one].append(match)
    found: dict[str, str] = {}
    for part in _parts(members):
        names = [name for one in part for name in members[one]]
        found |= propositions(names, [match for one in part for match in decided[one]])
    return found


def _parts(members: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for one in members:
        part.append(one)
        size += len(members[one])
        if size >= JOINED:
            yield part
            part, size = [], 0
    yield part


def _whole_stories(touched: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, tuple[str, str]]]:
    part: dict[str, tuple[str, str]] = {}
    for _, story in groupby(touched.items(), key=lambda item: item[1][0]):
        part |= dict(story)
        if len(part) >= PLACED:
            yield part
            part = {}
    if part:
        yield part


def _place(
    settings: Settings, clock: Clock, part: Mapping[str, tuple[str, str]], proposition_of: Mapping[str, str]
) -> int:
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        rows = match_index.rows_with_ids(con, part, clock.as_of)
    origin_of = origins([context_of(row, part[name][0]) for name, (row, _) in rows.items()])
    placed = [
        Placed(name, part[name][0], origin_of[name], proposition_of[name], part[name][1]) for name in sorted(origin_of)
    ]
    return _write(settings, clock, placed)


def _write(settings: Settings, clock: Clock, placed: Iterable[Placed]) -> int:
    """Write where claims stand, and a grouping for each that stood elsewhere, in one transaction."""
    found = list(placed)
    groupings = [
        Grouping(
            claim_id=place.claim_id,
            story_id=place.story_id,
            origin_id=place.origin_id,
            proposition_id=place.proposition_id,
            recorded_at=clock.recorded_at,
        )
        for place in found
    ]
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        match_index.put_places(con, found)
        return add_groupings(con, groupings)
