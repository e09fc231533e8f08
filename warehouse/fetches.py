"""What ingest asks of the warehouse before it looks at addresses, and how what had been set aside ends."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import duckdb
import numpy as np
from numpy.typing import NDArray

from claims.fetches import FeedState, Mending
from claims.records import SetAside, key
from claims.vocabulary import Stage
from warehouse.load import add
from warehouse.rows import dicts, records
from warehouse.sql import shipped

Connection = duckdb.DuckDBPyConnection
_PART = re.compile(r"(.+)[#:]\d+")


def feed_states(con: Connection) -> dict[str, FeedState]:
    """Return what earlier looks left behind, by address."""
    return {state.address: state for state in records(con, FeedState, shipped("queries")["feed_states"])}


def known_addresses(con: Connection) -> NDArray[np.uint64]:
    """Return the addresses and identifiers that need not be fetched again, as sorted halves of their MD5."""
    found = con.execute(shipped("queries")["known_addresses"]).fetchnumpy()["known"]
    return np.asarray(found, dtype=np.uint64)


def add_set_asides(con: Connection, set_asides: Sequence[SetAside]) -> int:
    """Insert the inputs that are set aside and do not stand so already, and return how many were new.

    One that had been mended in the meantime is set aside anew, in a row of its own.
    """
    before = {(row["stage"], row["what"], row["error"]): row["stands"] for row in _earlier(con, set_asides)}
    new = []
    for one in set_asides:
        stands = before.get((one.stage, one.what, one.error))
        if stands is False:
            again = key("set_aside", one.set_aside_id, one.recorded_at.isoformat())
            new.append(dataclasses.replace(one, set_aside_id=again))
        elif stands is None:
            new.append(one)
    return add(con, new)


def add_mendings(con: Connection, read: Mapping[str, str], *, recorded_at: datetime) -> int:
    """End what stands set aside of the inputs that were `read` (input to article id) and return how many that were.

    A line or an entry that could be read ("news.jsonl:7", "feed.xml#3") also speaks for its file.
    """
    articles = {whole.group(1): article for what, article in read.items() if (whole := _PART.fullmatch(what))}
    articles |= read
    rows = dicts(con, shipped("queries")["earlier_set_asides"], whats=list(articles)) if articles else []
    return add(
        con,
        [
            Mending(set_aside_id=set_aside_id, article_id=articles[row["what"]], recorded_at=recorded_at)
            for row in rows
            if row["stage"] == Stage.INGEST
            for set_aside_id in row["standing_ids"] or ()
        ],
    )


def _earlier(con: Connection, set_asides: Iterable[SetAside]) -> list[dict[str, object]]:
    whats = [one.what for one in set_asides]
    return dicts(con, shipped("queries")["earlier_set_asides"], whats=whats) if whats else []
