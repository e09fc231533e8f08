"""Opening the warehouse: one writer at a time, schema brought up to date, views as shipped."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseBusy, WarehouseMissing
from warehouse.load import transaction
from warehouse.sql import shipped

# The newest format that DuckDB 1.5 and the tools of this year can open; 2.0's own default they cannot.
STORAGE_VERSION = "v1.5.0"
_POLL_SECONDS = 0.1
# Not the word alone: it may stand in the path.
_LOCKED = "IO Error: Could not set lock"

# In the order in which they are created: a view follows what it reads.
VIEWS = (
    "now_as_of",
    "copies_as_of",
    "matches_as_of",
    "groupings_as_of",
    "superseded_as_of",
    "readings_as_of",
    "versions_as_of",
    "extractions_as_of",
    "corrections_as_of",
    "claims_as_of",
    "stories_as_of",
    "claim_lineage",
    "claim_outcomes",
    "questions_as_of",
    "questions_now",
    "question_history",
    "proposals_as_of",
    "utterances",
    "claim_status",
    "story_copies",
    "articles_now",
    "claims_now",
    "proposals_now",
    "same_claims",
    "corroboration",
    "due_claims",
    "claim_history",
    "copy_drift",
    "revision_changes",
    "scored_claims",
    "reading_precision",
    "records",
    "source_record",
    "outlet_record",
    "anonymity_record",
    "kind_record",
    "outlet_anonymity_record",
    "calibration",
    "phrase_record",
    "calibration_record",
    "reliability_diagram",
    "proposal_overturns",
    "second_readings_as_of",
    "reader_agreement",
    "reader_disagreements",
    "reader_corrections",
    "feed_state",
    "feed_health",
    "set_asides_as_of",
    "set_asides_now",
)


@contextmanager
def open_warehouse(path: Path, *, wait_seconds: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a writing connection to the warehouse at `path`, created and migrated where needed.

    Raises WarehouseBusy when another process still holds the file after `wait_seconds`, WarehouseMissing when the
    file is something else.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _connect(path, wait_seconds=wait_seconds)
    try:
        if not _is_ours(con) and con.execute("select 1 from duckdb_tables() limit 1").fetchone():
            raise WarehouseMissing(f"{path} holds tables of something else: name another file for the warehouse")
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con
    finally:
        con.close()


@contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a read-only connection to the published copy at `path`; raises WarehouseMissing where there is none."""
    if not path.exists():
        raise WarehouseMissing(f"no published file at {path}: run `onrecord run` or `onrecord publish` first")
    try:
        con = duckdb.connect(str(path), read_only=True)
    except (duckdb.IOException, duckdb.Error) as error:
        raise WarehouseMissing(f"{path} cannot be opened as a published warehouse: {_first_line(error)}") from error
    try:
        if not _is_ours(con):
            raise WarehouseMissing(f"{path} is no published warehouse: name the file that `onrecord publish` wrote")
        con.execute("set timezone = 'UTC'")
        yield con
    finally:
        con.close()


def migrate(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Apply the migrations that `con` lacks, each in one transaction with its record, and return their names.

    Views and macros are replaced as a whole when their text has changed. Raises WarehouseMissing when an applied
    migration differs from the shipped one: such a file was made by another lineage of this code.
    """
    con.execute(
        "create table if not exists migrations"
        " (name varchar primary key, sha256 varchar not null, applied_at timestamptz not null)"
    )
    applied = dict(con.execute("select name, sha256 from migrations").fetchall())
    new = []
    for name, sql in shipped("migrations").items():
        digest = hashlib.sha256(sql.encode()).hexdigest()
        if name not in applied:
            with transaction(con):
                con.execute(sql)
                con.execute("insert into migrations values (?, ?, now())", [name, digest])
            new.append(name)
        elif applied[name] != digest:
            raise WarehouseMissing(f"migration {name} was changed after it was applied: start a new warehouse file")
    views = shipped("views")
    text = "\n".join(views[name] for name in VIEWS)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if applied.get("views") != digest:
        with transaction(con):
            for name in VIEWS:
                con.execute(views[name])
            con.execute("insert or replace into migrations values ('views', ?, now())", [digest])
            con.execute(shipped("queries")["comment_migrations"])
        new.append("views")
    return tuple(new)


def _is_ours(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute("select 1 from duckdb_tables() where table_name = 'migrations' and schema_name = 'main'")
    return found.fetchone() is not None


def _connect(path: Path, *, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
        except duckdb.IOException as error:
            if not str(error).startswith(_LOCKED):
                raise WarehouseMissing(f"{path} cannot be opened as a warehouse: {_first_line(error)}") from error
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"{path} is held by another process: wait for it, or stop it ({_first_line(error)})"
                ) from error
        time.sleep(_POLL_SECONDS)


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]
