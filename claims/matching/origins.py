"""The conversation that a claim came from: the outlet that heard it, the source it heard, and the day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from claims.matching.context import ClaimContext
from claims.matching.features import compare, read_claim
from claims.matching.nesting import told_inside
from claims.matching.terms import content_terms
from claims.outlets import outlet_name
from claims.records import key
from claims.vocabulary import Anonymity, Plurality

SAME_WORDS = 0.5
NAMED = frozenset({Anonymity.DOCUMENT, Anonymity.NAMED, Anonymity.INSTITUTION})
PUBLIC = "public"
ONE_CONVERSATION = timedelta(days=2)


def origins(contexts: Sequence[ClaimContext]) -> dict[str, str]:
    """Return for every claim the id of the conversation it came from.

    All copies of a story share its origins: a copy's claim takes the origin of the claim that it reprints, whatever the
    editor did to its source, and only what the copy adds has one of its own. A named source or an institution whom no
    outlet claims to have heard alone is one public conversation a day, however many outlets report it: a
    person who says a thing to ten reporters does not bear himself out. What is told inside another claim was heard in
    the conversation of that one, and so was what one speaker says twice in an article.
    """
    inside = told_inside(contexts)
    by_story: defaultdict[str, list[ClaimContext]] = defaultdict(list)
    for context in contexts:
        by_story[context.story_id].append(context)
    found: dict[str, str] = {}
    for story_id in sorted(by_story):
        claims = sorted(by_story[story_id], key=_fullness)
        heard_by = _story_outlet(claims)
        readings = {c.claim.claim_id: read_claim(c) for c in claims}
        settled: list[ClaimContext] = []
        for context in claims:
            own = readings[context.claim.claim_id]
            likest = max(
                (other for other in settled if other.article_id != context.article_id or _one_speaker(context, other)),
                key=lambda other: (compare(own, readings[other.claim.claim_id]).score, other.claim.claim_id),
                default=None,
            )
            if likest is not None and compare(own, readings[likest.claim.claim_id]).score >= SAME_WORDS:
                found[context.claim.claim_id] = found[likest.claim.claim_id]
            else:
                found[context.claim.claim_id] = _origin(context, heard_by)
                settled.append(context)
    for name in inside:
        found[name] = found[_outermost(name, inside)]
    return found


def _outermost(name: str, inside: Mapping[str, ClaimContext]) -> str:
    """Return the claim that nobody relays: each holder is larger than what it holds, so the way up ends."""
    while name in inside:
        name = inside[name].claim.claim_id
    return name


def _one_speaker(one: ClaimContext, other: ClaimContext) -> bool:
    """Return whether two sources of one article are described alike, or one as a part of the other's description."""
    first, second = (set(content_terms(c.source.resolved_source or c.source.text or "")) for c in (one, other))
    named = {one.source.anonymity, other.source.anonymity} & NAMED
    return first == second if named else first <= second or second <= first


def could_be_one(one: ClaimContext, other: ClaimContext) -> bool:
    """Return whether two unnamed descriptions, heard by different outlets, could be of one person.

    True where both speak at about the same time and neither organisation, seniority nor number rules it out; the bare
    "sources said" could be anybody. The two stay two origins: this is a flag, not a merger.
    """
    first, second = one.source, other.source
    if first.anonymity in NAMED or second.anonymity in NAMED or one.story_id == other.story_id:
        return False
    if heard_by(one) == heard_by(other) and _described(one) == _described(other):
        return False
    if Plurality.COLLECTIVE in {first.plurality, second.plurality}:
        return False
    days = [context.claim.made_latest or context.published_latest for context in (one, other)]
    if days[0] and days[1] and abs(days[0] - days[1]) > ONE_CONVERSATION:
        return False
    for mine, theirs in ((first.organisation, second.organisation), (first.seniority, second.seniority)):
        if mine and theirs and not set(content_terms(mine)) & set(content_terms(theirs)):
            return False
    return True


def heard_by(context: ClaimContext) -> str:
    """Return the outlet that heard a claim: the one it was told to, that relayed it, that is credited, or its own."""
    source = context.source
    for named in (source.told_to, source.relayed_by, context.credit, context.outlet_id):
        if named and outlet_name(named):
            return outlet_name(named)
    return context.outlet_id


def _fullness(context: ClaimContext) -> tuple[bool, str, tuple[tuple[int, int], ...], str]:
    """Return the order in which the claims of a story are settled: the original's first."""
    return context.article_id != context.story_id, context.article_id, context.claim.content[:1], context.claim.claim_id


def _story_outlet(claims: Iterable[ClaimContext]) -> str:
    """Return the outlet whose story it is: the agency that any copy credits, else the original's own."""
    ordered = list(claims)
    credited = [outlet_name(c.credit) for c in ordered if c.credit and outlet_name(c.credit)]
    if credited:
        return max(sorted(set(credited)), key=credited.count)
    return outlet_name(ordered[0].outlet_id) or ordered[0].outlet_id


def _described(context: ClaimContext) -> str:
    source = context.source
    described = " ".join(content_terms(source.resolved_source or source.text or ""))
    return source.claimant_id or source.descriptor or described


def _origin(context: ClaimContext, story_outlet: str) -> str:
    source = context.source
    told = next((outlet_name(name) for name in (source.told_to, source.relayed_by) if name and outlet_name(name)), None)
    public = source.anonymity in {Anonymity.NAMED, Anonymity.INSTITUTION} and source.claimant_id is not None
    outlet = told or (PUBLIC if public else story_outlet)
    when = context.claim.made_latest or context.published_earliest
    # Where neither the day nor the source is known, the story itself is the conversation.
    day = when.date().isoformat() if when else context.story_id
    return key("origin", outlet, _described(context) or context.story_id, day)
