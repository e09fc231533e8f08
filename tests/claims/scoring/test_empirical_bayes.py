import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln
from scipy.stats import beta

from claims.scoring.empirical_bayes import Prior, fit_prior, interval, posterior, tails

KNOWN = Prior(a=6.0, b=4.0, method="known", n_subjects=0)

halves = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, 2 * n).map(lambda k: k / 2), st.just(n)))
subjects = st.lists(halves, max_size=25)


def columns(pairs):
    return np.array([k for k, _ in pairs], dtype=float), np.array([n for _, n in pairs], dtype=float)


def simulated(random, *, a, b, subjects, mean_claims):
    rates = random.beta(a, b, subjects)
    n = random.geometric(1 / mean_claims, subjects)
    return rates, random.binomial(n, rates), n


def test_a_known_prior_gives_the_textbook_beta():
    post = posterior(KNOWN, [7.0, 0.0], [10, 0])
    assert post.mean == pytest.approx([13 / 20, 0.6])
    low, high = interval(post, 0.95)
    assert low == pytest.approx(beta.ppf(0.025, [13, 6], [7, 4]))
    assert high == pytest.approx(beta.ppf(0.975, [13, 6], [7, 4]))
    below, above = tails(post, reference=0.6, margin=0.05)
    assert below == pytest.approx(beta.cdf(0.55, [13, 6], [7, 4]))
    assert above == pytest.approx(beta.sf(0.65, [13, 6], [7, 4]))


def test_many_subjects_recover_the_prior_they_were_drawn_from():
    _, k, n = simulated(np.random.default_rng(5), a=4.3, b=3.5, subjects=4000, mean_claims=8)
    prior = fit_prior(k, n)
    assert prior.mean == pytest.approx(4.3 / 7.8, abs=0.01)
    assert prior.strength == pytest.approx(7.8, rel=0.15)
    assert prior.n_subjects == 4000


def test_the_fit_is_a_maximum_of_the_marginal_likelihood_when_data_are_many():
    _, k, n = simulated(np.random.default_rng(6), a=9.8, b=2.4, subjects=3000, mean_claims=10)
    prior = fit_prior(k, n)

    def likelihood(a, b):
        return float(np.sum(betaln(k + a, n - k + b) - betaln(a, b)))

    best = likelihood(prior.a, prior.b)
    for a, b in ((0.9, 0.9), (1.1, 1.1), (1.1, 0.9), (0.9, 1.1), (1.05, 1.0), (1.0, 1.05)):
        assert likelihood(prior.a * a, prior.b * b) < best


def test_equal_rates_make_the_prior_strong_and_unequal_ones_weak():
    n = np.full(200, 40)
    alike, unlike = fit_prior(np.full(200, 20), n), fit_prior(np.tile([2, 38], 100), n)
    assert alike.strength > 300
    assert unlike.strength < 2
    assert (alike.mean, unlike.mean) == pytest.approx((0.5, 0.5))


def test_one_claim_each_cannot_show_a_spread_so_the_usual_one_is_assumed():
    prior = fit_prior(np.tile([1, 1, 0], 100), np.ones(300))
    assert prior.strength == pytest.approx(10.0, rel=0.01)
    assert prior.mean == pytest.approx(201 / 302, abs=1e-3)


@pytest.mark.parametrize(
    ("k", "n"),
    [([], []), ([0], [0]), ([4], [4]), ([0], [500]), ([9] * 30, [9] * 30), ([0.5], [1]), ([3, 3, 3], [6, 6, 6])],
)
def test_degenerate_data_give_a_proper_prior_and_finite_intervals(k, n):
    prior = fit_prior(k, n)
    assert 0 < min(prior.a, prior.b) <= max(prior.a, prior.b) < np.inf
    low, high = interval(posterior(prior, k, n), 0.95)
    assert ((low >= 0) & (low < high) & (high <= 1)).all()


@pytest.mark.parametrize(("k", "n"), [([2], [1]), ([-1], [1]), ([np.nan], [1]), ([1, 1], [1]), ([[1]], [[1]])])
def test_impossible_counts_are_refused(k, n):
    with pytest.raises(ValueError, match="successes"):
        fit_prior(k, n)


@settings(max_examples=60, deadline=None)
@given(subjects)
def test_an_interval_holds_its_estimate_and_lies_within_the_wider_one(pairs):
    k, n = columns(pairs)
    post = posterior(fit_prior(k, n), k, n)
    low80, high80 = interval(post, 0.8)
    low95, high95 = interval(post, 0.95)
    assert ((low95 <= low80) & (low80 <= post.mean) & (post.mean <= high80) & (high80 <= high95)).all()
    assert ((low95 >= 0) & (high95 <= 1)).all()


@settings(max_examples=60, deadline=None)
@given(subjects)
def test_an_estimate_lies_between_its_own_rate_and_the_prior_mean(pairs):
    k, n = columns(pairs)
    prior = fit_prior(k, n)
    raw = np.divide(k, n, out=np.full(k.shape, prior.mean), where=n > 0)
    estimate = posterior(prior, k, n).mean
    assert (estimate >= np.minimum(raw, prior.mean) - 1e-12).all()
    assert (estimate <= np.maximum(raw, prior.mean) + 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(halves, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_the_subjects_does_not_matter(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert fit_prior(*columns(shuffled)) == fit_prior(*columns(pairs))


@settings(deadline=None)
@given(st.integers(1, 50), st.integers(0, 50), st.integers(2, 6))
def test_more_claims_at_the_same_rate_narrow_the_interval(n, k, times):
    k = min(k, n)
    low, high = interval(posterior(KNOWN, [k, k * times], [n, n * times]), 0.8)
    # Towards 0 and 1 the beta narrows whatever the count; the law holds for the deviation in any case.
    post = posterior(KNOWN, [k, k * times], [n, n * times])
    assert (post.a + post.b)[1] > (post.a + post.b)[0]
    if k * 2 == n:
        assert (high - low)[1] < (high - low)[0]


def test_a_prior_learned_from_few_subjects_widens_the_intervals_and_moves_no_estimate():
    k, n = np.array([3.0, 1.0, 8.0]), np.array([5.0, 6.0, 9.0])
    learned = fit_prior(k, n)
    taken_as_known = Prior(a=learned.a, b=learned.b, method="known", n_subjects=3)
    wide, narrow = posterior(learned, k, n), posterior(taken_as_known, k, n)
    assert wide.mean == pytest.approx(narrow.mean)
    assert (interval(wide, 0.8)[0] < interval(narrow, 0.8)[0]).all()
    assert (interval(wide, 0.8)[1] > interval(narrow, 0.8)[1]).all()


@pytest.mark.parametrize(("a", "b"), [(4.3, 3.5), (9.8, 2.4)])
@pytest.mark.parametrize("number", [2, 10, 100])
def test_intervals_cover_as_often_as_they_say(a, b, number):
    random = np.random.default_rng(11)
    covered = {0.8: 0, 0.95: 0}
    runs = max(10, 600 // number)
    for _ in range(runs):
        rates, k, n = simulated(random, a=a, b=b, subjects=number, mean_claims=7)
        post = posterior(fit_prior(k, n), k, n)
        for level in covered:
            low, high = interval(post, level)
            covered[level] += int(((low <= rates) & (rates <= high)).sum())
    # Three standard errors of the simulation (subjects of a run share their prior) and the known shortfall.
    assert covered[0.8] / (runs * number) == pytest.approx(0.8, abs=0.06)
    assert covered[0.95] / (runs * number) == pytest.approx(0.95, abs=0.04)
