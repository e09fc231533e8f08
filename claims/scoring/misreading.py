"""Rates out of which our own misreadings are taken: an extractor's error is not the source's."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from claims.records import Estimate, key
from claims.scoring.bounds import Corrected, Precision, attenuate

METHOD = "corrected-for-misreading"
# The normal's points of 80 and 95 %: they turn an interval into the number of claims that would give it.
_HALF_80 = 1.2816
_FEWEST_CLAIMS = 5


def correct_for_misreading(plain: Iterable[Estimate], precision: Precision | None) -> tuple[Estimate, ...]:
    """Return the estimates with the share of misread claims taken out, for subjects of five scored claims or more.

    A misread claim is taken to hold up as often as all claims of the plain estimates do. Nothing is returned where
    nobody has checked a reading (`precision` None).
    """
    found = tuple(plain)
    total = sum(estimate.n for estimate in found)
    if precision is None or not total:
        return ()
    base = round(sum(estimate.rate * estimate.n for estimate in found) / total, 3)
    return tuple(_corrected(estimate, precision, base) for estimate in found if estimate.n >= _FEWEST_CLAIMS)


def _corrected(estimate: Estimate, precision: Precision, base: float) -> Estimate:
    # What the interval is worth in claims: shrinkage and stories are in it already.
    width = max(estimate.high80 - estimate.low80, 1e-3)
    claims = estimate.rate * (1.0 - estimate.rate) * (2.0 * _HALF_80 / width) ** 2
    rate, worth = round(estimate.rate, 3), float(round(claims)) if claims < 200 else float(round(claims, -1))
    wide, narrow = (_attenuated(rate, worth, precision, base, level) for level in (0.95, 0.80))
    return replace(
        estimate,
        estimate_id=key("estimate", estimate.subject_kind, estimate.subject, METHOD, estimate.as_of),
        method=METHOD,
        rate=wide.rate,
        low95=min(wide.low, narrow.low),
        low80=narrow.low,
        high80=narrow.high,
        high95=max(wide.high, narrow.high),
        verdict="",
    )


@lru_cache(maxsize=65536)
def _attenuated(rate: float, worth: float, precision: Precision, base: float, level: float) -> Corrected:
    return attenuate(rate, precision, base, n=worth, level=level)
