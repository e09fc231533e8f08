"""Whether one of two articles reprints the other, how, and which of them is the original."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from claims.fingerprints import Fingerprint, Likeness, fingerprint, likeness, split_words
from claims.outlets import outlet_name
from claims.records import Article, Copy, key
from claims.retelling import Telling, coverage, read_telling
from claims.vocabulary import CopyRelation

COPIER = "copies-2"
WINDOW = timedelta(days=10)
VERBATIM, SAME_LENGTH, EDITED = 0.95, 0.85, 0.30
# Far apart in time, a shared background is likelier than a reprint.
LATE, LATE_CONTAINMENT = timedelta(days=4), 0.6
MIN_WORDS = 15
MIN_FIGURES, FIGURES_SHARED = 4, 0.5
SOON, FULLER = timedelta(hours=30), 1.15
RETOLD_WITHIN = timedelta(days=3)
FEW_NAMES, LONGER, MUCH_LONGER = 0.5, 1.5, 6
# Share of three words in a row outside quotations from which on the wording itself was taken over.
REWORDED = 0.28


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """What an article must share with another, and have to share, to be held to tell its story again."""

    n_names: int
    n_sentences: int
    terms: float
    sentences: float
    score: float


RETOLD = Least(n_names=6, n_sentences=5, terms=0.58, sentences=0.60, score=0.70)
RETOLD_CREDITED = Least(n_names=2, n_sentences=3, terms=0.52, sentences=0.50, score=0.66)


@dataclass(frozen=True)
class Draft:
    """An article with what is compared of it, each worked out when it is first asked for."""

    article: Article

    @cached_property
    def print(self) -> Fingerprint:
        """What of its wording is compared."""
        return fingerprint(self.article)

    @cached_property
    def outlets_named(self) -> frozenset[str]:
        """The outlets that its credit line and its text may name, as outlet_name spells them."""
        text = self.article.text
        words = {*re.findall(r"\b[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}", text), *re.findall(r"\b[A-Z]\w+", text)}
        return frozenset(outlet_name(name) for name in (*words, self.article.credit or ""))

    @cached_property
    def telling(self) -> Telling:
        """What it tells, in whatever words."""
        return read_telling(self.article)


def seniority(article: Article) -> tuple[bool, datetime, str]:
    dated = article.published_earliest
    return dated is None, dated or article.fetched_at, article.article_id


def _credits(one: Draft, other: Draft) -> bool:
    """Return whether `one` credits who `other` comes from, in its credit line or by name in its text."""
    own = outlet_name(one.article.outlet_id)
    heard = {outlet_name(name) for name in (other.article.outlet_id, other.article.credit) if name} - {own, ""}
    return not heard.isdisjoint(one.outlets_named)


def by_containment(containment: float) -> CopyRelation:
    """Return the relation that a containment suggests of two articles of which one copies the other."""
    if containment >= VERBATIM:
        return CopyRelation.VERBATIM
    return CopyRelation.EDITED if containment >= EDITED else CopyRelation.REWRITTEN


def _relation(one: Draft, other: Draft, like: Likeness) -> CopyRelation | None:
    mine, theirs = one.print, other.print
    gap = _gap(one.article, other.article)
    too_late = gap > WINDOW or (gap > LATE and like.containment < LATE_CONTAINMENT)
    if too_late or min(mine.words, theirs.words) < MIN_WORDS:
        return None
    # Of a text that is nearly all quotation too little prose is left to judge by.
    prose = like.prose if min(len(mine.prose), len(theirs.prose)) >= 12 else like.containment
    same_length = min(mine.words, theirs.words) >= SAME_LENGTH * max(mine.words, theirs.words)
    found = None
    if like.containment >= EDITED and prose >= 0.6 * EDITED and not _is_template(mine, theirs):
        found = CopyRelation.VERBATIM if like.containment >= VERBATIM and same_length else CopyRelation.EDITED
    elif gap <= RETOLD_WITHIN and (_retells(one, other) or _retells(other, one)):
        found = CopyRelation.EDITED if like.prose_threes >= REWORDED else CopyRelation.REWRITTEN
    return found


def _retells(one: Draft, other: Draft) -> bool:
    """Return whether `one` tells what `other` tells and next to nothing else, in words of its own.

    Reporters at one event have facts and voices of their own besides what they share; who retells has not. An article
    that credits the other may add some.
    """
    credited = _credits(one, other)
    # In a text many times as long most names and subjects of the day stand somewhere.
    unlike = not one.print.words / LONGER <= other.print.words <= MUCH_LONGER * one.print.words
    # Cheap, and enough to tell apart nearly all that only share a subject.
    if (unlike and not credited) or not one.print.names_in(other.print) >= FEW_NAMES:
        return False
    naming = split_words(f"{other.article.outlet_id} {other.article.credit or ''}") if credited else []
    cover = coverage(one.telling, other.telling, credited=frozenset(naming))
    least = RETOLD_CREDITED if credited else RETOLD
    return (
        cover is not None
        and cover.n_names >= least.n_names
        and cover.n_sentences >= least.n_sentences
        and cover.terms >= least.terms
        and cover.sentences >= least.sentences
        and cover.score >= least.score
    )


def _is_template(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two texts share wording but not the names and numbers in it: two reports cut from one mould."""
    short, full = sorted((one, other), key=lambda item: item.words)
    names = short.common_names(full)
    return len(names) >= MIN_FIGURES and len(names & full.vocabulary) < FIGURES_SHARED * len(names)


def _gap(one: Article, other: Article) -> timedelta:
    """Return the least time that lies between two publications, none where either is undated or they overlap."""
    if not (one.published_earliest and other.published_earliest):
        return timedelta()
    between = max(
        one.published_earliest - (other.published_latest or other.published_earliest),
        other.published_earliest - (one.published_latest or one.published_earliest),
    )
    return max(timedelta(), between)


def judge(one: Draft, other: Draft, decided_at: datetime) -> Copy | None:
    """Return the row that says that one of the two reprints the other, None where neither does."""
    like = likeness(one.print, other.print)
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


def _original(one: Draft, other: Draft) -> Draft:
    """Return the one that is credited, else the fuller of two of the same day, else the earlier."""
    if _credits(one, other) != _credits(other, one):
        return other if _credits(one, other) else one
    early, late = sorted((one, other), key=lambda item: seniority(item.article))
    short, full = sorted((early, late), key=lambda item: item.print.words)
    soon = _gap(early.article, late.article) <= SOON
    # Who cuts keeps the beginning; around what does not begin it a longer article was written.
    if soon and full.print.words >= FULLER * short.print.words and full.print.begins_in(short.print):
        return full
    return early
