"""Whether one of two articles reprints the other, how, and which of them is the original."""

import re
from datetime import datetime, timedelta

from claims.fingerprints import Fingerprint, Likeness, likeness
from claims.outlets import outlet_name
from claims.records import Article, Copy, key
from claims.vocabulary import CopyRelation

COPIER = "copies-2"
WINDOW = timedelta(days=10)
VERBATIM, EDITED, REWRITTEN = 0.95, 0.30, 0.12
# Far apart in time, a shared background is likelier than a reprint.
LATE, LATE_CONTAINMENT = timedelta(days=4), 0.6
MIN_WORDS = 15
MIN_FIGURES, FIGURES_SHARED = 4, 0.5
FULLER = 1.15
SOON = timedelta(hours=30)
SHARED_FIGURES = 4


def seniority(article: Article) -> tuple[bool, datetime, str]:
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


def judge(one: Fingerprint, other: Fingerprint, decided_at: datetime) -> Copy | None:
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
    early, late = sorted((one, other), key=lambda item: seniority(item.article))
    short, full = sorted((early, late), key=lambda item: item.words)
    if _gap(early.article, late.article) <= SOON and full.words >= FULLER * short.words:
        return full
    return early
