import numpy as np
import pandas as pd
import pytest

from claims.records import PhraseProbability
from claims.scoring.phrases import phrase_worth
from claims.scoring.standards import claim_probability, lookup, standards, standards_for

NAMES = ["survey", "icd203", "ipcc"]


def mid(phrase, standard="survey"):
    worth = lookup(phrase, standard)
    return None if worth is None else round(worth.mid, 4)


def test_the_table_is_in_order():
    rows = standards()
    assert {row.standard for row in rows} == set(NAMES)
    assert all(0 <= row.low <= row.mid <= row.high <= 1 and row.origin for row in rows)
    assert len({(row.standard, row.phrase) for row in rows}) == len(rows)
    assert all(row.phrase == row.phrase.lower() for row in rows)


@pytest.mark.parametrize("row", standards(), ids=lambda row: f"{row.standard}-{row.phrase}")
def test_every_row_is_found_under_its_own_wording(row):
    assert lookup(row.phrase, row.standard) == row


@pytest.mark.parametrize("standard", NAMES)
@pytest.mark.parametrize(
    "phrase", ["may", "might", "could", "possible", "possibly", "it is possible that", "may well", "very possible"]
)
def test_possibility_has_no_number_in_any_standard(phrase, standard):
    assert lookup(phrase, standard) is None


@pytest.mark.parametrize(
    "phrase", ["", "to", "expects", "reportedly", "no doubt", "little doubt", "not", "very", "very very"]
)
def test_what_no_standard_covers_has_no_number(phrase):
    assert [lookup(phrase, standard) for standard in NAMES] == [None] * 3


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("Likely", 0.7),
        ("is likely to", 0.7),
        ("will probably", 0.75),
        ("doubts", 0.25),
        ("doubted that", 0.25),
        ("believes", 0.7),
        ("almost certain", 0.95),
        ("very likely", 0.9),  # readers' own number for "highly likely", not the rule's .85
        ("isn’t likely", 0.2),  # "unlikely", not the mirror image of "likely"
        ("not very likely", 0.2),
        ("probably won't", 0.265),
        ("fifty-fifty", 0.5),
        ("very improbable", 0.075),
        ("extremely likely", 0.95),
        ("extremely unlikely", 0.025),
        ("somewhat likely", 0.6),
        ("somewhat unlikely", 0.35),
        ("very very unlikely", 0.0250),
    ],
)
def test_phrases_with_modifiers(phrase, said):
    assert mid(phrase) == pytest.approx(said)


def test_the_rule_for_modifiers_predicts_what_readers_say():
    # Mosteller and Youtz: halfway to the boundary; negation halves and crosses over.
    only = tuple(
        row for row in standards() if row.standard == "survey" and row.phrase in {"likely", "unlikely", "probable"}
    )
    assert lookup("very likely", table=only).mid == pytest.approx(0.85)
    assert lookup("very unlikely", table=only).mid == pytest.approx(0.10)
    assert lookup("not probable", table=only).mid == pytest.approx(0.15)
    for phrase, readers in (("very likely", 0.90), ("very unlikely", 0.05), ("not probable", 0.15)):
        assert lookup(phrase, table=only).mid == pytest.approx(readers, abs=0.051)


@pytest.mark.parametrize("standard", NAMES)
def test_modifiers_keep_the_order_of_the_phrases(standard):
    ladder = [mid(p, standard) for p in ("extremely unlikely", "very unlikely", "unlikely", "somewhat unlikely")]
    ladder += [mid(p, standard) for p in ("somewhat likely", "likely", "very likely", "extremely likely")]
    assert ladder == sorted(ladder)
    assert ladder[3] < 0.5 < ladder[4]


def test_a_denied_doubt_gets_no_number():
    assert [lookup("not unlikely", standard) for standard in NAMES] == [None] * 3


def test_an_unknown_standard_is_refused():
    with pytest.raises(ValueError, match="kent"):
        lookup("likely", "kent")


def test_a_doubt_holds_up_when_the_thing_does_not_happen():
    doubt = claim_probability("doubts", "negative")
    assert (doubt.low, doubt.mid, doubt.high) == pytest.approx((0.67, 0.75, 0.85))
    assert claim_probability("doubts", "positive").mid == 0.25
    # "Will likely not": the likelihood is that of the negative claim itself.
    assert claim_probability("likely", "negative").mid == 0.7
    assert claim_probability("may", "negative") is None


def test_a_table_can_be_made_for_the_wordings_as_printed():
    rows = {(row.standard, row.phrase): row.mid for row in standards_for(["Doubts", "very unlikely", "may", "likely"])}
    assert rows["survey", "doubts"] == 0.25
    assert ("icd203", "doubts") not in rows
    assert rows["ipcc", "likely"] == 0.83
    assert not any(phrase == "may" for _, phrase in rows)
    assert set(rows) >= {(row.standard, row.phrase) for row in standards()}


def claims(phrase, values, polarity="positive"):
    return pd.DataFrame({"modality_phrase": phrase, "value": values, "polarity": polarity})


def worth_of(table, phrase, standard="survey"):
    return table[(table["phrase"] == phrase) & (table["standard"] == standard)].iloc[0]


def test_a_phrase_starts_from_the_standard_and_ends_at_its_record():
    few = worth_of(phrase_worth(claims("likely", [1.0]), standards()), "likely")
    assert few["worth"] == pytest.approx((0.7 * 5 + 1) / 6)
    many = worth_of(phrase_worth(claims("likely", [1.0] * 100 + [0.0] * 900), standards()), "likely")
    assert many["worth"] == pytest.approx(0.1, abs=0.01)
    assert many["high80"] - many["low80"] < few["high80"] - few["low80"]
    assert (few["said"], few["n"], few["rate"]) == (0.7, 1, 1.0)


def test_a_wide_standard_weighs_less_than_five_claims():
    wide = (PhraseProbability(standard="w", phrase="perchance so", low=0.1, mid=0.5, high=0.9, origin="test"),)
    found = worth_of(phrase_worth(claims("perchance so", [1.0]), wide), "perchance so", "w")
    assert found["worth"] == pytest.approx((0.5 * 1 + 1) / 2)


def test_phrases_are_one_in_any_case_and_apart_by_polarity():
    frame = pd.concat(
        [claims("Expects", [1, 0.5]), claims("expects ", [1]), claims("doubts", [1, 1], "negative"), claims(None, [1])]
    )
    table = phrase_worth(frame.assign(value=frame["value"].astype(float)), standards())
    assert worth_of(table, "expects")["n"] == 3
    assert np.isnan(worth_of(table, "expects")["said"])
    assert worth_of(table, "expects")["worth"] == pytest.approx(3.5 / 5)
    assert worth_of(table, "doubts")["said"] == pytest.approx(0.75)
    assert len(table) == 2 * len(NAMES)
    assert (table["low95"] <= table["low80"]).all()
    assert (table["low80"] <= table["worth"]).all()
    assert (table["worth"] <= table["high80"]).all()
    assert (table["high80"] <= table["high95"]).all()


def test_no_claims_give_an_empty_table_with_its_columns():
    table = phrase_worth(claims("likely", []), standards())
    assert table.empty
    assert "worth" in table.columns
    with pytest.raises(ValueError, match="modality_phrase"):
        phrase_worth(pd.DataFrame({"value": [1.0]}), standards())
