"""Which lines of a page are furniture, headings over links, section labels or pictures' credits."""

import re
from functools import cache, lru_cache
from importlib.resources import files

_LONGEST = 400
_EDGES = " \t\u00a0•·|»›>→▶►*#=_~"
_SEPARATOR = re.compile(r"\s*[>»›/|•·]\s*|\s+[-–—]\s+")
_CRUMB_WORDS = 4
_PART_WORDS = 10
_SECTION = re.compile(r"\[([a-z -]+)\]$")
_MACRO = re.compile(r"\{([a-z]+)\}")


@cache
def lexicon(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of the word list `name` by section, with its macros expanded."""
    macros: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section = ""
    for line in (files("claims") / "lexicons" / "en" / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        if heading := _SECTION.match(line):
            section = heading[1]
            continue
        entry = _MACRO.sub(lambda found: macros.get(found[1], found[0]), line)
        if section == "macro":
            macro, _, body = entry.partition(" = ")
            macros[macro] = body
        else:
            sections.setdefault(section, []).append(entry)
    return {section: tuple(entries) for section, entries in sections.items()}


@cache
def _pattern(name: str, section: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in lexicon(name)[section]), re.IGNORECASE)


def _bare(line: str) -> str:
    return " ".join(line.strip(_EDGES).replace("’", "'").split())


@lru_cache(maxsize=1_024)
def _whole(line: str, name: str, section: str) -> bool:
    # An article's paragraph is no furniture, and long lines would make the patterns slow.
    return len(line) <= _LONGEST and _pattern(name, section).fullmatch(_bare(line)) is not None


def is_furniture(line: str, *, at_edge: bool = False) -> bool:
    """Return whether `line` is page furniture; `at_edge` says that it stands above or below all prose."""
    if not any(character.isalnum() for character in line[:_LONGEST]):
        return len(line) <= _LONGEST
    if _whole(line, "furniture.txt", "anywhere"):
        return True
    return at_edge and (_whole(line, "furniture.txt", "edge") or is_label(line) or is_stamped(line))


def is_stamped(line: str) -> bool:
    """Return whether `line` is a row of short parts one of which is a time, such as "Jane Doe · News · 2 May 2021"."""
    parts = pieces(line)
    stamps = [_whole(part, "furniture.txt", "stamp") for part in parts]
    return 1 < len(parts) <= 8 and any(stamps) and all(len(part.split()) <= _PART_WORDS for part in parts)


def pieces(line: str) -> list[str]:
    """Return the parts of `line` between bars, dots and dashes."""
    return [part for part in _SEPARATOR.split(_bare(line)) if part]


def is_label(line: str) -> bool:
    """Return whether `line` is a section label, or a breadcrumb of short parts one of which is."""
    parts = pieces(line)
    labels = [_whole(part, "furniture.txt", "label") for part in parts]
    return len(parts) <= 6 and any(labels) and all(len(part.split()) <= _CRUMB_WORDS for part in parts)


def heads_links(line: str) -> bool:
    """Return whether `line` is a heading over links to other articles."""
    return _whole(line, "furniture.txt", "tail")
