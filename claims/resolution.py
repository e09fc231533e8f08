"""Proposed outcomes: passages of later articles that bear on a claim, and what they come to. People resolve."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from claims.event_dates import When
from claims.later_sentences import LaterArticle, Sentence, reprints, sentences_of, text_of
from claims.matching.candidates import Ints, fixed_index, search
from claims.matching.context import ClaimContext
from claims.matching.terms import content_terms, kindred, weight
from claims.outlets import outlet_name
from claims.passages import WEAK, Judgement, judge
from claims.questions import Question, ask
from claims.records import Article, Evidence, Resolution, Span, key
from claims.vocabulary import Kind, Outcome, ResolverKind, Stance

PROPOSER = "passages-1"
KINDS = frozenset({Kind.PREDICTION, Kind.INTENTION, Kind.FACT, Kind.CONDITIONAL, Kind.DENIAL})
# A claim without any horizon is followed for as long as its event would still be news.
WITHOUT_HORIZON = timedelta(days=90)
# What is told long after its horizon proposes nothing, but people should see that it came after all.
AFTERWARDS = timedelta(days=90)
SENTENCES = 40
LEAST_CONFIDENCE = 0.6
MOST_WORDS = 90
MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A judged passage of a later article, and whether it tells of the event after its horizon."""

    sentence: Sentence
    judgement: Judgement
    evidence: Evidence
    late: bool


def propose(  # noqa: PLR0913 -- what is asked, what is read, and the three times that bound the answer
    contexts: Sequence[ClaimContext],
    later: Sequence[Article],
    *,
    stories: Mapping[str, str],
    as_of: datetime,
    lag_days: int = 14,
    recorded_at: datetime,
) -> tuple[tuple[Evidence, ...], tuple[Resolution, ...]]:
    """Return the passages of `later` articles that bear on the claims, and the outcomes that they allow to propose.

    Only articles published after a claim and no later than `as_of` are read, and never one of the claim's own story;
    those later than its horizon plus `lag_days` only for what came after all, which proposes nothing. An outcome is
    proposed where an official act, a named participant or two stories of different outlets vouch for it on a day inside
    the horizon, and nothing speaks against it. Finding nothing proposes nothing. A passage is the article's own words
    at its span.
    """
    asked = [c for c in contexts if c.claim.trackable and c.claim.kind in KINDS and c.claim.made_latest is not None]
    read = [LaterArticle(a, stories.get(a.article_id, a.article_id)) for a in later if a.published_earliest is not None]
    read.sort(key=lambda item: (item.article.published_earliest or as_of, item.article.article_id))
    pool = [sentence for item in read for sentence in sentences_of(item)]
    evidence: dict[str, Evidence] = {}
    resolutions: dict[str, Resolution] = {}
    questions = [ask(context) for context in asked]
    repeated = reprints(questions, pool)
    for context, question, sentence_ids in _retrieve(
        asked, questions, pool, _admits(asked, pool, stories, as_of, lag_days)
    ):
        own = repeated.get(question.reading.claim_id, frozenset())
        found = []
        for number in sentence_ids:
            if pool[number].later.article.article_id not in own:
                passage = _passage(context, question, pool[number], lag_days, recorded_at)
                if passage is not None:
                    found.append(passage)
        best = _best_of_each_article(found)
        resolution = settle(context, best, recorded_at)
        shown = [item for item in best if resolution and item.evidence.evidence_id in resolution.evidence_ids]
        shown += [item for item in best if item not in shown][: MOST_PASSAGES - len(shown)]
        evidence.update({item.evidence.evidence_id: item.evidence for item in shown})
        if resolution is not None:
            resolutions[resolution.resolution_id] = resolution
    return tuple(evidence[name] for name in sorted(evidence)), tuple(resolutions[name] for name in sorted(resolutions))


def candidates(  # noqa: PLR0913 -- as for `propose`
    contexts: Sequence[ClaimContext],
    later: Sequence[Article],
    *,
    stories: Mapping[str, str],
    as_of: datetime,
    most: int,
    lag_days: int = 14,
) -> Iterator[tuple[ClaimContext, Question, list[Sentence]]]:
    """Yield each claim that can be followed with the up to `most` later sentences that are likest to settle it.

    The same sentences that `propose` judges: of later articles within the horizon plus `lag_days`, none of a reprint.
    """
    asked = [c for c in contexts if c.claim.trackable and c.claim.kind in KINDS and c.claim.made_latest is not None]
    read = [LaterArticle(a, stories.get(a.article_id, a.article_id)) for a in later if a.published_earliest is not None]
    pool = [sentence for item in read for sentence in sentences_of(item)]
    questions = [ask(context) for context in asked]
    repeated = reprints(questions, pool)
    admitted = _admits(asked, pool, stories, as_of, lag_days)
    for context, question, numbers in _retrieve(asked, questions, pool, admitted):
        own = repeated.get(question.reading.claim_id, frozenset())
        kept = [pool[number] for number in numbers if pool[number].later.article.article_id not in own]
        yield context, question, kept[:most]


