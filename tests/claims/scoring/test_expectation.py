from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from claims.scoring.expectation import METHOD, expected_difference, score_differences
from claims.scoring.gate import ABOVE, BELOW, NO_EVIDENCE
from claims.scoring.records import score_subjects

AS_OF = datetime(2026, 6, 30, tzinfo=UTC)
ENDS = ["low95", "low80", "difference", "high80", "high95"]


def world(seed, *, subjects, spread, mean_claims=14):
    """Claims of known difficulty by subjects of known effect, with the difference that each truly makes."""
    random = np.random.default_rng(seed)
    n = random.geometric(1 / mean_claims, subjects)
    subject = np.repeat(np.arange(subjects), n)
    kind, polarity = random.choice(3, n.sum()), random.choice(2, n.sum())
    days = random.exponential(60, n.sum())
    expected = np.array([0.5, 1.2, -0.5])[kind] - 0.6 * polarity - 0.2 * (np.log1p(days) - 3.5)
    effect = random.normal(0, spread, subjects)[subject] if spread else np.zeros(n.sum())
    frame = pd.DataFrame(
        {
            "subject": [f"s{i:03}" for i in subject],
            "value": (random.random(n.sum()) < expit(expected + effect)) * 1.0,
            "kind": kind.astype(str),
            "polarity": polarity.astype(str),
            "horizon_days": days,
        }
    )
    truth = pd.Series(expit(expected + effect) - expit(expected)).groupby(frame["subject"]).mean()
    return frame, truth


def test_a_source_of_safe_claims_is_not_above_its_peers():
    random = np.random.default_rng(3)

    def of(subject, safe, bold):
        value = np.r_[random.random(safe) < 0.9, random.random(bold) < 0.3] * 1.0
        return pd.DataFrame({"subject": subject, "value": value, "kind": ["fact"] * safe + ["prediction"] * bold})

    frame = pd.concat(
        [*(of(f"peer {i}", 20, 20) for i in range(40)), of("careful", 120, 0), of("daring", 0, 120)], ignore_index=True
    )
    plain = {e.subject: e.verdict for e in score_subjects(frame, subject_kind="claimant", as_of=AS_OF)}
    assert (plain["careful"], plain["daring"]) == (ABOVE, BELOW)
    fair = expected_difference(frame)
    assert fair.loc[["careful", "daring"], "verdict"].tolist() == [NO_EVIDENCE, NO_EVIDENCE]
    assert fair.loc["careful", "expected"] == pytest.approx(0.9, abs=0.04)
    assert fair.loc["daring", "expected"] == pytest.approx(0.3, abs=0.05)


def test_a_source_that_beats_its_claims_difficulty_is_found():
    frame, _ = world(1, subjects=40, spread=0.3)
    lucky = frame.sample(90, random_state=0).assign(subject="prophet", value=1.0)
    wrong = frame.sample(90, random_state=1).assign(subject="contrary", value=0.0)
    table = expected_difference(pd.concat([frame, lucky, wrong], ignore_index=True))
    assert table.loc["prophet", "verdict"] == ABOVE
    assert table.loc["contrary", "verdict"] == BELOW
    assert table.loc["prophet", "p_above"] > 0.99


def test_silent_on_noise():
    frame, _ = world(2, subjects=150, spread=0.0)
    table = expected_difference(frame)
    assert (table["verdict"] == NO_EVIDENCE).mean() >= 0.99


