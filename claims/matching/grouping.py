"""Where every claim stands among the others: its story, its origin and its proposition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from claims.copies import stories
from claims.matching.context import ClaimContext
from claims.matching.origins import origins
from claims.matching.propositions import propositions
from claims.records import Copy, Grouping, Match


def group(
    contexts: Sequence[ClaimContext], matches: Iterable[Match], copies: Iterable[Copy], *, recorded_at: datetime
) -> tuple[Grouping, ...]:
    """Return one grouping for every claim, sorted by claim; built anew from the decisions that stand, never edited."""
    story_of = stories((context.article_id for context in contexts), copies)
    return group_in_stories(contexts, matches, story_of, recorded_at=recorded_at)


def group_in_stories(
    contexts: Sequence[ClaimContext], matches: Iterable[Match], story_of: Mapping[str, str], *, recorded_at: datetime
) -> tuple[Grouping, ...]:
    """Return one grouping for every claim, sorted by claim, where the story of every article is known."""
    placed = [replace(context, story_id=story_of[context.article_id]) for context in contexts]
    origin_of = origins(placed)
    proposition_of = propositions(origin_of, matches)
    return tuple(
        Grouping(
            claim_id=name,
            story_id=story_of[context.article_id],
            origin_id=origin_of[name],
            proposition_id=proposition_of[name],
            recorded_at=recorded_at,
        )
        for name, context in sorted({context.claim.claim_id: context for context in placed}.items())
    )
