"""What changed between two texts of one page: word by word, and which claim took the place of which.

A change of spacing, of typographical marks, of furniture ("5 minutes ago", "Share this"), of an advertisement's label
or of a picture's credit is no revision; a single word of prose is. Lines are aligned first and words within them after
that, so that texts of any length cost little.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from claims.furniture import heads_links, is_furniture
from claims.layout import is_prose
from claims.notices import is_notice
from claims.records import Claim, Span, Spans, Succession

# Below this share of kept words (and of the shorter text's) another story stands at the address.
SAME_STORY = 0.25
MIN_OVERLAP = 0.5
_MOST_PASSAGES = 100
_LONGEST_PASSAGE = 1_000
_MOST_WORDS = 4_000
# Pairs of equal lines that are looked through; difflib does so again for each run that it finds.
_MOST_REPEATS = 100_000
_WORD = re.compile(r"\w+(?:['’.,:/-]\w+)*|[%$€£+]")
_AGO = re.compile(
    r"\b(?:(?:last |first )?(?:updated|published|posted)\s*:?\s*)?(?:\d+|an?|one|two|three|a few) ?"
    r"(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
_Folded = tuple[str, ...]
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One place where two texts differ: what stood there, what stands there now; one of the spans may be empty."""

    was: Span
    became: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How one text differs from an earlier one; `kept` pairs every word that stayed with where it stands now."""

    passages: tuple[Passage, ...]
    words_added: int
    words_removed: int
    kept: tuple[tuple[Span, Span], ...]
    words_before: int
    words_after: int

    @property
    def kept_share(self) -> float:
        """The share of the earlier text's words that stayed."""
        return len(self.kept) / self.words_before if self.words_before else 0.0

    @property
    def is_same_story(self) -> bool:
        """Whether enough stayed, of the shorter of the two texts, that the later one tells the same story."""
        return len(self.kept) >= SAME_STORY * max(1, min(self.words_before, self.words_after))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    word: str
    span: Span


def difference(was: str, became: str) -> Difference:
    """Return how `became` differs from `was`, in words that a reader would take for the article's."""
    before, after = _lines(was), _lines(became)
    passages: list[Passage] = []
    kept: list[tuple[Span, Span]] = []
    lines = [_folded(line) for line in before], [_folded(line) for line in after]
    for tag, i1, i2, j1, j2 in _aligned(*lines):
        old = [token for line in before[i1:i2] for token in line]
        new = [token for line in after[j1:j2] for token in line]
        if tag == "equal":
            kept += _pairs(old, new)
        else:
            _compare(old, new, (_edge(before, i1, was), _edge(after, j1, became)), (passages, kept))
    words = sum(map(len, before)), sum(map(len, after))
    return Difference(
        passages=tuple(passages),
        words_added=words[1] - len(kept),
        words_removed=words[0] - len(kept),
        kept=tuple(kept),
        words_before=words[0],
        words_after=words[1],
    )


def is_revision(found: Difference) -> bool:
    """Return whether anything but spacing, marks and furniture changed."""
    return bool(found.passages)


def excerpts(found: Difference, was: str, became: str) -> tuple[tuple[str, str], ...]:
    """Return the passages that changed as pairs of texts, as many and as long as a table should hold."""
    pairs = ((was[slice(*p.was)], became[slice(*p.became)]) for p in found.passages[:_MOST_PASSAGES])
    return tuple((_short(one), _short(other)) for one, other in pairs)


def claims_followed(
    before: Sequence[Claim], after: Sequence[Claim], found: Difference, *, recorded_at: datetime
) -> tuple[Succession, ...]:
    """Return the links from the claims of an earlier version to those that stand in their place in a later one.

    `found` is the difference of the two articles' texts. A claim is followed by the one whose content covers most of
    the words that its own content became, at least half; the rest were dropped, or came in.
    """
    links = []
    for claim in before:
        place = [_carried(span, found) for span in claim.content]
        best = max(
            ((_overlap(place, other.content), other) for other in after),
            key=lambda pair: (pair[0], pair[1].claim_id),
            default=None,
        )
        if best and best[0] >= MIN_OVERLAP:
            links.append(
                Succession(
                    claim_id=best[1].claim_id, was_claim_id=claim.claim_id, overlap=best[0], recorded_at=recorded_at
                )
            )
    return tuple(links)


