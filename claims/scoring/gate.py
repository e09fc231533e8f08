"""The gate before any statement that a subject differs: no ranking from noise."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

NO_EVIDENCE = "no evidence of difference"
ABOVE = "above peers"
BELOW = "below peers"

# A difference of five points in a hundred is the least that anybody would act on, and nine to one the least
# odds at which it is worth saying: 24 of 703 fact-checked speakers and 16 of 513 pollsters pass.
MARGIN = 0.05
CERTAINTY = 0.9


def verdicts(difference: ArrayLike, probability: ArrayLike, *, certainty: float = CERTAINTY) -> NDArray[np.str_]:
    """Return a verdict per subject: above or below peers where `probability` reaches `certainty`, else no evidence.

    `difference` is the posterior mean of the subject's difference, `probability` the posterior probability that the
    difference exceeds the margin in size.
    """
    direction = np.where(np.asarray(difference) > 0, ABOVE, BELOW)
    return np.where(np.asarray(probability) >= certainty, direction, NO_EVIDENCE)
