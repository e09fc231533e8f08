"""What each verbal probability has been worth: the survey says what readers hear, outcomes say what it meant."""

import pandas as pd

from claims.records import PhraseProbability
from claims.scoring.empirical_bayes import Prior, interval, posterior
from claims.scoring.frames import require
from claims.scoring.standards import claim_probability
from claims.vocabulary import Polarity

# A standard never weighs more than five claims, so that a phrase's own record soon speaks for itself.
PRIOR_CLAIMS = 5.0
# Half the width between the quartiles of a normal, in standard deviations.
_QUARTILE = 0.6745


def phrase_worth(frame: pd.DataFrame, standards: tuple[PhraseProbability, ...]) -> pd.DataFrame:
    """Return per standard, phrase and polarity how often such claims held up, shrunk towards the standard.

    `frame` has one row a claim: `modality_phrase`, `value` (0 to 1; NaN is not scored) and, if known, `polarity`. Rows,
    sorted: `standard, phrase, polarity, n, rate` (raw), `said` (the standard's number for the claim, NaN where it has
    none: then the prior is uniform), `worth, low80, high80, low95, high95`. The posterior is beta-binomial, its
    prior of the standard's middle and spread but worth at most five claims. Raises ValueError for missing columns.
    """
    require(frame, "modality_phrase", "value")
    scored = frame.dropna(subset=["modality_phrase", "value"])
    polarity = scored["polarity"].fillna(Polarity.POSITIVE) if "polarity" in scored else Polarity.POSITIVE
    tidy = scored.assign(
        phrase=scored["modality_phrase"].str.casefold().str.split().str.join(" "),
        polarity=polarity,
        value=scored["value"].astype("float64"),
    )
    counts = tidy.groupby(["phrase", "polarity"], sort=True)["value"].agg(["sum", "size"]).reset_index()
    names = sorted({row.standard for row in standards})
    rows = [
        _row(name, phrase, sign, (float(successes), int(n)), claim_probability(phrase, sign, name, table=standards))
        for name in names
        for phrase, sign, successes, n in counts.itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = [
    "standard",
    "phrase",
    "polarity",
    "n",
    "rate",
    "said",
    "worth",
    "low80",
    "high80",
    "low95",
    "high95",
]


def _row(
    standard: str, phrase: str, polarity: str, counted: tuple[float, int], said: PhraseProbability | None
) -> tuple[object, ...]:
    successes, n = counted
    post = posterior(_prior(said), [successes], [n])
    ends = [float(end[0]) for level in (0.80, 0.95) for end in interval(post, level)]
    number = float("nan") if said is None else said.mid
    return standard, phrase, str(polarity), n, successes / n, number, float(post.mean[0]), *ends


def _prior(said: PhraseProbability | None) -> Prior:
    if said is None:
        return Prior(a=1.0, b=1.0, method="uniform", n_subjects=0)
    # A standard may say 0.005 to 0.995; at 0 or 1 no outcome could ever move it.
    middle = min(max(said.mid, 0.005), 0.995)
    deviation = max(said.high - said.low, 1e-6) / (2.0 * _QUARTILE)
    strength = min(max(middle * (1.0 - middle) / deviation**2 - 1.0, 1.0), PRIOR_CLAIMS)
    return Prior(a=middle * strength, b=(1.0 - middle) * strength, method=said.standard, n_subjects=0)
