"""BM25 over an inverted index: rare words count, ties are stable, and a fixed index forgets its company."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.candidates import K1, B, build_index, fixed_index, search

DOCUMENTS = [["peru", "quake", "road"], ["peru", "vote"], ["bank", "rate", "rate", "rise"], ["bank", "strike"]]


def found(documents: list[list[str]], query: list[str], k: int = 10) -> list[tuple[int, float]]:
    ((numbers, scores),) = search(build_index(documents), [query], k=k)
    return [(int(number), float(score)) for number, score in zip(numbers, scores, strict=True)]


def test_scores_are_those_of_okapi() -> None:
    mean = sum(map(len, DOCUMENTS)) / 4
    idf = math.log1p((4 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 4 / mean))
    assert found(DOCUMENTS, ["rate"]) == [(2, pytest.approx(expected))]


def test_best_first_and_nothing_that_shares_no_word() -> None:
    assert [number for number, _ in found(DOCUMENTS, ["peru", "quake"])] == [0, 1]
    assert found(DOCUMENTS, ["unheard"]) == []
    assert found(DOCUMENTS, ["peru", "bank"], k=1)[0][0] in {1, 3}


def test_only_what_is_allowed_is_returned_and_counted() -> None:
    ((numbers, _),) = search(build_index(DOCUMENTS), [["peru"]], k=1, allowed=lambda _, documents: documents != 1)
    assert numbers.tolist() == [0]


def test_nothing_in_nothing_out() -> None:
    assert next(search(build_index([]), [["peru"]], k=3))[0].tolist() == []
    assert list(search(build_index(DOCUMENTS), [], k=3)) == []


WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=12), WORDS)
def test_the_index_agrees_with_scoring_every_document(documents: list[list[str]], query: list[str]) -> None:
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in set(query):
            holding = sum(term in other for other in documents)
            tf = document.count(term)
            idf = math.log1p((len(documents) - holding + 0.5) / (holding + 0.5))
            score += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(document) / max(mean, 1.0)))
        scores.append(score)
    expected = sorted((s for s in scores if s > 0), reverse=True)
    np.testing.assert_allclose([score for _, score in found(documents, query, k=20)], expected)


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(WORDS, max_size=8), WORDS)
def test_further_documents_change_no_score_of_a_fixed_index(
    documents: list[list[str]], further: list[list[str]], query: list[str]
) -> None:
    def scores(given: list[list[str]]) -> dict[int, float]:
        ((numbers, values),) = search(fixed_index(given, lambda term: 1.0 + ord(term) / 7), [query], k=50)
        return {int(n): float(v) for n, v in zip(numbers, values, strict=True) if n < len(documents)}

    assert scores(documents) == pytest.approx(scores([*documents, *further]))
