"""Speech: sentences with their quotations whole, and the quotations that go on with an earlier one."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.cue_lexicon import verb_forms, word_class
from claims.extraction.quotations import CLOSING_MARKS, overlapping
from claims.extraction.relations import Relation
from claims.records import Span
from claims.sentences import paragraphs, sentences

_SPEECH = 12
_MAX_SPEAKER = 120
_MAX_SPEAKER_WORDS = 8
_SPEAKER_WORD = re.compile(r"\w+(?:[’'.-]\w+)*|[^\w\s]")


def whole_sentences(text: str, block: Span, quotes: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of a paragraph: one quotation is in one of them, and “Why?” stays with its "he asked"."""
    start: int | None = None
    for span in sentences(text[block.start : block.end]):
        end = block.start + span.end
        start = block.start + span.start if start is None else start
        if any(quote.start < end < quote.end for quote in overlapping(quotes, Span(end - 1, end + 1))):
            continue
        if _asks(text[start:end]) and _names_speaker(text[end : min(block.end, end + _MAX_SPEAKER)]):
            continue
        yield Span(start, end)
        start = None
    if start is not None:
        yield Span(start, block.end)


def _asks(sentence: str) -> bool:
    bare = sentence.rstrip("”\"'’»›")
    return bare != sentence and bare.endswith(("?", "!"))


def _names_speaker(rest: str) -> bool:
    """Return whether a text starts with a name and a cue that says nothing more ("Smith asked.", "asked Smith,")."""
    words = _SPEAKER_WORD.findall(rest)
    for index, word in enumerate(words[:_MAX_SPEAKER_WORDS]):
        frames, forms = verb_forms().get(word.lower(), (frozenset(), frozenset()))
        if "aside" in frames and forms & {"past", "third"}:
            after = words[index + 1].lower() if index + 1 < len(words) else "."
            return index == 0 or after in (".", ",") or after in word_class("days", "prepositions")
        if not word[0].isalnum():
            return False
    return False


def attach_quotations(text: str, relations: Sequence[Relation], quotes: Sequence[Span]) -> tuple[Relation, ...]:
    """Return `relations` with the quotations that go on with theirs added to their contents, order kept.

    A sentence that is only a quotation belongs to whoever was quoted just before it in the paragraph; a quotation
    left open at the end of a paragraph goes on in the next one if that opens with a quotation.
    """
    extended = list(relations)
    by_cue = deque(sorted(range(len(extended)), key=lambda index: extended[index].cue))
    speaker: int | None = None
    for paragraph in paragraphs(text):
        for span in whole_sentences(text, paragraph, quotes):
            inside: list[int] = []
            while by_cue and extended[by_cue[0]].cue[0].start < span.end:
                inside.append(by_cue.popleft())
            within = overlapping(quotes, span)
            quoting = [
                index for index in inside if extended[index].nested_in is None and _quotes(extended[index], within)
            ]
            if quoting:
                speaker = quoting[-1]
            elif speaker is not None and not inside and _is_only(span, within):
                relation = extended[speaker]
                extended[speaker] = replace(
                    relation, content=(*relation.content, Span(within[0].start, within[-1].end))
                )
            else:
                speaker = None
        if not _runs_on(text, paragraph, quotes):
            speaker = None
    return tuple(extended)


def _quotes(relation: Relation, within: Sequence[Span]) -> bool:
    """Return whether a content holds more than a quoted word or two of the sentence's quotations."""
    return any(quote.end - quote.start > _SPEECH for piece in relation.content for quote in overlapping(within, piece))


def _is_only(span: Span, within: Sequence[Span]) -> bool:
    """Return whether a sentence is nothing but quotations (and a mark or two)."""
    return bool(within) and sum(quote.end - quote.start for quote in within) >= span.end - span.start - 3


def _runs_on(text: str, paragraph: Span, quotes: Sequence[Span]) -> bool:
    """Return whether a paragraph ends inside a quotation that was never closed."""
    last = overlapping(quotes, Span(paragraph.end - 1, paragraph.end))
    return bool(last) and not text[last[-1].start : last[-1].end].endswith(CLOSING_MARKS)
