"""The lines of a raw page's text with their roles: headline, body, caption, furniture."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from claims.credits import byline, has_dateline, is_bare_name, is_credit_line, is_photo_credited, is_sign_off
from claims.furniture import heads_links, is_furniture
from claims.records import Span
from claims.sentences import paragraphs

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_DATED_END = re.compile(
    r",? (?:on )?(?:[A-Z][a-z]+day,? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|"
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?),? \d{4}\.?$"
)
_COPY_WORDS = 6
_PROSE_WORDS = 8
_LONG_WORDS = 25
_HEADLINE_WORDS = range(3, 31)


class Role(StrEnum):
    """What a line of a page is to its reader."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a text and its role."""

    span: Span
    role: Role


def _words(line: str) -> int:
    return len(line.split())


def _is_prose(line: str) -> bool:
    words = _words(line)
    return words >= _LONG_WORDS or (words >= _PROSE_WORDS and _SENTENCE_END.search(line) is not None)


def _folded(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _is_same_picture(line: str, other: str) -> bool:
    """Return whether `other` is `line` again, up to a picture's credit at its end."""
    if min(_words(line), _words(other)) < _COPY_WORDS:
        return False
    short, long = sorted((_folded(line), _folded(other)), key=len)
    if short == long:
        return True
    longer = line if len(line) > len(other) else other
    return long.startswith(short) and len(long) - len(short) <= 80 and is_photo_credited(longer)


def _copies(lines: list[str], roles: list[Role | None]) -> None:
    """Mark captions printed twice in a row, and later copies of any longer line."""
    for index in range(len(lines) - 1):
        following = index + 1
        if roles[index] or roles[following] or not _is_same_picture(lines[index], lines[following]):
            continue
        first_is_fuller = len(lines[index]) >= len(lines[following])
        kept, dropped = (index, following) if first_is_fuller else (following, index)
        looks_like_headline = not _SENTENCE_END.search(lines[kept]) and not is_photo_credited(lines[kept])
        roles[dropped] = Role.FURNITURE
        if not looks_like_headline:
            roles[kept] = Role.CAPTION
    seen: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if _words(line) < _COPY_WORDS:
            continue
        folded = _folded(line)
        seen[folded] += roles[index] is not Role.FURNITURE
        if seen[folded] > 1 and roles[index] is None:
            roles[index] = Role.FURNITURE


def _tail(lines: list[str], roles: list[Role | None], first: int) -> None:
    """Mark headings over links, and the links under them."""
    for index in range(first + 1, len(lines)):
        if roles[index] or not heads_links(lines[index]):
            continue
        roles[index] = Role.FURNITURE
        rest = range(index + 1, len(lines))
        last_heading = not any(_is_prose(lines[after]) for after in rest)
        for after in rest:
            if last_heading or (not _SENTENCE_END.search(lines[after]) and _words(lines[after]) <= 20):
                roles[after] = roles[after] or Role.FURNITURE
            else:
                break


def _headline(lines: list[str], roles: list[Role | None], top: range) -> int | None:
    for index in top:
        line = lines[index]
        if roles[index] or _words(line) not in _HEADLINE_WORDS or line[-1] in ".:;,":
            continue
        if byline(line) or is_credit_line(line) or (is_bare_name(line) and _words(line) <= 3):
            continue
        return index
    return None


def _edges(lines: list[str], roles: list[Role | None], *, first: int, last: int) -> None:
    """Mark furniture, captions and the headline above the first and below the last line of prose."""
    top = range(first)
    for index in [*top, *range(last + 1, len(lines))]:
        if roles[index] is None and (is_furniture(lines[index], at_edge=True) or is_sign_off(lines[index])):
            roles[index] = Role.FURNITURE
    for index in top:
        if roles[index] is None and (byline(lines[index]) or is_credit_line(lines[index])):
            roles[index] = Role.FURNITURE
    headline = _headline(lines, roles, top)
    if headline is None:
        return
    roles[headline] = Role.HEADLINE
    for index in top:
        few = 3 if index < headline else 5
        if roles[index] is None and _words(lines[index]) <= few and not _SENTENCE_END.search(lines[index]):
            roles[index] = Role.FURNITURE


def blocks(text: str) -> tuple[Block, ...]:
    """Return the non-blank lines of `text` in order, as spans into it as given, each with its role.

    Doubtful lines are body: losing a sentence is worse than keeping a line of furniture.
    """
    spans = paragraphs(text)
    lines = [text[span.start : span.end] for span in spans]
    roles: list[Role | None] = [Role.FURNITURE if is_furniture(line) else None for line in lines]
    _copies(lines, roles)
    for index, line in enumerate(lines):
        if roles[index] is None and is_photo_credited(line) and not has_dateline(line):
            roles[index] = Role.CAPTION if _words(line) > _COPY_WORDS else Role.FURNITURE
    prose = [index for index, line in enumerate(lines) if roles[index] is None and _is_prose(line)]
    if prose and len(prose) > 2 and _DATED_END.search(lines[prose[0]]) and not has_dateline(lines[prose[0]]):
        roles[prose.pop(0)] = Role.CAPTION
    if prose:
        _tail(lines, roles, prose[0])
        prose = [index for index in prose if roles[index] is None]
        _edges(lines, roles, first=prose[0], last=prose[-1])
    return tuple(Block(span=span, role=role or Role.BODY) for span, role in zip(spans, roles, strict=True))
