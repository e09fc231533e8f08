"""One page, one address: what counts visitors does not matter, what may name a story does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses import address_of, is_elsewhere, tidy


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ledger.example/2019/banks?utm_source=rss&fbclid=1#top",
        "http://ledger.example/2019/banks/",
        "https://m.ledger.example:443/2019/banks/index.html",
        "HTTPS://LEDGER.example/2019/banks",
    ],
)
def test_one_page_however_it_is_reached(url: str) -> None:
    assert tidy(url) == "https://ledger.example/2019/banks"


@pytest.mark.parametrize("other", ["?id=4", "/4", "?id=3&page=2"])
def test_another_story_is_another_address(other: str) -> None:
    assert tidy(f"https://ledger.example/story{other}") != tidy("https://ledger.example/story?id=3")


@pytest.mark.parametrize(
    "url", [None, "", "ftp://x.example/", "https://", "http://[x", "javascript:alert(1)", "https://x" * 400]
)
def test_what_is_no_web_address_has_none(url: str | None) -> None:
    assert tidy(url) is None


@pytest.mark.parametrize(
    ("url", "canonical", "address"),
    [
        ("/a?x=1", "/2019/banks", "/2019/banks"),
        ("/2019/banks/amp", "/2019/banks", "/2019/banks"),
        ("/2019/banks/2", "/2019/banks", "/2019/banks"),
        ("/2019/banks", "/", "/2019/banks"),
        ("/2019/banks", "/2019", "/2019/banks"),
        ("/story.php?id=3", "/story.php", "/story.php?id=3"),
        ("/2019/banks", "https://times.example/2019/banks", "/2019/banks"),
        ("/2019/banks", None, "/2019/banks"),
    ],
)
def test_a_canonical_address_is_believed_where_it_can_be(url: str, canonical: str | None, address: str) -> None:
    site = "https://ledger.example"
    said = site + canonical if canonical and canonical.startswith("/") else canonical
    assert address_of(site + url, said) == site + address


def test_a_page_that_is_somebody_elses_says_so() -> None:
    assert is_elsewhere("https://ledger.example/a", "https://times.example/a")
    assert not is_elsewhere("https://edition.ledger.example/a", "https://www.ledger.example/a")
    assert not is_elsewhere("https://ledger.example/a", None)


@given(st.text(max_size=40), st.text(alphabet="abc=&?#/%+ é\n", max_size=30))
def test_any_address_is_stable(host: str, rest: str) -> None:
    found = tidy(f"https://{host}/{rest}")
    assert found is None or tidy(found) == found
