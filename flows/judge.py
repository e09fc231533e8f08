"""The optional judge at work: passages that the rules leave open are put to a language model, each once."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.judged import asked_claim, asked_passages, outcome_of
from claims.judging import MOST_PASSAGES, PROMPT, Answer, AskedClaim, AskedPassage, messages, read_answers
from claims.later_sentences import Sentence
from claims.matching.context import ClaimContext
from claims.questions import Question
from claims.records import Article, Evidence, Resolution, key
from claims.resolution import candidates
from claims.review_records import FrozenQuestion, JudgeAnswer
from flows.batches import batches
from flows.failures import Unreachable
from flows.llm import Model, model_of
from flows.questions import judging
from flows.run_log import Counts
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.reviewing import judge_answers_by, questions_at

log = logging.getLogger(__name__)
# So much of what was paid for is lost at most when a run is killed.
_AT_A_TIME = 10


@dataclass(slots=True, kw_only=True)
class Judged:
    """What a run of the judge adds to the warehouse."""

    answers: list[JudgeAnswer] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    proposals: list[Resolution] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One claim with the passages that may settle it."""

    context: ClaimContext
    question: Question
    asked: AskedClaim
    passages: tuple[tuple[Sentence, AskedPassage], ...]


def run_judge(
    settings: Settings,
    clock: Clock,
    contexts: Sequence[ClaimContext],
    later: Sequence[Article],
    stories: Mapping[str, str],
) -> Counts:
    """Put what is open to the model that the settings name, write what it says, and return the counts.

    Without a model nothing is done. One that gives no answer ends the work for this run; what it said until then stays.
    """
    model = model_of(settings)
    if model is None:
        return {}
    counts = {"judged": 0, "judge_evidence": 0, "judge_proposals": 0}
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        known = {row.answer_id: row for row in judge_answers_by(con, model.name, PROMPT)}
        frozen = questions_at(con, [context.claim.claim_id for context in contexts])
    for some in batches(cases(contexts, frozen, later, stories=stories, clock=clock), _AT_A_TIME):
        try:
            judged = judge_cases(some, known, model, clock)
        except Unreachable as error:
            log.warning("%s", error)
            return counts | {"judge_unreachable": 1}
        with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
            counts["judged"] += add(con, judged.answers)
            counts["judge_evidence"] += add(con, judged.evidence)
            counts["judge_proposals"] += add(con, judging(con, judged.proposals))
    return counts


def cases(
    contexts: Sequence[ClaimContext],
    frozen: dict[str, FrozenQuestion],
    later: Sequence[Article],
    *,
    stories: Mapping[str, str],
    clock: Clock,
) -> Iterator[Case]:
    """Yield the claims that have a question and passages to judge."""
    found = candidates(contexts, later, stories=stories, as_of=clock.as_of, most=MOST_PASSAGES)
    for context, question, sentences in found:
        standing = frozen.get(context.claim.claim_id)
        asked = asked_claim(context, standing) if standing else None
        dated = [s for s in sentences if s.later.article.published_earliest is not None]
        passages = tuple(zip(dated, asked_passages(dated), strict=True))
        if asked and passages:
            yield Case(context=context, question=question, asked=asked, passages=passages)


def judge_cases(waiting: Sequence[Case], known: dict[str, JudgeAnswer], model: Model, clock: Clock) -> Judged:
    """Ask the model about every passage without an answer yet and return what that adds.

    Raises Unreachable where the model gives no answer: the run goes on from there the next time.
    """
    judged = Judged()
    by = f"{model.name} {PROMPT}"
    for case in waiting:
        fresh = [passage for _, passage in case.passages if _id(case, passage, model) not in known]
        if fresh:
            given = read_answers(model.answer(messages(case.asked, fresh)), fresh)
            rows = [_row(case, p, a, model, clock) for p, a in zip(fresh, given, strict=True)]
            judged.answers += rows
            known |= {row.answer_id: row for row in rows}
        answered = [(s, p, _answer(known[_id(case, p, model)])) for s, p in case.passages]
        evidence, proposal = outcome_of(case.context, case.question, answered, by=by, recorded_at=clock.recorded_at)
        judged.evidence += evidence
        judged.proposals += [proposal] if proposal else []
    return judged


def _id(case: Case, passage: AskedPassage, model: Model) -> str:
    asked = case.asked
    criteria = (asked.held_up_if, asked.failed_if)
    return key("judge_answer", asked.claim_id, criteria, passage.article_id, passage.span, model.name, PROMPT)


def _row(case: Case, passage: AskedPassage, answer: Answer, model: Model, clock: Clock) -> JudgeAnswer:
    return JudgeAnswer(
        answer_id=_id(case, passage, model),
        claim_id=case.asked.claim_id,
        article_id=passage.article_id,
        span=passage.span,
        model=model.name,
        prompt=PROMPT,
        stance=answer.stance,
        quote=answer.quote,
        event_date=answer.event_date,
        official=answer.official,
        why=answer.why,
        refused=answer.refused,
        recorded_at=clock.recorded_at,
    )


def _answer(row: JudgeAnswer) -> Answer:
    return Answer(
        stance=row.stance,
        quote=row.quote,
        event_date=row.event_date,
        official=row.official,
        why=row.why,
        refused=row.refused,
    )
