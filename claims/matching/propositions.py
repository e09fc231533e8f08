"""Which claims make one proposition: average link over the matches, held apart by cannot-links."""

import heapq
from collections import defaultdict
from collections.abc import Iterable

from claims.decisions import is_person, standing
from claims.records import Match
from claims.vocabulary import Verdict

# Two groups join while the mean match of their members, unmatched pairs counting nothing, reaches this.
LINK = 0.5
COPIED = "copies of one story"

Pair = tuple[str, str]


def pair_of(match: Match) -> Pair:
    """Return the two claims of `match` in a fixed order."""
    one, other = match.claim_id, match.other_claim_id
    return (one, other) if one <= other else (other, one)


def standing_matches(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the match that stands for each pair of claims: a person's before a machine's, undone ones left out."""
    return tuple(row for row in standing(matches, pair_of) if row.withdrawn_at is None)


def propositions(claim_ids: Iterable[str], matches: Iterable[Match]) -> dict[str, str]:
    """Return for every claim the id of its proposition: the smallest id among the claims that say the same.

    Copies of one story and pairs that a person called the same are joined first; then average link (Sokal and Michener
    1958) over what is left. A contrary pair, and one that a person called anything but the same, never meets in one
    proposition, whatever lies between them.
    """
    wanted = sorted(set(claim_ids))
    members = set(wanted)
    live = [m for m in standing_matches(matches) if m.claim_id in members and m.other_claim_id in members]
    apart = {
        pair_of(m)
        for m in live
        if m.verdict is Verdict.CONTRARY or (is_person(m.decided_by) and m.verdict is not Verdict.SAME)
    }
    same = sorted((m for m in live if m.verdict is Verdict.SAME), key=lambda m: (-m.score, pair_of(m)))
    groups = _Groups(wanted, apart)
    for certain in (is_person, lambda _: True):
        for match in same:
            if certain(match.decided_by) and (is_person(match.decided_by) or match.detail.startswith(COPIED)):
                groups.join(*pair_of(match))
    _link(groups, same)
    return {name: min(groups.members[groups.of[name]]) for name in wanted}


class _Groups:
    """Disjoint groups of claims that refuse to join where a cannot-link lies between them."""

    def __init__(self, names: Iterable[str], apart: Iterable[Pair]) -> None:
        self.of = {name: name for name in names}
        self.members = {name: [name] for name in self.of}
        self.enemies: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self.enemies[one].add(other)
            self.enemies[other].add(one)

    def join(self, one: str, other: str) -> str | None:
        """Join the groups of two claims and return the id of the joint group, or None where they must stay apart."""
        first, second = self.of[one], self.of[other]
        if first == second:
            return first
        if second in self.enemies[first]:
            return None
        if len(self.members[first]) < len(self.members[second]):
            first, second = second, first
        for name in self.members[second]:
            self.of[name] = first
        self.members[first].extend(self.members.pop(second))
        for enemy in self.enemies.pop(second, set()):
            self.enemies[enemy].discard(second)
            self.enemies[enemy].add(first)
            self.enemies[first].add(enemy)
        return first


def _link(groups: _Groups, same: Iterable[Match]) -> None:
    """Join groups by average link; a group of joined copies counts as one member, or reprints would dilute the mean."""
    strength: dict[Pair, float] = {}
    for match in same:
        one, other = sorted((groups.of[match.claim_id], groups.of[match.other_claim_id]))
        if one != other:
            strength[one, other] = max(strength.get((one, other), 0.0), match.score)
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), score in strength.items():
        near[one][other] = near[other][one] = score
    size = dict.fromkeys(near, 1)
    queue = [(-score, *pair) for pair, score in strength.items()]
    heapq.heapify(queue)
    while queue:
        score, one, other = heapq.heappop(queue)
        if -score < LINK:
            return
        if other not in near.get(one, {}) or -near[one][other] / (size[one] * size[other]) != score:
            continue
        kept = groups.join(one, other)
        if kept is None:
            del near[one][other], near[other][one]
            continue
        gone = other if kept == one else one
        for name, total in near.pop(gone).items():
            del near[name][gone]
            if name != kept:
                near[kept][name] = near[name][kept] = near[kept].get(name, 0.0) + total
        size[kept] += size.pop(gone)
        for name, total in near[kept].items():
            first, second = sorted((kept, name))
            heapq.heappush(queue, (-total / (size[kept] * size[name]), first, second))
