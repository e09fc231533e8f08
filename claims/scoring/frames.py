"""What scoring asks of the frames and dates it is given."""

from datetime import UTC, datetime

import pandas as pd


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
