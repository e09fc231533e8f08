"""A person's change of what would settle a claim: a new version with its reason, never an edit of the old one."""

from claims.criteria import Criteria, question, says
from claims.errors import UnreadableInput
from claims.review_records import FrozenQuestion
from claims.vocabulary import Observability
from flows.questions import PERSON
from flows.review import find_claim
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.load import add, transaction
from warehouse.reviewing import questions_at, questions_of

_NO_QUESTION = "{} has no question: it is not trackable, or `onrecord resolve` has yet to run"


def show_questions(settings: Settings, clock: Clock, claim: str) -> list[FrozenQuestion]:
    """Return all versions of a claim's question, oldest first; raises UnreadableInput where there is none."""
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        claim_id = find_claim(con, claim, clock.as_of)
        versions = questions_of(con, claim_id)
    if not versions:
        raise UnreadableInput(_NO_QUESTION.format(claim_id))
    return versions


def edit_question(  # noqa: PLR0913 -- which claim, what is asked of it, and who says so and why
    settings: Settings,
    clock: Clock,
    claim: str,
    *,
    held_up_if: str | None,
    failed_if: str | None,
    observability: str | None,
    why_by: tuple[str, str],
) -> FrozenQuestion | None:
    """Write a new version of a claim's question in a person's words and return it, None where it stands so already.

    Raises UnreadableInput, which says what to write instead.
    """
    why, by = (" ".join(part.split()) for part in why_by)
    held, failed = (" ".join(text.split()) if text is not None else None for text in (held_up_if, failed_if))
    if not why:
        raise UnreadableInput("why? A changed question needs its reason: --why '…'")
    if held is None and failed is None and observability is None:
        raise UnreadableInput("what is to be changed? Give --held-up-if, --failed-if or --observability")
    if "" in (held, failed):
        raise UnreadableInput("a question cannot be empty: say what would settle the claim")
    if observability is not None and observability not in list(Observability):
        raise UnreadableInput(f"{observability!r} is no observability: write one of {', '.join(Observability)}")
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con, transaction(con):
        claim_id = find_claim(con, claim, clock.as_of)
        standing = questions_at(con, [claim_id]).get(claim_id)
        if standing is None:
            raise UnreadableInput(_NO_QUESTION.format(claim_id))
        criteria = Criteria(
            held_up_if=held or standing.held_up_if,
            failed_if=failed or standing.failed_if,
            earliest=standing.earliest,
            latest=standing.latest,
            observability=Observability(observability or standing.observability),
        )
        if says(standing, criteria):
            return None
        row = question(
            claim_id,
            criteria,
            version=standing.version + 1,
            written_by=(f"{PERSON}{by}", why),
            recorded_at=max(clock.recorded_at, standing.recorded_at),
        )
        add(con, [row])
    return row
