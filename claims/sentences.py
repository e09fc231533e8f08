"""Paragraphs and sentences of a text, as spans."""

import re

from claims.records import Span

_BREAK = re.compile(r"\n\s*\n|\n")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9—–-])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Capt|Sgt|Maj|Adm|Hon|Rev|St|Jr|Sr|vs|No|Inc|Corp|Co|Ltd|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Mass|Calif|Conn|Fla|Pa|Va|Wash|Ariz|Ill|Mich|Minn|Tenn|Wis|Ala)"
    r"|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans of the non-blank lines of `text`, trimmed of white space."""
    spans = []
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        chunk = text[start:end]
        if chunk.strip():
            left = len(chunk) - len(chunk.lstrip())
            spans.append(Span(start + left, start + len(chunk.rstrip())))
        start = gap.end() if gap else end
    return tuple(spans)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`; a sentence never crosses a line break."""
    found = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for stop in _END.finditer(text, paragraph.start, paragraph.end):
            if stop.group()[0] == "." and _ABBREVIATION.search(text[max(start, stop.start() - 12) : stop.start() + 1]):
                continue
            found.append(Span(start, stop.end()))
            start = stop.end() + len(text[stop.end() : paragraph.end]) - len(text[stop.end() : paragraph.end].lstrip())
        if start < paragraph.end:
            found.append(Span(start, paragraph.end))
    return tuple(found)
