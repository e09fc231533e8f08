"""Which claims of a new extraction take the place of claims whose spans it changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from claims.records import Claim, Spans, Succession

# Below half, the two contents say more that is different than that is the same.
_MIN_OVERLAP = 0.5


def overlap(one: Spans, other: Spans) -> float:
    """Return the characters that two sets of spans share, over all characters that either covers (Jaccard)."""
    mine = {place for span in one for place in range(*span)}
    theirs = {place for span in other for place in range(*span)}
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def successions(before: Sequence[Claim], after: Sequence[Claim], *, recorded_at: datetime) -> tuple[Succession, ...]:
    """Return the links from the claims that a re-extraction of one article dropped to those that took their place.

    Both sequences are claims of the same article. A dropped claim is followed by the new claim that shares most of
    its content, at least half; a claim that is still there needs no link.
    """
    kept = {claim.claim_id for claim in before} & {claim.claim_id for claim in after}
    new = [claim for claim in after if claim.claim_id not in kept]
    links = []
    for claim in before:
        if claim.claim_id in kept:
            continue
        best = _closest(claim, new)
        if best is not None:
            links.append(
                Succession(
                    claim_id=best[1].claim_id,
                    was_claim_id=claim.claim_id,
                    overlap=best[0],
                    recorded_at=recorded_at,
                )
            )
    return tuple(links)


def _closest(claim: Claim, candidates: Iterable[Claim]) -> tuple[float, Claim] | None:
    scored = [(overlap(claim.content, candidate.content), candidate) for candidate in candidates]
    best = max(scored, key=lambda pair: (pair[0], pair[1].claim_id), default=None)
    return best if best is not None and best[0] >= _MIN_OVERLAP else None
