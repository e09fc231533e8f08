"""One sentence while it is being read, and the relations found in it, in token positions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.extraction.cue_lexicon import is_verb, word_class
from claims.extraction.cues import Cue, find_cues
from claims.extraction.noun_phrases import DASHES, Range, phrase_before
from claims.extraction.tokens import Tokens

_OPENERS = ("but", "and", "so", "yet", ",", ";", ":", ".", ")", "’", "'", *DASHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation in token positions; `parent` is the index of the draft in whose content it lies."""

    source: Range | None
    cue: Range
    contents: tuple[Range, ...]
    rule: str
    parent: int | None = None


@dataclass(slots=True)
class Sentence:
    """The tokens and cues of a sentence, and the drafts found in it so far."""

    tokens: Tokens
    cues: Sequence[Cue] = ()
    drafts: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cues = find_cues(self.tokens)

    def low(self, index: int) -> str:
        """Return the lower-case form of a token, empty outside the sentence."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        """Return the kind of a token (w, p, q), empty outside the sentence."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def is_verb(self, index: int) -> bool:
        """Return whether a token is most likely a finite verb."""
        return 0 <= index < len(self.tokens) and is_verb(self.tokens, index)

    def has_verb(self, start: int, end: int) -> bool:
        """Return whether the range holds a finite verb or a quotation, so that it may be a clause."""
        return any(self.kind(index) == "q" or self.is_verb(index) for index in range(start, end))

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """Return the cues of the range."""
        return [cue for cue in self.cues if start <= cue.start and cue.head < end]

    def cue_over(self, index: int) -> Cue | None:
        """Return the cue in whose verb group the token lies, or None."""
        return next((cue for cue in self.cues if cue.start <= index <= cue.head), None)

    def quoted_before(self, index: int) -> bool:
        """Return whether a quotation ends right before `index`, up to a comma."""
        return self.kind(index - 1) == "q" or (self.low(index - 1) == "," and self.kind(index - 2) == "q")

    def quoted_after(self, index: int) -> int | None:
        """Return the position of a quotation at `index`, or after a comma, colon or dash there, or None."""
        if self.low(index) in (",", ":", *DASHES):
            index += 1
        return index if self.kind(index) == "q" else None

    def goes_on_after_quote(self, quoted: int, end: int) -> bool:
        """Return whether the clause goes on after a quotation inside it ("said the “worst” was over")."""
        if quoted + 1 >= end or self.cues_in(quoted, end):
            return False
        return self.tokens[quoted].text.rstrip("”\"'’»")[-1:] not in (".", ",", "?", "!")

    def begin(self, start: int, end: int) -> int:
        """Return the start of a content without "But", "And" and stray marks."""
        while start < end and self.low(start) in _OPENERS:
            start += 1
        return start

    def subject(self, cue: Cue, start: int) -> Range | None:
        """Return the noun phrase before a cue's verb group, a day in between left out ("X on Friday said")."""
        end = cue.start
        probe = end
        while probe > start and self.low(probe - 1) in word_class("days", "periods", "time_words"):
            probe -= 1
        if probe < end and self.low(probe) in word_class("days", "time_words"):
            if probe > start and self.low(probe - 1) == "on":
                probe -= 1
            if probe > start and (self.kind(probe - 1) == "w" or self.low(probe - 1) == ")"):
                end = probe
        return phrase_before(self.tokens, end, start)

    def main_subject(self, start: int, end: int) -> Range | None:
        """Return the subject of the first finite verb before `end`: of the last clause if it has one, else of all."""
        commas = [index for index in range(start, end - 2) if self.low(index) == ","]
        for opening in dict.fromkeys((commas[-1] + 1 if commas else start, start)):
            verb = next((index for index in range(opening + 1, end) if self.is_verb(index)), None)
            found = None if verb is None else phrase_before(self.tokens, verb, opening)
            if found is not None:
                return found
        return None

    def is_amount(self, index: int) -> bool:
        """Return whether a preposition at `index` belongs to a number ("about half", "at least ten", "up to 40")."""
        low, following = self.low(index), self.low(index + 1)
        if (low, following) in (("at", "least"), ("at", "most"), ("up", "to")):
            return True
        amount = following[:1].isdigit() or following in word_class("amounts") | {"a"}
        return low in ("about", "around", "over", "under", "between") and amount
