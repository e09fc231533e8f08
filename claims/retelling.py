"""How much of one article another holds in other words: the facts, sentence by sentence, and the quotations."""

from bisect import bisect_right
from dataclasses import dataclass

from claims.fingerprints import names_and_figures, quotations, shingles, split_words
from claims.matching.terms import content_terms, weight
from claims.records import Article
from claims.sentences import sentences

MIN_QUOTED = 6
ALIGNED = 0.45
REACH = 3
_QUOTED_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """What an article tells, regardless of its wording."""

    words: frozenset[str]
    names: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    terms: frozenset[str]
    quoted: frozenset[int]
    phrases: frozenset[int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many names and sentences an article has, and which shares of its facts another holds as well."""

    n_names: int
    n_sentences: int
    names: float
    terms: float
    sentences: float
    quoted: float | None

    @property
    def score(self) -> float:
        """The mean of the shares; of an article that quotes next to nothing, of the other three."""
        shares = (self.names, self.terms, self.sentences) + (() if self.quoted is None else (self.quoted,))
        return sum(shares) / len(shares)


def read_telling(article: Article) -> Telling:
    """Return what `article` tells."""
    text = article.text
    split = [frozenset(content_terms(text[span.start : span.end])) for span in sentences(text)]
    words = split_words(text)
    quoted = [shingles(split_words(quotation), _QUOTED_IN_A_ROW).tolist() for quotation in quotations(text)]
    return Telling(
        words=frozenset(words),
        names=frozenset(word for name in names_and_figures(text) for word in split_words(name) if _tells(word)),
        sentences=tuple(terms for terms in split if len(terms) >= 3),
        terms=frozenset().union(*split),
        quoted=frozenset(hashed for quotation in quoted for hashed in quotation),
        phrases=frozenset(shingles(words, _QUOTED_IN_A_ROW).tolist()),
    )


def _tells(word: str) -> bool:
    return len(word) > 2 or word.isdigit()


def coverage(one: Telling, other: Telling, *, credited: frozenset[str] = frozenset()) -> Coverage | None:
    """Return how much of `one` is in `other`, None where either says nothing.

    The words by which `one` credits the other (`credited`) are no facts that the other would have to hold.
    """
    told = one.names - credited
    if not (told and one.sentences and other.sentences):
        return None
    names = len(told & other.words) / len(told)
    total = sum(map(weight, one.terms))
    terms = sum(weight(term) for term in one.terms & other.terms) / total
    # A sentence may be told in two, and the other way round.
    windows = [
        first | second for first, second in zip(other.sentences, (*other.sentences[1:], frozenset()), strict=True)
    ]
    closest = [
        max((_share(sentence, window), -place) for place, window in enumerate(windows)) for sentence in one.sentences
    ]
    places = sorted(-place for share, place in closest if share >= ALIGNED)
    # In a day's running report a few sentences like any others stand somewhere: who retells follows one passage of it.
    reach = REACH * len(one.sentences) + REACH
    aligned = max((bisect_right(places, place + reach) - at for at, place in enumerate(places)), default=0)
    quoted = len(one.quoted & other.phrases) / len(one.quoted) if len(one.quoted) >= MIN_QUOTED else None
    return Coverage(
        n_names=len(told),
        n_sentences=len(one.sentences),
        names=names,
        terms=terms,
        sentences=aligned / len(one.sentences),
        quoted=quoted,
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return sum(weight(term) for term in one & other) / sum(map(weight, one))
