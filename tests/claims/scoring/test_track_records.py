from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.scoring.bounds import Precision, attenuate, manski_bounds
from claims.scoring.gate import ABOVE, BELOW, NO_EVIDENCE, verdicts
from claims.scoring.records import (
    OUTCOME_VALUE,
    bounds_by_subject,
    horizon_rule,
    outcome_values,
    score_subjects,
)
from claims.vocabulary import Outcome

AS_OF = datetime(2026, 6, 30, tzinfo=UTC)


def claims(**subjects):
    rows = [(subject, value) for subject, values in subjects.items() for value in values]
    return pd.DataFrame(rows, columns=["subject", "value"])


def scored(frame):
    return score_subjects(frame, subject_kind="outlet", as_of=AS_OF)


def due(*rows):
    return pd.DataFrame(rows, columns=["claim_id", "due_latest", "outcome"])


def test_every_outcome_has_its_place_in_the_scoring():
    assert set(OUTCOME_VALUE) == set(Outcome)


def test_outcomes_score_as_the_design_says():
    outcomes = pd.Series([*Outcome, None])
    values = dict(zip([*Outcome, None], outcome_values(outcomes), strict=True))
    assert (values[Outcome.HELD_UP], values[Outcome.FAILED]) == (1, 0)
    assert (values[Outcome.PARTLY], values[Outcome.HELD_UP_LATE]) == (0.5, 0)
    unscored = {Outcome.VOID, Outcome.SUPERSEDED, Outcome.WITHDRAWN, Outcome.UNDETERMINED, Outcome.UNRESOLVABLE, None}
    assert {outcome for outcome, value in values.items() if np.isnan(value)} == unscored


def test_partly_and_late_can_be_asked_about_both_ways():
    outcomes = pd.Series(["partly", "held_up_late"])
    assert outcome_values(outcomes, partly=0.0, late=1.0).tolist() == [0, 1]
    assert outcome_values(outcomes, partly=1.0).tolist() == [1, 0]


def test_an_outcome_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="kept"):
        outcome_values(pd.Series(["held_up", "kept"]))


def test_the_horizon_rule_waits_for_the_horizon_and_the_lag_however_early_the_outcome():
    frame = due(
        ("long due", AS_OF - timedelta(days=40), "failed"),
        ("due to the day", AS_OF - timedelta(days=14), "held_up"),
        ("in the lag", AS_OF - timedelta(days=13), "held_up"),
        ("held up early", AS_OF + timedelta(days=100), "held_up"),
        ("no horizon", None, "held_up"),
        ("due, not judged", AS_OF - timedelta(days=40), None),
        ("due, undetermined", AS_OF - timedelta(days=40), "undetermined"),
    )
    kept = horizon_rule(frame, as_of=AS_OF)
    assert kept["claim_id"].tolist() == ["long due", "due to the day", "due, not judged", "due, undetermined"]
    assert kept["value"].tolist()[:2] == [0, 1]
    assert kept["value"].isna().tolist() == [False, False, True, True]
    assert len(horizon_rule(frame, as_of=AS_OF, lag_days=13)) == 5
    assert "value" not in frame.columns


def test_the_horizon_rule_takes_out_the_bias_that_early_successes_bring():
    random = np.random.default_rng(2)
    made = AS_OF - timedelta(days=200) + pd.to_timedelta(random.integers(0, 200, 20_000), unit="D")
    horizon = random.integers(10, 120, 20_000)
    holds = random.random(20_000) < 0.3
    # What holds up is known some time before its horizon; what fails, only when the horizon has passed.
    known = made + pd.to_timedelta(np.where(holds, random.random(20_000) * horizon, horizon), unit="D")
    frame = pd.DataFrame({"due_latest": made + pd.to_timedelta(horizon, unit="D"), "outcome": "failed", "subject": "a"})
    frame.loc[holds, "outcome"] = "held_up"
    naive = holds[known <= AS_OF].mean()
    fair = horizon_rule(frame, as_of=AS_OF, lag_days=0)["value"].mean()
    assert naive > 0.34
    assert fair == pytest.approx(0.3, abs=0.015)