def _due(context: ClaimContext) -> datetime | None:
    if context.claim.due_latest is not None:
        return context.claim.due_latest
    made = context.claim.made_latest
    return made + WITHOUT_HORIZON if made else None


Admits = Callable[[int, Ints], NDArray[np.bool_]]


def _admits(
    asked: Sequence[ClaimContext], pool: Sequence[Sentence], stories: Mapping[str, str], as_of: datetime, lag_days: int
) -> Admits:
    """Return the test that a sentence stands in an article published in a claim's time and not of its own story."""
    first = np.asarray([_seconds(sentence.later.article.published_earliest) for sentence in pool])
    last = np.asarray([_seconds(s.later.article.published_latest or s.later.article.published_earliest) for s in pool])
    story = np.asarray([sentence.later.story_id for sentence in pool])

    def allowed(query: int, documents: Ints) -> NDArray[np.bool_]:
        context = asked[query]
        due = _due(context)
        lag = timedelta(days=lag_days)
        until = min(as_of, due + (max(lag, AFTERWARDS) if context.claim.due_latest else lag)) if due else as_of
        own = {context.story_id, context.article_id, stories.get(context.article_id, context.story_id)}
        kept: NDArray[np.bool_] = (
            (first[documents] >= _seconds(context.claim.made_latest))
            & (last[documents] <= until.timestamp())
            & ~np.isin(story[documents], sorted(own))
        )
        return kept

    return allowed


def _seconds(when: datetime | None) -> float:
    return when.timestamp() if when else float("nan")


def _retrieve(
    asked: Sequence[ClaimContext], questions: Sequence[Question], pool: Sequence[Sentence], admits: Admits
) -> Iterator[tuple[ClaimContext, Question, list[int]]]:
    """Yield each claim with the sentences to judge: those with the heaviest shared words, kindred words included."""
    if not pool or not asked:
        return
    index = fixed_index([_terms(content_terms(text_of(sentence))) for sentence in pool], _weigh)
    found = search(index, [_terms(question.terms) for question in questions], k=SENTENCES, allowed=admits)
    for context, question, (numbers, _) in zip(asked, questions, found, strict=True):
        yield context, question, [int(number) for number in numbers]


def _terms(terms: Sequence[str] | Mapping[str, float]) -> list[str]:
    return [*terms, *(f"#{label}" for term in terms for label in kindred(term))]


def _weigh(term: str) -> float:
    return 0.8 if term.startswith("#") else weight(term)


def _passage(
    context: ClaimContext, question: Question, sentence: Sentence, lag_days: int, recorded_at: datetime
) -> Found | None:
    """Return the judged sentence, with the one before it where only that names who takes part."""
    article = sentence.later.article
    judgement = judge(question, article, sentence.span)
    span = sentence.span
    if judgement.stance is Stance.UNRELATED and sentence.before is not None:
        lead_in = article.text[sentence.before.start : sentence.before.end]
        judgement = judge(question, article, sentence.span, lead_in)
        span = Span(sentence.before.start, sentence.span.end)
    quote = article.text[span.start : span.end]
    if judgement.stance is Stance.UNRELATED or len(quote.split()) > MOST_WORDS:
        return None
    time = place(context, question, judgement.when)
    if judgement.stance is not Stance.REPEATS and time is None:
        return None
    when, late = time or (None, False)
    late = late and judgement.happened
    overdue = _is_overdue(context, article, lag_days)
    if overdue and not (late and judgement.stance is Stance.SUPPORTS):
        return None
    evidence = Evidence(
        evidence_id=key("evidence", context.claim.claim_id, article.article_id, span, PROPOSER),
        claim_id=context.claim.claim_id,
        article_id=article.article_id,
        quote=quote,
        span=span,
        stance=judgement.stance,
        event_date=when,
        found_by=PROPOSER,
        confidence=min(judgement.confidence, WEAK) if overdue else judgement.confidence,
        recorded_at=recorded_at,
    )
    return Found(sentence, judgement, evidence, late)


