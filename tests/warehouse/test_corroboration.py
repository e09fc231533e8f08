"""How many conversations vouch for a claim: reprints add none, and unnamed sources who could be one are flagged."""

from typing import Any

import builders
import duckdb
import pytest
from builders import day

from claims.vocabulary import Anonymity, Plurality
from warehouse.connect import migrate
from warehouse.load import add, set_clock
from warehouse.rows import dicts


@pytest.fixture
def con():
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        set_clock(con, day(60))
        yield con


def tell(con: Any, name: str, origin: str, *, story: str | None = None, **fields: Any) -> None:
    given: dict[str, Any] = {"anonymity": Anonymity.SPECIFIC, "organisation": "White House", "seniority": "senior"}
    outlet = fields.pop("outlet_id", f"outlet of {name}")
    rows = builders.told(name, article_fields={"outlet_id": outlet}, **(given | fields))
    for row in [*rows, builders.grouping(f"{name}-c", story or name, origin, "p")]:
        add(con, [row])


def counted(con: Any) -> dict[str, Any]:
    (row,) = dicts(con, "from corroboration")
    return {name: value for name, value in row.items() if name.startswith(("n_", "possibly"))}


def test_a_reprint_adds_an_article_and_no_origin(con):
    tell(con, "wire", "o")
    tell(con, "copy", "o", story="wire")
    assert counted(con) == {
        "n_articles": 2,
        "n_outlets": 2,
        "n_copies": 1,
        "n_origins": 1,
        "possibly_same_source": False,
        "n_origins_at_least": 1,
    }


@pytest.mark.parametrize(
    ("other", "possible"),
    [
        ({}, True),
        ({"organisation": None, "seniority": None, "anonymity": Anonymity.BARE}, True),
        ({"organisation": "the White House"}, True),
        ({"organisation": "Pentagon"}, False),
        ({"seniority": "junior"}, False),
        ({"anonymity": Anonymity.NAMED}, False),
        ({"plurality": Plurality.COLLECTIVE}, False),
        ({"made_earliest": day(3), "made_latest": day(3)}, False),
        ({"made_earliest": day(1), "made_latest": day(1)}, True),
    ],
)
def test_two_unnamed_descriptions_that_could_be_one_person_are_flagged(con, other, possible):
    tell(con, "one", "o1")
    tell(con, "two", "o2", **other)
    found = counted(con)
    assert (found["n_origins"], found["possibly_same_source"], found["n_origins_at_least"]) == (
        2,
        possible,
        2 - possible,
    )
