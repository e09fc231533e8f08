"""The stages as Prefect flows: when, in what order, what on failure. Take the decorators off and it still runs.

Call `flows.prefect_env.prepare` before you import this: Prefect reads its environment when it is imported.
"""

import atexit
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from prefect import Flow, State, Task, flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun

from flows.batches import Batch
from flows.extract import extract_articles, extract_batch
from flows.failures import Unreachable
from flows.ingest import ingest_batch, ingest_inputs
from flows.match import match_all, match_batch
from flows.prefect_env import let_python_clear, let_speak
from flows.publish import publish_all, publish_batch
from flows.readers import Reader, check_runner, readers
from flows.resolve import resolve_batch, resolve_claims
from flows.revisions import refetch as look_again
from flows.run_log import Counts, trim
from flows.score import score_all, score_batch
from flows.settings import Settings, clock_at, load_settings
from warehouse.errors import WarehouseBusy

atexit.register(let_python_clear)

RETRIES = 5
RETRY_SECONDS = 10.0


def is_transient(_task: Task[..., Any], _task_run: TaskRun, state: State[Any]) -> bool:
    """Return whether a failed task is worth another try: the file was held, or the network was not there."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, WarehouseBusy | Unreachable)


def batch_task(name: str, work: Callable[..., Counts]) -> Batch:
    """Return `work` as a task that is tried again where that can help."""
    # No cache: a batch reads its work from the warehouse, so that the same arguments mean other work each time.
    return task(
        name=name,
        retries=RETRIES,
        retry_delay_seconds=RETRY_SECONDS,
        retry_jitter_factor=0.5,
        retry_condition_fn=is_transient,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(work)


def report(stage: str, counts: Counts) -> Counts:
    """Leave the counts of a run as a table artifact and return them."""
    create_table_artifact(
        table=[{"stage": stage, "what": word.replace("_", " "), "count": number} for word, number in counts.items()],
        key=f"onrecord-{stage}",
        description=f"What became of the inputs of {stage}",
    )
    return counts


def started(warehouse: Path | None, published: Path | None) -> Settings:
    """Return the settings of a flow run, whose log lines are heard from here on."""
    let_speak()
    return load_settings(warehouse=warehouse, published=published)


def reading_with(settings: Settings) -> Callable[[Settings], AbstractContextManager[Reader]]:
    """Return where articles are read; raises UnreadableInput where that is Dask and Dask is not installed."""
    if settings.runner != "dask":
        return readers
    check_runner(settings)
    from flows.dask_readers import dask_readers

    return dask_readers


@flow(name="ingest")
def ingest(
    inputs: list[str] | None = None,
    warehouse: Path | None = None,
    published: Path | None = None,
    as_of: str | None = None,
) -> Counts:
    """Store the articles that the inputs, or the feeds of outlets.toml, hold."""
    settings = started(warehouse, published)
    batch = batch_task("ingest-batch", ingest_batch)
    return report("ingest", ingest_inputs(settings, clock_at(as_of), inputs or [], batch=batch))


@flow(name="refetch")
def refetch(warehouse: Path | None = None, as_of: str | None = None) -> Counts:
    """Look again at the pages whose turn has come."""
    return report("refetch", look_again(started(warehouse, None), clock_at(as_of)))


@flow(name="extract")
def extract(warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None) -> Counts:
    """Read the articles that wait."""
    settings = started(warehouse, published)
    # A task within a task is sent to the cluster with all that the outer one was given: the cluster itself, that is.
    batch = extract_batch if settings.runner == "dask" else batch_task("extract-batch", extract_batch)
    counts = extract_articles(settings, clock_at(as_of), batch=batch, reading_with=reading_with(settings))
    return report("extract", counts)


@flow(name="match")
def match(warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None) -> Counts:
    """Compare what is new with everything, and group it."""
    settings = started(warehouse, published)
    batch = batch_task("match-batch", match_batch)
    return report("match", match_all(settings, clock_at(as_of), batch=batch))


@flow(name="resolve")
def resolve(warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None) -> Counts:
    """Look for evidence and propose outcomes."""
    settings = started(warehouse, published)
    batch = batch_task("resolve-batch", resolve_batch)
    return report("resolve", resolve_claims(settings, clock_at(as_of), batch=batch))


@flow(name="score")
def score(warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None) -> Counts:
    """Estimate anew how often claims hold up."""
    settings = started(warehouse, published)
    batch = batch_task("score-batch", score_batch)
    return report("score", score_all(settings, clock_at(as_of), batch=batch))


@flow(name="publish")
def publish(warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None) -> Counts:
    """Check the warehouse and replace the published file."""
    settings = started(warehouse, published)
    batch = batch_task("publish-batch", publish_batch)
    return report("publish", publish_all(settings, clock_at(as_of), batch=batch))


@flow(name="pipeline")
def pipeline(
    inputs: list[str] | None = None,
    warehouse: Path | None = None,
    published: Path | None = None,
    as_of: str | None = None,
) -> dict[str, Counts]:
    """Run all stages in order, each as a flow within this one."""
    # One clock for all: what a stage records must not lie after the time for which the next one asks.
    then = as_of or clock_at().as_of.isoformat()
    stages: tuple[Flow[..., Counts], ...] = (extract, match, resolve, score, publish)
    counts = {"ingest": ingest(inputs, warehouse, published, then)}
    return counts | {stage.name: stage(warehouse, published, then) for stage in stages}


@flow(name="nightly")
def nightly(
    warehouse: Path | None = None, published: Path | None = None, as_of: str | None = None
) -> dict[str, Counts]:
    """Propose outcomes, estimate anew and publish, each as a flow within this one."""
    then = as_of or clock_at().as_of.isoformat()
    stages: tuple[Flow[..., Counts], ...] = (resolve, score, publish)
    return {stage.name: stage(warehouse, published, then) for stage in stages}


@flow(name="tidy")
def tidy(warehouse: Path | None = None) -> Counts:
    """Drop what the run log says of runs that are long past; no row of the warehouse is touched."""
    settings = started(warehouse, None)
    return {"lines_dropped": trim(settings.home, days=settings.keep_days)}


FLOWS: Mapping[str, Flow[..., Any]] = MappingProxyType(
    {
        "ingest": ingest,
        "refetch": refetch,
        "extract": extract,
        "match": match,
        "resolve": resolve,
        "score": score,
        "publish": publish,
        "pipeline": pipeline,
        "nightly": nightly,
        "tidy": tidy,
    }
)
