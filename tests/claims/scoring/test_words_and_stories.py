"""What wordings were worth, whether their numbers were right, stories drawn anew, and rates without our misreadings."""

import numpy as np
import pandas as pd
import pytest
from builders import day
from hypothesis import given
from hypothesis import strategies as st

from claims.scoring.bootstrap import bootstrap_rate
from claims.scoring.bounds import Precision
from claims.scoring.calibration import corp
from claims.scoring.misreading import correct_for_misreading
from claims.scoring.records import score_subjects
from claims.scoring.standards import standards_for
from claims.scoring.stories import mean_by_story, score_by_story
from claims.scoring.words import forecasts, score_calibration, score_phrases

AS_OF = day(100)


def worded(rows):
    return pd.DataFrame(rows, columns=["modality_phrase", "polarity", "value", "story_id"])


FRAME = worded(
    [("likely", "positive", float(n % 4 > 0), f"s{n // 2}") for n in range(40)]
    + [("unlikely", "negative", 1.0, f"t{n}") for n in range(10)]
    + [("may", "positive", 1.0, "u")]
)


def test_a_wording_is_worth_what_came_of_it_beside_what_the_survey_says():
    scores = {(s.standard, s.phrase): s for s in score_phrases(FRAME, standards_for(["likely", "may"]), as_of=AS_OF)}
    likely, may = scores["survey", "likely"], scores["survey", "may"]
    assert (likely.n, likely.rate, may.said) == (40, 0.75, None)
    assert likely.low95 < likely.low80 < likely.worth < likely.high80 < likely.high95


def test_the_parts_of_the_score_are_those_of_the_forecasts():
    standards = standards_for(["likely", "unlikely"])
    scores, curve = score_calibration(FRAME, standards, as_of=AS_OF)
    told = forecasts(FRAME, standards, "survey")
    assert len(told) == 50
    brier = next(s for s in scores if (s.standard, s.score) == ("survey", "brier"))
    assert brier.value == pytest.approx(corp(told["p"], told["value"]).score)
    assert brier.value == pytest.approx(brier.mcb - brier.dsc + brier.unc)
    assert brier.low95 < brier.value < brier.high95
    assert brier.n_stories == 30
    points = [point for point in curve if point.standard == "survey"]
    assert sum(point.n for point in points) == 50
    assert [p.recalibrated for p in points] == sorted(p.recalibrated for p in points)
    assert all(point.consistent_low <= point.consistent_high for point in points)


def test_nothing_scored_gives_nothing():
    empty = worded([])
    assert score_calibration(empty, standards_for([]), as_of=AS_OF) == ((), ())
    assert score_phrases(empty, standards_for([]), as_of=AS_OF) == ()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from([0.0, 0.5, 1.0])), min_size=2, max_size=40))
def test_story_intervals_lie_in_the_unit_interval_and_enclose_each_other(rows):
    frame = pd.DataFrame({"subject": "x", "story_id": [s for s, _ in rows], "value": [v for _, v in rows]})
    found = score_by_story(frame, subject_kind="kind", as_of=AS_OF)
    assert len(found) == int(frame["story_id"].nunique() > 1)
    for estimate in found:
        assert 0 <= estimate.low95 <= estimate.low80 <= estimate.high80 <= estimate.high95 <= 1
        assert estimate.rate == pytest.approx(frame["value"].mean())


def test_many_claims_of_few_stories_are_not_taken_for_many():
    stories = np.repeat(np.arange(10), 10)
    values = np.repeat([1.0, 0.0], 50)
    low, high, n_stories = mean_by_story(values, stories.astype(str).tolist())
    narrow_low, narrow_high, _ = mean_by_story(values, [str(n) for n in range(100)])
    assert n_stories == 10
    assert high - low > 2 * (narrow_high - narrow_low)


def test_the_limit_for_many_stories_is_what_drawing_gives():
    random = np.random.default_rng(3)
    stories = np.repeat(np.arange(900), 3)
    values = (random.random(2700) < np.repeat(random.random(900), 3)).astype(float)
    low, high, _ = mean_by_story(values, stories.astype(str).tolist())
    drawn = bootstrap_rate(values, stories, draws=1000)
    assert (low, high) == pytest.approx((drawn.low, drawn.high), abs=0.01)


def plain(rate, n=40):
    frame = pd.DataFrame(
        {"subject": ["x"] * n + ["y"] * n, "value": [1.0] * round(rate * n) + [0.0] * (n - round(rate * n)) + [0.5] * n}
    )
    return score_subjects(frame, subject_kind="kind", as_of=AS_OF)


def test_taking_our_misreadings_out_moves_a_rate_away_from_the_common_one_and_widens_it():
    before = {estimate.subject: estimate for estimate in plain(0.9)}
    after = {e.subject: e for e in correct_for_misreading(before.values(), Precision(correct=80, checked=100))}
    assert after["x"].rate > before["x"].rate
    assert after["x"].high95 - after["x"].low95 > before["x"].high95 - before["x"].low95 - 0.02
    assert {e.method for e in after.values()} == {"corrected-for-misreading"}


def test_where_nobody_checked_a_reading_nothing_is_corrected():
    assert correct_for_misreading(plain(0.9), None) == ()
    assert correct_for_misreading(plain(1.0, n=3), Precision(correct=9, checked=10)) == ()
