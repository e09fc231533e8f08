"""The verdict on two claims: same, narrower, contrary or different, each with its score and its reasons."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.matching.context import ClaimContext
from claims.matching.features import Likeness, Reading, compare, read_claim
from claims.matching.nesting import says_the_same, told_inside
from claims.matching.pairs import candidate_pairs, within_reach
from claims.matching.propositions import COPIED
from claims.matching.terms import event_classes
from claims.records import Match, Spans, key
from claims.vocabulary import Verdict

MATCHER = "features-1"
SAME, SAME_WITHOUT_NAMES, NEAR = 0.66, 0.82, 0.55
# Two polls differ without contradicting each other: numbers do only where all else is the same.
SURELY_ALIKE = 0.9
COPY, HELD, HELD_WHOLLY = 0.6, 0.5, 0.85
LEAST_WEIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict before it is a row; `first_is_narrower` gives a narrower pair its direction."""

    verdict: Verdict
    score: float
    detail: str
    first_is_narrower: bool = True


def match_claims(
    new: Sequence[ClaimContext], known: Sequence[ClaimContext] = (), *, decided_at: datetime
) -> tuple[Match, ...]:
    """Return the matches of `new` claims with each other and with `known` ones, all in memory.

    The flow does the same in parts, with candidates from the warehouse's index; a test holds the two equal.
    Claims of copies of one story are matched with one representative of their story; representatives alone meet those
    of other stories, as BM25 finds them in a window of time, so that hundreds of reprints neither crowd out
    candidates nor cost pairs. The verdict depends on the two claims alone: a rerun gives the same rows.
    """
    contexts = {context.claim.claim_id: context for context in (*within_reach(known, new), *new)}
    fresh = frozenset(context.claim.claim_id for context in new)
    readings = {name: read_claim(context) for name, context in contexts.items()}
    inside, standing = match_stories(contexts, readings, fresh, decided_at=decided_at)
    across = match_pairs(candidate_pairs(standing, fresh, contexts, readings), readings, decided_at=decided_at)
    rows = {row.match_id: row for row in (*across, *inside)}
    return tuple(rows[name] for name in sorted(rows))


def match_stories(
    contexts: Mapping[str, ClaimContext],
    readings: Mapping[str, Reading],
    fresh: Container[str],
    *,
    decided_at: datetime,
) -> tuple[tuple[Match, ...], list[str]]:
    """Return the matches of `fresh` claims inside their stories, and the claims that stand for their stories' others.

    Whole stories must be given: who stands for whom depends on all copies.
    """
    rows: dict[str, Match] = {}

    def add(one: str, other: str, decision: Decision) -> None:
        row = _row(one, other, decision, decided_at)
        rows.setdefault(row.match_id, row)

    for inner, outer in told_inside(contexts.values()).items():
        if (inner in fresh or outer.claim.claim_id in fresh) and says_the_same(contexts[inner], outer):
            add(inner, outer.claim.claim_id, Decision(Verdict.SAME, 1.0, f"{COPIED}: told inside the other"))
    representatives = []
    for claims in _by_story(contexts.values()):
        kept: list[str] = []
        for name in claims:
            twin, likeness = _twin(readings[name], [readings[other] for other in kept])
            if twin is None:
                kept.append(name)
            elif name in fresh or twin in fresh:
                add(name, twin, _copied(contexts[name], contexts[twin], likeness))
        representatives.extend(kept)
    return tuple(rows[name] for name in sorted(rows)), representatives


def match_pairs(
    pairs: Iterable[tuple[str, str]], readings: Mapping[str, Reading], *, decided_at: datetime
) -> tuple[Match, ...]:
    """Return the matches of these pairs of claims, those too far apart to be worth a row left out."""
    rows: dict[str, Match] = {}
    for one, other in pairs:
        decision = decide(readings[one], readings[other])
        if decision is not None:
            row = _row(one, other, decision, decided_at)
            rows.setdefault(row.match_id, row)
    return tuple(rows[name] for name in sorted(rows))


