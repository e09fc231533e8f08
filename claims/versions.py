"""Which of the texts that were read are new versions of a page, which are the page as it was, and what they replace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from claims.page_records import PageFacts, Revision, Version
from claims.records import Article
from claims.revisions import difference, excerpts, is_revision
from claims.vocabulary import Change, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of the texts of one batch: those to be stored, what is known of their pages, what they replaced.

    `same_as` names for a text that is not stored the one that it differs from in nothing that counts.
    """

    articles: tuple[Article, ...]
    facts: tuple[PageFacts, ...]
    revisions: tuple[Revision, ...]
    same_as: Mapping[str, str]


def settle(
    found: Sequence[tuple[Article, PageFacts]],
    standing: Iterable[Version],
    *,
    as_given: frozenset[str] = frozenset(),
    recorded_at: datetime,
) -> Settled:
    """Return what of `found` is new beside the versions that are `standing` at the same addresses.

    A text that differs from the one before it or after it only in spacing and furniture is that one, seen again; one
    that is in `as_given` (spans hang on it) is kept in any case. A text that comes back after another one stood in its
    place is a revision too. What a feed carries of a page gives way to the page, whichever was read first.
    """
    places: defaultdict[tuple[str, str], list[Version]] = defaultdict(list)
    for version in standing:
        places[version.outlet_id, version.address].append(version)
    articles: list[Article] = []
    facts: list[PageFacts] = []
    revisions: list[Revision] = []
    same_as: dict[str, str] = {}
    for article, about in sorted(found, key=lambda pair: pair[0].fetched_at):
        if about.address is None:
            articles.append(article)
            facts.append(about)
            continue
        place = places[article.outlet_id, about.address]
        mine = _version(article, about.form, about.address)
        known = next((one for one in place if one.article_id == article.article_id), None)
        if known is not None:
            revisions += _return(known, mine, place, recorded_at)
            continue
        before, after = _neighbours(mine, place)
        if article.article_id not in as_given and (same := _same(mine, before, after)):
            same_as[article.article_id] = same.article_id
            continue
        articles.append(article)
        facts.append(about)
        steps = [(before, mine, mine.stands_since)] if before else []
        steps += [(mine, after, after.stands_since)] if after else []
        revisions += [_revision(one, other, seen_at, recorded_at) for one, other, seen_at in steps]
        revisions += _fuller(mine, place, recorded_at)
        place.append(mine)
    return Settled(articles=tuple(articles), facts=tuple(facts), revisions=tuple(revisions), same_as=same_as)


def _version(article: Article, form: Form, address: str) -> Version:
    return Version(
        article_id=article.article_id,
        outlet_id=article.outlet_id,
        address=address,
        form=form,
        text=article.text,
        stands_since=article.fetched_at,
    )


def _neighbours(mine: Version, place: Sequence[Version]) -> tuple[Version | None, Version | None]:
    """Return the versions of the same kind that stood just before and just after `mine`."""
    alike = sorted((one for one in place if one.is_whole == mine.is_whole), key=lambda one: one.stands_since)
    before = [one for one in alike if one.stands_since <= mine.stands_since]
    after = [one for one in alike if one.stands_since > mine.stands_since]
    return (before[-1] if before else None), (after[0] if after else None)


def _same(mine: Version, *others: Version | None) -> Version | None:
    """Return the first of `others` from which `mine` differs in nothing that counts."""
    return next((one for one in others if one and not is_revision(difference(one.text, mine.text))), None)


def _return(known: Version, mine: Version, place: list[Version], recorded_at: datetime) -> list[Revision]:
    """Return the revision by which a text that had been replaced came back; none where it never went.

    Entries are left out: two feeds of one outlet may carry two texts of one page side by side for ever.
    """
    alike = [one for one in place if one.is_whole]
    latest = max(alike, key=lambda one: one.stands_since, default=known)
    if not mine.is_whole or latest.article_id == known.article_id or mine.stands_since <= latest.stands_since:
        return []
    place.remove(known)
    place.append(replace(known, stands_since=mine.stands_since))
    return [_revision(latest, known, mine.stands_since, recorded_at)]


def _fuller(mine: Version, place: Sequence[Version], recorded_at: datetime) -> list[Revision]:
    """Return the revisions by which a page takes the place of what a feed carried of it."""
    if mine.is_whole:
        # Versions between which an entry stood have each taken its place: the first one says enough.
        first = not any(one.is_whole for one in place)
        return [_revision(one, mine, mine.stands_since, recorded_at) for one in place if first and not one.is_whole]
    whole = min((one for one in place if one.is_whole), key=lambda one: one.stands_since, default=None)
    return [_revision(mine, whole, max(mine.stands_since, whole.stands_since), recorded_at)] if whole else []


def _revision(was: Version, became: Version, seen_at: datetime, recorded_at: datetime) -> Revision:
    found = difference(was.text, became.text)
    change = Change.EDITED if found.is_same_story else Change.REPLACED
    if became.is_whole and not was.is_whole:
        change = Change.FULLER
    pairs = excerpts(found, was.text, became.text)
    return Revision(
        article_id=became.article_id,
        was_article_id=was.article_id,
        address=became.address,
        change=change,
        words_added=found.words_added,
        words_removed=found.words_removed,
        kept_share=round(found.kept_share, 4),
        was=tuple(one for one, _ in pairs),
        became=tuple(other for _, other in pairs),
        seen_at=seen_at,
        recorded_at=recorded_at,
    )
