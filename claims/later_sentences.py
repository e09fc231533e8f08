"""The sentences of later articles, each with its article, its story and the sentence before it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.questions import Question, flat
from claims.records import Article, Span
from claims.sentences import sentences


@dataclass(frozen=True, slots=True)
class LaterArticle:
    """An article that may bear on claims made before it, with the story it belongs to."""

    article: Article
    story_id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a later article, outside its captions."""

    later: LaterArticle
    span: Span
    before: Span | None


def sentences_of(item: LaterArticle) -> Iterator[Sentence]:
    """Yield the sentences of an article that are no caption."""
    captions = item.article.captions
    before: Span | None = None
    for span in sentences(item.article.text):
        if not any(caption.start < span.end and span.start < caption.end for caption in captions):
            yield Sentence(item, span, before)
            before = span


def text_of(sentence: Sentence) -> str:
    """Return the article's own words."""
    return sentence.later.article.text[sentence.span.start : sentence.span.end]


def reprints(questions: Sequence[Question], pool: Sequence[Sentence]) -> dict[str, frozenset[str]]:
    """Return for each claim the articles that print the very sentence it stands in: reprints, whoever missed them."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for sentence in pool:
        holders[flat(text_of(sentence))].add(sentence.later.article.article_id)
    return {
        question.reading.claim_id: frozenset().union(
            *(holders[own] for own in question.own_sentences if own.count(" ") >= 5 and own in holders)
        )
        for question in questions
    }
