"""What of an article is compared to find its copies, and which articles share enough of it to be compared at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from claims.records import Article
from claims.sentences import sentences

SHINGLE = 5
QUOTATION_WORDS, PHRASE_WORDS = 8, 4
# A shingle, sentence or quotation in more articles than this pairs each of them with the first few only: a wire story
# with hundreds of reprints stays linear, and boilerplate fails the containment test anyway.
CROWD, ANCHORS = 24, 8
SAMPLE = 4

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{12,1200})[”\"»]")
_FIGURE = re.compile(r"\d[\d.,]*|(?<=[a-z,;] )[A-Z][\w-]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of an article is compared."""

    article: Article
    words: int
    shingles: frozenset[int]
    prose: frozenset[int]
    sentences: frozenset[int]
    quotations: frozenset[int]
    phrases: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    containment: float
    prose: float
    shared_quotations: int


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(text: str) -> set[int]:
    words = _words(text)
    return {crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)}


def fingerprint(article: Article) -> Fingerprint:
    text = article.text
    sentence_hashes = set()
    for span in sentences(text):
        words = _words(text[span.start : span.end])
        if len(words) >= QUOTATION_WORDS:
            sentence_hashes.add(crc32(" ".join(words).encode()))
    quotations, phrases = set(), set()
    for match in _QUOTED.finditer(text):
        words = _words(match.group(1))
        if len(words) >= PHRASE_WORDS:
            phrases.add(" ".join(words))
        # The first words identify a quotation: editors break its end off with "he said".
        if len(words) >= QUOTATION_WORDS:
            quotations.add(crc32(" ".join(words[:QUOTATION_WORDS]).encode()))
    # A full stop of words that no text has, so that no shingle runs across a removed quotation.
    prose = set().union(*(_shingles(piece) for piece in _QUOTED.sub("\x00", text).split("\x00")))
    return Fingerprint(
        article=article,
        words=len(_words(text)),
        shingles=frozenset(_shingles(text)),
        prose=frozenset(prose),
        sentences=frozenset(sentence_hashes),
        quotations=frozenset(quotations),
        phrases=frozenset(phrases),
        figures=frozenset(figure.rstrip(".,") for figure in _FIGURE.findall(text)),
    )


def pairs_sharing(prints: Sequence[Fingerprint], fresh: set[str]) -> set[tuple[str, str]]:
    """Return the pairs, at least one of them fresh, that share a sentence, a long quotation or some shingles."""
    holders: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for item in prints:
        name = item.article.article_id
        for mark, values in (("s", item.sentences), ("q", item.quotations)):
            for value in values:
                holders[mark, value].append(name)
        for phrase in item.phrases:
            holders["p", crc32(phrase.encode())].append(name)
        for value in item.shingles:
            if value % SAMPLE == 0 or len(item.shingles) < 60:
                holders["w", value].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for (mark, _), names in holders.items():
        if len(names) < 2:
            continue
        weight = 1 if mark == "w" else 3
        heads = names if len(names) <= CROWD else names[:ANCHORS]
        for index, one in enumerate(heads):
            for other in names[index + 1 :]:
                if one in fresh or other in fresh:
                    shared[(one, other) if one < other else (other, one)] += weight
    return {pair for pair, count in shared.items() if count >= 3}


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def likeness(one: Fingerprint, other: Fingerprint) -> Likeness:
    return Likeness(
        containment=_overlap(one.shingles, other.shingles),
        prose=_overlap(one.prose, other.prose),
        shared_quotations=len(one.quotations & other.quotations),
    )
