"""Overlapping windows over a text's word pieces, each word belonging to exactly one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.tagging.pieces import Ints, Pieces

SIZE = 384  # word pieces in a window at most, [CLS] and [SEP] included
BEFORE = 24  # pieces of context wanted before the words a window owns
AFTER = 32  # and after them
SLACK = 64  # how far from the best place a window may end so that it ends with a paragraph
CLS_ID, SEP_ID = 101, 102
_ENDS = (999, 1012, 1029)  # ! . ?


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A range of words to read together, and the sub-range whose cues are looked for in it."""

    first: int
    last: int
    own_first: int
    own_last: int


def windows(pieces: Pieces, size: int = SIZE) -> list[Window]:
    """Return windows that together own every word once, in order, of like size and cut between paragraphs."""
    total, room = len(pieces.word_piece), size - 2
    bound = np.append(pieces.word_piece, len(pieces.ids))
    stops = _stops(pieces, bound)
    out: list[Window] = []
    own = 0
    while own < total:
        first = min(int(np.searchsorted(bound, bound[own] - BEFORE)), own)
        end = last = total
        if bound[total] - bound[first] > room:
            limit = int(bound[first]) + room - AFTER
            cut = _cut(int(bound[own]), limit, _share(int(bound[own]), limit, int(bound[-1]), room), stops)
            end = max(int(np.searchsorted(bound, cut, side="right")) - 1, own + 1)
            reach = min(bound[end] + AFTER, bound[first] + room)
            last = max(int(np.searchsorted(bound, reach, side="right")) - 1, own + 1)
            end = min(end, last)
        out.append(Window(first=first, last=last, own_first=own, own_last=end))
        own = end
    return out


def _stops(pieces: Pieces, bound: Ints) -> tuple[Ints, Ints]:
    """Return where paragraphs begin, and where sentences may, as places in the pieces."""
    paragraph = np.flatnonzero(np.diff(pieces.word_paragraph)) + 1
    sentence = np.flatnonzero(np.isin(pieces.ids[pieces.word_piece[:-1]], _ENDS)) + 1
    return bound[paragraph], bound[sentence]


def _share(start: int, limit: int, end: int, room: int) -> int:
    """Return where the window ends if what is left is shared evenly by the windows that it needs.

    Two windows of 300 pieces cost less than one of 380 and one of 220.
    """
    first, later, final = limit - start, room - BEFORE - AFTER, room - BEFORE
    left = end - start
    between = max(0, math.ceil((left - first - final) / later))
    return min(start + max(left // (between + 2), left - between * later - final), limit)


def _cut(start: int, limit: int, goal: int, stops: Sequence[Ints]) -> int:
    """Return the place near `goal` where a window ends that owns pieces from `start` on, and none from `limit` on.

    Between paragraphs hardly any attribution is cut in two, and little context is missed.
    """
    for places in stops:
        at = int(np.searchsorted(places, goal))
        near = [int(place) for place in places[max(at - 1, 0) : at + 1] if start < place <= limit]
        nearest = min(near, key=lambda place: abs(place - goal), default=goal + SLACK + 1)
        if abs(nearest - goal) <= SLACK:
            return nearest
    return goal


def window_input(pieces: Pieces, window: Window, size: int = SIZE) -> tuple[Ints, Ints, Ints]:
    """Ids, features and word positions of one window, [CLS] and [SEP] added."""
    low = int(pieces.word_piece[window.first])
    is_last = window.last == len(pieces.word_piece)
    high = min(len(pieces.ids) if is_last else int(pieces.word_piece[window.last]), low + size - 2)
    ids = np.concatenate(([CLS_ID], pieces.ids[low:high], [SEP_ID]))
    features = np.concatenate(([0], pieces.features[low:high], [0]))
    return ids, features, pieces.word_piece[window.first : window.last] - low + 1
