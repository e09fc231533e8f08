"""The lines of a raw page's text with their roles: headline, body, caption, furniture."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from claims.credits import byline, has_dateline, is_bare_name, is_credit_line, is_photo_credited, is_sign_off
from claims.furniture import heads_links, is_furniture, is_label
from claims.records import Span
from claims.sentences import paragraphs

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_DATED_END = re.compile(
    r",? (?:on )?(?:[A-Z][a-z]+day,? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|"
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?),? \d{4}\.?$"
)
_SPEECH = re.compile(r"\b(?:said|says|told|according to)\b")
_SITE_NAME = re.compile(r"\s+\|\s+[^|]{2,30}$")
_COPY_WORDS = 6
_FEW_WORDS = 5
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


def is_prose(line: str) -> bool:
    """Return whether `line` is as long as a paragraph, or a sentence of some length."""
    words = _words(line)
    return words >= _LONG_WORDS or (words >= _PROSE_WORDS and _SENTENCE_END.search(line) is not None)


def without_site_name(line: str) -> str:
    """Return a headline without the " | Site" that a browser's title bar adds."""
    return _SITE_NAME.sub("", line)


def _folded(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _is_same_picture(line: str, other: str) -> bool:
    """Return whether `other` is `line` again, up to a picture's credit at its end."""
    # Two paragraphs that begin differently are not folded to be compared.
    if line[:1].casefold() != other[:1].casefold() and line[:1].isalnum() and other[:1].isalnum():
        return False
    short, long = sorted((_folded(line), _folded(other)), key=len)
    if short == long:
        return True
    longer = line if len(line) > len(other) else other
    return long.startswith(short) and len(long) - len(short) <= 80 and is_photo_credited(longer)


def _follows_headline(lines: list[str], roles: list[Role | None], index: int) -> bool:
    """Return whether a headline may stand above line `index`, and prose below it."""
    above = any(roles[before] is None and _words(lines[before]) in _HEADLINE_WORDS for before in range(index))
    return above and any(is_prose(line) for line in lines[index + 2 :])


def _copies(lines: list[str], roles: list[Role | None]) -> None:
    """Mark captions printed twice in a row, and later copies of any longer line."""
    words = [_words(line) for line in lines]
    for index in range(len(lines) - 1):
        following = index + 1
        if roles[index] or roles[following] or min(words[index], words[following]) < _COPY_WORDS:
            continue
        if not _is_same_picture(lines[index], lines[following]):
            continue
        first_is_fuller = len(lines[index]) >= len(lines[following])
        kept, dropped = (index, following) if first_is_fuller else (following, index)
        roles[dropped] = Role.FURNITURE
        if _SENTENCE_END.search(lines[kept]) or is_photo_credited(lines[kept]) or _follows_headline(lines, roles, kept):
            roles[kept] = Role.CAPTION
    seen: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if _words(line) < _COPY_WORDS:
            continue
        folded = _folded(without_site_name(line))
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
        last_heading = not any(is_prose(lines[after]) for after in rest)
        for after in rest:
            if last_heading or (not _SENTENCE_END.search(lines[after]) and _words(lines[after]) <= 20):
                roles[after] = roles[after] or Role.FURNITURE
            else:
                break


def _headline(lines: list[str], roles: list[Role | None], top: range) -> int | None:
    candidates = []
    for index in top:
        line = lines[index]
        if roles[index] or _words(line) not in _HEADLINE_WORDS or line[-1] in ".:;,":
            continue
        if byline(line) or is_credit_line(line) or (is_bare_name(line) and _words(line) <= 3):
            continue
        candidates.append(index)
    if len(candidates) > 1 and _is_masthead(lines, roles, candidates[0]):
        return candidates[1]
    return candidates[0] if candidates else None


def _is_masthead(lines: list[str], roles: list[Role | None], index: int) -> bool:
    """Return whether line `index` is a short name in capitals with a section label under it."""
    words = lines[index].split()
    named = len(words) <= 5 and all(word[0].isupper() or word in ("of", "the", "and") for word in words)
    return named and roles[index + 1] is Role.FURNITURE and is_label(lines[index + 1])


def _edges(lines: list[str], roles: list[Role | None], prose: list[int]) -> None:
    """Mark furniture, captions and the headline above the first and below the last line of prose."""
    first, second, last = prose[0], prose[min(1, len(prose) - 1)], prose[-1]
    top = range(first)
    # Writer and date may stand below a first line of prose that only sums the story up.
    for index in [*top, *range(first + 1, second), *range(last + 1, len(lines))]:
        if roles[index] is None and (is_furniture(lines[index], at_edge=True) or is_credit_line(lines[index])):
            roles[index] = Role.FURNITURE
    for index in [*top, *range(first + 1, second)]:
        line = lines[index]
        is_signed = index > first and is_bare_name(line) and roles[index - 1] is Role.FURNITURE
        if roles[index] is None and (is_signed or (byline(line) and not _SENTENCE_END.search(line))):
            roles[index] = Role.FURNITURE
    for index in range(last + 1, len(lines)):
        # Tags and the like follow the first line of furniture below the prose.
        is_short = _words(lines[index]) <= 3 and not _SENTENCE_END.search(lines[index])
        if roles[index] is None and is_short and Role.FURNITURE in roles[last:index]:
            roles[index] = Role.FURNITURE
    headline = _headline(lines, roles, top)
    if headline is None:
        return
    roles[headline] = Role.HEADLINE
    for index in top:
        if roles[index] is None and _words(lines[index]) <= _FEW_WORDS and not _SENTENCE_END.search(lines[index]):
            roles[index] = Role.FURNITURE


def _captions(lines: list[str], roles: list[Role | None]) -> None:
    """Mark what a picture's credit, or the place and form of a dated first line, shows to be a caption."""
    for index, line in enumerate(lines):
        if roles[index] is None and is_photo_credited(line) and not has_dateline(line):
            roles[index] = Role.CAPTION if _words(line) > _COPY_WORDS else Role.FURNITURE
    prose = [index for index, line in enumerate(lines) if roles[index] is None and is_prose(line)]
    if len(prose) <= 2 or has_dateline(lines[prose[0]]):
        return
    first = lines[prose[0]]
    credited_below = is_photo_credited(lines[prose[0] + 1]) and roles[prose[0] + 1] is Role.FURNITURE
    if _DATED_END.search(first) or (credited_below and _SPEECH.search(first) is None):
        roles[prose[0]] = Role.CAPTION


def blocks(text: str) -> tuple[Block, ...]:
    """Return the non-blank lines of `text` in order, as spans into it as given, each with its role.

    Doubtful lines are body: losing a sentence is worse than keeping a line of furniture.
    """
    spans = paragraphs(text)
    lines = [text[span.start : span.end] for span in spans]
    roles: list[Role | None] = [Role.FURNITURE if is_furniture(line) or is_sign_off(line) else None for line in lines]
    _copies(lines, roles)
    _captions(lines, roles)
    prose = [index for index, line in enumerate(lines) if roles[index] is None and is_prose(line)]
    if prose:
        _tail(lines, roles, prose[0])
        _edges(lines, roles, [index for index in prose if roles[index] is None])
    return tuple(Block(span=span, role=role or Role.BODY) for span, role in zip(spans, roles, strict=True))
