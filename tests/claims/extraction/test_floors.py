"""The extractor does not fall below what it has reached on the gold data that ships with the project.

Floors and known failures are written by tests/benchmarks/floors.py. Lowering a floor, or adding a failure, needs a line
under "Changes to the numbers" in the changelog that says what fell, from what to what, and why.
"""

import json
from typing import Any

import pytest
from floors import CORPORA, FAILURES, FLOORS, articles, digest, is_found, read, sentences, shares

from claims.extraction.extractor import find_relations

_FLOORS: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
_FAILURES: dict[str, str] = json.loads(FAILURES.read_text(encoding="utf-8"))
_ROWS = read("constructions.jsonl")


@pytest.mark.parametrize("name", CORPORA)
def test_the_gold_data_are_those_that_were_measured(name: str) -> None:
    assert digest(name) == _FLOORS["digests"][name]


def _below(measured: dict[str, float], part: str) -> dict[str, tuple[float, float]]:
    floors = {name: entry["floor"] for name, entry in _FLOORS[part].items()}
    assert set(measured) == set(floors)
    return {name: (value, floors[name]) for name, value in measured.items() if value < floors[name]}


def test_articles() -> None:
    assert not _below(articles(), "articles")


def test_sentences() -> None:
    assert not _below(sentences(), "sentences")


def test_the_share_of_each_construction() -> None:
    assert not _below(shares()[0], "constructions")


def test_there_are_enough_sentences_and_each_failure_is_one_of_them() -> None:
    assert len({row["text"] for row in _ROWS}) >= 150
    assert set(_FAILURES) <= {row["text"] for row in _ROWS}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{row['construction']}-{number}",
            marks=pytest.mark.xfail(strict=True, reason=_FAILURES[row["text"]]) if row["text"] in _FAILURES else (),
        )
        for number, row in enumerate(_ROWS)
    ],
)
def test_sentence(row: dict[str, Any]) -> None:
    assert is_found(row, find_relations(row["text"]))
