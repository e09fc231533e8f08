import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.scoring.calibration import (
    CLIP,
    brier,
    consistency_band,
    corp,
    log_score,
    murphy,
    reliability_curve,
    skill,
)

# Few distinct forecasts, so that ties are common.
forecasts = st.sampled_from([0.0, 0.01, 0.2, 0.35, 0.5, 0.5001, 0.8, 0.99, 1.0])
pairs = st.lists(st.tuples(forecasts, st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=60)


def test_scores_in_closed_form():
    assert brier([0.8, 0.3], [1, 0]) == pytest.approx((0.04 + 0.09) / 2)
    assert log_score([0.8, 0.3], [1, 0]) == pytest.approx(-(np.log(0.8) + np.log(0.7)) / 2)
    assert log_score([1.0], [0]) == pytest.approx(-np.log(CLIP))
    assert skill([0.8, 0.3], [1, 0], [0.5, 0.5]) == pytest.approx(1 - 0.065 / 0.25)
    assert np.isnan(skill([0.5], [1], [1.0]))


def test_corp_by_hand():
    # PAV pools the second and third: 0, 1/2, 1/2, 1.
    parts = corp([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
    recalibrated = (0 + 0.25 + 0.25 + 0) / 4
    assert parts.score == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert parts.mcb == pytest.approx(parts.score - recalibrated)
    assert parts.dsc == pytest.approx(0.25 - recalibrated)
    assert parts.unc == pytest.approx(0.25)
    assert reliability_curve([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])["recalibrated"].tolist() == [0, 0.5, 0.5, 1]


def test_a_constant_forecast_discriminates_nothing_and_perfect_ones_cost_nothing():
    constant = corp([0.3] * 10, [1] * 3 + [0] * 7)
    assert (constant.mcb, constant.dsc) == pytest.approx((0, 0))
    perfect = corp([1, 0, 1], [1, 0, 1])
    assert (perfect.score, perfect.mcb) == (0, 0)
    assert perfect.dsc == pytest.approx(perfect.unc)


def test_murphy_by_hand_and_its_dependence_on_bins():
    p, y = [0.11, 0.13, 0.55, 0.55], [0, 1, 1, 1]
    parts = murphy(p, y, bins=10)
    assert parts.rel == pytest.approx((2 * (0.12 - 0.5) ** 2 + 2 * (0.55 - 1) ** 2) / 4)
    assert parts.res == pytest.approx((2 * (0.5 - 0.75) ** 2 + 2 * (1 - 0.75) ** 2) / 4)
    assert parts.unc == pytest.approx(0.75 * 0.25)
    assert murphy(p, y, bins=1).res == pytest.approx(0)


@settings(max_examples=120, deadline=None)
@given(pairs, st.sampled_from(["brier", "log"]))
def test_corp_adds_up_and_no_part_is_negative(rows, score):
    p, y = np.array(rows).T
    parts = corp(p, y, score=score)
    assert parts.mcb - parts.dsc + parts.unc == pytest.approx(parts.score, abs=1e-9)
    assert min(parts.mcb, parts.dsc, parts.unc) >= 0
    assert parts.n == len(rows)


@settings(deadline=None)
@given(pairs, st.integers(1, 25))
def test_murphy_adds_up(rows, bins):
    p, y = np.array(rows).T
    parts = murphy(p, y, bins=bins)
    assert parts.rel - parts.res + parts.unc + parts.within == pytest.approx(brier(p, y))
    assert min(parts.rel, parts.res, parts.unc) >= 0


@settings(deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_forecasts_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = corp(*np.array(rows).T), corp(*np.array(shuffled).T)
    assert (one.score, one.mcb, one.dsc) == pytest.approx((other.score, other.mcb, other.dsc))


@settings(deadline=None)
@given(pairs)
def test_the_curve_rises_and_recalibrating_again_changes_nothing(rows):
    p, y = np.array(rows).T
    curve = reliability_curve(p, y)
    assert curve["recalibrated"].is_monotonic_increasing
    assert curve["n"].sum() == len(rows)
    recalibrated = curve.set_index("forecast")["recalibrated"].loc[p].to_numpy()
    assert corp(recalibrated, y).mcb == pytest.approx(0, abs=1e-12)


def test_forecasts_that_are_right_stay_in_their_band_and_overconfident_ones_leave_it():
    random = np.random.default_rng(1)
    p = np.round(random.random(1500), 2)
    band = consistency_band(p, draws=200, seed=2)
    honest = reliability_curve(p, (random.random(1500) < p) * 1.0)
    shy = reliability_curve(p, (random.random(1500) < 0.5 + (p - 0.5) / 3) * 1.0)
    inside = [((c["recalibrated"] >= band["low"]) & (c["recalibrated"] <= band["high"])).mean() for c in (honest, shy)]
    assert inside[0] > 0.8
    assert inside[1] < 0.5
    assert consistency_band(p, draws=20, seed=5).equals(consistency_band(p, draws=20, seed=5))


@pytest.mark.parametrize(("p", "y"), [([], []), ([0.5], [1, 0]), ([1.2], [1]), ([0.5], [-1]), ([np.nan], [1])])
def test_impossible_forecasts_are_refused(p, y):
    with pytest.raises(ValueError, match="forecasts"):
        corp(p, y)
    with pytest.raises(ValueError, match="bin"):
        murphy([0.5], [1], bins=0)
