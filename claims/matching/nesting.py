"""Claims told inside other claims of one article: what an official says that somebody expects is said once."""

import re
from collections import defaultdict
from collections.abc import Iterable

from claims.matching.context import ClaimContext
from claims.matching.terms import content_terms
from claims.vocabulary import Kind

COINCIDE = 0.6
_BRACKETS = re.compile(r"[\[\]]")


def is_inside(inner: ClaimContext, outer: ClaimContext) -> bool:
    """Return whether the words of one claim stand inside those of another attribution of the same article."""
    if inner.article_id != outer.article_id or inner.claim.attribution_id == outer.claim.attribution_id:
        return False
    held = all(
        any(whole.start <= part.start and part.end <= whole.end for whole in outer.claim.content)
        for part in inner.claim.content
    )
    return held and bool(inner.claim.content) and inner.claim.content != outer.claim.content


def told_inside(contexts: Iterable[ClaimContext]) -> dict[str, ClaimContext]:
    """Return for every claim told inside others the smallest of them, by the id of the inner one."""
    by_article: defaultdict[str, list[ClaimContext]] = defaultdict(list)
    for context in contexts:
        by_article[context.article_id].append(context)
    found: dict[str, ClaimContext] = {}
    for claims in by_article.values():
        for inner in claims:
            holders = [(_length(outer), outer.claim.claim_id, outer) for outer in claims if is_inside(inner, outer)]
            if holders:
                found[inner.claim.claim_id] = min(holders, key=lambda holder: holder[:2])[2]
    return found


def coincidence(inner: ClaimContext, outer: ClaimContext) -> float:
    """Return the share of the outer claim's words that the inner one has too, its cue among them."""
    words = set(content_terms(_BRACKETS.sub(" ", outer.claim.claim_text)))
    own = set(content_terms(_BRACKETS.sub(" ", inner.claim.claim_text)))
    return len(words & own) / len(words) if words else 0.0


def says_the_same(inner: ClaimContext, outer: ClaimContext) -> bool:
    """Return whether a claim told inside another adds nothing to it: most of the words, and the same assertion."""
    one, other = inner.claim, outer.claim
    if Kind.NONE in (one.kind, other.kind) or one.polarity != other.polarity:
        return False
    return coincidence(inner, outer) >= COINCIDE


def _length(context: ClaimContext) -> int:
    return sum(span.end - span.start for span in context.claim.content)
