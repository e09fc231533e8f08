"""What each stage finds to do."""

import builders
import duckdb
import pytest

from warehouse import read
from warehouse.connect import migrate
from warehouse.load import add


@pytest.fixture
def con():
    with duckdb.connect(":memory:") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con


def waiting(con, reader: str) -> list[str]:
    found = read.articles_to_extract(con, extractor="x-1", reader=reader, how_many=10)
    return [article.article_id for article in found]


def test_an_article_is_read_once_by_each_reader(con):
    add(con, [builders.article("a"), builders.article("b")])
    add(con, [builders.extraction("a", ())])
    assert waiting(con, "r-1") == ["b"]
    assert waiting(con, "r-2") == ["a", "b"]


def test_spans_that_came_with_a_document_are_never_replaced_by_found_ones(con):
    add(con, [builders.article("a")])
    add(con, [builders.extraction("a", (), extractor="given")])
    assert waiting(con, "r-2") == []
