"""Text as the encoder sees it: word pieces with features, grouped into words and paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

BREAK_ID = 1  # [unused0]: marks the end of a paragraph
OPENING = "“«„‟"
CLOSING = "”»"
STRAIGHT = '"'
SINGLE_OPENING = "‘‛‹"
SINGLE = "'’›"
OUTSIDE, INSIDE, OPENS, CLOSES = range(4)
SMALL, TITLE, CAPITALS, MIXED = range(4)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?:;\"”’)\]])[^\S\n]*\n\s*|[\u2028\u2029\f]\s*")
_CHUNK = 512  # paragraphs encoded at once, to bound memory
_LONGEST = 20_000  # characters of a paragraph encoded at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Word pieces of one text; words are the units that labels and spans are made of."""

    ids: Ints
    features: Ints
    word_piece: Ints
    """Index of each word's first piece."""
    word_start: Ints
    word_end: Ints
    word_paragraph: Ints
    word_state: Ints
    """Outside, inside, opening or closing a quotation."""


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Character ranges of the paragraphs, in order and without overlap."""
    start = 0
    for match in _BLANK.finditer(text):
        if match.start() > start:
            yield from _short(text, start, match.start())
        start = match.end()
    if start < len(text):
        yield from _short(text, start, len(text))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range cut at white space into parts that are not too long to encode at once."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut
        yield start, cut
        start = cut
    yield start, end


def quote_states(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each word of a paragraph: is it outside, inside, opening or closing a quotation?"""
    states = []
    inside = single = False
    for start, end in spans:
        char = text[start] if end - start == 1 else ""
        mark = OUTSIDE
        if char and char in OPENING:
            mark = OPENS
        elif char and char in CLOSING:
            mark = CLOSES
        elif char == STRAIGHT:
            mark = CLOSES if inside and not _opens(text, start, end) else OPENS
        elif char and char in SINGLE_OPENING and not inside:
            mark, single = OPENS, True
        elif char and char in SINGLE and not inside and not single and _opens(text, start, end):
            single = char == "'" and _has_close(text, end)
            mark = OPENS if single else OUTSIDE
        elif char and char in SINGLE and single and _ends(text, start, end):
            mark, single = CLOSES, False
        if mark == OUTSIDE:
            states.append(INSIDE if inside or single else OUTSIDE)
            continue
        if not single and char not in SINGLE:
            inside = mark == OPENS
        states.append(mark)
    return states


def _opens(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isspace() or before in "([{—–-/“‘'\"") and not after.isspace()


def _closes(text: str, start: int) -> bool:
    return start > 0 and not text[start - 1].isspace()


def _ends(text: str, start: int, end: int) -> bool:
    after = text[end] if end < len(text) else " "
    return _closes(text, start) and not after.isalnum()


def _has_close(text: str, end: int) -> bool:
    """Whether a single quotation mark closes within the next 600 characters of the line."""
    line = text[end : end + 600].split("\n", 1)[0]
    return re.search(r"(?<=[.,!?;:])['’](?!\w)|(?<=\w)'(?=[\s,.;:!?)]|$)", line) is not None


def shape(word: str) -> int:
    """The way a word is capitalised."""
    if word.islower() or not word[0].isalpha():
        return SMALL
    if word.isupper():
        return CAPITALS if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def read(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of a text, a break marker after every paragraph."""
    ids: list[int] = []
    features: list[int] = []
    first: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    owner: list[int] = []
    ranges = list(paragraphs(text))
    for low in range(0, len(ranges), _CHUNK):
        chunk = ranges[low : low + _CHUNK]
        encoded = tokenizer.encode_batch([text[s:e] for s, e in chunk], add_special_tokens=False)
        for number, ((start, end), encoding) in enumerate(zip(chunk, encoded, strict=True), low):
            piece_ids, offsets, words = encoding.ids, encoding.offsets, encoding.word_ids
            heads = [i for i, w in enumerate(words) if i == 0 or w != words[i - 1]]
            if not heads:
                continue
            tails = [*heads[1:], len(words)]
            part = text[start:end]
            spans = [(offsets[h][0], offsets[t - 1][1]) for h, t in zip(heads, tails, strict=True)]
            states = quote_states(part, spans)
            for h, t, (s, e), state in zip(heads, tails, spans, states, strict=True):
                first.append(len(ids) + h)
                starts.append(start + s)
                ends.append(start + e)
                owner.append(number)
                features.extend([4 * shape(part[s:e]) + state] * (t - h))
            ids.extend(piece_ids)
            ids.append(BREAK_ID)
            features.append(0)
    marks, heads_of = np.array(features, np.int64), np.array(first, np.int64)
    return Pieces(
        ids=np.array(ids, np.int64),
        features=marks,
        word_piece=heads_of,
        word_state=marks[heads_of] % 4,
        word_start=np.array(starts, np.int64),
        word_end=np.array(ends, np.int64),
        word_paragraph=np.array(owner, np.int64),
    )
