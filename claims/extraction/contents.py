"""Where a content starts after its cue, and where it ends."""

from claims.extraction.cue_lexicon import is_adverb, word_class
from claims.extraction.cues import Cue
from claims.extraction.noun_phrases import DASHES, phrase_before, phrase_from
from claims.extraction.sentence import Sentence

_MAX_CLAUSE_START = 25
_MAX_OCCASION = 14
_OWN_CLAUSE = 8


def place(sentence: Sentence, cue: Cue, end: int) -> tuple[int, int, str] | None:
    """Return where the cue ends, where its content starts and by which frame, or None where no content follows."""
    at = cue.end
    if cue.form == "noun" and sentence.low(at) in ("by", "from"):
        source = phrase_from(sentence.tokens, at + 1, end)
        at = source[1] if source else at
    if "to" in cue.frames and sentence.low(at) == "to" and _is_infinitive(sentence, at + 1):
        return cue.end, at, "to"
    particle_end = _particle_end(sentence, cue, at, end)
    if particle_end is not None:
        return particle_end, particle_end, "preposition"
    if "person" in cue.frames and sentence.kind(at) == "w" and sentence.low(at) not in ("that", "to"):
        person = phrase_from(sentence.tokens, at, end)
        if person is None and "object" not in cue.frames:
            return None
        if person and person[1] < end and not sentence.is_verb(person[1]):
            frames = cue.frames - {"object"}
            found = _frame(sentence, _after_occasion(sentence, person[1], end), end, frames)
            if found:
                return cue.end, *found
    found = _frame(sentence, _after_occasion(sentence, at, end), end, cue.frames)
    if found is None:
        return None
    return (cue.end, at, "object") if found[1] == "object" else (cue.end, *found)


def _is_infinitive(sentence: Sentence, at: int) -> bool:
    if sentence.kind(at) != "w" or sentence.tokens[at].capital:
        return False
    return sentence.low(at) not in word_class("determiners", "pronouns") and not sentence.low(at).endswith("ing")


def _particle_end(sentence: Sentence, cue: Cue, at: int, end: int) -> int | None:
    """Return the end of the preposition that the cue takes ("called for", "lashed out at"), or None."""
    if sentence.is_amount(at):
        return None
    for frame in sorted((frame for frame in cue.frames if frame.startswith("+")), key=len, reverse=True):
        particles = frame[1:].split("_")
        stop = at + len(particles)
        if stop < end and [sentence.low(index) for index in range(at, stop)] == particles:
            return None if sentence.low(stop) in (",", "condition") else stop
    return None


def _after_occasion(sentence: Sentence, at: int, end: int) -> int:
    """Return the position after when, where and to whom something was said, if a content follows there."""
    index = at
    while index < end and (
        sentence.low(index) in word_class("days", "periods", "time_words") - {"this"} or is_adverb(sentence.low(index))
    ):
        index += 1
    probe = index
    for _ in range(3):
        phrase = (
            phrase_from(sentence.tokens, probe + 1, end) if sentence.low(probe) in word_class("occasions") else None
        )
        if phrase is None:
            break
        probe = phrase[1]
        while probe < end and sentence.low(probe) in word_class("days", "periods"):
            probe += 1
    if probe > index and (sentence.low(probe) in ("that", "whether") or sentence.quoted_after(probe) is not None):
        return probe
    if sentence.low(index) in word_class("prepositions"):
        for probe in range(index, min(end, index + _MAX_OCCASION)):
            if sentence.low(probe) in ("that", "whether"):
                return probe
            if sentence.kind(probe) == "p" or sentence.is_verb(probe):
                break
    return index


def _frame(sentence: Sentence, at: int, end: int, frames: frozenset[str]) -> tuple[int, str] | None:
    """Return where the content starts and by which of the frames, or None."""
    if at >= end:
        return None
    low = sentence.low(at)
    found: tuple[int, str] | None = None
    quoted = sentence.quoted_after(at)
    if quoted is not None and quoted < end and frames & {"quote", "bare", "object"}:
        found = (quoted, "quote") if "quote" in frames or low not in (",", ":") else None
    elif low == ":" and frames & {"quote", "bare"}:
        found = at + 1, "colon"
    elif low == "," and "that" in frames and sentence.low(at + 1) == "that":
        found = at + 1, "that"
    elif sentence.kind(at) == "w":
        found = _worded_frame(sentence, at, end, frames)
    return found


def _worded_frame(sentence: Sentence, at: int, end: int, frames: frozenset[str]) -> tuple[int, str] | None:
    low = sentence.low(at)
    if low in word_class("complementizers") and "that" in frames:
        return at, "that"
    if low == "to" and "to" in frames and sentence.kind(at + 1) == "w":
        return at, "to"
    no_phrase = word_class("prepositions", "conjunctions", "subordinators") - word_class("complementizers")
    if low in no_phrase and not sentence.is_amount(at):
        return None
    if "bare" in frames and _is_bare_clause(sentence, at, end):
        return at, "bare"
    return (at, "object") if "object" in frames and not sentence.is_verb(at) else None