def coverage(*, subjects, spread):
    covered, total = np.zeros(2), 0
    for seed in range(max(3, 300 // subjects)):
        frame, truth = world(100 + seed, subjects=subjects, spread=spread)
        table = expected_difference(frame)
        for i, level in enumerate(("80", "95")):
            covered[i] += ((table["low" + level] <= truth) & (truth <= table["high" + level])).sum()
        total += subjects
    return covered / total


@pytest.mark.parametrize(("subjects", "spread"), [(60, 0.5), (200, 0.5)])
def test_differences_are_covered_as_often_as_the_intervals_say(subjects, spread):
    assert coverage(subjects=subjects, spread=spread) == pytest.approx([0.8, 0.95], abs=0.05)


def test_with_ten_subjects_the_coverage_falls_a_little_short():
    # The normal approximation costs some five points in a hundred here; it must not cost ten.
    found = coverage(subjects=10, spread=0.7)
    assert found[0] > 0.7
    assert found[1] > 0.88


def test_without_forms_the_model_is_a_plain_one_of_subjects():
    frame, _ = world(4, subjects=120, spread=0.8, mean_claims=25)
    bare = frame[["subject", "value"]]
    table = expected_difference(bare)
    plain = pd.Series({e.subject: e.rate for e in score_subjects(bare, subject_kind="x", as_of=AS_OF)})
    assert (table["expected"].max() - table["expected"].min()) == pytest.approx(0, abs=1e-12)
    # Beta and logit-normal priors shrink nearly alike.
    assert (table["difference"] + table["expected"]).to_numpy() == pytest.approx(plain.to_numpy(), abs=0.05)


def test_the_rows_may_come_in_any_order():
    frame, _ = world(5, subjects=25, spread=0.5)
    shuffled = frame.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(expected_difference(frame), expected_difference(shuffled), rtol=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from([0.0, 0.5, 1.0]),
            st.sampled_from(["fact", "prediction", None]),
            st.one_of(st.none(), st.floats(0, 4000)),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_data_give_ordered_finite_intervals(rows):
    frame = pd.DataFrame(rows, columns=["subject", "value", "kind", "horizon_days"]).astype({"horizon_days": float})
    table = expected_difference(frame)
    values = table[ENDS].to_numpy()
    assert np.isfinite(values).all()
    assert (np.diff(values, axis=1) >= -1e-9).all()
    assert (np.abs(values) <= 1).all()
    assert table["n"].sum() == len(frame)
    assert table[["p_below", "p_above"]].sum(axis=1).le(1 + 1e-9).all()


@pytest.mark.parametrize("values", [[], [1.0], [1.0] * 30, [0.0] * 30])
def test_degenerate_data_are_no_error_and_no_evidence(values):
    frame = pd.DataFrame({"subject": ["a"] * len(values), "value": values, "kind": "fact"})
    table = expected_difference(frame)
    assert len(table) == bool(values)
    assert (table["verdict"] == NO_EVIDENCE).all()
    assert len(score_differences(frame, subject_kind="x", as_of=AS_OF)) == bool(values)


def test_a_story_each_changes_nothing():
    frame, _ = world(6, subjects=30, spread=0.5)
    alone = expected_difference(frame.assign(story_id=np.arange(len(frame))))
    pd.testing.assert_frame_equal(alone, expected_difference(frame))


def test_shared_fates_are_not_taken_for_a_subjects_merit():
    frame, _ = world(6, subjects=60, spread=0.0)
    story = frame["subject"] + (frame.groupby("subject").cumcount() // 6).astype(str)
    shared = frame.assign(value=frame.groupby(story)["value"].transform("first"))
    clustered, naive = expected_difference(shared.assign(story_id=story)), expected_difference(shared)
    assert (clustered["n"] == naive["n"]).all()
    assert (naive["verdict"] != NO_EVIDENCE).sum() >= 3
    assert (clustered["verdict"] == NO_EVIDENCE).all()


def test_differences_become_estimates_beside_the_plain_ones():
    frame, _ = world(7, subjects=20, spread=0.6)
    table = expected_difference(frame)
    estimates = score_differences(frame, subject_kind="claimant", as_of=AS_OF)
    overall = frame["value"].mean()
    assert [e.subject for e in estimates] == table.index.tolist()
    assert [e.rate for e in estimates] == pytest.approx((overall + table["difference"]).clip(0, 1).tolist())
    assert all(0 <= e.low95 <= e.low80 <= e.rate <= e.high80 <= e.high95 <= 1 for e in estimates)
    plain = score_subjects(frame, subject_kind="claimant", as_of=AS_OF)
    assert {e.method for e in estimates} == {METHOD}
    assert not {e.estimate_id for e in estimates} & {e.estimate_id for e in plain}


def test_the_horizon_is_taken_from_the_dates_where_it_is_not_given():
    frame, _ = world(8, subjects=20, spread=0.6)
    made = pd.Series(AS_OF, index=frame.index)
    dated = frame.drop(columns="horizon_days").assign(
        made_latest=made, due_latest=made + frame["horizon_days"].map(lambda days: timedelta(days=days))
    )
    given_days = score_differences(frame, subject_kind="x", as_of=AS_OF)
    from_dates = score_differences(dated, subject_kind="x", as_of=AS_OF)
    assert [e.rate for e in from_dates] == pytest.approx([e.rate for e in given_days])


def test_a_subject_is_not_explained_by_its_own_name():
    random = np.random.default_rng(9)
    level = np.repeat(["A1", "A3", "A6", "A7"], 300)
    rate = pd.Series(level).map({"A1": 0.85, "A3": 0.6, "A6": 0.6, "A7": 0.35})
    frame = pd.DataFrame({"subject": level, "anonymity": level, "value": (random.random(1200) < rate) * 1.0})
    found = {e.subject: e.verdict for e in score_differences(frame, subject_kind="anonymity", as_of=AS_OF)}
    assert (found["A1"], found["A7"]) == (ABOVE, BELOW)


def test_impossible_frames_are_refused():
    with pytest.raises(ValueError, match="value"):
        expected_difference(pd.DataFrame({"subject": ["a"]}))
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        expected_difference(pd.DataFrame({"subject": ["a"], "value": [1.5]}))
