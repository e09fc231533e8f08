"""Names in a text, and the one form under which each joins across articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.names import INSTITUTION, PERSON, PLACE, canonical_institution, canonical_person, find_names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Then Maria Lopez left.", "Maria Lopez", PERSON),
        ("Mr. Okafor left.", "Okafor", PERSON),
        ("Gen. Ivan Petrov left.", "Ivan Petrov", PERSON),
        ("said Ursula von der Leyen", "Ursula von der Leyen", PERSON),
        ("the Ministry of Defence said", "Ministry of Defence", INSTITUTION),
        (
            "the House Oversight and Government Reform Committee",
            "House Oversight and Government Reform Committee",
            INSTITUTION,
        ),
        ("the Bank of England said", "Bank of England", INSTITUTION),
        ("Greenpeace said", "Greenpeace", INSTITUTION),
        ("in New York on Monday", "New York", PLACE),
        ("Saudi Arabia said", "Saudi Arabia", PLACE),
        ("the Indian army", "Indian", PLACE),
    ],
)
def test_what_a_name_names(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(found.text, found.kind) for found in find_names(text)]


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("Donald J. Trump", "Donald Trump"),
        ("Mr. Donald Trump", "Donald Trump"),
        ("Sen. Bernie Sanders", "Bernie Sanders"),
        ("Martin Luther King Jr.", "Martin Luther King"),
        ("Angela Merkel's", "Angela Merkel"),
        ("JOHN DICKERSON", "John Dickerson"),
        ("George H. W. Bush", "George Bush"),
    ],
)
def test_the_canonical_name_of_a_person(printed: str, canonical: str) -> None:
    assert canonical_person(printed) == canonical


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("the Pentagon", "U.S. Department of Defense"),
        ("Defense Department", "U.S. Department of Defense"),
        ("the State Department", "U.S. Department of State"),
        ("IMF", "International Monetary Fund"),
        ("the AP", "Associated Press"),
        ("the Lagos State Ministry of Works", "Lagos State Ministry of Works"),
        ("Greenpeace’s", "Greenpeace"),
    ],
)
def test_the_usual_name_of_a_body(printed: str, canonical: str) -> None:
    assert canonical_institution(printed) == canonical


@given(st.text(alphabet=st.sampled_from("ABab .,'’-&\nThe ofMr"), max_size=80))
def test_names_lie_in_the_text_in_order(text: str) -> None:
    found = find_names(text)
    for name in found:
        assert text[name.span.start : name.span.end].split()[-1:] == name.text.split()[-1:]
    assert [name.span.start for name in found] == sorted(name.span.start for name in found)


@given(st.text(max_size=60))
def test_canonical_names_are_settled(name: str) -> None:
    assert canonical_institution(canonical_institution(name)) == canonical_institution(name) or not name.isascii()