def test_a_naive_date_or_a_missing_column_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        horizon_rule(due(), as_of=datetime(2026, 6, 30))  # noqa: DTZ001 - the refusal is the point
    with pytest.raises(ValueError, match="outcome"):
        horizon_rule(due().drop(columns="outcome"), as_of=AS_OF)
    with pytest.raises(ValueError, match="subject"):
        scored(pd.DataFrame({"value": [1.0]}))
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        scored(claims(a=[2.0]))


def test_no_claims_give_no_estimates():
    assert scored(claims()) == ()
    assert scored(claims(a=[np.nan])) == ()


def test_one_estimate_a_subject_in_order_with_its_count():
    estimates = scored(claims(b=[1, 0, 0.5], a=[1, np.nan]))
    assert [(e.subject, e.n) for e in estimates] == [("a", 1), ("b", 3)]
    assert all(e.subject_kind == "outlet" and e.as_of == AS_OF for e in estimates)
    assert len({e.estimate_id for e in estimates}) == 2


def test_the_same_claims_give_the_same_estimates_in_any_order_and_time_zone():
    random = np.random.default_rng(4)
    frame = pd.DataFrame({"subject": random.integers(0, 30, 400).astype(str), "value": random.integers(0, 3, 400) / 2})
    elsewhere = AS_OF.astimezone(tz=datetime.now().astimezone().tzinfo)
    again = score_subjects(frame.sample(frac=1, random_state=1), subject_kind="outlet", as_of=elsewhere)
    assert again == scored(frame)


def test_one_subject_is_never_above_or_below_its_peers():
    assert scored(claims(only=[1] * 400))[0].verdict == NO_EVIDENCE
    assert scored(claims(only=[0] * 400))[0].verdict == NO_EVIDENCE


def test_the_gate_is_silent_on_noise():
    random = np.random.default_rng(9)
    n = random.geometric(0.05, 400)
    frame = pd.DataFrame({"subject": np.repeat(np.arange(400), n), "value": (random.random(n.sum()) < 0.6) * 1.0})
    raw = frame.groupby("subject")["value"].mean()
    assert ((raw - 0.6).abs() > 0.05).mean() > 0.5
    assert sum(e.verdict != NO_EVIDENCE for e in scored(frame)) <= 2


def test_the_gate_speaks_where_a_subject_stands_out():
    random = np.random.default_rng(10)
    peers = {f"peer {i}": (random.random(60) < 0.6) * 1.0 for i in range(40)}
    found = {e.subject: e.verdict for e in scored(claims(**peers, sure=[1] * 80, wrong=[0] * 80))}
    assert found.pop("sure") == ABOVE
    assert found.pop("wrong") == BELOW
    assert sum(verdict != NO_EVIDENCE for verdict in found.values()) <= 2


def test_a_wide_posterior_on_both_sides_is_no_evidence():
    assert verdicts([0.5, 0.05, 0.92], [0.45, 0.9, 0.0]).tolist() == [NO_EVIDENCE, ABOVE, BELOW]
    with pytest.raises(ValueError, match="half"):
        verdicts([0.5], [0.5], certainty=0.5)


def test_claims_of_one_story_say_less_than_claims_of_many():
    alone = pd.DataFrame({"subject": np.repeat(np.arange(20), 12), "value": np.tile([1.0, 1, 1, 0], 60)})
    alone["story_id"] = np.arange(len(alone))
    together = alone.assign(story_id=alone["subject"], value=np.repeat(np.tile([1.0, 1, 1, 0], 5), 12))
    for one, other in zip(scored(alone), scored(alone.drop(columns="story_id")), strict=True):
        assert one == other
    plain = scored(together.drop(columns="story_id"))
    for clustered, naive in zip(scored(together), plain, strict=True):
        assert clustered.n == naive.n == 12
        assert clustered.high95 - clustered.low95 > naive.high95 - naive.low95


