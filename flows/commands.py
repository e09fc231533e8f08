"""What the stage commands have in common: on a Prefect server where one is set, else here with progress."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from flows import options
from flows.render import console, counts_line

if TYPE_CHECKING:
    from flows.settings import Settings


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
    # Dask is reached by Prefect's runner for it, on a temporary server where none is set.
    on_dask = settings.runner == "dask" and stage in (None, "extract")
    if on_dask:
        from flows.readers import check_runner

        check_runner(settings)
    if os.environ.get("PREFECT_API_URL") or on_dask:
        done = _on_server(stage, inputs, settings, as_of)
    else:
        from flows.pipeline import run_pipeline, run_stage
        from flows.progress import shown

        with shown() as tell:
            if stage is None:
                done = run_pipeline(settings, clock, inputs, tell=tell)
            else:
                done = {stage: run_stage(stage, settings, clock, inputs, tell=tell)}
    console().print("; ".join(f"{name}: {counts_line(counts)}" for name, counts in done.items()))
    if "publish" in done:
        console().print(f"published {settings.published}", soft_wrap=True)
    if any(counts.get("set_aside") for counts in done.values()):
        query = f"onrecord sql 'from set_asides_now' --published {quote(str(settings.published))}"
        console().print(f"why inputs were set aside: {query}", soft_wrap=True)


def _on_server(
    stage: str | None, inputs: Sequence[str], settings: "Settings", as_of: str | None
) -> dict[str, dict[str, int]]:
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
    return {stage: done} if stage else done
