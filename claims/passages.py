"""How a passage of a later article bears on a claim: did what it says would happen happen, and who says so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.asked_text import without_dateline
from claims.event_dates import When, event_date
from claims.lexicons import load
from claims.matching.features import LARGE, degree
from claims.matching.quantities import quantities
from claims.matching.terms import (
    PARTICLES,
    content_terms,
    contraries,
    event_classes,
    governments,
    kindred,
    name_words,
    names,
    stem,
    stems,
    weight,
)
from claims.questions import PREPOSITIONS_OF, Question, name_sets, plain_words
from claims.realis import (
    clause_before,
    is_background,
    is_cancelled,
    is_negated,
    is_open,
    is_refused,
    is_reported_done,
    is_said_by_official,
)
from claims.records import Article, Span
from claims.vocabulary import Stance

COVERED, COVERED_REPEAT = 0.7, 0.7
HALF = 0.5
# A passage that people should see beside the claim, though it proposes nothing, stays below the bar of a proposal.
WEAK = 0.55
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")

_OCCASION = re.compile(r"\b(?:after|following|because|although|while|despite)\b.*", re.DOTALL)

_CONFIRMS = frozenset(
    {
        "confirmed",
        "acknowledged",
        "admitted",
        "conceded",
        "verified",
        "showed",
        "shows",
        "found",
        "proved",
        "documented",
    }
)
# A count of people, dead or counted so far, may still grow; a price, a share or a seat count is final.
_GROWING = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How one passage bears on a claim: its stance, when the event was, who vouches, and whether that settles it."""

    span: Span
    stance: Stance
    confidence: float
    when: When | None = None
    official: bool = False
    named: bool = False
    happened: bool = False
    settles: bool = False


def judge(question: Question, article: Article, span: Span, lead_in: str = "") -> Judgement:
    """Return how the sentence of `article` at `span` bears on `question`; `lead_in` is the sentence before it."""
    # What is quoted is what somebody says of it, seldom a report that it happened.
    text = _QUOTED.sub(" … ", without_dateline(article.text[span.start : span.end]))
    words, folded, terms = _read(text)
    unrelated = Judgement(span=span, stance=Stance.UNRELATED, confidence=0.0)
    position, reverse = _event_position(question, [stem(word) for word in folded])
    if position is None:
        return unrelated
    coverage = _coverage(question.terms, (*_read(lead_in)[2], *terms))
    # Names alone make no event: what was done, and to what, must be in the sentence itself.
    least = min(coverage, _coverage(question.deeds, terms))
    strict = least >= COVERED and _has_object(question, terms) and _is_about(question, words, position, lead_in)
    if not strict and (least < HALF or lead_in or reverse or not _bears_on(question, words)):
        return unrelated
    before = clause_before(folded, position)
    negated = is_negated(before)
    reverse = reverse != is_cancelled(before)
    if is_background(before) or re.search(r"\b(?:yet to|not yet)\b", text):
        return unrelated
    if is_open(before, folded, position) and not (negated and is_refused(before)):
        stance = Stance.REPEATS if strict and not reverse and coverage >= COVERED_REPEAT else Stance.UNRELATED
        return Judgement(span=span, stance=stance, confidence=round(0.5 * coverage, 3))
    happened = (not negated) != reverse
    stance = _stance(question, happened, _measured(question, text) if happened else Stance.SUPPORTS)
    # That a fact is told again proves nothing; that it is confirmed does.
    told_again = question.is_fact and (stance is not Stance.SUPPORTS or not _CONFIRMS & set(folded[:position]))
    done = is_reported_done(folded, position) or (question.is_state and folded[position].endswith("s"))
    # Sanctions on one man do not undo that they were lifted from another: only a final act ends its contrary.
    ends = question.is_final or question.tracks_course or question.is_state
    itself = position + 1 < len(folded) and folded[position + 1].endswith(("self", "selves"))
    if itself or told_again or not (negated or done) or (reverse and not negated and not ends):
        return unrelated
    actors = name_words(names(" ".join(["so", *words[: position + 1]])))
    named = bool(question.reading.participants & actors)
    nouns = {stem(word) for word in folded[: position + 1]}
    official = bool(nouns & stems("officials.txt") or actors & load.words("governments.txt")) or is_said_by_official(
        folded
    )
    sure = min(0.95, 0.35 + 0.4 * coverage + 0.1 * official + 0.1 * named)
    return Judgement(
        span=span,
        stance=stance,
        when=event_date(_of_event(text, words[position]), article),
        official=official,
        named=named or bool(question.lead),
        happened=happened,
        settles=stance is not Stance.PARTLY
        and ((happened and not question.is_state) or (reverse and not negated and not question.tracks_course)),
        confidence=round(sure if strict else min(WEAK, 0.2 + 0.4 * least), 3),
    )


