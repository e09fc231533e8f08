"""What the stage commands have in common: on a Prefect server where one is set, else here with progress."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flows import options
from flows.render import console, counts_line


def run_stages(
    stage: str | None,
    inputs: Sequence[str] = (),
    *,
    warehouse: Path | None = None,
    published: Path | None = None,
    as_of: str | None = None,
) -> None:
    """Run one stage, or all of them in order where `stage` is None."""
    settings, clock = options.settings_from(warehouse, published), options.clock_from(as_of)
    if os.environ.get("PREFECT_API_URL"):
        from flows import prefect_env

        prefect_env.prepare(settings.home)
        from flows.prefect_flows import FLOWS

        flow: Callable[..., dict[str, Any]] = FLOWS[stage or "pipeline"]
        done = flow(
            **({"inputs": list(inputs)} if stage in (None, "ingest") else {}),
            warehouse=settings.warehouse,
            published=settings.published,
            as_of=as_of,
        )
        for name, counts in ({stage: done} if stage else done).items():
            console(sys.stderr).print(f"{name:<8} {counts_line(counts)}")
        return
    from flows.pipeline import run_pipeline, run_stage
    from flows.progress import shown

    with shown() as tell:
        if stage is None:
            run_pipeline(settings, clock, inputs, tell=tell)
        else:
            run_stage(stage, settings, clock, inputs, tell=tell)
