"""The gate before any statement that a subject differs: no ranking from noise."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

NO_EVIDENCE = "no evidence of difference"
ABOVE = "above peers"
BELOW = "below peers"

# A difference of five points in a hundred is the least that anybody would act on, and nine to one the least
# odds at which it is worth saying.
MARGIN = 0.05
CERTAINTY = 0.9


def verdicts(p_below: ArrayLike, p_above: ArrayLike, *, certainty: float = CERTAINTY) -> NDArray[np.str_]:
    """Return a verdict per subject: below or above peers where that one's probability reaches `certainty`, else none.

    The probabilities are those of a difference beyond the margin in each direction. Asking it of one direction is
    stricter than of their sum, which is large for any subject about whom little is known among peers who
    differ much. Raises ValueError for a `certainty` of one half or less: both verdicts could then hold.
    """
    if not certainty > 0.5:
        raise ValueError("a certainty of one half or less could hold both ways")
    below, above = np.asarray(p_below) >= certainty, np.asarray(p_above) >= certainty
    return np.where(above, ABOVE, np.where(below, BELOW, NO_EVIDENCE))