@lru_cache(maxsize=50_000)
def _read(text: str) -> tuple[list[str], list[str], tuple[str, ...]]:
    """Return the words of `text`, in lower case too, and its terms; a sentence is judged against many claims."""
    words = plain_words(text)
    # With a capital, and not at the head of a question, it is a month or a Mrs May.
    return words, ["May" if word == "May" else word.casefold() for word in words], content_terms(text)


def _has_object(question: Question, terms: Iterable[str]) -> bool:
    """Return whether half of what the event is about is in the passage, in words that do not only name the event."""
    wanted = {term: weight(term) for term in question.objects}
    events = event_classes().get(question.pivot, frozenset())
    present = [term for term in terms if term in wanted or not event_classes().get(term, frozenset()) & events]
    return not wanted or _coverage(wanted, present) >= HALF


def _is_about(question: Question, words: list[str], position: int, lead_in: str) -> bool:
    """Return whether the passage asks nothing, names who takes part, and has the claim's subject do it."""
    if "?" in words or not _same_people(question, f"{lead_in} {' '.join(words)}"):
        return False
    if question.lead:
        return _leads(question.lead, words[:position], lead_in)
    if question.actors:
        # Who announces an act of his own is its subject, though the claim says "is preparing sanctions" only.
        return bool(question.actors & name_words(names(" ".join(["so", *words[:position]]))))
    subject = dict.fromkeys(question.subject, 1.0)
    return bool(subject) and _coverage(subject, (stem(word.casefold()) for word in words)) == 1.0


def _of_event(text: str, event: str) -> str:
    """Return `text` without what follows its event as its occasion: "reopened it, after closing it in February"."""
    start = text.casefold().find(event.casefold())
    return text if start < 0 else text[:start] + _OCCASION.sub("", text[start:])


def _bears_on(question: Question, words: list[str]) -> bool:
    """Return whether the passage asks nothing and shares a participant, or the subject where the claim names nobody."""
    if "?" in words or question.pivot not in event_classes():
        return False
    present = name_sets(" ".join(words))
    if question.names:
        missing = [name for name in question.names if not any(_one_name(name, other) for other in present)]
        others = [other for other in present if not any(_one_name(name, other) for name in question.names)]
        # An ambassador to Chile is not the one to Japan.
        return len(missing) < len(question.names) and not (missing and others)
    wanted = dict.fromkeys(question.subject or question.objects, 1.0)
    return bool(wanted) and _coverage(wanted, (stem(word.casefold()) for word in words)) == 1.0


def _coverage(wanted: Mapping[str, float], found: Iterable[str]) -> float:
    """Return the weighted share of the words wanted that a passage has, kindred and contrary words included."""
    present = set(found)
    classes = {label for term in present for label in kindred(term)}
    held = sum(
        value
        for term, value in wanted.items()
        if term in present or kindred(term) & classes or contraries().get(term, frozenset()) & present
    )
    return held / sum(wanted.values()) if wanted else 1.0


