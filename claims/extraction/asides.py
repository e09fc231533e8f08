"""Content first: "C, X said", "C, said X", "C, according to X", "C1, X said, C2"."""

from typing import NamedTuple

from claims.extraction.cue_lexicon import is_adverb, word_class
from claims.extraction.cues import Cue
from claims.extraction.noun_phrases import DASHES, Range, head_of, phrase_from
from claims.extraction.sentence import Sentence

_SHORT_OPENING = 3


class Aside(NamedTuple):
    """Who said it, by which cue, and where the words that belong to that end."""

    source: Range
    cue: Range
    end: int

    @property
    def start(self) -> int:
        """Where source and cue begin: the content stands before."""
        return min(self.source[0], self.cue[0])


def find_aside(sentence: Sentence, cue: Cue, start: int, end: int) -> Aside | None:
    """Return the aside at a cue whose content stands in the range before it, or None."""
    if cue.form == "according":
        source = phrase_from(sentence.tokens, cue.end, end)
        stands_first = sentence.begin(start, cue.start) >= cue.start
        return None if source is None or stands_first else Aside(source, (cue.start, cue.end), source[1])
    if "aside" not in cue.frames or cue.form == "ing":
        return None
    if "that" not in cue.frames and not any(sentence.kind(index) == "q" for index in range(start, cue.start)):
        return None
    return _inverted(sentence, cue, start, end) or _straight(sentence, cue, start, end)


def contents_of(sentence: Sentence, aside: Aside, start: int, end: int) -> tuple[Range, ...]:
    """Return the pieces of what an aside attributes: what stands before it and what goes on after it."""
    stop = aside.start
    while stop > start and sentence.low(stop - 1) in (",", *DASHES):
        stop -= 1
    begin = sentence.begin(start, stop)
    if begin >= stop:
        return ()
    is_clause = sentence.has_verb(begin, stop)
    rest = _resumed(sentence, aside.end, end, predicate=not is_clause)
    if rest is None:
        return ((begin, stop),)
    is_opening = stop - begin <= _SHORT_OPENING and not is_clause and not sentence.is_verb(rest[0])
    return (rest,) if is_opening else ((begin, stop), rest)


def _separates(sentence: Sentence, index: int) -> bool:
    return sentence.kind(index) == "q" or sentence.low(index) in (",", "?", "!", *DASHES)


def _inverted(sentence: Sentence, cue: Cue, start: int, end: int) -> Aside | None:
    """Return the aside "…, said X": a clause or quotation before it, no clause after the name."""
    before = cue.start - 1
    if before < start or not _separates(sentence, before) or "person" in cue.frames:
        return None
    source = phrase_from(sentence.tokens, cue.end, end)
    if source is None or sentence.low(cue.end) in word_class("time_words") | {"there"}:
        return None
    if sentence.kind(before) != "q" and not sentence.has_verb(start, before):
        # A headline's "Sanctions coming, says official", not "John Smith, a professor, said many things".
        reads = source[1] == end and sentence.low(head_of(sentence.tokens, source)) in word_class("speakers")
    else:
        reads = not _goes_on(sentence, cue, source, (start, end))
    return Aside(source, (cue.start, cue.end), source[1]) if reads else None


def _goes_on(sentence: Sentence, cue: Cue, source: Range, bounds: Range) -> bool:
    """Return whether what follows a cue is a clause of which `source` is the subject, so no speaker."""
    start, end = bounds
    before = sentence.subject(cue, start) if sentence.low(cue.start - 1) == "," else None
    if before is not None and before[0] == start and sentence.has_verb(source[1], end):
        return True
    first, after = sentence.low(source[0]), sentence.low(source[1])
    if first in word_class("complementizers", "subjects") | {"it"} and source[1] < end and after not in (",", "."):
        return True
    if sentence.kind(source[1]) != "w" or after in word_class("prepositions", "subordinators"):
        return False
    return any(sentence.is_verb(index) for index in range(source[1], min(end, source[1] + 3)))


def _straight(sentence: Sentence, cue: Cue, start: int, end: int) -> Aside | None:
    """Return the aside "…, X said": nothing after it that could be its content."""
    source = sentence.subject(cue, start)
    if source is None or source[0] - 1 < start or not _separates(sentence, source[0] - 1):
        return None
    after = _adjuncts_end(sentence, cue, end)
    aside = Aside(source, (cue.start, cue.end), after)
    quoted = sentence.quoted_before(source[0])
    opener = sentence.low(start)
    circumstance = opener in word_class("subordinators") or opener.endswith(("ing", "ed"))
    if quoted and not circumstance and sentence.low(after) != "that":
        return aside
    if not _ends_here(sentence, after, end):
        return None
    is_clause = sentence.has_verb(start, source[0] - 1)
    if not quoted and sentence.quoted_after(after) is not None:
        # "In Ohio, he said, “C”": the quotation is the content, what stands before it only where or when.
        return aside if is_clause and opener not in word_class("subordinators") else None
    if opener in word_class("prepositions") and not is_clause and _resumed(sentence, after, end) is None:
        return None
    return aside


def _ends_here(sentence: Sentence, after: int, end: int) -> bool:
    if after >= end or sentence.kind(after) == "q":
        return True
    return sentence.low(after) in word_class("resuming_breaks") or sentence.low(after) in (
        ",",
        ".",
        ":",
        ";",
        ")",
        *DASHES,
    )


def _adjuncts_end(sentence: Sentence, cue: Cue, end: int) -> int:
    """Return where what belongs to an aside ends: addressee, day, place ("told Reuters in an interview")."""
    at = cue.end
    if "person" in cue.frames and at < end and sentence.kind(at) == "w" and sentence.low(at) not in ("that", "to"):
        person = phrase_from(sentence.tokens, at, end)
        at = person[1] if person else at
    while at < end and (sentence.low(at) in word_class("days", "periods", "time_words") or is_adverb(sentence.low(at))):
        at += 1
    low = sentence.low(at)
    if at < end and (low in word_class("prepositions") or low in ("when", "while", "as") or low.isdigit()):
        ends = (
            index for index in range(at, end) if sentence.low(index) in (",", ";", ":") or sentence.kind(index) == "q"
        )
        stop = next(ends, end)
        return at if any(sentence.low(index) == "that" for index in range(at, stop)) else stop
    return at


def _resumed(sentence: Sentence, after: int, end: int, *, predicate: bool = False) -> Range | None:
    """Return the rest of a content that an aside interrupts, or None.

    With `predicate`, only a subject stood before ("Democrats, he notes, oppose it"), so the rest may start with a verb.
    """
    quoted = sentence.quoted_after(after)
    if quoted is not None and quoted < end:
        return (quoted, end if sentence.goes_on_after_quote(quoted, end) else quoted + 1)
    if sentence.low(after) != "," or after + 1 >= end:
        return None
    if _is_relay(sentence, after + 1, end):
        return None
    first = sentence.low(after + 1)
    if first in word_class("resuming_breaks") or first.endswith("ing"):
        return None
    return (after + 1, end) if predicate or sentence.cue_over(after + 1) is None else None


def _is_relay(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether the range is an aside of its own: "C, the official said, | Reuters reported"."""
    cue = next(iter(sentence.cues_in(start, end)), None)
    if cue is None or "aside" not in cue.frames:
        return False
    source = sentence.subject(cue, start)
    return source is not None and source[0] == start and _adjuncts_end(sentence, cue, end) >= end