def _lines(text: str) -> list[list[_Token]]:
    """Return the words of each line of `text` that is no furniture, with where they stand."""
    lines = []
    start = 0
    for line in text.split("\n"):
        if line.strip() and not _is_idle(line.strip()):
            shown = _AGO.sub(lambda found: " " * len(found[0]), line) if not is_prose(line) else line
            tokens = [
                _Token(word=found[0].translate(_MARKS), span=Span(start + found.start(), start + found.end()))
                for found in _WORD.finditer(shown)
            ]
            if tokens:
                lines.append(tokens)
        start += len(line) + 1
    return lines


def _is_idle(line: str) -> bool:
    """Return whether `line` is no part of an article's text, however it comes and goes."""
    return not is_notice(line) and not is_prose(line) and (is_furniture(line, at_edge=True) or heads_links(line))


def _folded(line: Sequence[_Token]) -> _Folded:
    return tuple(token.word for token in line)


def _aligned(before: list[_Folded], after: list[_Folded]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what difflib's opcodes say of two runs of lines.

    Lines that come again and again, as in a table, would be paired for hours: then only what stands between the lines
    with which both begin and end is compared, and there a line that is common on either side starts no match.
    """
    counts = Counter(before)
    if sum(counts[line] for line in after) <= _MOST_REPEATS + len(after):
        yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return
    head = _alike(before, after)
    tail = _alike(before[: head - 1 if head else None : -1], after[: head - 1 if head else None : -1])
    ends = len(before) - tail, len(after) - tail
    yield "equal", 0, head, 0, head
    matcher = SequenceMatcher(None, before[head : ends[0]], after[head : ends[1]], autojunk=True)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag, head + i1, head + i2, head + j1, head + j2
    yield "equal", ends[0], len(before), ends[1], len(after)


def _alike(one: Sequence[_Folded], other: Sequence[_Folded]) -> int:
    """Return with how many equal lines two runs of lines begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (line, same) in pairs if line != same), min(len(one), len(other)))


def _edge(lines: Sequence[Sequence[_Token]], index: int, text: str) -> int:
    """Return where in `text` line `index` begins, for what is put in before it."""
    if index < len(lines):
        return lines[index][0].span.start
    return lines[-1][-1].span.end if lines else len(text)


def _pairs(old: Sequence[_Token], new: Sequence[_Token]) -> list[tuple[Span, Span]]:
    return [(one.span, other.span) for one, other in zip(old, new, strict=True)]


def _compare(
    old: list[_Token],
    new: list[_Token],
    edges: tuple[int, int],
    into: tuple[list[Passage], list[tuple[Span, Span]]],
) -> None:
    """Add to `into` the passages that differ between two runs of words, and the words that stayed."""
    passages, kept = into
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        passages.append(Passage(was=_extent(old, edges[0]), became=_extent(new, edges[1])))
        return
    matcher = SequenceMatcher(None, [token.word for token in old], [token.word for token in new], len(old) > 500)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            kept += _pairs(old[i1:i2], new[j1:j2])
        else:
            was = _extent(old[i1:i2], _before(old, i1, edges[0]))
            passages.append(Passage(was=was, became=_extent(new[j1:j2], _before(new, j1, edges[1]))))


def _before(tokens: Sequence[_Token], index: int, edge: int) -> int:
    return tokens[index - 1].span.end if index else edge


def _extent(tokens: Sequence[_Token], edge: int) -> Span:
    return Span(tokens[0].span.start, tokens[-1].span.end) if tokens else Span(edge, edge)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_PASSAGE else plain[: _LONGEST_PASSAGE - 1].rstrip() + "…"


def _carried(span: Span, found: Difference) -> Span:
    """Return where the words of `span` of the earlier text stand in the later one, changed words at its edges too."""
    first = bisect_left(found.kept, span.start, key=lambda pair: pair[0].start)
    last = bisect_right(found.kept, span.end, key=lambda pair: pair[0].end)
    places = [pair[1] for pair in found.kept[first:last]]
    index = bisect_right(found.passages, span.start, key=lambda passage: passage.was.end)
    for passage in found.passages[index:]:
        if passage.was.start >= span.end:
            break
        if passage.was.start < passage.was.end and passage.became.start < passage.became.end:
            places.append(passage.became)
    return Span(min(place.start for place in places), max(place.end for place in places)) if places else Span(0, 0)


def _overlap(one: Sequence[Span], other: Spans) -> float:
    """Return the characters that two sets of spans share, over all characters that either covers (Jaccard)."""
    shared = sum(max(0, min(mine.end, theirs.end) - max(mine.start, theirs.start)) for mine in one for theirs in other)
    covered = sum(max(0, span.end - span.start) for span in (*one, *other)) - shared
    return min(1.0, max(0.0, shared / covered)) if covered > 0 else 0.0
