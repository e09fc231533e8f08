"""`onrecord correct`: what an analyst reads otherwise than the machine."""

from typing import Annotated

import typer

from claims.vocabulary import Anonymity, Kind, Modality, Polarity
from flows import options
from flows.render import cell, console


def correct(  # noqa: PLR0913, PLR0917  # what the command line takes
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    why: Annotated[str, typer.Option(help="Why.")],
    level: Annotated[str | None, typer.Option(help="One of " + ", ".join(Anonymity) + ".")] = None,
    kind: Annotated[str | None, typer.Option(help="One of " + ", ".join(Kind) + ".")] = None,
    polarity: Annotated[str | None, typer.Option(help="One of " + ", ".join(Polarity) + ".")] = None,
    modality: Annotated[str | None, typer.Option(help="One of " + ", ".join(Modality) + ".")] = None,
    trackable: Annotated[
        bool | None,
        typer.Option("--trackable/--not-trackable", help="Whether public reporting could settle it."),
    ] = None,
    horizon: Annotated[
        str | None, typer.Option(metavar="WORDS", help="By when, in words: 'by the end of March'.")
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DAYS", help="By when: 2019-03-31, or 2019-03-01/2019-03-31.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who said it: a name, or the description as printed.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the corrections of the options given, or all of them.")
    ] = False,
    by: options.By = None,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
    publish: options.Publish = True,
) -> None:
    """Correct how a claim is read: it wins over every reader, survives re-extraction, and is taken back by --undo."""
    from claims.corrections import Wanted
    from flows import correcting

    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    wanted = Wanted(
        level=level,
        source=source,
        kind=kind,
        polarity=polarity,
        modality=modality,
        trackable=trackable,
        horizon=horizon,
        due=due,
    )
    decided = (why, options.person(by))
    if undo:
        rows = correcting.undo(settings, clock, claim, wanted.fields(), why_by=decided)
    else:
        rows = correcting.correct(settings, clock, claim, wanted, why_by=decided)
    screen = console()
    for row in rows:
        until = f", due by {cell(row.due_latest, limit=80)}" if row.due_latest and not undo else ""
        done = "no longer corrected to" if undo else "corrected to"
        screen.print(f"{row.claim_id} {row.field} {done} {cell(row.value)}{until}")
    if not rows:
        screen.print("nothing changed: it is corrected so already")
    elif publish:
        from flows.pipeline import run_stage
        from flows.settings import Clock

        # The clock is read again: what was just decided must not lie after it.
        after = options.clock_from(as_of)
        if after.as_of < rows[0].recorded_at:
            after = Clock.fixed(rows[0].recorded_at)
        for stage in ("match", "score", "publish"):
            run_stage(stage, settings, after)
