"""Rules: from the cues of one sentence to source, cue and content, in token positions."""

from dataclasses import dataclass, replace

from claims.extraction.cues import Cue, find_cues, grammar, is_adverb, is_verb
from claims.extraction.noun_phrases import DASHES, head_of, phrase_before, phrase_from
from claims.extraction.tokens import Tokens
from claims.lexicons.load import words

Range = tuple[int, int]
MAX_DEPTH = 2
_AMOUNTS = ("half", "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENDS = (".", "?", "!", "…")
_ADDED = ("adding", "saying", "calling", "citing", "noting", "arguing", "telling", "suggesting", "insisting", "claiming", "writing",
          "explaining", "describing", "urging", "accusing", "warning", "promising", "vowing", "predicting", "declaring", "stating",
          "tweeting", "recalling", "pointing", "referring", "asking", "acknowledging", "stressing", "announcing", "pledging",
          "denouncing", "criticizing", "praising", "comparing")
_BREAKS = ("while", "although", "though", "despite", "but", "whereas", "as", "after", "when", "since", "even", "with", "before", "in", "at", "on", "during", "who")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation in token positions; `parent` is the index of the draft whose content it lies in."""

    source: Range | None
    cue: Range
    contents: tuple[Range, ...]
    rule: str
    parent: int | None = None


class _Sentence:
    """One sentence while it is being read: its tokens, its cues and the drafts so far."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.cues = find_cues(tokens)
        self.drafts: list[Draft] = []

    def low(self, index: int) -> str:
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def cues_in(self, start: int, end: int) -> list[Cue]:
        return [cue for cue in self.cues if start <= cue.start and cue.head < end]


def read_sentence(tokens: Tokens) -> tuple[Draft, ...]:
    """Return the relations of one sentence, outer before inner."""
    sentence = _Sentence(tokens)
    end = len(tokens)
    while end and tokens[end - 1].low in _ENDS:
        end -= 1
    _read(sentence, 0, end, parent=None, depth=0)
    return tuple(sentence.drafts)


def _read(sentence: _Sentence, start: int, end: int, *, parent: int | None, depth: int) -> None:
    if depth > MAX_DEPTH or end - start < 2:
        return
    rest = _asides(sentence, start, end, parent=parent, depth=depth)
    if rest < end:
        _forward(sentence, rest, end, parent=parent, depth=depth)


# --- content first: "C, X said" ---------------------------------------------------------------------------------------


def _asides(sentence: _Sentence, start: int, end: int, *, parent: int | None, depth: int) -> int:
    """Read every "C, X said" of the range; return where reading goes on."""
    done = start
    previous: int | None = None
    for cue in sentence.cues_in(start, end):
        if cue.start < done or not (found := _aside(sentence, cue, done, end)):
            continue
        source, (cue_start, cue_end), after = found
        stop = min(cue_start, source[0]) if source else cue_start
        content_end = stop
        while content_end > start and sentence.low(content_end - 1) in (",", *DASHES):
            content_end -= 1
        begin = _begin(sentence, done, content_end)
        if begin >= content_end:
            if previous is None:
                continue
            begin = _begin(sentence, start, content_end)
            index = len(sentence.drafts)
            sentence.drafts[previous] = replace(sentence.drafts[previous], parent=index)
        contents = [(begin, content_end)]
        index = len(sentence.drafts)
        more = _resumed(sentence, after, end, predicate_only=not _is_clause(sentence, begin, content_end))
        if more:
            if content_end - begin <= 3 and not _is_clause(sentence, begin, content_end):
                contents = []
            contents.append(more)
            after = more[1]
        sentence.drafts.append(Draft(source=source, cue=(cue_start, cue_end), contents=tuple(contents), rule="aside", parent=parent))
        if previous is None or begin >= done:
            _read(sentence, begin, content_end, parent=index, depth=depth + 1)
        previous = index
        done = after
    return done


def _begin(sentence: _Sentence, start: int, end: int) -> int:
    while start < end and (sentence.low(start) in ("but", "and", "so", "yet", ",", ";", ":", ".", *DASHES) or sentence.kind(start) == "p" and sentence.low(start) in ")’'"):
        start += 1
    return start


def _aside(sentence: _Sentence, cue: Cue, start: int, end: int) -> tuple[Range | None, Range, int] | None:
    """Return source, cue and end of an aside at this cue, or None."""
    if cue.form == "according":
        source = phrase_from(sentence.tokens, cue.end, end)
        if cue.start == start or source is None or not _begin(sentence, start, cue.start) < cue.start:
            return None
        return source, (cue.start, cue.end), source[1]
    if "aside" not in cue.frames or cue.form == "ing":
        return None
    before = cue.start - 1
    if before >= start and _separates(sentence, before):
        source = phrase_from(sentence.tokens, cue.end, end) if "person" not in cue.frames else None
        if source and _inverted(sentence, cue, source, start, end):
            return source, (cue.start, cue.end), source[1]
    source = _subject(sentence, cue, start)
    if source is None or source[0] - 1 < start or not _separates(sentence, source[0] - 1):
        return None
    after = _adjuncts_end(sentence, cue, end)
    opener = sentence.low(start)
    fronted = opener in grammar()["subordinators"] or opener.endswith(("ing", "ed"))
    if _quoted_before(sentence, source[0]) and sentence.low(after) != "that" and not fronted:
        return source, (cue.start, cue.end), after
    if after < end and sentence.low(after) not in (",", ".", ":", ";", ")", *DASHES, *_BREAKS) and sentence.kind(after) != "q":
        return None
    if after < end and sentence.low(after) == ":" or sentence.kind(after) == "q" and sentence.kind(source[0] - 1) != "q" and not _quoted_before(sentence, source[0]):
        if _quoted_after(sentence, after) is not None and not _is_clause(sentence, start, source[0] - 1):
            return None
    if sentence.low(after) == "," and _quoted_after(sentence, after) is not None and not _quoted_before(sentence, source[0]):
        if not _is_clause(sentence, start, source[0] - 1) or sentence.low(start) in grammar()["subordinators"]:
            return None
    if sentence.low(start) in grammar()["prepositions"] and not _is_clause(sentence, start, source[0]) and not _resumed(sentence, after, end):
        return None
    return source, (cue.start, cue.end), after


def _separates(sentence: _Sentence, index: int) -> bool:
    return sentence.kind(index) == "q" or sentence.low(index) in (",", "?", "!", *DASHES)


def _quoted_before(sentence: _Sentence, index: int) -> bool:
    return sentence.kind(index - 1) == "q" or sentence.low(index - 1) == "," and sentence.kind(index - 2) == "q"


def _quoted_after(sentence: _Sentence, index: int) -> int | None:
    """Return the position of a quotation that follows `index` directly or after a comma or colon."""
    if sentence.low(index) in (",", ":", *DASHES):
        index += 1
    return index if sentence.kind(index) == "q" else None


def _is_clause(sentence: _Sentence, start: int, end: int) -> bool:
    return any(sentence.kind(i) == "q" or is_verb(sentence.tokens, i) for i in range(start, end))


def _inverted(sentence: _Sentence, cue: Cue, source: Range, start: int, end: int) -> bool:
    """Return whether "…, said X" reads so: a clause before, no clause after the name."""
    if not (sentence.kind(cue.start - 1) == "q" or _is_clause(sentence, start, cue.start - 1)):
        return source[1] == end and sentence.low(head_of(sentence.tokens, source)) in grammar()["speakers"]
    if sentence.low(source[0]) in grammar()["complementizers"] | {"they", "he", "she", "it", "we", "i"} and source[1] < end and sentence.low(source[1]) not in (",", "."):
        return False
    if sentence.kind(source[1]) != "w" or sentence.low(source[1]) in grammar()["prepositions"] | grammar()["subordinators"]:
        return True
    return not any(is_verb(sentence.tokens, i) for i in range(source[1], min(end, source[1] + 3)))


def _resumed(sentence: _Sentence, after: int, end: int, *, predicate_only: bool = False) -> Range | None:
    """Return the rest of a content that an aside interrupts, or None."""
    quoted = _quoted_after(sentence, after)
    if quoted is not None and quoted < end:
        return (quoted, end if _is_quote_tail(sentence, quoted, end) else quoted + 1)
    if sentence.low(after) != "," or after + 1 >= end:
        return None
    first = sentence.low(after + 1)
    if first in _BREAKS or first.endswith("ing"):
        return None
    if predicate_only:
        return (after + 1, end)
    if any(cue.start <= after + 1 <= cue.head for cue in sentence.cues):
        return None
    return (after + 1, end)


def _is_quote_tail(sentence: _Sentence, quoted: int, end: int) -> bool:
    return quoted + 1 < end and sentence.tokens[quoted].text.rstrip("”\"'’»")[-1:] not in ".,?!" and not sentence.cues_in(quoted, end)


# --- source first: "X said C" -----------------------------------------------------------------------------------------


def _forward(sentence: _Sentence, start: int, end: int, *, parent: int | None, depth: int) -> None:
    done = start
    shared: Range | None = None
    if start and sentence.drafts:
        shared = sentence.drafts[-1].source
    for cue in sentence.cues_in(start, end):
        if cue.start < done:
            continue
        if depth and not cue.inner:
            continue
        draft = _source_first(sentence, cue, start, end, shared)
        if draft is None:
            if cue.form in ("past", "third", "group"):
                shared = _subject(sentence, cue, done) or shared
            continue
        index = len(sentence.drafts)
        sentence.drafts.append(replace(draft, parent=parent))
        if draft.source is not None:
            shared = draft.source
        done = max(done, draft.cue[1], *(piece[1] for piece in draft.contents))
        last = draft.contents[-1]
        if last[0] >= draft.cue[1]:
            _read(sentence, *last, parent=index, depth=depth + 1)


def _source_first(sentence: _Sentence, cue: Cue, start: int, end: int, shared: Range | None) -> Draft | None:
    if cue.form == "according":
        source = phrase_from(sentence.tokens, cue.end, end)
        if source is None or sentence.low(source[1]) != "," or source[1] + 1 >= end:
            return None
        stop = _content_stop(sentence, cue, source[1] + 1, end)
        return Draft(source=source, cue=(cue.start, cue.end), contents=((source[1] + 1, stop),), rule="according")
    if cue.form == "impersonal":
        if sentence.low(cue.end) not in grammar()["complementizers"]:
            return None
        return Draft(source=None, cue=(cue.start, cue.end), contents=((cue.end, _content_stop(sentence, cue, cue.end, end)),), rule="impersonal")
    if cue.form in ("passive", "seems", "adverb"):
        return _sourceless(sentence, cue, start, end)
    placed = _place(sentence, cue, end)
    if placed is None:
        return _as_reported(sentence, cue, start, end)
    cue_end, begin, rule = placed
    if cue.form == "ing":
        source = _participle_source(sentence, cue, start, end, shared)
    elif cue.form == "noun":
        source = _possessor(sentence, cue)
    else:
        source = _subject(sentence, cue, start)
        if source is None and sentence.low(cue.start - 1) in ("and", "but", "or", "then", ","):
            source = shared or _main_subject(sentence, start, cue.start)
    if source is None or _not_verb(sentence, cue, source):
        return None
    stop = begin + 1 if rule == "quote" and not _is_quote_tail(sentence, begin, end) else _content_stop(sentence, cue, begin, end)
    if stop <= begin:
        return None
    return Draft(source=source, cue=(cue.start, cue_end), contents=((begin, stop),), rule=rule)


def _as_reported(sentence: _Sentence, cue: Cue, start: int, end: int) -> Draft | None:
    """Read "As X reported, C" and "C, as X reported"."""
    if not cue.frames & {"aside", "that"} or cue.form not in ("past", "third", "group", "base"):
        return None
    source = _subject(sentence, cue, start)
    if source is None or sentence.low(source[0] - 1) != "as":
        return None
    opening = source[0] - 1
    if opening == start and sentence.low(cue.end) == "," and cue.end + 1 < end:
        return Draft(source=source, cue=(cue.start, cue.end), contents=((cue.end + 1, end),), rule="as")
    if opening - 1 > start and sentence.low(opening - 1) == ",":
        return Draft(source=source, cue=(cue.start, cue.end), contents=((_begin(sentence, start, opening), opening - 1),), rule="as")
    return None


def _subject(sentence: _Sentence, cue: Cue, start: int) -> Range | None:
    end = cue.start
    classes = grammar()
    probe = end
    while probe > start and sentence.low(probe - 1) in classes["days"] | classes["periods"] | {"last", "this", "earlier", "late", "early"}:
        probe -= 1
    if probe < end and sentence.low(probe) in classes["days"] | {"last", "this", "late", "early", "earlier"}:
        if probe > start and sentence.low(probe - 1) == "on":
            probe -= 1
        if probe > start and sentence.kind(probe - 1) == "w":
            end = probe
    return phrase_before(sentence.tokens, end, start)


def _participle_source(sentence: _Sentence, cue: Cue, start: int, end: int, shared: Range | None) -> Range | None:
    before = sentence.low(cue.start - 1) if cue.start > start else ""
    if cue.start > start and sentence.kind(cue.start - 1) == "w" and before not in grammar()["prepositions"] | grammar()["conjunctions"] | grammar()["subordinators"]:
        return phrase_before(sentence.tokens, cue.start, start)
    if shared is not None:
        return shared
    if cue.start > start:
        return _main_subject(sentence, start, cue.start)
    comma = next((i for i in range(cue.end, end) if sentence.low(i) == ","), None)
    return phrase_from(sentence.tokens, comma + 1, end) if comma is not None else None


def _main_subject(sentence: _Sentence, start: int, end: int) -> Range | None:
    """Return the subject of the first finite verb of the range."""
    for index in range(start + 1, end):
        if is_verb(sentence.tokens, index):
            return phrase_before(sentence.tokens, index, start)
    return None


def _possessor(sentence: _Sentence, cue: Cue) -> Range | None:
    """Return X of "X's claim that …", "his belief that …" or "a claim by X that …"."""
    index = cue.start - 1
    if sentence.low(index) in ("his", "her", "their", "its", "my", "our", "your"):
        return (index, index + 1)
    if sentence.low(index).endswith(("'s", "s'")) and sentence.kind(index) == "w":
        found = phrase_before(sentence.tokens, index + 1)
        return found
    if sentence.low(cue.head + 1) in ("by", "from"):
        found = phrase_from(sentence.tokens, cue.head + 2, len(sentence.tokens))
        return found
    return None


def _not_verb(sentence: _Sentence, cue: Cue, source: Range) -> bool:
    """Return whether the cue word is more likely a noun or an adjective here."""
    if cue.form in ("noun", "ing", "group") or source[1] != cue.start:
        return False
    last = sentence.tokens[source[1] - 1]
    classes = grammar()
    if last.low in classes["determiners"] - {"all", "many", "some", "most", "several", "both", "few", "this", "that", "these", "those", "others", "two"} or (
        last.low.endswith("'s") and last.kind == "w"
    ):
        return True
    if cue.form in ("base", "third") and cue.end < len(sentence.tokens) and is_verb(sentence.tokens, cue.end) and (
        sentence.low(cue.end) not in ("is", "'s") or cue.form == "third"
    ):
        return True
    if cue.form == "base":
        return not _is_plural(sentence, source)
    if cue.form == "third" and sentence.tokens[cue.head].low in words("cues_nounlike.txt"):
        if last.low in classes["pronouns"] or last.capital or last.low in classes["speakers"] or last.low == ")":
            return False
        return not (sentence.low(source[0]) in classes["determiners"] and sentence.low(cue.end) == "that")
    return False


def _is_plural(sentence: _Sentence, source: Range) -> bool:
    """Return whether a noun phrase may be the subject of a bare verb form ("they say", "officials say")."""
    classes = grammar()
    head = sentence.low(head_of(sentence.tokens, source))
    if head in ("he", "she", "it"):
        return False
    lows = {token.low for token in sentence.tokens[source[0] : source[1]]}
    if head in classes["subjects"] | {"who", "you", "many", "some", "most", "people", "police", "which", "both", "few", "others", "those"} or lows & {"and", "%"}:
        return True
    return head.endswith("s") and not head.endswith(("ss", "'s")) or head in ("percent", "men", "women", "half", "in", "media") or head in _AMOUNTS


def _place(sentence: _Sentence, cue: Cue, end: int) -> tuple[int, int, str] | None:
    """Return where the cue ends, where its content starts and by which frame, or None."""
    at = cue.end
    frames = cue.frames
    if cue.form == "noun" and sentence.low(at) in ("by", "from"):
        source = phrase_from(sentence.tokens, at + 1, end)
        at = source[1] if source else at
    if "to" in frames and sentence.low(at) == "to" and _infinitive(sentence, at + 1):
        return cue.end, at, "to"
    approximate = sentence.low(at) == "about" and (sentence.low(at + 1)[:1].isdigit() or sentence.low(at + 1) in _AMOUNTS)
    for frame in frames:
        if frame.startswith("+") and not approximate:
            particles = frame[1:].split("_")
            if [sentence.low(at + i) for i in range(len(particles))] == particles and at + len(particles) < end:
                follows = sentence.low(at + len(particles))
                if follows not in (",", "condition"):
                    return at + len(particles), at + len(particles), "preposition"
    if "person" in frames and sentence.low(at) not in ("that", "to") and sentence.kind(at) == "w":
        person = phrase_from(sentence.tokens, at, end)
        if person and person[1] < end and not is_verb(sentence.tokens, person[1]):
            placed = _frame(sentence, cue, _skip(sentence, person[1], end), end, frames - {"object"} | {"bare"} if "bare" in frames else frames - {"object"})
            if placed:
                return cue.end, *placed
        if "object" not in frames and person is None:
            return None
    placed = _frame(sentence, cue, _skip(sentence, at, end), end, frames)
    if placed and placed[1] == "object":
        return cue.end, at, "object"
    return (cue.end, *placed) if placed else None


def _skip(sentence: _Sentence, at: int, end: int) -> int:
    """Return the position after when, where and to whom something was said, if a content follows there."""
    classes = grammar()
    index = at
    while index < end and (sentence.low(index) in classes["days"] | classes["periods"] or is_adverb(sentence.low(index)) or sentence.low(index) in ("last", "earlier")):
        index += 1
    probe = index
    for _ in range(3):
        if sentence.low(probe) not in ("in", "on", "at", "during", "to", "of", "through", "via", "from", "after", "before", "for", "this", "last", "by", "about", "with", "as"):
            break
        phrase = phrase_from(sentence.tokens, probe + 1, end)
        if phrase is None:
            break
        probe = phrase[1]
        while probe < end and sentence.low(probe) in classes["days"] | classes["periods"]:
            probe += 1
    if probe > index and (sentence.low(probe) in ("that", "whether") or sentence.kind(probe) == "q" or sentence.low(probe) in (":", ",") and sentence.kind(probe + 1) == "q"):
        return probe
    limit = min(end, index + 14)
    for probe in range(index, limit):
        if sentence.low(probe) in ("that", "whether") and sentence.low(index) in classes["prepositions"]:
            return probe
        if sentence.kind(probe) == "p" or is_verb(sentence.tokens, probe):
            break
    return index


def _frame(sentence: _Sentence, cue: Cue, at: int, end: int, frames: frozenset[str]) -> tuple[int, str] | None:
    if at >= end:
        return None
    low = sentence.low(at)
    quoted = _quoted_after(sentence, at)
    if quoted is not None and quoted < end and frames & {"quote", "bare", "object"}:
        return (quoted, "quote") if "quote" in frames or low not in (",", ":") else None
    if low == ":" and frames & {"quote", "bare"}:
        return at + 1, "colon"
    if low == "," and frames & {"that"} and sentence.low(at + 1) == "that":
        return at + 1, "that"
    if sentence.kind(at) != "w":
        return None
    classes = grammar()
    if low in classes["complementizers"] and "that" in frames:
        return at, "that"
    if low == "to" and "to" in frames and sentence.kind(at + 1) == "w":
        return at, "to"
    approximate = low == "about" and (sentence.low(at + 1)[:1].isdigit() or sentence.low(at + 1) in _AMOUNTS)
    if low in classes["prepositions"] and not approximate or low in classes["conjunctions"] or low in classes["subordinators"] - {"what", "how", "why", "where", "when", "while"}:
        return (at, "bare") if "bare" in frames and low in ("if", "because", "in", "after", "under", "despite", "while", "when") and cue.form == "past" and _is_clause(sentence, at, end) and low == "if" else None
    if "bare" in frames and (_clause_follows(sentence, at, end) or low in classes["subjects"] | {"it", "you"} or low in ("no", "yes") and at + 1 == end):
        return at, "bare"
    if "object" in frames and not is_verb(sentence.tokens, at):
        return at, "object"
    return None


def _infinitive(sentence: _Sentence, at: int) -> bool:
    classes = grammar()
    token = sentence.low(at)
    return sentence.kind(at) == "w" and not sentence.tokens[at].capital and token not in classes["determiners"] | classes["pronouns"] and (
        not token.endswith("ing")
    )


def _clause_follows(sentence: _Sentence, at: int, end: int) -> bool:
    return any(is_verb(sentence.tokens, i) or sentence.kind(i) == "q" for i in range(at + 1, min(end, at + 25)))


def _adjuncts_end(sentence: _Sentence, cue: Cue, end: int) -> int:
    """Return where what belongs to an aside ends: addressee, day, place ("told Reuters in an interview")."""
    at = cue.end
    classes = grammar()
    if "person" in cue.frames and sentence.kind(at) == "w" and sentence.low(at) not in ("that", "to") and at < end:
        phrase = phrase_from(sentence.tokens, at, end)
        at = phrase[1] if phrase else at
    for _ in range(6):
        if at >= end:
            break
        low = sentence.low(at)
        if low in classes["days"] | classes["periods"] or is_adverb(low) or low in ("last", "this", "earlier", "late", "ago"):
            at += 1
            continue
        if low in classes["prepositions"] or low in ("when", "while", "after", "as", "before") or low.isdigit():
            if low in ("as", "since", "despite", "while", "when", "after", "before") and sentence.low(at - 1) == ",":
                break
            stop = next((i for i in range(at, end) if sentence.low(i) in (",", ";", ":") or sentence.kind(i) == "q"), end)
            if any(sentence.low(i) == "that" for i in range(at, stop)):
                return at
            at = stop
        break
    return at


def _content_stop(sentence: _Sentence, cue: Cue, start: int, end: int) -> int:
    """Return where a content that starts at `start` ends: before the next cue of the same speaker, or the end."""
    fronted = _is_fronted(sentence, cue)
    for index in range(start + 1, end):
        low = sentence.low(index)
        if low == ":" and index + 1 < end and sentence.kind(index + 1) == "w" and sentence.tokens[index + 1].capital:
            return index
        if low == ";" or low == "according" and sentence.low(index + 1) == "to":
            return index
        if low not in (",", "and", "but", *DASHES):
            continue
        if low == "," and (fronted or _breaks_off(sentence, index)):
            return index
        if _next_cue(sentence, cue, index, end):
            return index
    return end


def _is_fronted(sentence: _Sentence, cue: Cue) -> bool:
    """Return whether the cue stands in a clause that comes before the main clause ("When X said …, Y …")."""
    first = sentence.low(0) if sentence.low(0) not in ("but", "and", "even", "so") else sentence.low(1)
    classes = grammar()
    opens = first in classes["subordinators"] - {"how", "what", "why", "where"} or first.endswith("ing") or first == "to"
    return opens and not any(sentence.low(i) == "," for i in range(cue.start))


def _breaks_off(sentence: _Sentence, comma: int) -> bool:
    """Return whether what follows a comma is more likely the writer's than the speaker's."""
    following = sentence.low(comma + 1)
    if following in ("but", "which", "who", "while", "when", "where", "though", "although", "despite", "even", "whereas"):
        return True
    return following.endswith("ing") and len(following) > 5 and following not in ("including", "during", "nothing", "something", "anything", "everything", "according")


def _next_cue(sentence: _Sentence, cue: Cue, index: int, end: int) -> bool:
    """Return whether a cue with the same speaker follows the conjunction or comma at `index`."""
    low = sentence.low(index)
    ahead = index + 1
    while ahead < end and (sentence.low(ahead) in ("and", "but", "also", "then", "later") or is_adverb(sentence.low(ahead))):
        ahead += 1
    following = next((c for c in sentence.cues if c.start <= ahead <= c.head), None)
    if following is None or not cue.start < following.start <= ahead:
        return low != "," and _other_speaker(sentence, cue, ahead, end)
    if following.form == "ing":
        return low == "," and sentence.low(following.head) in _ADDED
    if following.form in ("according", "impersonal"):
        return True
    if following.form != cue.form or following.form not in ("past", "third"):
        return False
    return bool(following.frames & {"that", "quote"}) and (low != "," or sentence.low(index + 1) in ("and", "but"))


def _other_speaker(sentence: _Sentence, cue: Cue, ahead: int, end: int) -> bool:
    """Return whether a clause with a cue of its own starts at `ahead` ("and other leaders said …")."""
    following = next((c for c in sentence.cues if ahead < c.start < min(end, ahead + 8)), None)
    if following is None or following.form != cue.form or cue.form not in ("past", "third") or "aside" not in following.frames:
        return False
    source = phrase_before(sentence.tokens, following.start, ahead)
    return source is not None and source[0] == ahead


# --- nobody says: "X is expected to", "it is unclear whether", "reportedly" ------------------------------------------


def _sourceless(sentence: _Sentence, cue: Cue, start: int, end: int) -> Draft | None:
    subject = _subject(sentence, cue, start)
    at = cue.end
    if cue.form == "adverb" and cue.start == start:
        at += sentence.low(at) == ","
        stop = _content_stop(sentence, cue, at, end)
        return Draft(source=None, cue=(cue.start, cue.end), contents=((at, stop),), rule="adverb") if stop > at else None
    if cue.form == "adverb":
        group = phrase_before(sentence.tokens, cue.start, start) if subject is None else subject
        stop = _content_stop(sentence, cue, at, end)
        if group is None or stop <= at:
            return None
        return Draft(source=None, cue=(cue.start, cue.end), contents=(group, (at, stop)), rule="adverb")
    if subject is None:
        return None
    if sentence.low(at) == "by":
        source = phrase_from(sentence.tokens, at + 1, end)
        if source is None:
            return None
        rest = source[1]
        pieces: tuple[Range, ...] = (subject,)
        if sentence.low(rest) in ("as", "to", "of", "that") and rest + 1 < end:
            pieces = (subject, (rest, _content_stop(sentence, cue, rest, end)))
        return Draft(source=source, cue=(cue.start, at + 1), contents=pieces, rule="passive")
    if sentence.low(at) in ("to", "of", "as", "for") and at + 1 < end:
        stop = _content_stop(sentence, cue, at, end)
        return Draft(source=None, cue=(cue.start, at), contents=(subject, (at, stop)), rule="passive")
    if sentence.low(at) in grammar()["complementizers"] and cue.form == "passive":
        stop = _content_stop(sentence, cue, at, end)
        return Draft(source=None, cue=(cue.start, at), contents=((at, stop),), rule="passive")
    return None
