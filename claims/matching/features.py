"""What two claims have in common and what tells them apart, as numbers and reasons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from claims.lexicons.load import lines
from claims.matching.context import ClaimContext
from claims.matching.quantities import Quantity, quantities
from claims.matching.terms import (
    content_terms,
    contraries,
    kindred,
    name_words,
    names,
    stem,
    tokens,
    weight,
)
from claims.vocabulary import Anonymity, Kind, Polarity

# Two words for one kind of event count a little less than the same word.
SYNONYM = 0.85
FAMILY = MappingProxyType(
    {
        Kind.FACT: "fact",
        Kind.DENIAL: "fact",
        Kind.PREDICTION: "future",
        Kind.INTENTION: "future",
        Kind.CONDITIONAL: "conditional",
        Kind.OPINION: "opinion",
        Kind.NONE: "none",
    }
)
PART, LARGE, WHOLE = 1, 2, 3
_PUT_IN = re.compile(r"\[[^\]]*\]")
_PRONOUN = re.compile(r"\W*(?:i|we|he|she|it|they|our|my|his|her|their|its)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One claim as it is compared: its weighted terms, who takes part, how much, when, and whether it is asserted."""

    claim_id: str
    story_id: str
    article_id: str
    terms: Mapping[str, float]
    deeds: Mapping[str, float]
    order: tuple[str, ...]
    classes: frozenset[str]
    names: frozenset[str]
    participants: frozenset[str]
    actor: frozenset[str]
    quantities: tuple[Quantity, ...]
    degree: int
    asserted: bool
    family: str
    explicit_horizon: bool
    due_latest: datetime | None
    passive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How far each claim's content lies in the other's, and what speaks against their being one."""

    first_in_second: float
    second_in_first: float
    deeds_shared: float
    reversed_by: tuple[str, ...]
    share_participant: bool
    names_apart: bool
    actors_apart: bool
    roles_swapped: bool

    @property
    def score(self) -> float:
        """Return the harmonic mean of the two containments."""
        return _harmonic(self.first_in_second, self.second_in_first)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def read_claim(context: ClaimContext) -> Reading:
    """Return the claim of `context` as it is compared; who speaks takes part only where the claim says "we" or "he"."""
    claim, text = context.claim, context.claim.claim_text
    found = names(text)
    # A name that the reader put in for a pronoun takes part, but it is no word of the claim.
    order = tuple(term for term in content_terms(_PUT_IN.sub(" ", text)) if not term.isdigit())
    own = name_words(found)
    named = {stem(name) for name in own}
    speaker = _speaker(context)
    acts = claim.kind is Kind.INTENTION or bool(_PRONOUN.match(text))
    terms = {term: weight(term) for term in order if term not in _degree_stems()}
    return Reading(
        claim_id=claim.claim_id,
        story_id=context.story_id,
        article_id=context.article_id,
        terms=MappingProxyType(terms),
        deeds=MappingProxyType({term: value for term, value in terms.items() if term not in named}),
        order=order,
        classes=frozenset().union(*map(kindred, terms)),
        names=own,
        participants=own | (speaker if acts else frozenset()) or name_words(names(context.passage)),
        actor=speaker if claim.kind is Kind.INTENTION else frozenset(),
        quantities=quantities(_PUT_IN.sub(" ", text)),
        degree=degree(text),
        asserted=(claim.polarity is Polarity.POSITIVE) and claim.kind is not Kind.DENIAL,
        family=FAMILY[claim.kind],
        explicit_horizon=claim.horizon_text is not None,
        due_latest=claim.due_latest,
        passive=bool(re.search(r"\b(?:is|are|was|were|be|been|being)\s+\w+(?:ed|en|un)\s+by\b", text)),
    )


def _speaker(context: ClaimContext) -> frozenset[str]:
    source = context.source
    if source.anonymity in {Anonymity.NAMED, Anonymity.INSTITUTION, Anonymity.DOCUMENT}:
        return name_words(names("so " + (source.resolved_source or source.text or "")))
    return name_words(names("so " + (source.organisation or "")))


@cache
def _degrees() -> Mapping[str, int]:
    rank = {"part": PART, "large": LARGE, "whole": WHOLE}
    entries = [line.partition(":") for line in lines("degrees.txt")]
    return MappingProxyType({word: rank[name] for name, _, words in entries for word in words.split()})


@cache
def _degree_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _degrees())


def degree(text: str) -> int:
    """Return how much of it `text` means: 1 some or not said, 2 much, 3 the whole."""
    return max((_degrees().get(token, PART) for token in tokens(text.replace("-scale", "scale"))), default=PART)


def compare(one: Reading, other: Reading) -> Likeness:
    """Return how alike two claims are, their words weighted by rarity, synonyms and reversals aligned."""
    reversed_by: list[str] = []
    forward = _contained(one.terms, other, reversed_by)
    backward = _contained(other.terms, one, [])
    return Likeness(
        first_in_second=forward,
        second_in_first=backward,
        deeds_shared=_harmonic(_contained(one.deeds, other, []), _contained(other.deeds, one, [])),
        reversed_by=tuple(reversed_by),
        share_participant=bool(one.participants & other.participants),
        names_apart=bool(one.names - other.names) and bool(other.names - one.names),
        actors_apart=bool(one.actor and other.actor) and not one.actor & other.actor,
        roles_swapped=_swapped(one, other),
    )


def _contained(inner: Mapping[str, float], outer: Reading, reversed_by: list[str]) -> float:
    """Return the weighted share of `inner` found in `outer`; pairs of contraries are noted in `reversed_by`."""
    total = sum(inner.values())
    if not total:
        return 0.0
    covered = 0.0
    for term, value in inner.items():
        if term in outer.terms:
            covered += value
            continue
        against = sorted((contraries().get(term, frozenset()) & outer.terms.keys()) - inner.keys())
        if against:
            reversed_by.append(f"{term} against {against[0]}")
            covered += SYNONYM * value
        elif kindred(term) & outer.classes:
            covered += SYNONYM * value
    return covered / total


def _swapped(one: Reading, other: Reading) -> bool:
    """Return whether two names change places, as in "A beats B" and "B beats A"."""
    shared = one.names & other.names
    first = [term for term in one.order if term in {stem(name) for name in shared}]
    second = [term for term in other.order if term in set(first)]
    return (
        len(set(first)) >= 2
        and bool(second)
        and first[0] != second[0]
        and first[0] in second[1:]
        and one.passive == other.passive
    )
