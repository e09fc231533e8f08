"""Reading articles here, or side by side in processes of their own, which never open the warehouse."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import repeat
from multiprocessing.connection import Connection, wait

from claims.errors import ClaimsError, UnreadableInput, UnreadableText
from claims.extraction.extractor import EXTRACTOR
from claims.language import NOT_ENGLISH, is_foreign
from claims.reader import READER, Reading, read_article
from claims.records import Article, Extraction, SetAside, key
from claims.vocabulary import Stage
from flows.set_asides import say, set_aside
from flows.settings import Clock, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a batch of articles gave; what cannot be read is set aside, and `unread` takes it off the queue."""

    readings: tuple[Reading, ...]
    set_asides: tuple[SetAside, ...]
    unread: tuple[Extraction, ...]


Reader = Callable[[Sequence[Sequence[Article]], Clock], Iterator[Read]]
"""Reads batches of articles and yields what each gave, in order."""


def check_runner(settings: Settings) -> None:
    """Raise UnreadableInput where articles are to be read on Dask and what that takes is not installed."""
    if settings.runner == "dask" and find_spec("prefect_dask") is None:
        remedy = "install onrecord with its extra `dask`, or unset ONRECORD_RUNNER"
        raise UnreadableInput(f"ONRECORD_RUNNER=dask wants the package prefect_dask: {remedy}")


def read_batch(articles: Sequence[Article], clock: Clock) -> Read:
    """Return what is read in `articles`; an error that is no trouble of a text is raised."""
    readings: list[Reading] = []
    set_asides: list[SetAside] = []
    unread: list[Extraction] = []
    for article in articles:
        try:
            if is_foreign(article.text):
                raise UnreadableText(NOT_ENGLISH, what=article.article_id)
            readings.append(read_article(article, recorded_at=clock.recorded_at))
        except ClaimsError as error:
            set_asides.append(set_aside(Stage.EXTRACT, article.article_id, error, clock))
            unread.append(_nothing_found(article, clock))
    return Read(readings=tuple(readings), set_asides=tuple(set_asides), unread=tuple(unread))


def read_here(batches: Sequence[Sequence[Article]], clock: Clock) -> Iterator[Read]:
    """Yield what each of `batches` gives, read in this process."""
    return map(read_batch, batches, repeat(clock))


@contextmanager
def readers(settings: Settings) -> Iterator[Reader]:
    """Yield a reader: this process, or `settings.processes` of their own that end with the block, or with us."""
    if settings.processes == 1:
        yield read_here
        return
    # Forked, they would share our locks and the models' threads.
    spawn = multiprocessing.get_context("spawn")
    # Nothing is ever sent: it closes when we are killed, or stop before they have done, and then they end.
    watched, held = spawn.Pipe(duplex=False)
    with watched, held:
        pool = ProcessPoolExecutor(settings.processes, spawn, _become_reader, (watched,))

        def read(batches: Sequence[Sequence[Article]], clock: Clock) -> Iterator[Read]:
            return heard(pool.map(read_batch, batches, repeat(clock)))

        try:
            yield read
        except BaseException:
            held.close()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def heard(reads: Iterator[Read]) -> Iterator[Read]:
    """Yield `reads` from elsewhere, saying here what they set aside."""
    for read in reads:
        for record in read.set_asides:
            say(record)
        yield read


def hush() -> None:
    """Keep this process from saying what its parent says."""
    logging.getLogger("flows").addHandler(logging.NullHandler())
    logging.getLogger("flows").propagate = False


def _become_reader(watched: Connection) -> None:
    hush()
    # Ctrl-C reaches us, too; our parent says what is to be said.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(watched: Connection) -> None:
    wait([watched])
    os._exit(1)


def _nothing_found(article: Article, clock: Clock) -> Extraction:
    """Return the row that takes a text which cannot be read out of the queue, for this extractor and reader."""
    return Extraction(
        extraction_id=key("extraction", article.article_id, EXTRACTOR, READER),
        article_id=article.article_id,
        extractor=EXTRACTOR,
        reader=READER,
        attribution_ids=(),
        claim_ids=(),
        recorded_at=clock.recorded_at,
    )