def _is_bare_clause(sentence: Sentence, at: int, end: int) -> bool:
    if sentence.low(at) in word_class("subjects") | {"it", "you"}:
        return True
    if sentence.low(at) in ("no", "yes") and at + 1 == end:
        return True
    return sentence.has_verb(at + 1, min(end, at + _MAX_CLAUSE_START))


def content_stop(sentence: Sentence, cue: Cue, start: int, end: int, *, phrase: bool = False) -> int:
    """Return where a content that starts at `start` ends: where the writer or another cue takes over, or at `end`.

    With `phrase`, the content is no clause of its own, so that a finite verb after "and" is the source's next act.
    """
    fronted = _is_fronted(sentence, cue)
    for index in range(start + 1, end):
        low = sentence.low(index)
        if low == ";" or (low == "according" and sentence.low(index + 1) == "to"):
            return index
        if low == ":" and sentence.kind(index + 1) == "w" and sentence.tokens[index + 1].capital:
            return index
        if low == "," and (fronted or _is_writer(sentence, index)) and not _is_aside(sentence, start, index, end):
            return index
        if phrase and low in ("and", "but") and cue.form != "ing" and _acts(sentence, index + 1):
            return index
        if low in (",", "and", "but", *DASHES) and _next_cue(sentence, cue, index, end):
            return index
    return end


def _acts(sentence: Sentence, index: int) -> bool:
    """Return whether a finite verb stands at `index`, up to an adverb."""
    return sentence.is_verb(index + is_adverb(sentence.low(index)))


def _is_fronted(sentence: Sentence, cue: Cue) -> bool:
    """Return whether the cue stands in a clause before the main clause ("When X said …, Y …")."""
    first = sentence.low(1) if sentence.low(0) in ("but", "and", "even", "so") else sentence.low(0)
    opens = first in word_class("subordinators") - word_class("complementizers") | {"when", "to"} or first.endswith(
        "ing"
    )
    return opens and all(sentence.low(index) != "," for index in range(cue.start))


def _is_writer(sentence: Sentence, comma: int) -> bool:
    """Return whether what follows a comma is more often the writer's than the speaker's.

    Chosen by how often an annotated content ends there: at "but" .69, a participle .68, "while" .68, "which" .63, "who"
    .60 of such commas in 400 annotated articles; at "as", "with", "in" less than half.
    """
    following = sentence.low(comma + 1)
    if following in word_class("writer_breaks"):
        return True
    return following.endswith("ing") and len(following) > 5 and following not in word_class("not_participles")


def _is_aside(sentence: Sentence, start: int, comma: int, end: int) -> bool:
    """Return whether a relative clause opens at `comma` inside a clause that still waits for its verb.

    "said Smith, who lost in May, would run again": the content has no verb before the clause and one right after it.
    """
    if sentence.low(comma + 1) not in ("who", "which", "whose", "where") or sentence.has_verb(start, comma):
        return False
    closing = (index for index in range(comma + 2, end) if sentence.low(index) == ",")
    return any(_acts(sentence, index + 1) for index in closing)


def _next_cue(sentence: Sentence, cue: Cue, index: int, end: int) -> bool:
    """Return whether the conjunction or comma at `index` leads to a cue beside this one."""
    comma = sentence.low(index) == ","
    ahead = index + 1
    while ahead < end and (
        sentence.low(ahead) in ("and", "but", "also", "then", "later") or is_adverb(sentence.low(ahead))
    ):
        ahead += 1
    following = sentence.cue_over(ahead)
    if following is None or following.start <= cue.start or following.form == "base":
        joined = not comma or sentence.low(index + 1) in ("and", "but")
        return joined and _own_clause(sentence, cue, ahead, end)
    if following.form in ("according", "impersonal"):
        return True
    if following.form != cue.form or following.form not in ("past", "third"):
        return False
    return sentence.low(index + 1) in ("and", "but") if comma else bool(following.frames & {"that", "quote"})


def _own_clause(sentence: Sentence, cue: Cue, ahead: int, end: int) -> bool:
    """Return whether a clause with a speaker and a cue of its own starts at `ahead` ("and other leaders said …")."""
    near = (found for found in sentence.cues if ahead < found.start < min(end, ahead + _OWN_CLAUSE))
    following = next(near, None)
    if following is None or not {following.form, cue.form} <= {"past", "third", "group"}:
        return False
    source = phrase_before(sentence.tokens, following.start, ahead) if "aside" in following.frames else None
    return source is not None and source[0] == ahead
