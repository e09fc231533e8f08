"""Training batches: random windows, disturbed so that surface form matters less."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from claims.extraction.tagging.linking import LEFT, OUTSIDE, RIGHT
from claims.extraction.tagging.pieces import BREAK_ID, CAPITALS, CLOSES, OPENS, SMALL, TITLE
from claims.extraction.tagging.windows import CLS_ID, SEP_ID, SIZE
from claims.extraction.training.corpus import Document

MASK_ID = 103
SPAN = LEFT + 1 + RIGHT
# (opening, closing) word-piece ids: “ ”, " ", ‘ ’, ' ', « », ` '
QUOTES = ((1523, 1524), (1000, 1000), (1520, 1521), (1005, 1005), (1077, 1090), (1036, 1005))
QUOTE_SHARES = (0.25, 0.45, 0.1, 0.1, 0.05, 0.05)
Made = TypeVar("Made")
APOSTROPHES = (1005, 1521)
EDGE = 16  # words at a cut edge whose cues are not learned from
OVERLAP = 72

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One window of one document."""

    document: Document
    first: int
    last: int
    ids: Ints
    features: Ints
    words: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Tensors of several windows and the gold attributions anchored in them."""

    ids: Tensor
    features: Tensor
    mask: Tensor | None
    words: Tensor
    word_mask: Tensor
    """Words whose anchor label counts."""
    paragraph: Tensor
    anchors: Tensor
    """[windows, words] 1 where a gold anchor is."""
    gold: Tensor
    """[K, 2] window and word of each gold attribution."""
    labels: Tensor
    """[K, SPAN] labels around each gold anchor."""


def cut(documents: Sequence[Document], rng: np.random.Generator, size: int = SIZE) -> list[Slice]:
    """Windows that cover every document, from a random start."""
    out = []
    for doc in documents:
        pieces = doc.pieces
        total = len(pieces.word_piece)
        bound = np.append(pieces.word_piece, len(pieces.ids))
        at = -int(rng.integers(0, size // 2)) if len(pieces.ids) > size else 0
        while True:
            first = int(np.searchsorted(bound, max(at, 0)))
            last = int(np.searchsorted(bound, max(at, 0) + size - 2, side="right")) - 1
            if at < 0:
                last = int(np.searchsorted(bound, at + size - 2, side="right")) - 1
            last = min(max(last, first + 1), total)
            low, high = int(bound[first]), min(int(bound[last]), int(bound[first]) + size - 2)
            out.append(
                Slice(
                    document=doc,
                    first=first,
                    last=last,
                    ids=np.concatenate(([CLS_ID], pieces.ids[low:high], [SEP_ID])),
                    features=np.concatenate(([0], pieces.features[low:high], [0])),
                    words=bound[first:last] - low + 1,
                )
            )
            if last >= total:
                break
            at += size - 2 - OVERLAP
    return out


def disturb(part: Slice, rng: np.random.Generator) -> Slice:
    """The window with another quotation style, other capitals, or a few words hidden."""
    ids, features = part.ids.copy(), part.features.copy()
    state, case = features % 4, features // 4
    draw = rng.random()
    if draw < 0.45:
        opening, closing = QUOTES[rng.choice(len(QUOTES), p=QUOTE_SHARES)]
        ids[state == OPENS] = opening
        ids[state == CLOSES] = closing
    elif draw < 0.5:
        ids[(state == OPENS) | (state == CLOSES)] = MASK_ID
        state[:] = 0
    elif draw < 0.53:
        state[:] = 0
    if rng.random() < 0.3:
        plain = np.isin(ids, APOSTROPHES) & (state != OPENS) & (state != CLOSES)
        ids[plain] = APOSTROPHES[rng.integers(2)]
    draw = rng.random()
    if draw < 0.06:
        case[:] = CAPITALS
    elif draw < 0.12:
        case[:] = SMALL
    elif draw < 0.16:
        case[:] = TITLE
    if rng.random() < 0.1:
        ids[ids == BREAK_ID] = MASK_ID if rng.random() < 0.5 else BREAK_ID + 1
    hidden = rng.random(len(ids)) < np.where((case == TITLE) | (case == CAPITALS), 0.06, 0.02)
    hidden[[0, -1]] = False
    hidden &= (state != OPENS) & (state != CLOSES) & (ids != BREAK_ID)
    ids[hidden] = MASK_ID
    return Slice(
        document=part.document,
        first=part.first,
        last=part.last,
        ids=ids,
        features=4 * case + state,
        words=part.words,
    )


def collate(parts: Sequence[Slice]) -> Batch:
    """One batch from several windows."""
    length = max(len(p.ids) for p in parts)
    count = max(len(p.words) for p in parts)
    shape, flat = (len(parts), length), (len(parts), count)
    ids, features = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    mask = np.zeros(shape, bool)
    words, paragraph = np.zeros(flat, np.int64), np.full(flat, -99, np.int64)
    counted, anchors = np.zeros(flat, bool), np.zeros(flat, np.float32)
    gold: list[tuple[int, int]] = []
    labels: list[Ints] = []
    for row, part in enumerate(parts):
        pieces, size = part.document.pieces, len(part.ids)
        ids[row, :size], features[row, :size], mask[row, :size] = part.ids, part.features, True
        words[row, : len(part.words)] = part.words
        paragraph[row, : len(part.words)] = pieces.word_paragraph[part.first : part.last]
        low = 0 if part.first == 0 else EDGE
        high = len(part.words) - (0 if part.last == len(pieces.word_piece) else EDGE)
        counted[row, low:high] = True
        for relation in part.document.relations:
            word = relation.anchor - part.first
            if low <= word < high:
                anchors[row, word] = 1
                gold.append((row, word))
                labels.append(_labels(relation.labels, relation.anchor, part))
    return Batch(
        ids=torch.from_numpy(ids),
        features=torch.from_numpy(features),
        mask=None if mask.all() else torch.from_numpy(mask),
        words=torch.from_numpy(words),
        word_mask=torch.from_numpy(counted),
        paragraph=torch.from_numpy(paragraph),
        anchors=torch.from_numpy(anchors),
        gold=torch.tensor(gold, dtype=torch.long).view(-1, 2),
        labels=torch.from_numpy(np.array(labels, np.int64).reshape(-1, SPAN)),
    )


def _labels(labels: tuple[tuple[int, int], ...], anchor: int, part: Slice) -> Ints:
    out = np.full(SPAN, OUTSIDE, np.int64)
    for word, label in labels:
        at = word - anchor + LEFT
        if 0 <= at < SPAN and part.first <= word < part.last:
            out[at] = label
    for at in range(SPAN):  # a part cut off at the edge begins where it is first seen
        if out[at] in (2, 5) and (at == 0 or out[at - 1] not in (out[at], out[at] - 1)):
            out[at] -= 1
    return out


def epoch(
    documents: Sequence[Document],
    rng: np.random.Generator,
    batch: int,
    make: Callable[[Sequence[Slice]], Made],
) -> Iterator[Made]:
    """Batches of one pass over the documents, windows of like length together."""
    parts = [disturb(p, rng) for p in cut(documents, rng)]
    order = rng.permutation(len(parts))
    pool = batch * 40
    groups = []
    for low in range(0, len(order), pool):
        near = sorted(order[low : low + pool], key=lambda i: len(parts[i].ids))
        groups += [near[i : i + batch] for i in range(0, len(near), batch)]
    for number in rng.permutation(len(groups)):
        yield make([parts[i] for i in groups[number]])
