"""Rules: the relations of one sentence, outer before inner."""

from dataclasses import replace

from claims.extraction.asides import contents_of, find_aside
from claims.extraction.noun_phrases import Range
from claims.extraction.sentence import Draft, Sentence
from claims.extraction.statements import find_statement
from claims.extraction.tokens import Tokens

_MAX_DEPTH = 2
_ENDS = (".", "?", "!", "…")
_Last = tuple[int, Range | None] | None


def read_sentence(tokens: Tokens) -> tuple[Draft, ...]:
    """Return the relations of a sentence, each one's `parent` before it or, for a closing relay, after it."""
    sentence = Sentence(tokens)
    end = len(tokens)
    while end and tokens[end - 1].low in _ENDS:
        end -= 1
    _read(sentence, (0, end), None, parent=None, depth=0)
    return tuple(sentence.drafts)


def _read(sentence: Sentence, bounds: Range, shared: Range | None, *, parent: int | None, depth: int) -> None:
    """Read a range; `shared` is who said what stands in it, for verbs in it that have no subject of their own."""
    start, end = bounds
    if depth > _MAX_DEPTH or end - start < 2:
        return
    last = _read_asides(sentence, bounds, parent=parent, depth=depth)
    rest, shared = (start, shared) if last is None else last
    if rest < end:
        _read_statements(sentence, (rest, end), shared, parent=parent, depth=depth)


def _read_asides(sentence: Sentence, bounds: Range, *, parent: int | None, depth: int) -> _Last:
    """Read every "C, X said" of the range, and what is attributed inside C; return where the last ends, and its X."""
    start, end = bounds
    done = start
    previous: int | None = None
    for cue in sentence.cues_in(start, end):
        aside = find_aside(sentence, cue, done, end) if cue.start >= done else None
        if aside is None:
            continue
        index = len(sentence.drafts)
        contents = contents_of(sentence, aside, done, end)
        relays = not contents and previous is not None
        if relays and previous is not None:
            # "C, the official said, reports Reuters": the second aside relays all that stands before it.
            contents = contents_of(sentence, aside, start, end)
            sentence.drafts[previous] = replace(sentence.drafts[previous], parent=index)
        if not contents:
            continue
        cue_range = aside.cue
        sentence.drafts.append(
            Draft(source=aside.source, cue=cue_range, contents=contents, rule="aside", parent=parent)
        )
        if not relays:
            first = contents[0]
            _read(sentence, first, None, parent=index, depth=depth + 1)
        previous = index
        done = max(aside.end, contents[-1][1])
    return None if previous is None else (done, sentence.drafts[previous].source)


def _read_statements(
    sentence: Sentence, bounds: Range, shared: Range | None, *, parent: int | None, depth: int
) -> None:
    """Read every "X said C" of the range, and what is attributed inside C; `shared` is the subject so far."""
    start, end = bounds
    done = start
    for cue in sentence.cues_in(start, end):
        if cue.start < done or (depth and not cue.inner):
            continue
        draft = find_statement(sentence, cue, bounds, shared)
        if draft is None:
            if cue.form in ("past", "third", "group"):
                shared = sentence.subject(cue, done) or shared
            continue
        index = len(sentence.drafts)
        sentence.drafts.append(replace(draft, parent=parent))
        shared = draft.source or shared
        last = draft.contents[-1]
        done = max(done, draft.cue[1], last[1])
        if last[0] >= draft.cue[1]:
            _read(sentence, last, draft.source, parent=index, depth=depth + 1)
