"""The windows over a text's word pieces."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.tagging.pieces import BREAK_ID, Pieces
from claims.extraction.tagging.windows import SIZE, SLACK, window_input, windows

FULL_STOP, WORD = 1012, 5000


def pieces_of(paragraphs: list[list[int]]) -> Pieces:
    """Return a text of paragraphs, each a list of its words' sizes in pieces; a size of 0 is a full stop."""
    ids: list[int] = []
    places: list[int] = []
    owners: list[int] = []
    for number, sizes in enumerate(paragraphs):
        for size in sizes:
            places.append(len(ids))
            owners.append(number)
            ids.extend([WORD] * size or [FULL_STOP])
        ids.append(BREAK_ID)
    count = len(places)
    return Pieces(
        ids=np.array(ids, np.int64),
        features=np.zeros(len(ids), np.int64),
        word_piece=np.array(places, np.int64),
        word_start=np.arange(count) * 2,
        word_end=np.arange(count) * 2 + 1,
        word_paragraph=np.array(owners, np.int64),
        word_state=np.zeros(count, np.int64),
    )


words = st.integers(min_value=0, max_value=4)
texts = st.lists(st.lists(words, min_size=1, max_size=400), min_size=1, max_size=12)


@given(texts)
def test_every_word_is_owned_once_and_seen_whole(paragraphs: list[list[int]]) -> None:
    pieces = pieces_of(paragraphs)
    found = windows(pieces)
    owned = [word for window in found for word in range(window.own_first, window.own_last)]
    assert owned == list(range(sum(map(len, paragraphs))))
    for window in found:
        assert window.first <= window.own_first < window.own_last <= window.last
        ids, _, places = window_input(pieces, window)
        assert len(ids) <= SIZE
        assert len(places) == window.last - window.first
        assert places.max() < len(ids) - 1


@given(st.integers(min_value=2, max_value=60), st.integers(min_value=20, max_value=60))
def test_windows_end_with_paragraphs_where_those_are_short(count: int, length: int) -> None:
    pieces = pieces_of([[1] * length] * count)
    ends = [window.own_last for window in windows(pieces)]
    assert all(end % length == 0 for end in ends)


def test_windows_in_a_single_paragraph_end_with_sentences() -> None:
    pieces = pieces_of([([1] * 24 + [0]) * 60])
    assert all(window.own_last % 25 == 0 for window in windows(pieces))


@given(st.integers(min_value=400, max_value=4000))
def test_windows_of_one_text_are_alike_in_size(length: int) -> None:
    owned = [w.own_last - w.own_first for w in windows(pieces_of([[1] * length]))]
    assert max(owned) - min(owned) <= SLACK


def test_a_word_longer_than_a_window_is_passed() -> None:
    found = windows(pieces_of([[1] * 10 + [1000] + [1] * 10]))
    assert [word for w in found for word in range(w.own_first, w.own_last)] == list(range(21))