def _event_position(question: Question, found: list[str]) -> tuple[int | None, bool]:
    """Return where the passage names the question's event, and whether it names its contrary instead."""
    if not question.is_definite:
        return None, False
    reverse = contraries().get(question.pivot, frozenset())
    classes = event_classes().get(question.pivot, frozenset())
    contrary = next((place for place, term in enumerate(found) if term in reverse), None)
    if contrary is not None and question.pivot not in found:
        return contrary, True
    # The verb of "acquired its rival in a takeover" comes first.
    return next(
        (
            p
            for p, term in enumerate(found)
            if term == question.pivot or event_classes().get(term, frozenset()) & classes
        ),
        None,
    ), False


def _same_people(question: Question, passage: str) -> bool:
    """Return whether the passage has the claim's own names, all but one of three; of a claim without any, two known."""
    if question.names:
        present = name_sets(passage)
        shared = sum(any(_one_name(name, other) for other in present) for name in question.names)
        return shared >= len(question.names) - len(question.names) // 3
    words = name_words(names(f"so {passage}"))
    return sum(_is_in(name, words) for name in question.people) >= min(2, max(1, len(question.people)))


def _one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two names are of one bearer: "Maduro" and "Nicolas Maduro", not two banks of two countries."""
    if one <= other or other <= one or governments(one) & governments(other):
        return True
    return len(one) == len(other) == 1 and _is_in(min(one), other)


def _is_in(name: str, present: frozenset[str]) -> bool:
    # "Venezuela" and "Venezuelan" meet in their first six letters.
    return name in present or (len(name) >= 6 and any(other[:6] == name[:6] for other in present if len(other) >= 6))


def _leads(lead: tuple[frozenset[str], ...], words: list[str], lead_in: str) -> bool:
    """Return whether the claim's subject is the last name before the event, or a pronoun that stands for it."""
    before = _names_in_order(words)
    if not before and {"he", "she", "it", "they"} & {word.casefold() for word in words}:
        before = _names_in_order(plain_words(lead_in))[:1]
    if not before or _is_beside(before[-1], words):
        return False
    return any(_one_name(name, frozenset(before[-1].split()) - PARTICLES) for name in lead)


def _is_beside(name: str, words: list[str]) -> bool:
    """Return whether not the bearer of `name` acts but somebody of his: "the ministers of Diallo"."""
    folded = [word.casefold() for word in words]
    parts = name.split()
    # The last time the name stands before the event.
    last = max((place for place, word in enumerate(folded) if re.sub("['’]s?$", "", word) == parts[-1]), default=0)
    first = last - len(parts) + 1
    while first > 0 and (folded[first - 1] in load.words("name_titles.txt") or folded[first - 1] in {"the", "then"}):
        first -= 1
    return folded[last].endswith(("'s", "’s")) or (first > 0 and folded[first - 1] in PREPOSITIONS_OF)


def _names_in_order(words: list[str]) -> list[str]:
    text = " ".join(words)
    found = names(f"so {text}")
    return sorted(found, key=lambda name: text.casefold().find(name))


def _measured(question: Question, passage: str) -> Stance:
    """Return whether what happened reaches what was claimed: the number and the extent."""
    reading = question.reading
    reported = quantities(passage)
    for wanted in reading.quantities:
        beside = [quantity for quantity in reported if quantity.comparable(wanted) and (quantity.unit or wanted.unit)]
        if not beside:
            return Stance.PARTLY
        if any(quantity.implies(wanted) for quantity in beside):
            continue
        short = all(quantity.high < wanted.low for quantity in beside)
        over = all(quantity.low > wanted.high for quantity in beside)
        if over or (short and _GROWING not in wanted.unit):
            return Stance.REFUTES
        return Stance.PARTLY
    if reading.degree >= LARGE and degree(passage) < reading.degree:
        return Stance.PARTLY
    return Stance.SUPPORTS


def _stance(question: Question, happened: bool, measured: Stance) -> Stance:
    if happened and measured is not Stance.SUPPORTS:
        turned = {Stance.REFUTES: Stance.SUPPORTS, Stance.PARTLY: Stance.UNRELATED}
        return measured if question.reading.asserted else turned[measured]
    return Stance.SUPPORTS if happened == question.reading.asserted else Stance.REFUTES
