"""Admiralty letters and figures (STANAG 2511), derived from estimates for those who exchange them; never an input.

F and 6 say that it cannot be judged. They are not a coin flip and are mapped to no number, and nothing here turns a
letter back into a probability.
"""

from claims.records import Estimate

# Lower ends of the bands of the shrunken rate.
_LETTERS = ((0.9, "A"), (0.75, "B"), (0.5, "C"), (0.25, "D"), (0.0, "E"))
_FIGURES = ((0.75, "2"), (0.5, "3"), (0.25, "4"), (0.0, "5"))

CANNOT_JUDGE_SOURCE = "F"
CANNOT_JUDGE_CLAIM = "6"

# An interval wider than this spans more than two letters: the letter would be an accident.
_WIDEST = 0.4
_FEWEST_CLAIMS = 5.0


def reliability(estimate: Estimate, *, n_effective: float | None = None) -> str:
    """Return the letter of a subject: A to E by its shrunken rate, F where that cannot be judged.

    It cannot with fewer than five claims (`n_effective` of them where claims of one story are not independent, else
    `n`), nor where the 80 % interval is wider than 0.4. An A needs its whole 80 % interval above 0.75: "completely
    reliable" is not said on a promise.
    """
    n = estimate.n if n_effective is None else n_effective
    if n < _FEWEST_CLAIMS or estimate.high80 - estimate.low80 > _WIDEST:
        return CANNOT_JUDGE_SOURCE
    letter = _band(estimate.rate, _LETTERS)
    return "B" if letter == "A" and estimate.low80 < 0.75 else letter


def credibility(probability: float | None, *, n_origins: int) -> str:
    """Return the figure of a claim: 1 to 5 by the probability that it holds up, 6 where there is none.

    "Confirmed" (1) takes two origins as well as three to one; a reprint is no origin. Raises ValueError for a
    probability outside [0, 1].
    """
    if probability is None:
        return CANNOT_JUDGE_CLAIM
    if not 0.0 <= probability <= 1.0:
        raise ValueError("a probability lies in [0, 1]")
    figure = _band(probability, _FIGURES)
    return "1" if figure == "2" and n_origins >= 2 else figure


def _band(value: float, bands: tuple[tuple[float, str], ...]) -> str:
    return next(name for lowest, name in bands if value >= lowest)
