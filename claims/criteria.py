"""What would settle a claim, written before it is settled: held up if, failed if, by when, what silence means."""

from dataclasses import dataclass, fields
from datetime import datetime

from claims.lexicons.load import words
from claims.matching.terms import content_terms, names, stem
from claims.records import Claim, key
from claims.review_records import FrozenQuestion
from claims.vocabulary import Kind, Observability, Polarity

CRITERIA = "criteria-1"
_SETTLED_AT_ONCE = frozenset({Kind.FACT, Kind.DENIAL})
_BASIS = "shown by an official act or record, a participant who is named, or two independent reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What would settle a claim, and what it means if nothing is found."""

    held_up_if: str
    failed_if: str
    earliest: datetime | None
    latest: datetime | None
    observability: Observability


def freeze(claim: Claim) -> Criteria:
    """Return what would settle `claim`, from its words, kind, polarity and horizon alone: nothing later is known."""
    observability = observability_of(claim)
    words_said = " ".join(claim.claim_text.split()).strip('“”" ')
    said = f"“{words_said}”"
    if claim.kind in _SETTLED_AT_ONCE:
        held, failed = _of_a_fact(claim, said)
    elif claim.kind is Kind.CONDITIONAL:
        held, failed = _of_a_condition(claim, said)
    elif claim.polarity is Polarity.NEGATIVE:
        held, failed = _of_a_doubt(claim, said, observability)
    else:
        held, failed = _of_a_prediction(claim, said, observability)
    return Criteria(
        held_up_if=held,
        failed_if=failed,
        earliest=claim.due_earliest,
        latest=claim.due_latest,
        observability=observability,
    )


def question(
    claim_id: str, criteria: Criteria, *, version: int, written_by: tuple[str, str | None], recorded_at: datetime
) -> FrozenQuestion:
    """Return the row of one version of a claim's question; `written_by` is who wrote it, and why (None for the first).

    The id is that of claim and version: the same version cannot be written twice.
    """
    return FrozenQuestion(
        question_id=key("question", claim_id, version),
        claim_id=claim_id,
        version=version,
        held_up_if=criteria.held_up_if,
        failed_if=criteria.failed_if,
        earliest=criteria.earliest,
        latest=criteria.latest,
        observability=criteria.observability,
        written_by=written_by[0],
        note=written_by[1],
        recorded_at=recorded_at,
    )


def first_question(claim: Claim) -> FrozenQuestion | None:
    """Return version 1 of the question of a claim as it was just read, None where it cannot be followed."""
    if not claim.trackable:
        return None
    return question(
        claim.claim_id, freeze(claim), version=1, written_by=(CRITERIA, None), recorded_at=claim.recorded_at
    )


def says(standing: FrozenQuestion, criteria: Criteria) -> bool:
    """Return whether a question asks what `criteria` ask."""
    return all(getattr(standing, field.name) == getattr(criteria, field.name) for field in fields(criteria))


def observability_of(claim: Claim) -> Observability:
    """Return certain where a public event of somebody named is foretold, else uncertain: silence says nothing."""
    if claim.kind in _SETTLED_AT_ONCE or claim.due_latest is None:
        return Observability.UNCERTAIN
    told = {stem(word) for word in words("certainly_reported.txt")} & set(content_terms(claim.claim_text))
    # Only what stands behind a first word counts as a name: every sentence begins with a capital.
    is_named = bool(names(f"so {claim.claim_text}"))
    return Observability.CERTAIN if told and is_named else Observability.UNCERTAIN


def _of_a_prediction(claim: Claim, said: str, observability: Observability) -> tuple[str, str]:
    held = f"this comes true {_within(claim)}: {said}; {_BASIS}"
    if observability is Observability.CERTAIN:
        return held, f"it has not come true {_until(claim)}; it would certainly be reported, so silence counts"
    return (
        held,
        f"reports say that it did not come true {_until(claim)}, or no longer can; silence leaves it undetermined",
    )


def _of_a_doubt(claim: Claim, said: str, observability: Observability) -> tuple[str, str]:
    failed = f"what the claim rules out or doubts happens {_within(claim)}; {_BASIS}"
    so = f"what the claim rules out or doubts has not happened {_until(claim)}: {said}"
    if observability is Observability.CERTAIN:
        return f"{so}; it would certainly be reported, so silence counts", failed
    return f"reports say that {so}; silence leaves it undetermined", failed


def _of_a_condition(claim: Claim, said: str) -> tuple[str, str]:
    return (
        f"its condition comes true, and what is foretold then happens {_within(claim)}: {said}; {_BASIS}",
        f"its condition comes true, and what is foretold does not happen {_until(claim)};"
        " where the condition never comes true the claim is void",
    )


def _of_a_fact(claim: Claim, said: str) -> tuple[str, str]:
    when = f"on {claim.made_latest:%Y-%m-%d}" if claim.made_latest else "when it was said"
    denied = claim.kind is Kind.DENIAL
    what = "what is denied was indeed not so" if denied else "it was as the claim says"
    other = "what is denied was so all the same" if denied else "it was not as the claim says"
    return f"{what} {when}: {said}; {_BASIS}", f"{other} {when}; {_BASIS}; silence leaves it undetermined"


def _within(claim: Claim) -> str:
    if claim.due_latest is None:
        return "at any time (the horizon is open)"
    if claim.due_earliest is None:
        return f"by {claim.due_latest:%Y-%m-%d}"
    return f"from {claim.due_earliest:%Y-%m-%d} to {claim.due_latest:%Y-%m-%d}"


def _until(claim: Claim) -> str:
    return f"by {claim.due_latest:%Y-%m-%d}" if claim.due_latest else "yet"
