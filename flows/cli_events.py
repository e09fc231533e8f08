"""`onrecord events`: a data set of events as evidence."""

from pathlib import Path
from typing import Annotated

import typer

from flows import options
from flows.render import console, counts_line


def events(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV (ACLED, GDELT, your own) or Parquet.")],
    dataset: Annotated[str, typer.Option("--dataset", metavar="NAME", help="Whose events they are: acled, gdelt, …")],
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", metavar="TIME", help="When the file was taken (ISO 8601); now by default."),
    ] = None,
    warehouse: options.Warehouse = None,
) -> None:
    """Store dated events as evidence, so that claims can be held against them; a second time adds nothing."""
    from flows.events import import_events
    from flows.progress import shown
    from flows.settings import Clock

    for path in files:
        if not path.is_file():
            raise typer.BadParameter(f"{path} is not a file: name a CSV or Parquet file", param_hint="FILE")
    if not dataset.strip():
        raise typer.BadParameter("it is empty: name the data set", param_hint="--dataset")
    clock = options.clock_from(known_at)
    with shown() as tell:
        counts = import_events(
            options.settings_from(warehouse), Clock.fixed(clock.recorded_at), files, dataset=dataset, tell=tell
        )
    console().print(f"events: {counts_line(counts)}")
    console().print("now `onrecord match` and `onrecord resolve` hold the open claims against them", soft_wrap=True)
