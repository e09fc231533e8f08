"""Articles as one marked line: `<s>the source</s> <c>said</c> <x>the content</x>`, numbered where there are several."""

import re

from claims.extraction.relations import Relation
from claims.records import Span
from claims.vocabulary import Quotation

_TAG = re.compile(r"<(/?)([scx])(\d?)>")
_QUOTES = re.compile(r"[“\"]")


def read_marked(line: str) -> tuple[str, tuple[Relation, ...]]:
    """Return the text of a marked line and its relations in the order of their numbers; `\\n` in it breaks the line."""
    text = ""
    spans: dict[tuple[str, str], list[Span]] = {}
    opened: dict[tuple[str, str], int] = {}
    end = 0
    line = line.replace("\\n", "\n")
    for tag in _TAG.finditer(line):
        text += line[end : tag.start()]
        end = tag.end()
        key = (tag.group(3) or "1", tag.group(2))
        if tag.group(1):
            spans.setdefault(key, []).append(Span(opened.pop(key), len(text)))
        else:
            opened[key] = len(text)
    text += line[end:]
    numbers = sorted({number for number, _ in spans})
    return text, tuple(
        Relation(
            source=tuple(spans.get((number, "s"), ())),
            cue=tuple(spans.get((number, "c"), ())),
            content=tuple(spans.get((number, "x"), ())),
            quotation=_quotation(text, spans.get((number, "x"), [])),
        )
        for number in numbers
    )


def _quotation(text: str, content: list[Span]) -> Quotation:
    words = " ".join(text[max(0, span.start - 1) : span.end] for span in content)
    if not _QUOTES.search(words):
        return Quotation.INDIRECT
    return Quotation.DIRECT if words.lstrip()[:1] in ("“", '"') else Quotation.MIXED
