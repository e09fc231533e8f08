"""Readers of the word lists, each read once."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_Tree = dict[str, "_Tree"]
_LETTERS = {" ": r"\s+", "'": "['’]"}


@cache
def lines(name: str, language: str = "en") -> tuple[str, ...]:
    """Return the entries of a word list in their order: its lines without comments and blank lines."""
    text = files("claims.lexicons").joinpath(language, name).read_text(encoding="utf-8")
    kept = (line.rstrip() for line in text.splitlines() if not line.lstrip().startswith("#"))
    return tuple(line for line in kept if line)


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """Return the blank-separated words of a word list."""
    return frozenset(word for line in lines(name, language) for word in line.split())


@cache
def rows(name: str, language: str = "en") -> tuple[tuple[str, ...], ...]:
    """Return the tab-separated fields of each entry of a word list."""
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in lines(name, language))


@cache
def sections(name: str, language: str = "en") -> dict[str, frozenset[str]]:
    """Return the words of a list that is divided by `[heading]` lines, by heading."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in lines(name, language):
        if line.startswith("[") and line.endswith("]"):
            heading = line[1:-1]
            found.setdefault(heading, set())
        else:
            found.setdefault(heading, set()).update(line.split())
    return {heading: frozenset(group) for heading, group in found.items()}


@cache
def groups(name: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    """Return the phrases of a table by group: first field → the comma-separated entries of the last, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(name, language):
        found[row[0]] = found.get(row[0], ()) + tuple(entry.strip() for entry in row[-1].split(",") if entry.strip())
    return found


@cache
def phrase_pattern(name: str, group: str, language: str = "en") -> re.Pattern[str]:
    """Return one pattern for the phrases of a group, longest first, on word bounds, either apostrophe, any case."""
    body = alternatives(groups(name, language)[group])
    return re.compile(rf"(?<![\w’'-]){body}(?![\w-])", re.IGNORECASE)


def alternatives(phrases: Iterable[str]) -> str:
    """Return the source of a pattern that matches any of `phrases`, longest first.

    The phrases share their beginnings: a plain alternation of a thousand phrases is tried one by one at every word.
    """
    root: _Tree = {}
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _source(root)


def _source(node: _Tree) -> str:
    branches = [_LETTERS.get(letter, re.escape(letter)) + _source(below) for letter, below in node.items() if letter]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


@cache
def form(name: str, group: str, language: str = "en") -> re.Pattern[str]:
    """Return the pattern of a table of patterns by its group, in any case; rows of one group are alternatives."""
    return re.compile("|".join(row[1] for row in rows(name, language) if row[0] == group), re.IGNORECASE)


@cache
def group(name: str, heading: str, language: str = "en") -> frozenset[str]:
    """Return one group of a table of phrases as a set."""
    return frozenset(groups(name, language)[heading])
