"""Who wrote an article and which agency's copy it is, as far as the page says so."""

import re
from collections.abc import Sequence
from functools import cache

from claims.furniture import lexicon

_LEXICON = "credits.txt"
_LONGEST = 600
_NAME = r"(?:(?:[A-Z][\w.'’-]*|de|da|di|del|der|van|von|bin|al|el|la|le|ul|ur)\s+){0,3}[A-Z][\w.'’-]+"
_AGENCY = r"[A-Z][\w.&'’-]*(?: (?:[A-Z][\w.&'’-]*|of|the|and)){0,4}"
_STAFF = (
    r"(?:(?:our|special|staff|senior|chief|own|bureau|correspondent|reporter|desk|web|news|online|agenc(?:y|ies)|team|"
    r"diplomatic|political|business|city|court|crime|district|national|foreign|international)\b[ ,]*){1,5}"
)
_NAMES = rf"{_NAME}(?:(?:\s*,\s*|\s*&\s*|,?\s+and\s+|,?\s+with\s+|\s*/\s*){_NAME}){{0,4}}"
_BYLINE = re.compile(
    rf"^(?i:by|words by|written by|reported by|story by|report by|posted by|author\s*:|from)\s*:?\s+"
    rf"(?P<names>{_NAMES}|(?i:{_STAFF}))(?P<rest>\s*(?:[,|/·•–—(]|\bin\b|\bat\b|\bfor\b|@).{{0,80}})?$"
)
_PLACE = r"\s+in\s+[A-Z][\w.' -]{2,30}"
_BARE_NAME = re.compile(rf"^(?P<names>{_NAME})(?:{_PLACE}(?:\s+and\s+{_NAME}(?:{_PLACE})?)?)$")
_PLAIN_NAME = re.compile(r"^(?:[A-Z][a-z'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][a-z'’-]+|[A-Z]\.|de|van|von|bin|al)){1,3}$")
_BAR = re.compile(r"\s*[|·•]\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")


@cache
def _forms() -> dict[str, str]:
    forms = {}
    for entry in lexicon(_LEXICON)["wire"]:
        name, _, spellings = entry.partition(" = ")
        forms.update(dict.fromkeys(spellings.split("|"), name))
    return forms


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    longest_first = sorted(_forms(), key=len, reverse=True)
    wire = "|".join(re.escape(form) for form in longest_first)
    entries = lexicon(_LEXICON)[section]
    return tuple(re.compile(entry.replace("{wire}", wire).replace("{name}", _AGENCY)) for entry in entries)


@cache
def _insensitive(section: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry, re.IGNORECASE) for entry in lexicon(_LEXICON)[section])


@cache
def _photo_pattern() -> re.Pattern[str]:
    entries = lexicon(_LEXICON)
    return re.compile("|".join(f"(?:{entry})" for entry in (*entries["caption opening"], *entries["photo"])))


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon(_LEXICON)['role'])})\b", re.IGNORECASE)


def canonical_credit(name: str) -> str:
    """Return an agency's usual name for one of its forms, and any other name as it is."""
    tidy = " ".join(name.split()).strip("()[].,;: ")
    by_fold = {form.casefold(): agency for form, agency in _forms().items()}
    return by_fold.get(tidy.casefold(), tidy)


def is_agency(name: str) -> bool:
    """Return whether `name` is a form of an agency that we list."""
    return name.casefold() in {form.casefold() for form in _forms()}


def _found(section: str, line: str) -> str | None:
    for pattern in _patterns(section):
        if match := pattern.search(line):
            return canonical_credit(match[1])
    return None


def _dateline(line: str) -> str | None:
    return _found("dateline", line[:_LONGEST]) or _found("any dateline", line[:_LONGEST])


def has_dateline(line: str) -> bool:
    """Return whether `line` opens with an agency's dateline."""
    return _dateline(line) is not None


def is_credit_line(line: str) -> bool:
    """Return whether the whole of `line` credits an agency or signs its copy off."""
    tidy = line.strip()
    return len(tidy) <= _LONGEST and (_found("line", tidy) is not None or is_sign_off(tidy))


def is_sign_off(line: str) -> bool:
    """Return whether `line` is nothing but an agency's "Reporting by …; Editing by …"."""
    if len(line) > _LONGEST:
        return False
    found = (pattern.search(line) for pattern in _insensitive("reuters sign-off"))
    return any(match is not None and match.start() == 0 for match in found)


def is_photo_credited(line: str) -> bool:
    """Return whether `line` opens or ends like a picture's caption."""
    tidy = line.strip()
    return len(tidy) <= _LONGEST and _photo_pattern().search(tidy) is not None


def wire_credit(lines: Sequence[str]) -> str | None:
    """Return the agency whose copy the text made of `lines` is, or None; pictures' captions must be left out."""
    found = wire_credit_from(lines)
    return found[0] if found else None


def wire_credit_from(lines: Sequence[str]) -> tuple[str, str] | None:
    """Return the agency whose copy the text made of `lines` is, and what shows it; captions must be left out.

    Datelines and credit lines count at the top, sign-offs and "reports Reuters" at either end. What the text merely
    reports that an agency reported, in its middle, says nothing about whose copy it is.
    """
    top = [line.strip() for line in lines[:6]]
    bottom = [line.strip() for line in lines[-6:]]
    for line in top:
        if credit := _dateline(line):
            return credit, "dateline"
    short = [line for line in [*top, *bottom] if len(line) <= 120 and not is_photo_credited(line)]
    for part in (part for line in short for part in (line, *_BAR.split(line))):
        if credit := _found("line", part):
            return credit, "credit line"
    for line in [*bottom[::-1], *top]:
        if credit := _found("closing", line[-_LONGEST:]) or _found("any closing", line[-_LONGEST:]):
            return credit, "closing line"
    signed = any(pattern.search(line[-_LONGEST:]) for line in bottom for pattern in _insensitive("reuters sign-off"))
    return ("Reuters", "sign-off") if signed else None


def byline(line: str) -> str | None:
    """Return the writers' names in a line such as "By Jane Doe, Political Editor", or None."""
    tidy = " ".join(line.split())
    if len(tidy) > 160 or len(tidy.split()) > 22:
        return None
    name, _, rest = tidy.partition(", ")
    match = _BYLINE.match(tidy) or _BARE_NAME.match(tidy)
    if match is None and is_bare_name(name) and names_role(rest):
        return name
    if match is None or (_SENTENCE_END.search(tidy) and len(tidy.split()) > 7):
        return None
    names = [name.strip() for name in match["names"].split(",")]
    writers = [name for index, name in enumerate(names) if index == 0 or not _role().search(name)]
    return ", ".join(writer for writer in writers if writer)


def names_role(line: str) -> bool:
    """Return whether `line` is a short line with a journalist's role, such as "Political correspondent"."""
    return len(line.split()) <= 6 and _role().search(line) is not None


def is_bare_name(line: str) -> bool:
    """Return whether `line` is nothing but what looks like one person's name."""
    return _PLAIN_NAME.match(line.strip()) is not None
