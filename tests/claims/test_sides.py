"""Sides: the state of an article, bodies that share a name, and which bodies join across articles."""

import pytest
from builders import article, day

from claims.reader import read_article
from claims.sides import distinct_body, home_of_text, namesake


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Kenya imports its fuel. Kenyan drivers queued; the United States lent a tanker.", "Kenya"),
        ("India met Pakistan in the final.", None),
        ("The bridge is shut.", None),
    ],
)
def test_the_state_that_an_article_speaks_of_most(text: str, home: str | None) -> None:
    assert home_of_text(text) == home


@pytest.mark.parametrize(
    ("printed", "home", "body"),
    [
        ("the Supreme Court", "India", "Supreme Court (India)"),
        ("the Supreme Court", "United States", "U.S. Supreme Court"),
        ("the Supreme Court", None, "U.S. Supreme Court"),
        ("the U.S. Supreme Court", "India", "U.S. Supreme Court"),
        ("the Supreme Court", "United Kingdom", "UK Supreme Court"),
    ],
)
def test_a_shared_name_means_the_body_of_the_articles_state(printed: str, home: str | None, body: str) -> None:
    assert namesake("U.S. Supreme Court", printed, home) == body


@pytest.mark.parametrize(
    ("body", "home", "name"),
    [
        ("Kenya Power", "Kenya", "Kenya Power"),
        ("government", "Kenya", "government (Kenya)"),
        ("government", None, None),
        ("company", "Kenya", None),
    ],
)
def test_a_body_called_by_its_noun_joins_only_within_its_state(body: str, home: str | None, name: str | None) -> None:
    assert distinct_body(body, home) == name


def test_claimants_join_across_articles_and_unnamed_sources_never() -> None:
    texts = (
        "Senator Charles E. Schumer said the deal was weak. The US Treasury said the list would grow. "
        "A senior official said talks had begun.",
        "Charles Schumer, the Democratic leader, said the deal was weak. The Treasury Department said so too. "
        "A senior official said talks had ended.",
    )
    readings = [read_article(article(str(n), text), recorded_at=day(1)) for n, text in enumerate(texts)]
    names = [{claimant.name for claimant in reading.claimants} for reading in readings]
    assert names == [{"Charles Schumer", "U.S. Department of the Treasury"}] * 2
    ids = [{claimant.claimant_id for claimant in reading.claimants} for reading in readings]
    assert ids[0] == ids[1]
