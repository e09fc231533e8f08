"""Label scores around each cue turned into one attribution."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.tagging.pieces import CLOSES, INSIDE, OPENS, Ints

Floats = NDArray[np.float32]

LABELS = ("outside", "source-begin", "source", "cue", "content-begin", "content")
OUTSIDE, SOURCE_BEGIN, SOURCE, CUE, CONTENT_BEGIN, CONTENT = range(6)
LEFT = 72  # words seen before an anchor
RIGHT = 119  # and after it
SPAN = LEFT + 1 + RIGHT
FARTHEST = 400  # words that a quotation may go on out of sight

Words = tuple[int, int]
"""A half-open range of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One attribution in word ranges, with what its confidence rests on."""

    anchor: int
    source: Words | None
    cue: Words
    content: tuple[Words, ...]
    seen: Words
    """The words that could be linked to this anchor at all."""
    evidence: tuple[float, ...]


def around(anchors: Ints, first: int, last: int) -> tuple[Ints, NDArray[np.bool_]]:
    """The words around each anchor, and which of them lie in the window."""
    index = anchors[:, None] + np.arange(-LEFT, RIGHT + 1)
    return np.clip(index, first, last - 1), (index >= first) & (index < last)


def best_labels(scores: Floats, transitions: Floats) -> tuple[Ints, Floats]:
    """The likeliest label sequence for each anchor, and its log-probability."""
    count, length, size = scores.shape
    back = np.empty((length, count, size), np.int8)
    best = scores[:, 0].copy()
    move = np.exp(transitions)
    alpha = np.exp(best - best.max(1, keepdims=True))
    total = best.max(1)
    for step in range(1, length):
        reach = best[:, :, None] + transitions
        back[step] = reach.argmax(1)
        here = scores[:, step]
        best = reach.max(1) + here
        top = here.max(1, keepdims=True)
        alpha = (alpha @ move) * np.exp(here - top)
        mass = alpha.sum(1, keepdims=True)
        alpha /= mass
        total += (np.log(mass) + top)[:, 0]
    path = np.empty((count, length), np.int64)
    path[:, -1] = best.argmax(1)
    rows = np.arange(count)
    for step in range(length - 1, 0, -1):
        path[:, step - 1] = back[step, rows, path[:, step]]
    return path, best.max(1) - total


def link(anchor: int, path: Ints, seen: Words, evidence: tuple[float, ...]) -> Link | None:
    """The attribution that a label sequence spells, or None if it has no content."""
    start = anchor - LEFT
    content = _runs(path, CONTENT_BEGIN, CONTENT)
    if not content:
        return None
    low, high = _cue(path)
    sources = _runs(path, SOURCE_BEGIN, SOURCE)
    source = min(sources, key=lambda s: _gap(s, low, high), default=None)
    return Link(
        anchor=anchor,
        source=None if source is None else (source[0] + start, source[1] + start),
        cue=(low + start, high + start),
        content=tuple((s + start, e + start) for s, e in content),
        seen=(max(start, seen[0]), min(start + SPAN, seen[1])),
        evidence=evidence,
    )


def _runs(path: Ints, begin: int, inside: int) -> list[Words]:
    """Ranges of one role, cut where a new part begins."""
    held = (path == begin) | (path == inside)
    opens = np.flatnonzero(held & ((path == begin) | ~np.concatenate(([False], held[:-1]))))
    closes = np.append(np.flatnonzero(~held), len(path))
    after = np.append(opens[1:], len(path))
    stops = np.minimum(closes[np.searchsorted(closes, opens)], after)
    return [(int(low), int(high)) for low, high in zip(opens, stops, strict=True)]


def _cue(path: Ints) -> Words:
    """The cue words that run through the anchor, over a source inside them too."""
    low = high = LEFT
    while low > 0 and path[low - 1] == CUE:
        low -= 1
    while high + 1 < SPAN and path[high + 1] == CUE:
        high += 1
    step = low - 1
    while step >= 0 and path[step] in (SOURCE_BEGIN, SOURCE):
        step -= 1
    if 0 <= step < low - 1 and path[step] == CUE:
        low = step
        while low > 0 and path[low - 1] == CUE:
            low -= 1
    step = high + 1
    while step < SPAN and path[step] in (SOURCE_BEGIN, SOURCE):
        step += 1
    if high + 1 < step < SPAN and path[step] == CUE:
        high = step
        while high + 1 < SPAN and path[high + 1] == CUE:
            high += 1
    return low, high + 1


def stretched(part: Words, seen: Words, states: Ints) -> Words:
    """A content that runs out of sight inside a quotation, drawn out to where that ends."""
    low, high = part
    if low == seen[0] and states[low] == INSIDE:
        reach = max(0, low - FARTHEST)
        while low > reach and states[low] == INSIDE:
            low -= 1
        low = low if states[low] in (INSIDE, OPENS) else part[0]
    if high == seen[1] and states[high - 1] == INSIDE:
        reach = min(len(states), high + FARTHEST)
        while high < reach and states[high - 1] == INSIDE:
            high += 1
        high = high if states[high - 1] in (INSIDE, CLOSES) else part[1]
    return low, high


def _gap(part: Words, low: int, high: int) -> int:
    return max(low - part[1], part[0] - high, 0)
