"""What persons join and take apart: each decision is a row, and persons win over machines."""

from collections.abc import Sequence
from datetime import UTC, datetime

from claims.copies import withdrawn
from claims.errors import UnreadableInput
from claims.fingerprints import fingerprint, likeness
from claims.records import Copy, Match, key
from claims.reprints import by_containment
from claims.vocabulary import CopyRelation
from flows.review import find_claim
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.copy_index import articles_with_ids
from warehouse.load import add, transaction
from warehouse.read import Connection, article_ids, copies_touching, live_matches, stories

END = datetime.max.replace(tzinfo=UTC)


def unmerge(settings: Settings, clock: Clock, claim: str, other: str, *, by: str) -> Match:
    """Withdraw the match of two claims (ids or their beginnings) and return the row that does so.

    Raises UnreadableInput where the two are not matched.
    """
    now = datetime.now(UTC)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        pair = {find_claim(con, claim, clock.as_of), find_claim(con, other, clock.as_of)}
        live = [match for match in live_matches(con, now) if {match.claim_id, match.other_claim_id} == pair]
        if not live:
            raise UnreadableInput(f"{claim} and {other} are not matched: `onrecord show {claim}` lists its matches")
        match = live[0]
        withdrawn = Match(
            match_id=key("match", match.claim_id, match.other_claim_id, "withdrawn", by, now.isoformat()),
            claim_id=match.claim_id,
            other_claim_id=match.other_claim_id,
            verdict=match.verdict,
            score=match.score,
            detail=f"withdrawn: {match.detail}",
            decided_by=f"person:{by}",
            recorded_at=now,
            withdrawn_at=now,
        )
        add(con, [withdrawn])
    return withdrawn


def uncopy(settings: Settings, article: str, other: str, *, by: str) -> tuple[Copy, ...]:
    """Take `article` out of the story of `other`: withdraw what joins the two, and return the rows that do so.

    Where other copies of the story still hold the two together, `article` is parted from those as well. No machine
    joins it to that story again. Raises UnreadableInput where the two are not of one story.
    """
    now = datetime.now(UTC)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        one, two = _two_articles(con, article, other)
        joined = [copy for copy in copies_touching(con, [one]) if two in {copy.article_id, copy.of_article_id}]
        if not joined and not _one_story(con, one, two):
            raise UnreadableInput(f"{article} and {other} are not of one story: see the view story_copies")
        rows = _withdraw(con, joined, by, now)
        if _one_story(con, one, two):
            rows += _withdraw(con, copies_touching(con, [one]), by, now)
    return rows


def join_copy(settings: Settings, article: str, original: str, relation: CopyRelation | None, *, by: str) -> Copy:
    """Say that `article` copies `original`, whatever machines found, and return the row that does so.

    Without a relation the one that their wording suggests is taken.
    """
    now = datetime.now(UTC)
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        names = _two_articles(con, article, original)
        texts = {text.article_id: text for text in articles_with_ids(con, names)}
    like = likeness(*(fingerprint(texts[name]) for name in names))
    chosen = relation or by_containment(like.containment)
    row = Copy(
        copy_id=key("copy", *names, chosen, by, now.isoformat()),
        article_id=names[0],
        of_article_id=names[1],
        relation=chosen,
        containment=round(like.containment, 4),
        shared_quotations=like.shared_quotations,
        decided_by=f"person:{by}",
        recorded_at=now,
    )
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        add(con, [row])
    return row


def _withdraw(con: Connection, copies: Sequence[Copy], by: str, at: datetime) -> tuple[Copy, ...]:
    rows = tuple(withdrawn(copy, by=f"person:{by}", at=at) for copy in copies)
    add(con, rows)
    return rows


def _one_story(con: Connection, one: str, other: str) -> bool:
    story_of = stories(con, END)
    return story_of[one] == story_of[other]


def _two_articles(con: Connection, article: str, other: str) -> tuple[str, str]:
    known = article_ids(con)
    one, two = _one_of(known, article), _one_of(known, other)
    if one == two:
        raise UnreadableInput(f"{article} and {other} are one article: give two")
    return one, two


def _one_of(known: set[str], prefix: str) -> str:
    found = sorted(name for name in known if name.startswith(prefix.strip().lower()))
    if len(found) != 1:
        raise UnreadableInput(f"{len(found)} articles begin with {prefix!r}: give an id from the view articles_now")
    return found[0]
