"""A claim as a question that later articles may answer: its event, who takes part, what else a passage must have."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from claims.asked_text import asked_text, main_clause
from claims.matching.context import ClaimContext
from claims.matching.features import Reading, read_claim
from claims.matching.quantities import quantities
from claims.matching.terms import (
    content_terms,
    contraries,
    event_classes,
    government,
    name_words,
    names,
    stem,
    stems,
    stop_words,
    weight,
    without_particles,
)
from claims.matching.terms import (
    governments as lines_of,
)
from claims.vocabulary import Kind

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:()—–?]")
# What was done counts fully, against whom, where and how a quarter.
CIRCUMSTANCE = 0.25
# Preparing, counting and dates are no part of the event: dates are compared as dates, numbers as numbers.
_NO_PART = ("aims", "number_nouns", "calendar")
_PREPOSITIONS = frozenset(
    {"against", "around", "among", "over", "at", "in", "by", "with", "from", "for", "into", "through"}
)
PREPOSITIONS_OF = _PREPOSITIONS | {"to", "of", "on"}
_MODAL_VERB = re.compile(
    r"\b(?:will|would|may|might|could|should|to)\s+(?:(?:not|soon|also|probably|never|likely|be|have)\s+)*([a-z]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A claim as it is asked of later articles."""

    reading: Reading
    terms: Mapping[str, float]
    deeds: Mapping[str, float]
    pivot: str
    is_definite: bool
    names: tuple[frozenset[str], ...]
    lead: tuple[frozenset[str], ...]
    subject: tuple[str, ...]
    objects: tuple[str, ...]
    people: frozenset[str]
    actors: frozenset[str]
    tracks_course: bool
    is_state: bool
    is_final: bool
    is_fact: bool
    own_sentences: frozenset[str]


def ask(context: ClaimContext) -> Question:
    """Return the claim of `context` as a question: its event, who takes part, and what else must be in a passage."""
    # The words of the horizon bound the event; no later passage repeats them, nor counts its weeks.
    said = asked_text(context.claim.claim_text, context.claim.horizon_text)
    reading = replace(read_claim(context), quantities=quantities(said))
    main = main_clause(said)
    if len(content_terms(main)) < 2:
        main = said if len(content_terms(said)) >= 2 else context.claim.claim_text
    order = [term for term in content_terms(main) if not term.isdigit() and term not in stems("degrees.txt")]
    kept = [term for term in order if not any(term in stems(f"{name}.txt") for name in _NO_PART)] or order
    own_names = {stem(name) for name in reading.names}
    # Who acts is compared as a name, a government under any of its names.
    kept = [term for term in kept if not (term in own_names and term in _governments(main))] or kept
    deeds = [term for term in kept if term not in own_names]
    events = tuple(term for term in deeds if term in event_classes() or term in contraries())
    pivot = (*_foretold(main, deeds), *events, *deeds, *kept, "")[0]
    before = order[: order.index(pivot)] if pivot in order else []
    return Question(
        reading=reading,
        terms=MappingProxyType({term: weight(term) for term in kept}),
        deeds=MappingProxyType({term: weight(term) * _centrality(term, pivot, main) for term in deeds}),
        pivot=pivot,
        is_definite=_is_definite(pivot, bool(events) or bool(_foretold(main, deeds)), deeds, len(name_sets(main))),
        names=name_sets(main),
        lead=_lead(main, set(before)),
        subject=() if context.claim.kind is Kind.INTENTION else tuple(term for term in deeds if term in before),
        objects=_objects(deeds, set(before), pivot, main),
        people=reading.participants | name_words(names(context.passage)),
        actors=frozenset().union(*(government(name) for name in reading.actor)),
        tracks_course=pivot in stems("trends.txt"),
        is_state=pivot in stems("states.txt"),
        is_final=pivot in stems("final_acts.txt"),
        is_fact=context.claim.kind in {Kind.FACT, Kind.DENIAL},
        own_sentences=frozenset({flat(context.passage), flat(context.claim.claim_text)}),
    )


def _is_definite(pivot: str, has_event: bool, deeds: Sequence[str], count_names: int) -> bool:
    """Return whether a claim names an event that a passage could report, and of what: "will win" says too little."""
    return has_event and (pivot in stems("whole_events.txt") or len(set(deeds)) + count_names >= 3)


def _foretold(text: str, deeds: Sequence[str]) -> tuple[str, ...]:
    """Return the verb that a modal foretells ("would cross"), if it says what is done."""
    found = (stem(match.group(1).casefold()) for match in _MODAL_VERB.finditer(without_particles(text)))
    return tuple(term for term in found if term in deeds)[:1]


def _centrality(term: str, pivot: str, text: str) -> float:
    """Return 1 for a word before the first preposition behind the event, less for the circumstances after it."""
    order = [stem(word.casefold()) for word in plain_words(text)]
    if pivot not in order or term not in order:
        return 1.0
    start = order.index(pivot)
    stop = next((place for place in range(start, len(order)) if order[place] in _PREPOSITIONS), len(order))
    return 1.0 if order.index(term) < stop else CIRCUMSTANCE


def _objects(deeds: Sequence[str], before: set[str], pivot: str, text: str) -> tuple[str, ...]:
    """Return what the event is about: the words behind it up to the first preposition, else those around it."""
    around = tuple(term for term in deeds if term != pivot and _centrality(term, pivot, text) == 1.0)
    return tuple(term for term in around if term not in before) or around


def _lead(text: str, before: set[str]) -> tuple[frozenset[str], ...]:
    """Return the names before the event that are its subject: not "Brazil" in "the crossing to Brazil"."""
    found = []
    for name in name_sets(text):
        first = next(iter(re.findall("|".join(map(re.escape, sorted(name))), text.casefold())), "")
        ahead = text.casefold().partition(first)[0].split()[-3:] if first else []
        if (
            # Half of "United States" is a stop word.
            {stem(word) for word in name - stop_words()} <= before
            and not PREPOSITIONS_OF & set(ahead[-2:])
            and not _is_owner(name, text)
        ):
            found.append(name)
    return tuple(found)


def _is_owner(name: frozenset[str], text: str) -> bool:
    """Return whether only something of the bearer's acts: "Maduro's army"."""
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(name)))})['’]s?\s", text.casefold()))


def _governments(text: str) -> set[str]:
    return {stem(word) for name in name_sets(text) if lines_of(name) for word in name}


def name_sets(text: str) -> tuple[frozenset[str], ...]:
    """Return the words of each name of `text`."""
    return tuple(sorted((name_words(frozenset({name})) for name in names(f"so {text}")), key=sorted))


def flat(text: str) -> str:
    """Return `text` as bare lower-case words, to tell whether two texts are the same words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def plain_words(text: str) -> list[str]:
    """Return the words and dividing marks of `text`, verbs of two words as one, accents folded."""
    return _WORD.findall(without_particles(text))
