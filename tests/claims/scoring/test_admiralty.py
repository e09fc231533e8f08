from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.records import Estimate
from claims.scoring.admiralty import credibility, reliability

BASE = Estimate(
    estimate_id="e",
    subject_kind="claimant",
    subject="a",
    as_of=datetime(2026, 1, 1, tzinfo=UTC),
    method="m",
    n=40,
    rate=0.8,
    low80=0.7,
    high80=0.9,
    low95=0.6,
    high95=0.95,
    verdict="no evidence of difference",
)


@pytest.mark.parametrize(
    ("rate", "letter"),
    [(0.95, "A"), (0.9, "A"), (0.89, "B"), (0.75, "B"), (0.6, "C"), (0.3, "D"), (0.1, "E"), (0, "E")],
)
def test_letters_follow_the_rate(rate, letter):
    assert reliability(replace(BASE, rate=rate, low80=max(rate - 0.1, 0), high80=min(rate + 0.1, 1))) == letter


def test_few_claims_or_a_wide_interval_cannot_be_judged():
    assert reliability(replace(BASE, n=4)) == "F"
    assert reliability(replace(BASE, n=5)) == "B"
    assert reliability(BASE, n_effective=4.9) == "F"
    assert reliability(replace(BASE, low80=0.4, high80=0.85)) == "F"
    # Also about one half: ignorance is no coin flip.
    assert reliability(replace(BASE, rate=0.5, n=0, low80=0.1, high80=0.9)) == "F"


def test_completely_reliable_needs_more_than_a_promise():
    assert reliability(replace(BASE, rate=0.91, low80=0.74, high80=0.98)) == "B"


@pytest.mark.parametrize(
    ("probability", "origins", "figure"),
    [(0.9, 2, "1"), (0.9, 1, "2"), (0.9, 0, "2"), (0.6, 5, "3"), (0.3, 5, "4"), (0.1, 5, "5"), (None, 9, "6")],
)
def test_figures_follow_the_probability_and_the_origins(probability, origins, figure):
    assert credibility(probability, n_origins=origins) == figure


def test_an_impossible_probability_is_refused():
    with pytest.raises(ValueError, match="probability"):
        credibility(1.1, n_origins=1)
