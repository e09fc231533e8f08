"""Overlapping windows over a text's word pieces, each word belonging to exactly one."""

from dataclasses import dataclass

import numpy as np

from claims.extraction.tagging.pieces import Ints, Pieces

SIZE = 384  # word pieces in a window, [CLS] and [SEP] included
BEFORE = 40  # pieces of context wanted before the words a window owns
AFTER = 56  # and after them
CLS_ID, SEP_ID = 101, 102


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A range of words to read together, and the sub-range whose cues are looked for in it."""

    first: int
    last: int
    own_first: int
    own_last: int


def windows(pieces: Pieces, size: int = SIZE) -> list[Window]:
    """Windows that together own every word once, in order."""
    total = len(pieces.word_piece)
    room = size - 2
    bound = np.append(pieces.word_piece, len(pieces.ids))
    out: list[Window] = []
    own = 0
    while own < total:
        first = int(np.searchsorted(bound, bound[own] - BEFORE, side="left")) if own else 0
        first = min(first, own)
        last = int(np.searchsorted(bound, bound[first] + room, side="right")) - 1
        last = max(min(last, total), own + 1)
        if last == total:
            end = total
        else:
            end = int(np.searchsorted(bound, bound[last] - AFTER, side="right")) - 1
            end = _sentence_end(pieces, max(end, own + 1), own)
        out.append(Window(first=first, last=last, own_first=own, own_last=end))
        own = end
    return out


def _sentence_end(pieces: Pieces, end: int, own: int) -> int:
    """The nearest paragraph end a little before `end`, else `end` itself."""
    paragraph = pieces.word_paragraph
    for cut in range(end, max(end - 24, own + 1), -1):
        if paragraph[cut] != paragraph[cut - 1]:
            return cut
    return end


def window_input(pieces: Pieces, window: Window, size: int = SIZE) -> tuple[Ints, Ints, Ints]:
    """Ids, features and word positions of one window, [CLS] and [SEP] added."""
    low = int(pieces.word_piece[window.first])
    is_last = window.last == len(pieces.word_piece)
    high = min(len(pieces.ids) if is_last else int(pieces.word_piece[window.last]), low + size - 2)
    ids = np.concatenate(([CLS_ID], pieces.ids[low:high], [SEP_ID]))
    features = np.concatenate(([0], pieces.features[low:high], [0]))
    return ids, features, pieces.word_piece[window.first : window.last] - low + 1
