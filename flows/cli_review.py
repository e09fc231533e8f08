"""`onrecord review`, `resolve`, `unmerge`, `uncopy` and `copy-of`: what people decide."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims.vocabulary import CopyRelation, Outcome
from flows import options
from flows.render import console, counts_line

if TYPE_CHECKING:
    from datetime import datetime

    from flows.desk import Reviewer
    from flows.settings import Clock, Settings


def review(  # noqa: PLR0913, PLR0917  # what the command line takes
    web: Annotated[bool, typer.Option("--web", help="Review on a page in the browser, on this machine only.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page at 127.0.0.1; 0 takes a free one.")
    ] = 8770,
    reader: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Read again, as NAME, a sample of what others decided, blind to it."),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write the queue as CSV instead of showing it.")
    ] = None,
    filled_in: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Read judgements from a filled-in CSV.")
    ] = None,
    by: options.By = None,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
    publish: options.Publish = True,
) -> None:
    """Judge the claims that are due or proposed: in the terminal, on a local page, or by a CSV round trip."""
    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    if sum(map(bool, (export, filled_in, web, reader))) - bool(web and reader) > 1:
        raise typer.BadParameter("give one of --export, --import, --web and --reader (--web and --reader go together)")
    if export:
        from flows.review import export_queue

        n_claims = export_queue(settings, clock, options.output(export, "--export"))
        console().print(f"{n_claims} claims written to {export}")
    elif filled_in:
        _import(settings, clock, filled_in, by=options.person(by), publish_as_of=(publish, as_of))
    else:
        from flows.desk import Reviewer

        name = options.person(reader or by)
        sitter = Reviewer(settings=settings, clock=clock, name=name, is_second=reader is not None)
        _sit(sitter, port if web else None, publish_as_of=(publish, as_of))


def _sit(reviewer: "Reviewer", port: int | None, *, publish_as_of: tuple[bool, str | None]) -> None:
    """Let somebody review, on the page where there is a port, and publish what was decided unless it was broken off."""
    screen = console()
    if port is None:
        from flows.review_screen import review_in_terminal

        sitting = review_in_terminal(reviewer)
    else:
        from flows.review_web.server import review_on_page

        sitting = review_on_page(reviewer, port, tell=screen.print)
    publish, as_of = publish_as_of
    if sitting.stopped:
        screen.print(
            f"\nstopped: {len(sitting.decided)} decided and kept, nothing published;"
            " `onrecord score` and `onrecord publish` bring them to the analysts"
        )
        raise typer.Exit(130)
    screen.print(f"{len(sitting.decided)} decided")
    if sitting.last_at is not None and publish:
        _publish(reviewer.settings, as_of, no_earlier_than=sitting.last_at)


def _import(
    settings: "Settings", clock: "Clock", path: Path, *, by: str, publish_as_of: tuple[bool, str | None]
) -> None:
    from flows.review_import import import_judgements

    imported = import_judgements(settings, clock, path, by=by)
    for refusal in imported.refusals:
        console(sys.stderr).print(f"refused, {refusal}")
    console().print(counts_line(imported.counts))
    publish, as_of = publish_as_of
    if imported.counts["accepted"] and publish:
        _publish(settings, as_of)
    if imported.refusals:
        raise typer.Exit(1)


def resolve(  # noqa: PLR0913, PLR0917  # what the command line takes
    claim: Annotated[str | None, typer.Argument(help="Id of a claim, or its beginning.")] = None,
    outcome: Annotated[
        str | None,
        typer.Argument(help="One of " + ", ".join([*Outcome, "reopened"]) + "."),
    ] = None,
    evidence: Annotated[str | None, typer.Option(metavar="URL", help="Address of what settles it.")] = None,
    event_date: Annotated[str | None, typer.Option(metavar="DAY", help="Day of the event that settled it.")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    by: options.By = None,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
    publish: options.Publish = True,
) -> None:
    """Record the outcome of one claim; without a claim, look for evidence and propose outcomes (the stage)."""
    if claim is None:
        from flows.commands import run_stages

        run_stages("resolve", warehouse=warehouse, as_of=as_of)
        return
    if outcome is None:
        raise typer.BadParameter("what became of it? Give an outcome after the claim, such as held_up or failed")
    from flows.judgements import Judgement, read_verdict
    from flows.review import Judge, find_claim, judge
    from warehouse.connect import open_warehouse

    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    verdict = read_verdict(Judgement(line=1, outcome=outcome, evidence_url=evidence, event_date=event_date, note=note))
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        claim_id = find_claim(con, claim, clock.as_of)
        judged = judge(con, claim_id, verdict, by=Judge(name=options.person(by), at=clock.decided_at))
    console().print(f"{judged.claim_id} {judged.outcome or 'reopened'}, by {judged.resolved_by}")
    if publish:
        _publish(settings, as_of, no_earlier_than=judged.recorded_at)


def unmerge(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    other: Annotated[str, typer.Argument(help="The claim that it was matched with.")],
    by: options.By = None,
    warehouse: options.Warehouse = None,
    publish: options.Publish = True,
) -> None:
    """Say that two claims which were matched are not to be joined."""
    from flows import undoing

    settings, clock = options.settings_from(warehouse), options.clock_from(None)
    withdrawn = undoing.unmerge(settings, clock, claim, other, by=options.person(by))
    console().print(f"{withdrawn.claim_id} and {withdrawn.other_claim_id} are no longer matched")
    _regroup(settings, publish)


def uncopy(
    article: Annotated[str, typer.Argument(help="Id of an article, or its beginning.")],
    other: Annotated[str, typer.Argument(help="The article that it was held to copy, or another of its story.")],
    by: options.By = None,
    warehouse: options.Warehouse = None,
    publish: options.Publish = True,
) -> None:
    """Say that an article is no copy of another: it leaves the other's story."""
    from flows import undoing

    settings = options.settings_from(warehouse)
    for row in undoing.uncopy(settings, article, other, by=options.person(by)):
        console().print(f"{row.article_id} no longer copies {row.of_article_id}")
    _regroup(settings, publish)


def copy_of(  # noqa: PLR0913, PLR0917  # what the command line takes
    article: Annotated[str, typer.Argument(help="Id of the article that copies, or its beginning.")],
    original: Annotated[str, typer.Argument(help="The article that it copies.")],
    relation: Annotated[CopyRelation | None, typer.Option(help="How; by their wording if not given.")] = None,
    by: options.By = None,
    warehouse: options.Warehouse = None,
    publish: options.Publish = True,
) -> None:
    """Say that an article copies another, where no machine saw it."""
    from flows import undoing

    settings = options.settings_from(warehouse)
    row = undoing.join_copy(settings, article, original, relation, by=options.person(by))
    console().print(f"{row.article_id} copies {row.of_article_id}: {row.relation}")
    _regroup(settings, publish)


def _publish(settings: "Settings", as_of: str | None, *, no_earlier_than: "datetime | None" = None) -> None:
    from flows.pipeline import run_stage
    from flows.settings import Clock

    # The clock is read again: what was just judged must not lie after it.
    clock = options.clock_from(as_of)
    if no_earlier_than and clock.as_of < no_earlier_than:
        clock = Clock.fixed(no_earlier_than)
    for stage in ("score", "publish"):
        run_stage(stage, settings, clock)


def _regroup(settings: "Settings", publish: bool) -> None:
    from flows.pipeline import run_stage

    clock: Clock = options.clock_from(None)
    for stage in ("match", "score", "publish") if publish else ("match",):
        run_stage(stage, settings, clock)