def decide(one: Reading, other: Reading) -> Decision | None:
    """Return the verdict on two claims, or None where they are too far apart to be worth a row."""
    if one.family != other.family or "none" in (one.family, other.family):
        return None
    likeness = compare(one, other)
    score, apart = likeness.score, _apart(one, other, likeness)
    # Two claims that share a name and little else are about the same person, not about the same thing.
    if not (_says_something(one) and _says_something(other)) or likeness.deeds_shared < HELD:
        return None
    named = bool(one.names & other.names)
    held_least = min(likeness.first_in_second, likeness.second_in_first)
    if score >= (SAME if named else SAME_WITHOUT_NAMES) and held_least >= HELD:
        return Decision(Verdict.DIFFERENT, score, apart) if apart else _weigh(one, other, likeness)
    if not apart and named and score >= 0.4 and one.asserted == other.asserted and not likeness.reversed_by:
        for inner, outer, held, first in (
            (one, other, likeness.first_in_second, False),
            (other, one, likeness.second_in_first, True),
        ):
            if held >= HELD_WHOLLY and _compatible(outer, inner):
                narrow_first = first if one.asserted else not first
                return Decision(Verdict.NARROWER, held * 0.9, "all it says and more", first_is_narrower=narrow_first)
    if score >= NEAR and (named or not apart):
        return Decision(Verdict.DIFFERENT, score, apart or f"only {score:.0%} of the content is shared")
    return None


def _says_something(reading: Reading) -> bool:
    return sum(reading.deeds.values()) >= LEAST_WEIGHT or any(term in event_classes() for term in reading.deeds)


def _apart(one: Reading, other: Reading, likeness: Likeness) -> str:
    """Return why two claims in like words speak of different things, or nothing."""
    if likeness.actors_apart:
        return "two actors"
    if not (one.participants or other.participants) and min(len(one.deeds), len(other.deeds)) < 2:
        return "nobody is named"
    if likeness.names_apart:
        return "different names: " + ", ".join(sorted(one.names ^ other.names))
    if not likeness.share_participant and (one.participants or other.participants):
        return "no participant in common"
    if likeness.roles_swapped and not _is_contest(one):
        return "the names change places"
    return ""


def _is_contest(reading: Reading) -> bool:
    return any("elect" in event_classes().get(term, ()) or term in {"beat", "defeat"} for term in reading.terms)


def _compatible(narrow: Reading, broad: Reading) -> bool:
    return not any(a.excludes(b) for a in narrow.quantities for b in broad.quantities if a.unit & b.unit)


def _weigh(one: Reading, other: Reading, likeness: Likeness) -> Decision:
    """Return the verdict on two claims of the same content: what they assert, how much of it, and by when."""
    contest = likeness.roles_swapped
    reverse = bool(likeness.reversed_by) or contest
    agree = (one.asserted == other.asserted) != reverse
    why = f"{likeness.score:.0%} of the content shared"
    if reverse:
        why += "; " + ("the names change places" if contest else ", ".join(likeness.reversed_by))
    if agree:
        return _agreeing(one, other, likeness.score, why)
    stronger = _extent(one, other)
    if not reverse and stronger:
        # Some is compatible with not much, and a hundred with not five hundred.
        if (stronger < 0) == one.asserted:
            return Decision(Verdict.DIFFERENT, likeness.score, f"{why}; different thresholds, so both may hold")
        return Decision(Verdict.CONTRARY, likeness.score, f"{why}; one affirms more than the other denies")
    if _horizons_apart(one, other):
        return Decision(Verdict.DIFFERENT, likeness.score, f"{why}; opposite, but about different times")
    return Decision(Verdict.CONTRARY, likeness.score, why if reverse else f"{why}; one affirms what the other denies")


