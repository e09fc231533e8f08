"""Which article copies which: verbatim, edited or rewritten, by shared sentences, shingles and quotations."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.decisions import is_person, standing
from claims.fingerprints import Fingerprint, Likeness, fingerprint, likeness, pairs_sharing
from claims.matching.context import ClaimContext
from claims.matching.features import compare, read_claim
from claims.matching.terms import content_terms
from claims.outlets import outlet_name
from claims.records import Article, Copy, key
from claims.vocabulary import CopyRelation

COPIER = "copies-1"
WINDOW = timedelta(days=10)
VERBATIM, EDITED, REWRITTEN = 0.95, 0.30, 0.12
# Far apart in time, a shared background is likelier than a reprint.
LATE, LATE_CONTAINMENT = timedelta(days=4), 0.6
MIN_WORDS = 15
MIN_FIGURES, FIGURES_SHARED = 4, 0.5
FULLER = 1.15
SOON = timedelta(hours=30)
SHARED_FIGURES = 4
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

    Articles are compared with each other and with `known`, never known ones among themselves; candidates come from an
    inverted index (containment of shingles, not Jaccard: cuts and embeddings keep it high). Quoted words are no sign of
    copying by themselves, since reporters at one event hear the same speech.
    """
    fresh = {article.article_id for article in articles}
    prints = {a.article_id: fingerprint(a) for a in sorted((*articles, *known), key=_seniority)}
    found: defaultdict[str, list[Copy]] = defaultdict(list)
    for one, other in sorted(pairs_sharing(list(prints.values()), fresh)):
        copy = _copy(prints[one], prints[other], decided_at)
        if copy is not None:
            found[copy.article_id].append(copy)

    def rank(copy: Copy) -> tuple[float, tuple[bool, datetime, str]]:
        # Among originals that hold about as much of the copy, the most senior one is the likeliest.
        return -round(copy.containment, 1), _seniority(prints[copy.of_article_id].article)

    return tuple(min(found[name], key=rank) for name in sorted(found))


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
    return int(row.containment * 10), row.recorded_at


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


def _seniority(article: Article) -> tuple[bool, datetime, str]:
    dated = article.published_earliest
    return dated is None, dated or article.fetched_at, article.article_id


def _credits(one: Article, other: Article) -> bool:
    """Return whether `one` credits the outlet that `other` comes from, in its credit line or by name in its text."""
    name, own = outlet_name(other.outlet_id), outlet_name(one.outlet_id)
    if one.credit:
        return outlet_name(one.credit) == name and own != name
    heard = outlet_name(other.credit) if other.credit else name
    return heard not in {own, ""} and any(outlet_name(word) == heard for word in set(_capitalised(one.text)))


def _capitalised(text: str) -> list[str]:
    return re.findall(r"\b[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}", text) + re.findall(r"\b[A-Z]\w+", text)


def _relation(one: Fingerprint, other: Fingerprint, like: Likeness) -> CopyRelation | None:
    gap = _gap(one.article, other.article)
    if min(one.words, other.words) < MIN_WORDS or gap > WINDOW or _is_template(one, other):
        return None
    if gap > LATE and like.containment < LATE_CONTAINMENT:
        return None
    credited = _credits(one.article, other.article) or _credits(other.article, one.article)
    # Of a text that is nearly all quotation too little prose is left to judge by.
    prose = like.prose if min(len(one.prose), len(other.prose)) >= 12 else like.containment
    by_credit = credited and prose >= REWRITTEN / 3 and (like.containment >= REWRITTEN or like.shared_quotations > 0)
    found = None
    if like.containment >= VERBATIM and min(one.words, other.words) >= 0.9 * max(one.words, other.words):
        found = CopyRelation.VERBATIM
    elif like.containment >= EDITED and prose >= 0.6 * EDITED:
        found = CopyRelation.EDITED
    elif by_credit or (gap <= SOON and (_retells(one, other) or _retells(other, one))):
        found = CopyRelation.REWRITTEN
    return found


def _retells(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether `one` tells the story of `other` in words of its own, with a quotation that it credits to it."""
    if not _credits(one.article, other.article) or len(one.figures & other.figures) < SHARED_FIGURES:
        return False
    outlet = outlet_name(other.article.outlet_id)
    shared = one.phrases & other.phrases
    for paragraph in one.article.text.split("\n"):
        flat = " ".join(re.findall(r"[^\W_]+", paragraph.casefold()))
        quoted = any(phrase in flat for phrase in shared)
        if quoted and any(outlet_name(name) == outlet for name in _capitalised(paragraph)):
            return True
    return False


def _is_template(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two texts share their wording but not their names and numbers: two reports cut from one mould."""
    smaller = min(len(one.figures), len(other.figures))
    if smaller < MIN_FIGURES:
        return False
    shared_sentences = len(one.sentences & other.sentences) / max(1, min(len(one.sentences), len(other.sentences)))
    return shared_sentences < 0.5 and len(one.figures & other.figures) / smaller < FIGURES_SHARED


def _gap(one: Article, other: Article) -> timedelta:
    """Return the least time that lies between two publications, none where either is undated or they overlap."""
    if not (one.published_earliest and other.published_earliest):
        return timedelta()
    between = max(
        one.published_earliest - (other.published_latest or other.published_earliest),
        other.published_earliest - (one.published_latest or one.published_earliest),
    )
    return max(timedelta(), between)


def _copy(one: Fingerprint, other: Fingerprint, decided_at: datetime) -> Copy | None:
    like = likeness(one, other)
    relation = _relation(one, other, like)
    if relation is None:
        return None
    original = _original(one, other)
    copy = other if original is one else one
    names = copy.article.article_id, original.article.article_id
    return Copy(
        copy_id=key("copy", *names, COPIER, relation),
        article_id=names[0],
        of_article_id=names[1],
        relation=relation,
        containment=round(like.containment, 4),
        shared_quotations=like.shared_quotations,
        decided_by=COPIER,
        recorded_at=decided_at,
    )


def _original(one: Fingerprint, other: Fingerprint) -> Fingerprint:
    """Return the one that is credited, else the fuller of two of the same day, else the earlier, else the fuller."""
    if _credits(one.article, other.article) != _credits(other.article, one.article):
        return other if _credits(one.article, other.article) else one
    early, late = sorted((one, other), key=lambda item: _seniority(item.article))
    short, full = sorted((early, late), key=lambda item: item.words)
    if _gap(early.article, late.article) <= SOON and full.words >= FULLER * short.words:
        return full
    return early
