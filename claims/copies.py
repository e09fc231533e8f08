"""Which article copies which: verbatim, edited or rewritten, by shared sentences, shingles and quotations."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from claims.decisions import is_person, standing
from claims.fingerprints import pairs_sharing
from claims.matching.context import ClaimContext
from claims.matching.features import compare, read_claim
from claims.matching.terms import content_terms
from claims.records import Article, Copy, key
from claims.reprints import Draft, judge, seniority

ALIGNED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One thing that a copy changed about a claim: `what` it was in the original, and what it is now."""

    claim_id: str
    copy_claim_id: str
    what: str
    was: str | None
    now: str | None


def find_copies(
    articles: Sequence[Article], *, known: Sequence[Article] = (), decided_at: datetime
) -> tuple[Copy, ...]:
    """Return for each article that reprints another one row that points to its fuller, earlier or credited original.

    Articles are compared with each other and with `known`, never known ones among themselves. All are held in memory:
    for a warehouse full of them flows.copying asks an index for the pairs.
    """
    fresh = {article.article_id for article in articles}
    given = {article.article_id: article for article in sorted((*articles, *known), key=seniority)}
    pairs = pairs_sharing(list(given.values()), fresh)
    return best_copies(judge_pairs(pairs, given, decided_at=decided_at), given)


def judge_pairs(
    pairs: Iterable[tuple[str, str]], articles: Mapping[str, Article], *, decided_at: datetime
) -> tuple[Copy, ...]:
    """Return a row for every pair of ids of which one article reprints the other."""
    wanted = sorted({(min(pair), max(pair)) for pair in pairs})
    drafts = {name: Draft(articles[name]) for name in {name for pair in wanted for name in pair}}
    judged = (judge(drafts[one], drafts[other], decided_at) for one, other in wanted)
    return tuple(copy for copy in judged if copy is not None)


def best_copies(copies: Iterable[Copy], articles: Mapping[str, Article]) -> tuple[Copy, ...]:
    """Return one row for each article that copies, to the likeliest of its originals.

    That is, among those that hold about as much of it, the credited, earliest, then the first by id.
    """
    found: dict[str, Copy] = {}
    for copy in copies:
        held = found.get(copy.article_id)
        if held is None or rank_copy(copy, articles) < rank_copy(held, articles):
            found[copy.article_id] = copy
    return tuple(found[name] for name in sorted(found))


def rank_copy(copy: Copy, articles: Mapping[str, Article]) -> tuple[int, tuple[bool, datetime, str]]:
    """Return what orders the rows of one copy: the less, the likelier is the original that it names."""
    return -strength(copy.containment), seniority(articles[copy.of_article_id])


def strength(containment: float) -> int:
    """Return a containment in whole tenths: finer differences between two originals of a copy say nothing."""
    return math.floor(containment * 10)


def withdrawn(copy: Copy, *, by: str, at: datetime) -> Copy:
    """Return the row by which `by` takes `copy` back."""
    names = copy.article_id, copy.of_article_id
    return replace(
        copy,
        copy_id=key("copy", *names, "withdrawn", by, at.isoformat()),
        decided_by=by,
        recorded_at=at,
        withdrawn_at=at,
    )


def stories(article_ids: Iterable[str], copies: Iterable[Copy]) -> dict[str, str]:
    """Return for every article the id of its story's original; an article that copies nothing is its own story.

    Of several rows on one pair the latest counts, a person's before a machine's; a withdrawn row is undone. Of what
    machines found for an article its best row counts, so that a round-up of two stories does not join them. The macro
    stories_as_of says the same in SQL.
    """
    live = _links(copies)
    wanted = list(dict.fromkeys(article_ids))
    parent = {name: name for row in live for name in (row.article_id, row.of_article_id)}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for row in live:
        parent[root(row.article_id)] = root(row.of_article_id)
    outgoing = {row.article_id for row in live}
    incoming = Counter(row.of_article_id for row in live)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in parent:
        members[root(name)].append(name)
    original = {
        group: min(names, key=lambda name: (name in outgoing, -incoming[name], name))
        for group, names in members.items()
    }
    return {name: original[root(name)] if name in parent else name for name in wanted}


def _links(copies: Iterable[Copy]) -> list[Copy]:
    """Return the rows that make stories: all that persons decided, and the best one of an article by machines."""
    decided = standing(copies, lambda row: frozenset({row.article_id, row.of_article_id}))
    live = [row for row in decided if row.withdrawn_at is None]
    best: dict[str, Copy] = {}
    # In rising order of preference, so that the best row of an article is written last.
    for row in sorted(live, key=lambda row: row.of_article_id, reverse=True):
        held = best.get(row.article_id)
        if not is_person(row.decided_by) and (held is None or _strength(row) >= _strength(held)):
            best[row.article_id] = row
    return [*(row for row in live if is_person(row.decided_by)), *best.values()]


def _strength(row: Copy) -> tuple[int, datetime]:
    return strength(row.containment), row.recorded_at


def align_claims(original: Sequence[ClaimContext], copy: Sequence[ClaimContext]) -> tuple[Drift, ...]:
    """Return what the claims of `copy` changed against those of `original` that they reprint.

    Every claim of the copy is set beside the claim of the original that shares most of its content, if it shares
    enough; `what` is condition, level, modality, source or told_to. Nothing changed gives no row.
    """
    readings = {c.claim.claim_id: read_claim(c) for c in (*original, *copy)}
    found = []
    for mine in copy:
        shares = [
            (compare(readings[theirs.claim.claim_id], readings[mine.claim.claim_id]).score, theirs)
            for theirs in original
        ]
        score, theirs = max(shares, key=lambda pair: (pair[0], pair[1].claim.claim_id), default=(0.0, mine))
        if score >= ALIGNED:
            for what, was, now in _presented(theirs, mine):
                names = theirs.claim.claim_id, mine.claim.claim_id
                found.append(Drift(claim_id=names[0], copy_claim_id=names[1], what=what, was=was, now=now))
    return tuple(found)


def _presented(theirs: ClaimContext, mine: ClaimContext) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield what changed in how a claim and its source are presented."""
    was, now = theirs.source, mine.source
    if was.condition_stated and not now.condition_stated:
        yield "condition", was.condition_reason or "stated", None
    if was.anonymity != now.anonymity:
        yield "level", was.anonymity, now.anonymity
    first, second = (c.claim.modality_phrase or c.claim.modality for c in (theirs, mine))
    if first != second:
        yield "modality", first, second
    described = [source.claimant_id or source.resolved_source or source.text or "" for source in (was, now)]
    if set(content_terms(described[0])) != set(content_terms(described[1])):
        yield "source", was.resolved_source or was.text, now.resolved_source or now.text
    if was.told_to and not now.told_to:
        yield "told_to", was.told_to, None
