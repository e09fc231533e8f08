"""What scoring asks of the frames and dates it is given, and the estimates it makes of its own."""

from datetime import UTC, datetime

import pandas as pd

from claims.records import Estimate, key


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Raise ValueError naming the columns that `frame` lacks."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame lacks the column(s) {', '.join(missing)}")


def utc(as_of: datetime) -> datetime:
    """Return `as_of` in UTC; raises ValueError where it carries no time zone."""
    if as_of.tzinfo is None:
        raise ValueError("as_of must carry a time zone")
    return as_of.astimezone(UTC)


def estimates(table: pd.DataFrame, *, subject_kind: str, method: str, as_of: datetime) -> tuple[Estimate, ...]:
    """Return one estimate a row of `table`, whose index is the subject; its columns bear the fields' names."""
    return tuple(
        Estimate(
            estimate_id=key("estimate", subject_kind, subject, method, as_of),
            subject_kind=subject_kind,
            subject=str(subject),
            as_of=as_of,
            method=method,
            n=int(n),
            rate=float(rate),
            low80=float(low80),
            high80=float(high80),
            low95=float(low95),
            high95=float(high95),
            verdict=str(verdict),
        )
        for subject, n, rate, low80, high80, low95, high95, verdict in table[
            ["n", "rate", "low80", "high80", "low95", "high95", "verdict"]
        ].itertuples(name=None)
    )
