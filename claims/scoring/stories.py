"""Intervals of plain shares when whole stories are drawn anew, for many subjects at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from claims.records import Estimate
from claims.scoring.frames import estimates, require, utc

Floats = NDArray[np.float64]

METHOD = "story-bootstrap"
DRAWS = 400
# From so many stories on, the bootstrap of a share is its normal limit to two decimals, and drawing is waste.
_MANY_STORIES = 400
_LEVELS = {"low95": 0.025, "low80": 0.1, "high80": 0.9, "high95": 0.975}


def score_by_story(frame: pd.DataFrame, *, subject_kind: str, as_of: datetime) -> tuple[Estimate, ...]:
    """Return one estimate per subject of two stories or more: its plain share, with story-cluster intervals.

    `frame` has one row a due claim: `subject`, `value` (0 to 1; NaN is not scored), `story_id` (missing: a story of its
    own). Stories are drawn with replacement, 400 times with a seed that depends on the number of stories alone;
    with more than 400 stories the limit of that, a normal with the cluster variance, takes its place. Nothing is
    said of a difference: the verdict is empty. Raises ValueError for missing columns or a naive `as_of`.
    (Cameron, Gelbach and Miller, REStat 90, 2008.)
    """
    require(frame, "subject", "value", "story_id")
    as_of = utc(as_of)
    scored = frame.dropna(subset=["subject", "value"])
    story = scored["story_id"].astype("string").fillna(pd.Series(scored.index, index=scored.index).astype("string"))
    tidy = pd.DataFrame({"subject": scored["subject"], "story": story, "value": scored["value"].astype("float64")})
    by_story = tidy.groupby(["subject", "story"], sort=True, observed=True)["value"].agg(["sum", "size"])
    sums, sizes = by_story["sum"].to_numpy(np.float64), by_story["size"].to_numpy(np.float64)
    subjects = by_story.index.get_level_values(0)
    names, starts, counts = np.unique(subjects.to_numpy(), return_index=True, return_counts=True)
    rows: dict[object, dict[str, float | int | str]] = {}
    # In the order of their sizes, so that subjects of as many stories share one set of draws.
    for place in np.argsort(counts, kind="stable"):
        if counts[place] >= 2:
            own = slice(starts[place], starts[place] + counts[place])
            rows[names[place]] = _row(sums[own], sizes[own])
    if not rows:
        return ()
    table = pd.DataFrame.from_dict(rows, orient="index").sort_index()
    return estimates(table, subject_kind=subject_kind, method=METHOD, as_of=as_of)


def mean_by_story(values: ArrayLike, stories: Sequence[str]) -> tuple[float, float, int]:
    """Return the 95 % interval of the mean of `values` when whole stories are drawn anew, and the number of stories.

    The interval is NaN with fewer than two stories.
    """
    told = pd.DataFrame({"value": np.asarray(values, dtype=np.float64), "story": list(stories)})
    by_story = told.groupby("story", sort=True)["value"].agg(["sum", "size"])
    sums, sizes = by_story["sum"].to_numpy(np.float64), by_story["size"].to_numpy(np.float64)
    if sums.size < 2:
        return float("nan"), float("nan"), int(sums.size)
    ends = _ends(sums, sizes, float(sums.sum() / sizes.sum()))
    return float(ends[0]), float(ends[-1]), int(sums.size)


def _row(sums: Floats, sizes: Floats) -> dict[str, float | int | str]:
    rate = float(sums.sum() / sizes.sum())
    ends = np.clip(_ends(sums, sizes, rate), 0.0, 1.0)
    found = dict(zip(_LEVELS, map(float, ends), strict=True))
    return {"n": int(sizes.sum()), "rate": rate, **found, "verdict": ""}


def _ends(sums: Floats, sizes: Floats, rate: float) -> Floats:
    levels = np.array(list(_LEVELS.values()))
    count = sums.size
    if count > _MANY_STORIES:
        deviation = np.sqrt(((sums - rate * sizes) ** 2).sum() * count / (count - 1)) / sizes.sum()
        normal: Floats = rate + ndtri(levels) * deviation
        return normal
    drawn = _draws(count)
    shares = (drawn @ sums) / (drawn @ sizes)
    found: Floats = np.quantile(shares, levels)
    return found


@lru_cache(maxsize=4)
def _draws(count: int) -> Floats:
    return np.random.default_rng(count).multinomial(count, np.full(count, 1.0 / count), size=DRAWS).astype(np.float64)
