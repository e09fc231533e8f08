"""What a language model's answers come to: evidence with verbatim quotes, and outcomes under the house's own rules.

The model only says how a passage bears on a claim. Whether that allows a proposal is decided as for any passage: an
event day inside the horizon, and an official act, a named participant or two stories of different outlets.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from claims.event_dates import When, event_date
from claims.judging import Answer, AskedClaim, AskedPassage
from claims.later_sentences import Sentence
from claims.matching.context import ClaimContext
from claims.matching.terms import name_words, names
from claims.passages import Judgement
from claims.questions import Question, plain_words
from claims.realis import is_said_by_official
from claims.records import Evidence, Resolution, Span, key
from claims.resolution import Found, place, settle
from claims.review_records import FrozenQuestion
from claims.vocabulary import Stance

# A model is never surer than the rules are of a passage that says all; it reaches the bar of a proposal and no more.
CONFIDENCE = 0.6
_BEARS = frozenset({Stance.SUPPORTS, Stance.REFUTES, Stance.PARTLY})


def asked_claim(context: ClaimContext, frozen: FrozenQuestion) -> AskedClaim | None:
    """Return the claim as the judge sees it, None where it is not known when it was made."""
    claim = context.claim
    if claim.made_latest is None:
        return None
    return AskedClaim(
        claim_id=claim.claim_id,
        said=claim.claim_text,
        held_up_if=frozen.held_up_if,
        failed_if=frozen.failed_if,
        made=claim.made_latest.date(),
        due=claim.due_latest.date() if claim.due_latest else None,
    )


def asked_passages(sentences: Sequence[Sentence]) -> list[AskedPassage]:
    """Return the sentences as the judge sees them, each with the one before it, of articles whose day is known."""
    found = []
    for sentence in sentences:
        article = sentence.later.article
        when = article.published_latest or article.published_earliest
        if when is not None:
            start = sentence.before.start if sentence.before else sentence.span.start
            span = Span(start, sentence.span.end)
            text = article.text[span.start : span.end]
            found.append(AskedPassage(article_id=article.article_id, span=span, text=text, published=when.date()))
    return found


def outcome_of(
    context: ClaimContext,
    question: Question,
    answered: Sequence[tuple[Sentence, AskedPassage, Answer]],
    *,
    by: str,
    recorded_at: datetime,
) -> tuple[tuple[Evidence, ...], Resolution | None]:
    """Return the evidence in the answers that count, and the outcome that it allows to propose, if any.

    `by` names model and prompt; it stands in `found_by` and `resolved_by`.
    """
    found = []
    for sentence, passage, answer in answered:
        item = _found(context, question, sentence, passage, answer, by, recorded_at)  # one row of three parts each
        if item is not None:
            found.append(item)
    resolution = settle(context, found, recorded_at, by=by)
    return tuple(item.evidence for item in found), resolution


def _found(  # noqa: PLR0913, PLR0917 -- what was asked, where, and what came back
    context: ClaimContext,
    question: Question,
    sentence: Sentence,
    passage: AskedPassage,
    answer: Answer,
    by: str,
    recorded_at: datetime,
) -> Found | None:
    article = sentence.later.article
    if answer.refused or answer.quote is None or answer.stance not in _BEARS:
        return None
    start = article.text.find(answer.quote, passage.span.start, passage.span.end)
    if start < 0:
        return None
    # The model's day counts only where our own reading of the words allows it: it must not date an event by itself.
    read = event_date(passage.text, article)
    day = answer.event_date
    when = When(day, day) if day and read and read.first - timedelta(days=1) <= day <= read.last else read
    placed = place(context, question, when)
    if placed is None:
        return None
    words = plain_words(answer.quote)
    named = bool(question.reading.participants & name_words(names(f"so {answer.quote}")))
    official = answer.official and (named or is_said_by_official([word.casefold() for word in words]))
    happened = answer.stance is not Stance.REFUTES
    judgement = Judgement(
        span=Span(start, start + len(answer.quote)),
        stance=answer.stance,
        confidence=CONFIDENCE,
        when=when,
        official=official,
        named=named,
        happened=happened,
        settles=happened and answer.stance is Stance.SUPPORTS and not question.is_state,
    )
    evidence = Evidence(
        evidence_id=key("evidence", context.claim.claim_id, article.article_id, judgement.span, by),
        claim_id=context.claim.claim_id,
        article_id=article.article_id,
        quote=answer.quote,
        span=judgement.span,
        stance=answer.stance,
        event_date=placed[0],
        found_by=by,
        confidence=CONFIDENCE,
        recorded_at=recorded_at,
    )
    return Found(sentence, judgement, evidence, placed[1])