def _is_overdue(context: ClaimContext, article: Article, lag_days: int) -> bool:
    due, told = _due(context), article.published_latest or article.published_earliest
    return due is not None and told is not None and told > due + timedelta(days=lag_days)


def place(context: ClaimContext, question: Question, when: When | None) -> tuple[date, bool] | None:
    """Return the day of the event and whether it is past the horizon; None where it cannot be told or is too early."""
    made, due = context.claim.made_latest, _due(context)
    if when is None or made is None or due is None:
        return None
    if question.is_fact:
        return when.last, False
    if when.first < made.date() or when.first <= due.date() < when.last:
        return None
    # What still stands after the deadline stood until then.
    return when.last, when.first > due.date() and not question.is_state


def _best_of_each_article(found: Sequence[Found]) -> list[Found]:
    """Return the best passage of each article, the best first."""
    best: dict[str, Found] = {}
    for item in found:
        held = best.get(item.evidence.article_id)
        if held is None or _rank(item) < _rank(held):
            best[item.evidence.article_id] = item
    return sorted(best.values(), key=_rank)


def _rank(item: Found) -> tuple[bool, float, str]:
    return item.judgement.stance is Stance.REPEATS, -item.judgement.confidence, item.evidence.evidence_id


def _few(basis: Sequence[Found]) -> list[Found]:
    """Return the first passages of `basis`, those of outlets and stories not seen yet before the others."""
    seen: set[str] = set()
    fresh: list[Found] = []
    for item in basis:
        names = {item.sentence.later.story_id, "outlet " + outlet_name(item.sentence.later.article.outlet_id)}
        if not names & seen:
            fresh.append(item)
            seen |= names
    return [*fresh, *(item for item in basis if item not in fresh)][:MOST_PASSAGES]


def settle(
    context: ClaimContext, found: Sequence[Found], recorded_at: datetime, *, by: str = PROPOSER
) -> Resolution | None:
    """Return the outcome that judged passages allow to propose, None where they do not suffice or disagree."""
    due = _due(context)
    if due is None or context.claim.kind is Kind.CONDITIONAL:
        return None
    settling = [item for item in found if _settles(item, due) and item.evidence.confidence >= LEAST_CONFIDENCE]
    stances = {item.judgement.stance for item in settling} - {Stance.REPEATS}
    if Stance.SUPPORTS in stances and Stance.PARTLY in stances:
        stances.discard(Stance.PARTLY)
    if len(stances) != 1:
        return None
    stance = stances.pop()
    basis = _few([item for item in settling if item.judgement.stance is stance])
    vouched = any(item.judgement.official or item.judgement.named for item in basis)
    stories = {item.sentence.later.story_id for item in basis}
    outlets = {outlet_name(item.sentence.later.article.outlet_id) for item in basis}
    if not vouched and min(len(stories), len(outlets)) < 2:
        return None
    outcome = _outcome(stance, all(item.late for item in basis))
    if outcome is None:
        return None
    evidence_ids = tuple(sorted(item.evidence.evidence_id for item in basis))
    dates = [item.evidence.event_date for item in basis if item.evidence.event_date]
    return Resolution(
        resolution_id=key("resolution", context.claim.claim_id, outcome, by, evidence_ids),
        claim_id=context.claim.claim_id,
        outcome=outcome,
        resolved_by=by,
        resolved_by_kind=ResolverKind.MACHINE,
        evidence_ids=evidence_ids,
        event_date=min(dates) if dates else None,
        confidence=round(max(item.judgement.confidence for item in basis), 3),
        note=f"{len(basis)} passages from {len(stories)} stories; "
        + ("an official act or a named participant" if vouched else "two independent outlets"),
        recorded_at=recorded_at,
    )


def _settles(item: Found, due: datetime) -> bool:
    """Return whether a passage can end the question: what happened can at once, what did not only at the deadline."""
    when = item.evidence.event_date
    return item.judgement.settles or (when is not None and when >= due.date())


def _outcome(stance: Stance, late: bool) -> Outcome | None:
    if stance is Stance.SUPPORTS:
        return Outcome.HELD_UP_LATE if late else Outcome.HELD_UP
    if late:
        return None
    return {Stance.REFUTES: Outcome.FAILED, Stance.PARTLY: Outcome.PARTLY}.get(stance)
