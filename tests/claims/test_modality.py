"""The modality phrase and its class."""

import pytest

from claims.modality import phrase_of, read_modality
from claims.vocabulary import Kind, Modality


@pytest.mark.parametrize(
    ("cue", "content", "modality", "phrase"),
    [
        ("expects", "growth to slow", Modality.LIKELY, "expects"),
        ("said", "growth will slow", Modality.CERTAIN, "will"),
        ("said", "growth may slow", Modality.POSSIBLE, "may"),
        ("said", "growth is unlikely to slow", Modality.UNLIKELY, "unlikely"),
        ("doubts", "that growth will slow", Modality.UNLIKELY, "doubts"),
        ("predicted", "that growth will slow", Modality.LIKELY, "predicted"),
        ("said", "there is little doubt that growth will slow", Modality.LIKELY, "little doubt"),
        ("said", "growth is set to slow", Modality.LIKELY, "set to"),
        ("said", "growth could slow", Modality.POSSIBLE, "could"),
        ("warned", "growth might slow", Modality.POSSIBLE, "might"),
    ],
)
def test_predictions(cue: str, content: str, modality: Modality, phrase: str) -> None:
    assert read_modality(cue, content, Kind.PREDICTION) == (modality, phrase)


def test_the_month_is_no_modal() -> None:
    assert phrase_of("the bridge opens in May", Modality.POSSIBLE) is None
    assert phrase_of("the bridge may open", Modality.POSSIBLE) == "may"


@pytest.mark.parametrize("kind", [Kind.OPINION, Kind.NONE])
def test_opinions_have_no_modality(kind: Kind) -> None:
    assert read_modality("expects", "growth will probably slow", kind) == (Modality.NONE, None)


def test_a_plain_fact_has_none_and_a_hedged_one_has_its_hedge() -> None:
    assert read_modality("said", "growth slowed", Kind.FACT) == (Modality.NONE, None)
    assert read_modality("believes", "growth slowed", Kind.FACT) == (Modality.LIKELY, "believes")
    assert read_modality("said", "growth probably slowed", Kind.FACT) == (Modality.LIKELY, "probably")


def test_intentions_are_certain_unless_weighed() -> None:
    assert read_modality("plans", "to sell", Kind.INTENTION)[0] == Modality.CERTAIN
    assert read_modality("might", "sell", Kind.INTENTION) == (Modality.POSSIBLE, "might")
