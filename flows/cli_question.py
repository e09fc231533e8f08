"""`onrecord question`: what would settle a claim, and a person's change of it."""

from typing import Annotated

import typer

from claims.vocabulary import Observability
from flows import options
from flows.render import cell, console


def question(  # noqa: PLR0913, PLR0917  # what the command line takes
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    held_up_if: Annotated[str | None, typer.Option(metavar="WORDS", help="The claim held up if this is so.")] = None,
    failed_if: Annotated[str | None, typer.Option(metavar="WORDS", help="The claim failed if this is so.")] = None,
    observability: Annotated[
        str | None,
        typer.Option(help="Whether silence means that it did not happen: " + " or ".join(Observability) + "."),
    ] = None,
    why: Annotated[str | None, typer.Option(help="Why it is changed.")] = None,
    by: options.By = None,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
    publish: options.Publish = True,
) -> None:
    """Show what would settle a claim; with --held-up-if, --failed-if or --observability, write a new version of it."""
    from flows import asking

    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    screen = console()
    if held_up_if is None and failed_if is None and observability is None:
        shown = asking.show_questions(settings, clock, claim)
    else:
        edited = asking.edit_question(
            settings,
            clock,
            claim,
            held_up_if=held_up_if,
            failed_if=failed_if,
            observability=observability,
            why_by=(why or "", options.person(by)),
        )
        if edited is None:
            screen.print("nothing changed: it is asked so already")
            return
        shown = [edited]
    for row in shown:
        until = f", by {row.latest:%Y-%m-%d}" if row.latest else ", horizon open"
        screen.print(f"{row.claim_id} version {row.version}, {cell(row.written_by)}, {cell(row.recorded_at)}{until}")
        screen.print(f"  held up if {cell(row.held_up_if)}")
        screen.print(f"  failed if {cell(row.failed_if)}")
        screen.print(f"  would be reported: {row.observability}" + (f"; {cell(row.note)}" if row.note else ""))
    if publish and (held_up_if is not None or failed_if is not None or observability is not None):
        from flows.pipeline import run_stage

        for stage in ("score", "publish"):
            run_stage(stage, settings, options.clock_from(as_of))
