"""Which documents could belong to which: Okapi BM25 over an inverted index, never all pairs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# The usual constants of Okapi BM25 (Robertson and Zaragoza 2009).
K1, B = 1.2, 0.75
BLOCK = 256
# A term of more documents than this share finds too many; it still scores where a rarer one has found the document.
COMMON, COMMON_AT_LEAST = 0.05, 2_000

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Index:
    """An inverted index: BM25 weights, one row a term, one column a document."""

    vocabulary: dict[str, int]
    weights: sparse.csr_array
    size: int
    every_term: bool = False


def build_index(documents: Sequence[Sequence[str]]) -> Index:
    """Return the BM25 index of `documents`, each a sequence of terms."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for column, terms in enumerate(documents):
        for term in terms:
            rows.append(vocabulary.setdefault(term, len(vocabulary)))
            columns.append(column)
    shape = (len(vocabulary), len(documents))
    counts = sparse.csr_array(
        sparse.coo_array((np.ones(len(rows)), (np.asarray(rows, np.int64), np.asarray(columns, np.int64))), shape=shape)
    )
    counts.sum_duplicates()
    lengths = np.asarray([len(terms) for terms in documents], np.float64)
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    frequency = np.diff(counts.indptr).astype(np.float64)
    idf = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5))
    tf = counts.data
    norm = K1 * (1 - B + B * lengths[counts.indices] / mean)
    counts.data = np.repeat(idf, np.diff(counts.indptr)) * tf * (K1 + 1) / (tf + norm)
    return Index(vocabulary, counts, len(documents))


def fixed_index(documents: Sequence[Sequence[str]], weigh: Callable[[str], float]) -> Index:
    """Return an index in which a term weighs `weigh(term)` wherever it stands.

    A score then depends on query and document alone: further documents never change what is found among the rest.
    """
    index = build_index([sorted(set(terms)) for terms in documents])
    values = np.asarray([weigh(term) for term in index.vocabulary])
    index.weights.data = np.repeat(values, np.diff(index.weights.indptr))
    return Index(index.vocabulary, index.weights, index.size, every_term=True)


def search(
    index: Index,
    queries: Sequence[Sequence[str]],
    *,
    k: int,
    allowed: Callable[[int, Ints], NDArray[np.bool_]] | None = None,
) -> Iterator[tuple[Ints, Floats]]:
    """Yield for each query its up to `k` best documents and their scores, best first, ties by position.

    `allowed(query, documents)` says which of the documents found may be returned (a window in time, say).
    """
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK]
        scores = sparse.csr_array(_query_matrix(index, block) @ index.weights)
        for row in range(len(block)):
            part = slice(scores.indptr[row], scores.indptr[row + 1])
            documents, values = scores.indices[part].astype(np.int64), scores.data[part]
            if allowed is not None and len(documents):
                keep = allowed(start + row, documents)
                documents, values = documents[keep], values[keep]
            if len(documents) > 4 * k:
                keep_best = np.argpartition(-values, 2 * k)[: 2 * k]
                documents, values = documents[keep_best], values[keep_best]
            order = np.lexsort((documents, -values))[:k]
            yield documents[order], values[order]


def _query_matrix(index: Index, queries: Sequence[Sequence[str]]) -> sparse.csr_array:
    limit = max(COMMON_AT_LEAST, COMMON * index.size)
    frequency = np.diff(index.weights.indptr)
    rows: list[int] = []
    columns: list[int] = []
    for row, terms in enumerate(queries):
        known = sorted({index.vocabulary[term] for term in terms if term in index.vocabulary})
        rare = [term for term in known if frequency[term] <= limit]
        used = rare if len(rare) >= 2 and not index.every_term else known
        rows.extend([row] * len(used))
        columns.extend(used)
    shape = (len(queries), len(index.vocabulary))
    positions = (np.asarray(rows, np.int64), np.asarray(columns, np.int64))
    return sparse.csr_array((np.ones(len(rows)), positions), shape=shape)
