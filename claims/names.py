"""Names in a text: persons, institutions and places, and the one form under which each joins across articles."""

import re
from dataclasses import dataclass
from functools import cache

from claims.lexicons.load import groups, rows
from claims.records import Span

PERSON, INSTITUTION, PLACE, OTHER = "person", "institution", "place", "other"

_WORD = r"(?:[A-Z]\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-ÞŠŽŁİ][\w]*(?:[’'`][A-Z]\w+)?(?:-[\w’']*\w)*|al-[A-Z]\w+|el-[A-Z]\w+)"
_PARTICLE = r"(?:(?:al|el|bin|ibn|bint|de|del|della|di|da|das|dos|van|von|der|den|du|la|le|ter|ul|ur|abu|y)[ -])"
_CHUNK = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:[ \u00a0]+{_PARTICLE}{{0,2}}{_WORD}|\.(?<=\b(?:Mr|Ms|Dr|St|Lt)\.)|"
    rf"\.(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Maj|Adm|Sgt|Rev|Hon)\.)|\.(?<=\b(?:Capt|Prof|Cmdr|Brig|Sens|Reps)\.))*"
)
_OF = re.compile(r"\s+(?:of|for|on|and|at|against|in|to)\s+(?:the\s+|a\s+)?(?=[A-Z])|\s*&\s*(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One printed name: where, what it names and, for a person, the titles before it and the sex that they tell."""

    span: Span
    text: str
    kind: str
    titles: tuple[str, ...] = ()
    sex: str = "u"


@cache
def given_names() -> dict[str, str]:
    """Return the given names by the sex they tell: m, f or u."""
    return {row[0]: row[1] for row in rows("given_names.tsv")}


@cache
def titles() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the titles before names: the sex and the offices that each tells."""
    return {row[0]: (row[1], tuple(row[2].split()) if len(row) > 2 else ()) for row in rows("titles.tsv")}


@cache
def institutions() -> dict[str, str]:
    """Return the canonical name of every known body and outlet by each of its names, casefolded, without article."""
    known: dict[str, str] = {}
    for row in (*rows("institutions.tsv"), *rows("outlets.tsv")):
        aliases = row[1].split(", ") if len(row) > 1 and row[1] else []
        for alias in (row[0], *aliases):
            known.setdefault(bare(alias), row[0])
    return known


@cache
def outlets() -> frozenset[str]:
    """Return the canonical names of the known outlets."""
    return frozenset(row[0] for row in rows("outlets.tsv"))


@cache
def places(*kinds: str) -> frozenset[str]:
    """Return the names of the given kinds of place (country, state, city, demonym, …), or of all of them."""
    table = groups("places.tsv")
    return frozenset(name for kind in (kinds or tuple(table)) for name in table[kind])


@cache
def name_words(kind: str) -> frozenset[str]:
    """Return the capitalised words of a kind that stand around names without being part of them."""
    return frozenset(groups("name_words.tsv")[kind])


@cache
def body_words() -> frozenset[str]:
    """Return the words that make a capitalised name a body."""
    return frozenset(groups("institution_words.tsv")["in_name"])


def bare(name: str) -> str:
    """Return `name` casefolded, with straight apostrophes, without its article and a closing possessive."""
    plain = " ".join(name.replace("’", "'").split()).casefold()
    plain = plain.removesuffix("'s").removesuffix("'").strip(' ,;:."“”') if not plain.endswith(".") else plain
    return plain.removeprefix("the ")


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names printed in `text`, in order; a lone word is a person only where a title stands before it."""
    found: list[Name] = []
    end = 0
    for match in _CHUNK.finditer(text):
        if match.start() < end:
            continue
        for span in _split(text, match.start(), match.end()):
            name = _read(text, span)
            found.append(name)
            end = name.span.end
    return tuple(found)


def _split(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Drop function words that only open a sentence, and join `Department of …` to its second half."""
    words = [(m.group(), m.start(), m.end()) for m in re.finditer(r"\S+", text[start:end])]
    while (
        words
        and (words[0][0] in name_words("opener") or _is_adverb(words[0][0]))
        and not (words[0][0] != "The" and len(words) > 1 and bare(text[start + words[0][1] : end]) in institutions())
    ):
        words.pop(0)
    while words and words[-1][0] in name_words("opener") and words[-1][0] not in given_names():
        words.pop()
    if not words:
        return ()
    first, last = start + words[0][1], start + words[-1][2]
    if any(word[0] in body_words() for word in words):
        joint = _OF.match(text, last)
        if joint and not text.startswith((" in ", " to ", " at "), last):
            more = _CHUNK.match(text, joint.end())
            if (
                more
                and more.group().split()[0] not in name_words("opener")
                and (" and " not in joint.group() or set(more.group().split()) & body_words())
            ):
                last = more.end()
    return _at_title(words, Span(first, last))


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in given_names() and word not in places()


def _at_title(words: list[tuple[str, int, int]], span: Span) -> tuple[Span, ...]:
    """Divide `Indiana Gov. Mike Pence` before its title, and `Democrat Hillary Clinton` after the party."""
    offset = span.start - words[0][1]
    for position in range(len(words) - 2, 0, -1):
        if words[position][0] in titles() and words[position - 1][0] not in titles():
            return Span(span.start, offset + words[position - 1][2]), Span(offset + words[position][1], span.end)
    if (
        len(words) > 2
        and (words[0][0] in name_words("before_name") or words[0][0].casefold() in _person_nouns())
        and words[-1][0] not in body_words()
    ):
        return (Span(offset + words[1][1], span.end),)
    return (span,)


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(groups("source_nouns.tsv")["person_office"])


def _read(text: str, span: Span) -> Name:
    """The name at a stretch of capitals, its titles taken off."""
    printed = text[span.start : span.end]
    if bare(printed) in institutions() and not _lacks_article(text, span, printed):
        return Name(span=span, text=printed, kind=INSTITUTION)
    if printed in places():
        return Name(span=span, text=printed, kind=PLACE)
    words = printed.split()
    before: list[str] = []
    offset = span.start
    while words and (words[0] in titles() or (words[0] in places("demonym", "regional") and len(words) > 2)):
        before += [words[0]] if words[0] in titles() else []
        offset = text.index(words[0], offset) + len(words[0])
        words.pop(0)
    if not words:
        return Name(span=span, text=printed, kind=OTHER, titles=tuple(before))
    told = (titles()[title][0] for title in before if titles()[title][0] != "u")
    kind = _kind(words, before)
    whole = kind == INSTITUTION and bare(" ".join(words)) not in institutions()
    return Name(
        span=span if whole else Span(text.index(words[0], offset), span.end),
        text=printed if whole else " ".join(words),
        kind=kind,
        titles=() if kind == INSTITUTION else tuple(before),
        sex=next(told, given_names().get(words[0], "u")) if kind in (PERSON, OTHER) else "u",
    )


def _lacks_article(text: str, span: Span, printed: str) -> bool:
    """Whether a lone common word (`Nation`) lacks the article that makes it the name of an outlet (`The Nation`)."""
    if " " in printed or institutions()[bare(printed)] != f"The {printed}":
        return False
    return text[max(0, span.start - 4) : span.start].casefold() != "the "


def _kind(words: list[str], before: list[str]) -> str:
    """What the words of a name without its titles name."""
    name = " ".join(words)
    if _is_body(words) and not (before and before[-1].endswith(".")):
        return INSTITUTION
    if name in places() and not before:
        return PLACE
    people = len(words) > 1 and words[0] in given_names() and (words[-1] not in places("demonym") or len(words) == 2)
    if before or people:
        return PERSON
    camel = len(words) == 1 and re.search(r"[a-z]{2}[A-Z]", name) and not name.startswith(("Mac", "Fitz"))
    known = bare(name) in institutions() and institutions()[bare(name)] != f"The {name}"
    return INSTITUTION if known or camel else OTHER


def _is_body(words: list[str]) -> bool:
    if words[-1] in body_words() and len(words) > 1:
        return True
    joined = {"of", "for", "and", "on", "&"} & set(words)
    return any(word in body_words() and word not in name_words("weak_ending") for word in words[:-1]) and bool(
        joined or words[0] in body_words()
    )


def canonical_person(name: str) -> str:
    """Return a person's name without titles, inner initials, suffix and possessive."""
    words = re.sub(r"[’']s?$", "", name.strip(" ,;:")).split()
    while len(words) > 1 and words[0] in titles():
        words.pop(0)
    words = [word.title() if word.isupper() and len(word) > 3 and word.isalpha() else word for word in words]
    # A name that is nothing but a suffix ("Jr") keeps it: everybody has a name.
    words = [word for word in words if word.strip(",") not in name_words("suffix")] or words
    if len(words) > 2:
        words = [
            word
            for position, word in enumerate(words)
            if position in (0, len(words) - 1) or not re.fullmatch(r"[A-Z]\.", word)
        ]
    return " ".join(words).strip(" ,;:")


def canonical_institution(name: str) -> str:
    """Return the usual name of a body: the known one of an alias, else the printed one without article."""
    known = institutions().get(bare(name))
    if known:
        return known
    plain = re.sub(r"[’']s?$", "", " ".join(name.split()).strip(" ,;:"))
    return re.sub(r"^(?:the|a|an)\s+", "", plain, flags=re.IGNORECASE)