def _agreeing(one: Reading, other: Reading, score: float, why: str) -> Decision:
    clash = [(a, b) for a in one.quantities for b in other.quantities if a.excludes(b)]
    matched = [(a, b) for a in one.quantities for b in other.quantities if a.comparable(b) and not a.excludes(b)]
    if clash and not matched and score < SURELY_ALIKE:
        return Decision(
            Verdict.DIFFERENT, score, f"{why}; the numbers exclude each other, but may count different things"
        )
    if clash and not matched:
        return Decision(Verdict.CONTRARY, score, f"{why}; the numbers exclude each other")
    extent = _extent(one, other)
    if extent:
        first = (extent > 0) == one.asserted
        return Decision(Verdict.NARROWER, score, f"{why}; one claims more of it", first_is_narrower=first)
    if _horizons_apart(one, other) and one.due_latest and other.due_latest:
        # A sooner deadline is the bolder claim; of a denial, the later one.
        first = (one.due_latest < other.due_latest) == one.asserted
        return Decision(Verdict.NARROWER, score, f"{why}; a different deadline", first_is_narrower=first)
    return Decision(Verdict.SAME, score, why)


def _extent(one: Reading, other: Reading) -> int:
    """Return 1 where `one` claims more of the same thing, -1 where `other` does, 0 where neither."""
    for a in one.quantities:
        for b in other.quantities:
            if a != b and a.comparable(b) and not a.excludes(b):
                return 1 if a.implies(b) else -1 if b.implies(a) else 0
            if a.excludes(b):
                return 1 if a.low > b.high else -1
    if bool(one.quantities) != bool(other.quantities):
        return 1 if one.quantities else -1
    return (one.degree > other.degree) - (one.degree < other.degree)


def _horizons_apart(one: Reading, other: Reading) -> bool:
    if not (one.explicit_horizon and other.explicit_horizon and one.due_latest and other.due_latest):
        return False
    return abs(one.due_latest - other.due_latest) > timedelta(days=2)


def _twin(reading: Reading, kept: Iterable[Reading]) -> tuple[str | None, Likeness | None]:
    """Return the representative of the same story that says the same, and how alike they are."""
    best: tuple[str | None, Likeness | None] = (None, None)
    for other in kept:
        if other.article_id == reading.article_id or other.asserted != reading.asserted:
            continue
        likeness = compare(reading, other)
        if likeness.reversed_by or likeness.names_apart or not _compatible(reading, other):
            continue
        held = max(likeness.first_in_second, likeness.second_in_first)
        enough = likeness.score >= COPY or (held >= HELD_WHOLLY and likeness.score >= HELD)
        if enough and (best[1] is None or likeness.score > best[1].score):
            best = (other.claim_id, likeness)
    return best


def _copied(one: ClaimContext, other: ClaimContext, likeness: Likeness | None) -> Decision:
    changed = [
        f"{what} {a} against {b}"
        for what, a, b in (
            ("kind", one.claim.kind, other.claim.kind),
            ("modality", one.claim.modality, other.claim.modality),
            ("level", one.source.anonymity, other.source.anonymity),
        )
        if a != b
    ]
    score = likeness.score if likeness else 1.0
    return Decision(Verdict.SAME, max(score, COPY), "; ".join([COPIED, *changed]))


def _by_story(contexts: Iterable[ClaimContext]) -> list[list[str]]:
    """Return the claims of each story, those of its original first: they become its representatives."""
    grouped: defaultdict[str, list[ClaimContext]] = defaultdict(list)
    for context in contexts:
        grouped[context.story_id].append(context)
    return [
        [context.claim.claim_id for context in sorted(grouped[story], key=place_in_story)] for story in sorted(grouped)
    ]


def place_in_story(context: ClaimContext) -> tuple[str, bool, str, Spans, str]:
    """Return by what claims are put in order: story by story, those of the original first."""
    own = context.article_id != context.story_id
    return context.story_id, own, context.article_id, context.claim.content[:1], context.claim.claim_id


def _row(one: str, other: str, decision: Decision, decided_at: datetime) -> Match:
    if decision.verdict is Verdict.NARROWER:
        first, second = (one, other) if decision.first_is_narrower else (other, one)
    else:
        first, second = sorted((one, other))
    return Match(
        match_id=key("match", sorted((one, other)), MATCHER, decision.verdict),
        claim_id=first,
        other_claim_id=second,
        verdict=decision.verdict,
        score=round(min(1.0, decision.score), 4),
        detail=decision.detail,
        decided_by=MATCHER,
        recorded_at=decided_at,
    )
