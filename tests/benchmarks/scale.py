"""How long do analysts wait at a million claims, and how long does a day's work take?

    python tests/benchmarks/scale.py --claims 1000000 --home /tmp/scale [--keep] [--new 10000]

Writes a made-up world (`scale_world.py`) into a warehouse in the folder, publishes it, times every view of the
published copy (counted whole, and asked as an analyst would), scores all subjects and matches a day's new claims
against the rest. With --keep a world that is there is used again. Seconds are of the clock, and in brackets of all
processors.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scale_joined import END, write_joined, write_outcomes
from scale_world import make_world, write_rows

from flows.match import match_batch
from flows.matching import match_new
from flows.publish import publish_batch
from flows.score import score_batch
from flows.settings import Clock, Settings, load_settings, parse_time
from warehouse.connect import VIEWS, open_published, open_warehouse
from warehouse.load import add_frame, transaction
from warehouse.sql import shipped

VIEW_SECONDS, MATCH_SECONDS, SCORE_SECONDS, PUBLISH_SECONDS, GIGABYTES = 1.0, 120.0, 60.0, 60.0, 4.0
# What an analyst asks of a view beyond its number of rows; the rest are asked for their first hundred rows.
TYPICAL = {
    "claims_now": "select outlet_id, anonymity, claim_text, outcome from claims_now where outcome = 'failed' limit 100",
    "articles_now": "select outlet_id, count(*) from articles_now group by all order by 2 desc limit 20",
    "same_claims": "select * from same_claims where verdict = 'same' order by score desc limit 100",
    "claim_history": "select * from claim_history where claim_id = (select min(claim_id) from claims)",
    "source_record": "select * from source_record order by n_due desc limit 20",
    "outlet_record": "select subject, n_due, rate, low95, high95 from outlet_record order by rate desc limit 20",
}


@contextmanager
def timed(what: str, most: float | None = None) -> Iterator[None]:
    """Print how long the block took, on the clock and on all processors, beside the most that it may."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - clock, time.process_time() - cpu
    bar = f"  at most {most:g}{'' if wall <= most else '  MISSED'}" if most else ""
    print(f"{what:44}{wall:9.2f} s ({cpu:.2f}){bar}", flush=True)


def build(settings: Settings, n_claims: int) -> None:
    """Write the world into the warehouse, a transaction a table part."""
    world = make_world(n_claims)
    with open_warehouse(settings.warehouse) as con:
        for frames in (write_rows(world), write_joined(world), write_outcomes(world)):
            for record, frame in frames:
                with transaction(con):
                    add_frame(con, record, frame)


def index(settings: Settings, clock: Clock) -> None:
    """Put the claims into the index as a run of match does, and take them to stand where they were made up to stand."""
    match_new(settings, clock)
    with open_warehouse(settings.warehouse) as con, transaction(con):
        con.register("signed", con.execute(shipped("queries")["claims_to_group"], {"as_of": clock.as_of}).df())
        con.execute(
            "insert or replace into claim_places"
            " select claim_id, g.story_id, origin_id, proposition_id, signature"
            " from signed join groupings as g using (claim_id)"
        )
        con.unregister("signed")


def add_day(settings: Settings, n_claims: int, among: int) -> None:
    """Add the claims of one more day, not compared with anything yet."""
    world = make_world(n_claims, after=among)
    with open_warehouse(settings.warehouse) as con, transaction(con):
        for record, frame in write_rows(world):
            add_frame(con, record, frame)


def time_views(published: Path) -> None:
    """Print the times of every view of the published copy."""
    with open_published(published) as con:
        con.execute("set threads = 2")
        found = con.execute("select view_name from duckdb_views() where not internal").fetchall()
        found += con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        there = {name for (name,) in found}
        for name in [name for name in VIEWS if name in there]:
            with timed(f"{name}: count", VIEW_SECONDS):
                rows = con.execute(f"from (from {name}) select count(*)").fetchone()
            with timed(f"  {rows[0] if rows else 0} rows; as asked", VIEW_SECONDS):
                con.execute(TYPICAL.get(name, f"from {name} limit 100")).fetchall()


def main(arguments: argparse.Namespace) -> int:
    """Print the figures and return 0."""
    home = Path(arguments.home)
    settings = load_settings(home=home, warehouse=home / f"w{arguments.claims}.duckdb")
    clock = Clock.fixed(parse_time(END.isoformat()))
    if not (arguments.keep and settings.warehouse.exists()):
        settings.warehouse.unlink(missing_ok=True)
        with timed(f"{arguments.claims} claims written"):
            build(settings, arguments.claims)
    if not arguments.keep:
        with timed("claims put into the index"):
            index(settings, clock)
    stages = arguments.only or ["publish", "views", "score", "match"]
    if "publish" in stages:
        with timed("publish", PUBLISH_SECONDS):
            publish_batch(settings, clock)
        size = settings.warehouse.stat().st_size, settings.published.stat().st_size
        print(f"files: {size[0] / 1e6:.0f} MB, published {size[1] / 1e6:.0f} MB")
    if "views" in stages:
        time_views(settings.published)
    if "score" in stages:
        with timed("estimates for all subjects", SCORE_SECONDS):
            print(score_batch(settings, clock))
    if "match" in stages:
        add_day(settings, arguments.new, arguments.claims)
        with timed(f"match of {arguments.new} new claims", MATCH_SECONDS):
            print(match_batch(settings, clock))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"memory at the peak {memory:.1f} GB, at most {GIGABYTES:.0f}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--home", required=True)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", action="append")
    sys.exit(main(parser.parse_args()))
