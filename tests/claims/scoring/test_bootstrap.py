import numpy as np
import pandas as pd
import pytest

from claims.scoring.bootstrap import bootstrap, bootstrap_rate, effective_share


def stories(seed, *, number, size, shared):
    """Values of claims in stories: a share of the stories' claims have all one fate."""
    random = np.random.default_rng(seed)
    fate = np.repeat(random.random(number) < 0.6, size)
    own = random.random(number * size) < 0.6
    follows = random.random(number * size) < shared
    return np.where(follows, fate, own) * 1.0, np.repeat(np.arange(number), size)


def test_with_a_story_each_it_is_the_usual_bootstrap():
    values, _ = stories(1, number=400, size=1, shared=0.0)
    found = bootstrap_rate(values, np.arange(400))
    error = np.sqrt(found.value * (1 - found.value) / 400)
    assert found.value == values.mean()
    assert (found.low, found.high) == pytest.approx((found.value - 1.96 * error, found.value + 1.96 * error), abs=0.006)


def test_shared_fate_widens_the_interval_as_theory_says():
    values, story = stories(2, number=200, size=5, shared=1.0)
    by_story, by_claim = bootstrap_rate(values, story), bootstrap_rate(values, np.arange(values.size))
    assert (by_story.high - by_story.low) / (by_claim.high - by_claim.low) == pytest.approx(5**0.5, rel=0.12)
    assert by_story.stories == 200


def test_intervals_cover_the_rate():
    covered = 0
    for seed in range(200):
        values, story = stories(300 + seed, number=60, size=4, shared=0.9)
        found = bootstrap_rate(values, story, draws=300)
        covered += found.low <= 0.6 <= found.high
    assert covered / 200 == pytest.approx(0.95, abs=0.05)


def test_the_same_seed_gives_the_same_interval_whatever_the_names():
    values, story = stories(3, number=30, size=3, shared=0.5)
    named = np.array([f"story {i:03}" for i in story])
    assert bootstrap_rate(values, story) == bootstrap_rate(values, named)
    assert bootstrap_rate(values, story, seed=1) != bootstrap_rate(values, story, seed=2)


def test_any_statistic_of_weights_will_do():
    values, story = stories(4, number=80, size=3, shared=0.5)
    group = np.arange(values.size) % 2 == 0

    def difference(weights):
        return np.average(values[group], weights=weights[group]) - np.average(values[~group], weights=weights[~group])

    found = bootstrap(story, difference)
    assert found.low < found.value < found.high


def test_one_story_has_no_interval_and_none_no_value():
    alone = bootstrap_rate([1.0, 0.0], ["s", "s"])
    assert alone.value == 0.5
    assert np.isnan([alone.low, alone.high]).all()
    with pytest.raises(ValueError, match="nothing"):
        bootstrap_rate([], [])


def frame(values, story, subject):
    return pd.DataFrame({"subject": subject, "value": values, "story_id": story})


def test_independent_claims_count_in_full_and_shared_fates_once():
    values, story = stories(5, number=600, size=4, shared=1.0)
    together = effective_share(frame(values, story, story % 20))
    assert together.to_numpy() == pytest.approx(np.full(20, 0.25), abs=0.02)
    values, story = stories(6, number=600, size=4, shared=0.0)
    apart = effective_share(frame(values, story, story % 20))
    assert (apart > 0.85).all()
    alone = effective_share(frame(values, np.arange(values.size), story % 20))
    assert (alone == 1).all()


def test_a_claim_without_a_story_stands_alone():
    mixed = frame([1.0, 1, 1, 1, np.nan], ["s", "s", None, None, "s"], ["a", "a", "b", "b", "b"])
    share = effective_share(mixed)
    assert share["a"] < 1
    assert share["b"] == 1


def test_few_stories_are_taken_to_share_some_fate():
    share = effective_share(frame([1.0, 0.0], ["s", "s"], ["a", "a"]))
    assert 0.5 < share["a"] < 0.9
    assert effective_share(frame([], [], [])).empty
    with pytest.raises(ValueError, match="story_id"):
        effective_share(pd.DataFrame({"subject": [], "value": []}))
