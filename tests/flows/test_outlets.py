"""outlets.toml: what it says is found, what is wrong in it is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.articles import Page, read_article
from claims.errors import UnreadableInput
from flows.outlets import read_outlets

NOW = datetime(2024, 5, 1, tzinfo=UTC)
TOML = """
[[outlet]]
id = "post"
name = "The Post"
homepage = "https://www.post.example/"
aliases = ["WP", "post-online.example"]
feeds = ["https://feeds.post.example/a", "https://feeds.post.example/b"]

[[outlet]]
id = "sport"
name = "Post Sport"
homepage = "https://sport.post.example/"
feeds = ["https://feeds.post.example/b"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "outlets.toml"
    file.write_text(TOML, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "outlet_id"),
    [
        ("The Post", "post"),
        ("post", "post"),
        ("  wp ", "post"),
        ("https://post.example/a?b", "post"),
        ("https://edition.post.example/a", "post"),
        ("https://sport.post.example/a", "sport"),
        ("www.post-online.example", "post"),
        ("https://notpost.example/", None),
        ("https://post.example.evil.example/", None),
        ("Post Gazette", None),
        ("", None),
        (None, None),
    ],
)
def test_find(path: Path, name: str | None, outlet_id: str | None) -> None:
    found = read_outlets(path).find(name)
    assert (found.id if found else None) == outlet_id


def test_feeds_are_listed_once_and_belong_to_the_first(path: Path) -> None:
    outlets = read_outlets(path)
    assert outlets.feeds() == ("https://feeds.post.example/a", "https://feeds.post.example/b")
    owner = outlets.of_feed("https://feeds.post.example/b")
    assert owner is not None
    assert owner.id == "post"


def test_sitemaps_are_listed_like_feeds(path: Path) -> None:
    address = "https://sport.post.example/news-sitemap.xml"
    path.write_text(TOML + f'sitemaps = ["{address}"]\n', encoding="utf-8")
    outlets = read_outlets(path)
    assert outlets.sitemaps() == (address,)
    owner = outlets.of_feed(address)
    assert owner is not None
    assert owner.id == "sport"


def test_records_hold_every_outlet_of_the_articles_once(path: Path) -> None:
    pages = [Page(text="He said no.", title="T", outlet=name, fetched_at=NOW) for name in ("post", "post", "Other")]
    articles = [read_article(page, recorded_at=NOW) for page in pages]
    records = read_outlets(path).records(articles, recorded_at=NOW)
    assert [(record.outlet_id, record.name) for record in records] == [("other", "other"), ("post", "The Post")]


def test_shipped_outlets_are_sound_and_read_no_feed_unasked() -> None:
    outlets = read_outlets()
    assert len(outlets.outlet) >= 24
    assert outlets.feeds() == ()
    assert outlets.find("AP") is not None


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('id = "post"', 'id = "The Post"', "outlet.0.id"),
        ('name = "The Post"', "", "outlet.0.name"),
        ('name = "The Post"', "name = 7", "outlet.0.name"),
        ('homepage = "https://www.post.example/"', 'homepage = "www.post.example"', "https://"),
        ('"https://feeds.post.example/a"', '"feeds.post.example"', "outlet.0.feeds"),
        ("aliases", "alias", "remove it"),
        ('"WP"', '"Post Sport"', "post sport"),
        ('id = "sport"', 'id = "post"', "twice"),
        ("[[outlet]]", "[[outlet]", "TOML"),
    ],
)
def test_mistakes_are_named_in_one_line(path: Path, wrong: str, right: str, says: str) -> None:
    path.write_text(TOML.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(UnreadableInput) as caught:
        read_outlets(path)
    assert str(path) in caught.value.message
    assert says in caught.value.message
    assert "\n" not in caught.value.message


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="nowhere"):
        read_outlets(tmp_path / "nowhere.toml")