def test_bounds_in_closed_form():
    assert manski_bounds(3, 5, 5) == (0.3, 0.8)
    assert manski_bounds(2.5, 5, 0) == (0.5, 0.5)
    assert manski_bounds(0, 0, 0) == (0.0, 1.0)
    assert manski_bounds(0, 0, 4) == (0.0, 1.0)
    for impossible in ((3, 2, 0), (-1, 2, 0), (1, 2, -1)):
        with pytest.raises(ValueError, match="bounds"):
            manski_bounds(*impossible)


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_bounds_hold_every_rate_that_the_undetermined_allow(successes, failures, undetermined):
    low, high = manski_bounds(successes, successes + failures, undetermined)
    for held_up in range(undetermined + 1):
        total = successes + failures + undetermined
        if total:
            assert low - 1e-12 <= (successes + held_up) / total <= high + 1e-12


def test_bounds_by_subject_count_the_unjudged_but_not_the_void():
    long_ago = AS_OF - timedelta(days=90)
    outcomes = ["held_up", "failed", "partly", "undetermined", None, "void", "withdrawn"]
    frame = due(*[(str(i), long_ago, outcome) for i, outcome in enumerate(outcomes)], ("7", long_ago, "void"))
    frame["subject"] = ["a"] * 7 + ["b"]
    table = bounds_by_subject(horizon_rule(frame, as_of=AS_OF))
    assert table.loc["a", ["successes", "n", "undetermined", "other"]].tolist() == [1.5, 3, 2, 2]
    assert (table.loc["a", "low"], table.loc["a", "high"]) == manski_bounds(1.5, 3, 2)
    assert table.loc["a", "scorable_share"] == pytest.approx(3 / 7)
    assert (table.loc["b", "low"], table.loc["b", "high"]) == (0, 1)


def test_a_perfect_reader_corrects_nothing_and_a_poor_one_widens():
    perfect = attenuate(0.7, Precision(correct=100_000, checked=100_000), 0.5, n=200)
    poor = attenuate(0.7, Precision(correct=80, checked=100), 0.5, n=200)
    assert perfect.rate == pytest.approx(0.7, abs=1e-4)
    share = 80.5 / 101
    assert poor.rate == pytest.approx((0.7 - (1 - share) * 0.5) / share)
    assert poor.low < poor.rate < poor.high
    assert poor.high - poor.low > perfect.high - perfect.low


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.integers(1, 50), st.integers(0, 50), st.floats(0, 1), st.integers(0, 300))
def test_a_corrected_rate_lies_in_its_interval_and_in_the_unit_interval(rate, checked, wrong, base, n):
    precision = Precision(correct=max(checked - wrong, 0), checked=checked)
    corrected = attenuate(rate, precision, base, n=n)
    assert 0 <= corrected.low <= corrected.rate <= corrected.high <= 1


def test_an_unmeasured_precision_is_refused():
    with pytest.raises(ValueError, match="checked"):
        Precision(correct=0, checked=0)
    with pytest.raises(ValueError, match="rates"):
        attenuate(1.2, Precision(correct=1, checked=1), 0.5, n=3)


@pytest.mark.slow
def test_the_correction_covers_the_true_rate():
    random = np.random.default_rng(12)
    covered = 0
    for _ in range(400):
        true, precise = 0.8, 0.85
        right = random.random(150) < precise
        observed = np.where(right, random.random(150) < true, random.random(150) < 0.4).mean()
        corrected = attenuate(
            float(observed), Precision(correct=int(random.binomial(120, precise)), checked=120), 0.4, n=150, level=0.9
        )
        covered += corrected.low <= true <= corrected.high
    assert covered / 400 == pytest.approx(0.9, abs=0.045)
