"""The checks that stop a publish: each selects rows that must not exist."""

import duckdb

from warehouse.errors import FailedCheck
from warehouse.sql import shipped

_SHOWN = 3


def run_checks(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of checks that were run; raises FailedCheck naming the first that finds rows, and the rows."""
    checks = shipped("checks")
    for name, sql in checks.items():
        offenders = con.execute(sql).fetchall()
        if offenders:
            shown = "; ".join(str(row) for row in offenders[:_SHOWN])
            raise FailedCheck(
                f"check {name} found {len(offenders):,} rows that must not exist, for example {shown}: nothing is"
                " published until they are gone; restore the warehouse from a copy, or report this line"
            )
    return len(checks)
