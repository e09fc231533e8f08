"""Verbal probabilities scored as of one time: what each wording has been worth, and whether the numbers were right."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from claims.records import PhraseProbability, key
from claims.review_records import CalibrationPoint, CalibrationScore, PhraseScore
from claims.scoring.calibration import CLIP, Floats, Score, corp, murphy, phrase_worth, reliability_curve
from claims.scoring.frames import require, utc
from claims.scoring.standards import claim_probability
from claims.scoring.stories import mean_by_story
from claims.vocabulary import Polarity

_DRAWS = 500
_COLUMNS = ("modality_phrase", "polarity", "value", "story_id")


def score_phrases(
    frame: pd.DataFrame, standards: Sequence[PhraseProbability], *, as_of: datetime
) -> tuple[PhraseScore, ...]:
    """Return what each wording has been worth, per standard and polarity.

    `frame` has one row a due claim: `modality_phrase`, `polarity`, `value` (0 to 1; NaN is not scored). Raises
    ValueError for missing columns or a naive `as_of`.
    """
    as_of = utc(as_of)
    worth = phrase_worth(frame, tuple(standards))
    return tuple(_phrase_score(row, as_of) for row in worth.to_dict("records"))


def _phrase_score(row: Mapping[Hashable, Any], as_of: datetime) -> PhraseScore:
    return PhraseScore(
        phrase_score_id=key("phrase", row["standard"], row["phrase"], row["polarity"], as_of),
        standard=row["standard"],
        phrase=row["phrase"],
        polarity=Polarity(row["polarity"]),
        as_of=as_of,
        n=int(row["n"]),
        rate=float(row["rate"]),
        said=None if np.isnan(row["said"]) else float(row["said"]),
        worth=float(row["worth"]),
        low80=float(row["low80"]),
        high80=float(row["high80"]),
        low95=float(row["low95"]),
        high95=float(row["high95"]),
    )


def forecasts(frame: pd.DataFrame, standards: Sequence[PhraseProbability], standard: str) -> pd.DataFrame:
    """Return the scored claims whose wording has a number in `standard`: columns `p`, `value`, `story_id`.

    Raises ValueError for missing columns.
    """
    require(frame, *_COLUMNS)
    scored = frame.dropna(subset=["modality_phrase", "value"])
    table, worded = tuple(standards), pd.MultiIndex.from_frame(scored[["modality_phrase", "polarity"]])
    stated = {}
    for phrase, polarity in worded.unique():
        said = claim_probability(phrase, polarity, standard, table=table)
        stated[phrase, polarity] = np.nan if said is None else said.mid
    found = scored.assign(p=np.array([stated[pair] for pair in worded], dtype=np.float64))
    return found[["p", "value", "story_id"]].dropna(subset=["p"]).astype({"value": "float64"})


def score_calibration(
    frame: pd.DataFrame, standards: Sequence[PhraseProbability], *, as_of: datetime
) -> tuple[tuple[CalibrationScore, ...], tuple[CalibrationPoint, ...]]:
    """Return the Brier and log score of the verbal probabilities by each standard, taken apart, and the CORP curve.

    Their intervals draw whole stories anew. Frame and errors as for `forecasts`; ValueError for a naive `as_of` too.
    """
    as_of = utc(as_of)
    scores: list[CalibrationScore] = []
    points: list[CalibrationPoint] = []
    for standard in sorted({row.standard for row in standards}):
        told = forecasts(frame, standards, standard)
        if len(told):
            scores += [_score(told, standard, as_of, name) for name in ("brier", "log")]
            points += _curve(told, standard, as_of)
    return tuple(scores), tuple(points)


def _score(told: pd.DataFrame, standard: str, as_of: datetime, name: Score) -> CalibrationScore:
    p, y = told["p"].to_numpy(np.float64), told["value"].to_numpy(np.float64)
    parts, held = corp(p, y, score=name), np.clip(p, CLIP, 1.0 - CLIP)
    losses = (p - y) ** 2 if name == "brier" else -(y * np.log(held) + (1.0 - y) * np.log(1.0 - held))
    low, high, n_stories = mean_by_story(losses, told["story_id"].astype(str).tolist())
    bins = murphy(p, y) if name == "brier" else None
    return CalibrationScore(
        calibration_score_id=key("calibration", standard, name, as_of),
        standard=standard,
        as_of=as_of,
        score=name,
        n=parts.n,
        n_stories=n_stories,
        value=parts.score,
        low95=None if np.isnan(low) else low,
        high95=None if np.isnan(high) else high,
        mcb=parts.mcb,
        dsc=parts.dsc,
        unc=parts.unc,
        rel=bins.rel if bins else None,
        res=bins.res if bins else None,
        skill=1.0 - parts.score / parts.unc if parts.unc > 0 else None,
    )


def _curve(told: pd.DataFrame, standard: str, as_of: datetime) -> list[CalibrationPoint]:
    curve = reliability_curve(told["p"], told["value"])
    forecast, n = curve["forecast"].to_numpy(np.float64), curve["n"].to_numpy(np.int64)
    low, high = _consistent(forecast, n)
    recalibrated = curve["recalibrated"].to_numpy(np.float64)
    return [
        CalibrationPoint(
            curve_id=key("curve", standard, as_of, round(float(forecast[i]), 9)),
            standard=standard,
            as_of=as_of,
            forecast=float(forecast[i]),
            n=int(n[i]),
            recalibrated=float(recalibrated[i]),
            consistent_low=float(low[i]),
            consistent_high=float(high[i]),
        )
        for i in range(len(curve))
    ]


def _consistent(forecast: Floats, n: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return where the curve lies nine times in ten if the forecasts are right; equal forecasts are drawn together."""
    random = np.random.default_rng(0)
    drawn = random.binomial(n, forecast, size=(_DRAWS, forecast.size)) / n
    weights = n.astype(np.float64)
    curves = np.array([isotonic_regression(shares, weights=weights).x for shares in drawn])
    low, high = np.quantile(np.clip(curves, 0.0, 1.0), [0.05, 0.95], axis=0)
    return low, high
