"""Versions: what of a batch is new at its address, and which claim of a new version took which claim's place."""

from collections.abc import Iterable, Sequence

from claims.addresses import tidy
from claims.page_records import PageFacts
from claims.reader import Reading
from claims.records import Article, Claim, Succession
from claims.revisions import claims_followed, difference
from claims.versions import Settled, settle
from claims.vocabulary import Basis, Form
from flows.settings import Clock
from warehouse.copy_index import articles_with_ids
from warehouse.load import add
from warehouse.pages import articles_without_facts, revisions_touching, versions_at
from warehouse.read import Connection, claims_of, latest_extraction


def settle_versions(
    con: Connection, found: Sequence[tuple[Article, PageFacts]], clock: Clock, *, as_given: Iterable[str] = ()
) -> Settled:
    """Return which articles of a batch are new texts, with the revisions that they make; `as_given` ids are kept.

    Articles from before pages were told apart are first given the addresses of their pages.
    """
    add(
        con, [_facts_of_old(one.article_id, one.url, one.published_basis, clock) for one in articles_without_facts(con)]
    )
    standing = versions_at(con, (facts.address for _, facts in found if facts.address))
    return settle(found, standing, as_given=frozenset(as_given), recorded_at=clock.recorded_at)


def _facts_of_old(article_id: str, url: str | None, basis: Basis, clock: Clock) -> PageFacts:
    form = Form.ENTRY if basis is Basis.FEED else Form.PAGE if url else Form.TEXT
    return PageFacts(article_id=article_id, address=tidy(url), form=form, recorded_at=clock.recorded_at)


def version_links(con: Connection, readings: Sequence[Reading], clock: Clock) -> list[Succession]:
    """Return the links between the claims of `readings` and those of other versions of their pages.

    They are made once both versions are read, in whichever order that happens; judgements follow them.
    """
    read = {reading.extraction.article_id: reading.claims for reading in readings}
    pairs = revisions_touching(con, sorted(read))
    texts = {
        one.article_id: one.text for one in articles_with_ids(con, sorted({name for pair in pairs for name in pair}))
    }
    links: list[Succession] = []
    for article_id, was_article_id in pairs:
        before, after = (_claims(con, name, read) for name in (was_article_id, article_id))
        if before and after:
            found = difference(texts[was_article_id], texts[article_id])
            links.extend(claims_followed(before, after, found, recorded_at=clock.recorded_at))
    return links


def _claims(con: Connection, article_id: str, read: dict[str, tuple[Claim, ...]]) -> Sequence[Claim]:
    if article_id in read:
        return read[article_id]
    latest = latest_extraction(con, article_id)
    return claims_of(con, latest.claim_ids, latest.reader) if latest else ()
