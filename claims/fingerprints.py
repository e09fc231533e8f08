"""What of an article is compared to find its copies, and the few marks by which those that may match are found."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from claims.records import Article
from claims.sentences import sentences

MARKS = "marks-1"
SHINGLE = 5
QUOTATION_WORDS = 8
LEAD = 25
# The least shingles of a sentence or quotation are its marks: a part that is left as it was keeps all of its marks,
# one that is edited some, and 1,000 words have about 100.
MARKS_EACH = 2
MOST_NAMES = 32
# A pair is compared that shares this many marks of a kind; names and figures count within a few days only. An article
# is compared with the `most` others that share the rarest marks; of a mark that a `crowd` shares only the first count.
LIMITS: Mapping[str, int] = MappingProxyType(
    {"words": 2, "quotations": 2, "names": 3, "days": 10, "days_named": 3, "crowd": 100, "most": 24}
)

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[“\"«]([^“”\"«»\n]{12,1200})[”\"»]|(?<!\w)‘([^‘\n]{12,1200}?)’(?!\w)")
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
_PERCENT = re.compile(r"\bper cent\b|\s?%")
# British and American spellings become one; what that does to other words, it does to them in both texts.
_SPELLING = re.compile(r"is(?=e[ds]?\b|ing\b|ation)|ys(?=e[ds]?\b)|our(?=[a-z]*\b)|(?<=[td])re\b|(?<=l)l(?=ed\b|ing\b)")
_SPELT = {"is": "iz", "ys": "yz", "our": "or", "re": "er", "l": ""}
_NAME = re.compile(r"(?<=[\w,;:’')] )(?:[A-Z][\w’'-]*\w)(?: [A-Z][\w’'-]*\w)*|\d[\d.,]*")
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one article, a few dozen hashes of each kind."""

    words: tuple[int, ...]
    quotation: tuple[int, ...]
    names: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of an article's wording is compared."""

    words: int
    vocabulary: frozenset[str]
    names: frozenset[str]
    shingles: frozenset[int]
    lead: frozenset[int]
    prose: frozenset[int]
    prose_threes: frozenset[int]
    sentences: tuple[tuple[frozenset[int], frozenset[str]], ...]
    quotations: frozenset[int]

    def names_in(self, other: "Fingerprint") -> float:
        """Return the share of the names and figures that the other has as well."""
        return len(self.names & other.vocabulary) / len(self.names) if self.names else 0.0

    def begins_in(self, other: "Fingerprint") -> bool:
        """Return whether the other has something of how this one begins."""
        return len(self.lead & other.shingles) >= 0.25 * len(self.lead)

    def common_names(self, other: "Fingerprint") -> frozenset[str]:
        """Return the names and figures of the sentences whose wording the other has in part."""
        return frozenset().union(
            *(names for hashes, names in self.sentences if len(hashes & other.shingles) >= 0.2 * len(hashes))
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts share: words in a row, those outside quotations by fives and threes, long quotations."""

    containment: float
    prose: float
    prose_threes: float
    shared_quotations: int


def split_words(text: str) -> list[str]:
    """Return the words of `text` in one case and spelling."""
    folded = _INITIALS.sub(r"\1", _PERCENT.sub(" percent", text.casefold()))
    return _WORD.findall(_SPELLING.sub(lambda match: _SPELT[match.group()], folded))


def shingles(words: Iterable[str], size: int = SHINGLE) -> Hashes:
    """Return the hashes of every `size` words in a row (5 at most), in order; of fewer words none."""
    coded = np.fromiter((_hash(word) for word in words), dtype=np.uint64)
    if len(coded) < size:
        return np.empty(0, dtype=np.uint32)
    mixed: NDArray[np.uint64] = np.zeros(len(coded) - size + 1, dtype=np.uint64)
    for place in range(size):
        mixed += (coded[place : place + len(mixed)] + np.uint64(place + 1)) * _PRIMES[place]
    # The low bits of a product are poor: the high ones depend on all the words.
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _PRIMES[0]
    return (mixed >> np.uint64(32)).astype(np.uint32)


def quotations(text: str) -> Iterator[str]:
    """Yield what stands between quotation marks of any kind, from a dozen characters on."""
    for match in _QUOTED.finditer(text):
        yield match.group(1) or match.group(2)


def names_and_figures(text: str) -> frozenset[str]:
    """Return the names that stand inside sentences, and the figures."""
    return frozenset(name.rstrip(".,") for name in _NAME.findall(text))


def marks(article: Article) -> Marks:
    """Return the marks by which the articles that may copy this one, or be copied by it, are found."""
    text = article.text
    words = (text[span.start : span.end] for span in sentences(text))
    # Word by word: what one calls "Supreme Court Justice Ruth Bader Ginsburg", another calls "Ginsburg".
    names = sorted({_hash(word) for word in _name_words(text) if len(word) > 2 or word.isdigit()})
    return Marks(words=_least(words), quotation=_least(quotations(text)), names=tuple(names[:MOST_NAMES]))


def pairs_sharing(articles: Sequence[Article], fresh: set[str]) -> set[tuple[str, str]]:
    """Return the pairs, at least one of them fresh, that share enough marks; what copy_candidates.sql asks of an index.

    For a few thousand articles in memory: their dates are left to whoever compares the pairs.
    """
    holders: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for article in articles:
        found = marks(article)
        for kind, values in (("words", found.words), ("quotations", found.quotation), ("names", found.names)):
            for value in values:
                holders[kind, value].append(article.article_id)
    shared: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (kind, _), names in holders.items():
        if kind == "names" and len(names) > LIMITS["crowd"]:
            continue
        for index, one in enumerate(names[: LIMITS["crowd"]]):
            for other in names[index + 1 :]:
                if one in fresh or other in fresh:
                    shared[min(one, other), max(one, other)][kind] += 1
    return {
        pair
        for pair, counts in shared.items()
        if counts.total() > LIMITS["names"] or any(count >= LIMITS[kind] for kind, count in counts.items())
    }


def _hash(text: str) -> int:
    # A lone surrogate must not stop a run.
    return crc32(text.encode("utf-8", "surrogatepass"))


def _least(parts: Iterable[str]) -> tuple[int, ...]:
    found: set[int] = set()
    for part in parts:
        found.update(np.unique(shingles(split_words(part)))[:MARKS_EACH].tolist())
    return tuple(sorted(found))


def fingerprint(article: Article) -> Fingerprint:
    """Return what of the wording of `article` is compared."""
    text = article.text
    words = split_words(text)
    hashes = shingles(words).tolist()
    quoted = [split_words(quotation) for quotation in quotations(text)]
    # A mark that no word crosses, so that no shingle runs across a removed quotation.
    pieces = [split_words(piece) for piece in _QUOTED.sub("\x00", text).split("\x00")]
    return Fingerprint(
        words=len(words),
        vocabulary=frozenset(words),
        names=_name_words(text),
        shingles=frozenset(hashes),
        lead=frozenset(hashes[:LEAD]),
        prose=frozenset(np.concatenate([shingles(piece) for piece in pieces]).tolist()),
        prose_threes=frozenset(np.concatenate([shingles(piece, 3) for piece in pieces]).tolist()),
        sentences=tuple(_sentences(text)),
        # The first words identify a quotation: editors break its end off with "he said".
        quotations=frozenset(
            _hash(" ".join(words[:QUOTATION_WORDS])) for words in quoted if len(words) >= QUOTATION_WORDS
        ),
    )


def _sentences(text: str) -> Iterator[tuple[frozenset[int], frozenset[str]]]:
    """Yield the shingles of each sentence that has any, with its names and figures."""
    for span in sentences(text):
        sentence = text[span.start : span.end]
        hashes = frozenset(shingles(split_words(sentence)).tolist())
        if hashes:
            yield hashes, _name_words(sentence)


def _name_words(text: str) -> frozenset[str]:
    return frozenset(word for name in names_and_figures(text) for word in split_words(name))


def likeness(one: Fingerprint, other: Fingerprint) -> Likeness:
    """Return how much two texts share, as shares of the one that has less."""
    return Likeness(
        containment=_overlap(one.shingles, other.shingles),
        prose=_overlap(one.prose, other.prose),
        prose_threes=_overlap(one.prose_threes, other.prose_threes),
        shared_quotations=len(one.quotations & other.quotations),
    )


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
