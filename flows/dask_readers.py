"""Reading articles on a Dask cluster, by Prefect's runner for it; wants the extra `dask`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect_dask import DaskTaskRunner

from claims.records import Article
from flows.readers import Read, Reader, heard, hush, read_batch
from flows.settings import Clock, Settings


@task(name="read-batch", cache_policy=NO_CACHE, persist_result=False)
def read_there(articles: Sequence[Article], clock: Clock) -> Read:
    """Return what is read in `articles`, on a worker of the cluster."""
    hush()
    return read_batch(articles, clock)


@contextmanager
def dask_readers(settings: Settings) -> Iterator[Reader]:
    """Yield a reader that maps batches over the cluster at `settings.dask_address`, or over one of our own.

    One of our own has `settings.processes` workers here, and ends with the block.
    """
    own = {"n_workers": settings.processes, "threads_per_worker": 1, "dashboard_address": None}
    address = settings.dask_address
    with DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=own) as runner:

        def read(batches: Sequence[Sequence[Article]], clock: Clock) -> Iterator[Read]:
            futures = [runner.submit(read_there, {"articles": batch, "clock": clock}) for batch in batches]
            return heard(future.result() for future in futures)

        yield read
