"""The words of a claim or passage as terms: tokens, stems, weights, names, event classes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from types import MappingProxyType

from claims.lexicons.load import lines, words

# How many articles the counts in common_words.txt were taken over.
ARTICLES = 861
# A word in fewer articles than this is as likely a name where it opens a sentence ("Trump", "Rice").
PLAIN = 12
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = frozenset({"of", "the", "de", "del", "van", "von", "bin", "al"})
_CAPITAL = r"(?:(?:[A-Z]\.)+[A-Z]?\.?|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St)\.|[A-Z][\w’'-]*)"
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:\s+(?:(?:de|del|van|von|bin|al|of the|of|the)\s+)?{_CAPITAL})*")
# Verbs of which an ending leaves three letters, and such as had an "e" before it.
_SHORT = re.compile(r"([a-z]*[aeiou][a-z]*)(?<=\b[a-z]{3})(?:ed|ing)")
_OPEN = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
# Suffixes in the order in which they are tried; what is left must keep four letters, so that "state" stays whole.
_SUFFIXES = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("iveness", "ive"),
    ("ations", "at"), ("ation", "at"), ("ements", "e"), ("ement", "e"), ("ments", ""), ("ment", ""),
    ("sions", "s"), ("sion", "s"), ("ctions", "ct"), ("ction", "ct"), ("ctors", "ct"), ("ctor", "ct"),
    ("tions", "t"), ("tion", "t"), ("ities", ""), ("ity", ""), ("ingly", ""), ("ings", ""), ("ing", ""),
    ("iers", "y"), ("ied", "y"), ("ies", "y"), ("edly", ""), ("ed", ""), ("ers", ""), ("er", ""), ("ors", ""),
    ("or", ""), ("als", ""), ("al", ""), ("ly", ""), ("sses", "ss"), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@cache
def stem(word: str) -> str:
    """Return the lower-case `word` without its inflection and commonest derivations ("defections" -> "defect")."""
    word = _irregular().get(word, word)
    shorter = _without_suffix(word)
    while shorter != word:
        word, shorter = shorter, _without_suffix(shorter)
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _without_suffix(word: str) -> str:
    short = _SHORT.fullmatch(word)
    if short:
        # "filed" and "filing" are forms of "file", "ended" and "ending" of "end".
        return f"{short[1]}e" if _OPEN.search(short[1]) else short[1]
    for suffix, replacement in _SUFFIXES:
        rest = word.removesuffix(suffix)
        if len(rest) < len(word) and len(rest) + len(replacement) >= 4:
            return word if suffix == "s" and rest.endswith(("s", "u", "i")) else rest + replacement
    return word


@cache
def _irregular() -> Mapping[str, str]:
    return MappingProxyType(
        {form: line.split()[0] for line in lines("irregular_verbs.txt") for form in line.replace("|", " ").split()[1:]}
    )


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry no content of a claim."""
    return words("stop_words.txt")


@cache
def _phrasal() -> tuple[re.Pattern[str], Mapping[str, str]]:
    joined = {two.strip(): one.strip() for two, _, one in (line.partition(":") for line in lines("phrasal_verbs.txt"))}
    return re.compile(rf"\b(?:{'|'.join(joined)})\b", re.IGNORECASE), MappingProxyType(joined)


def without_particles(text: str) -> str:
    """Return `text` with verbs of two words put as one, "walked out" as "struck": to compare, never to quote."""
    pattern, joined = _phrasal()
    return pattern.sub(lambda match: joined[match.group().casefold()], unaccented(text))


def unaccented(text: str) -> str:
    """Return `text` without accents: outlets write "Nicolás" and "Nicolas" of one man."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


@cache
def government(name: str) -> frozenset[str]:
    """Return the words by which news calls the government that the name word `name` belongs to, itself included."""
    return frozenset({name}).union(*(line.split() for line in lines("governments.txt") if name in line.split()))


@cache
def governments(name: frozenset[str]) -> frozenset[int]:
    """Return which governments the words of `name` may call: "Washington" and "United States" call the same one."""
    return frozenset(number for number, line in enumerate(lines("governments.txt")) if name <= set(line.split()))


def tokens(text: str) -> tuple[str, ...]:
    """Return the lower-case words and numbers of `text` in order, possessives cut off."""
    return tuple(_POSSESSIVE.sub("", token.casefold()) for token in _TOKEN.findall(re.sub(r"(?<=\d),(?=\d)", "", text)))


def content_terms(text: str) -> tuple[str, ...]:
    """Return the stems of the words of `text` that carry content, in order."""
    return tuple(stem(token) for token in tokens(without_particles(text)) if token not in stop_words())


@cache
def weight(term: str) -> float:
    """Return how much a shared `term` tells, from .25 (a word of every other article) to 1 (a rare one)."""
    # The counts come from campaign news, where "elect" and "vote" are everyday words: an event weighs at least .6.
    return max(_weights().get(term, 1.0), 0.6 if term in event_classes() else 0.25)


@cache
def _common() -> Mapping[str, int]:
    return MappingProxyType({word: int(count) for word, count in map(str.split, lines("common_words.txt"))})


@cache
def _weights() -> Mapping[str, float]:
    """Return the inverse document frequency of every common stem, scaled so that one of 8 articles or fewer has 1."""
    counts: Counter[str] = Counter()
    for word, count in _common().items():
        counts[stem(word)] += count
    return MappingProxyType(
        {term: min(1.0, log(max(1.0, ARTICLES / count)) / log(ARTICLES / 8)) for term, count in counts.items()}
    )


@cache
def event_classes() -> Mapping[str, frozenset[str]]:
    """Return for every stem the event classes it names ("sanction" -> {"sanction"}, "blacklist" -> {"sanction"})."""
    return _classes("event_classes.txt")


@cache
def kindred(term: str) -> frozenset[str]:
    """Return the classes of words that news uses for one another in which `term` is, events and others."""
    events = event_classes().get(term, frozenset())
    return events | {f"{name} (noun)" for name in _classes("synonym_classes.txt").get(term, ())}


@cache
def stems(name: str) -> frozenset[str]:
    """Return the stems of the word list `name`."""
    return frozenset(stem(word) for word in words(name))


def _classes(name: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines(name):
        label, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(stem(word), set()).add(label)
    return MappingProxyType({word: frozenset(labels) for word, labels in found.items()})


@cache
def contraries() -> Mapping[str, frozenset[str]]:
    """Return for every stem the stems that mean the reverse ("rise" -> {"fall", …})."""
    found: dict[str, set[str]] = {}
    for line in lines("contrary_verbs.txt"):
        left, _, right = line.partition("|")
        ones, others = [stem(word) for word in left.split()], [stem(word) for word in right.split()]
        for one in ones:
            found.setdefault(one, set()).update(others)
        for other in others:
            found.setdefault(other, set()).update(ones)
    return MappingProxyType({word: frozenset(reverse) for word, reverse in found.items()})


def names(text: str) -> frozenset[str]:
    """Return the proper names of `text` in lower case; a capital that only opens a sentence is not a name."""
    found = set()
    text = unaccented(text)
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip(" \t\"'“‘(«[")
        opens = not before or before[-1] in '.!?:;\n”"'
        # "the Bank of England's Mark Carney" is two names.
        for part in re.split(r"(?<=['’]s)\s+", match.group()):
            run = re.findall(r"[\w’'-]+", part.replace(".", ""))
            while run and not _is_acronym(run[0]) and run[0].casefold() in stop_words() | calendar_words():
                run, opens = run[1:], False
            while len(run) > 1 and run[0].casefold() in _titles():
                run = run[1:]
            if run and not (opens and len(run) == 1 and _is_plain(run[0])):
                found.add(" ".join(_POSSESSIVE.sub("", word).casefold() for word in run))
            opens = False
    return frozenset(found)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


@cache
def _titles() -> frozenset[str]:
    return words("name_titles.txt")


def name_words(found: frozenset[str]) -> frozenset[str]:
    """Return the single words of names, by which "Nicolas Maduro" and "Maduro" meet."""
    return frozenset(word for name in found for word in name.split() if len(word) > 1 and word not in PARTICLES)


@cache
def calendar_words() -> frozenset[str]:
    """Return the names of months and weekdays, which are capitalised and name nobody."""
    return words("calendar.txt")


def _is_plain(word: str) -> bool:
    """Return whether a capitalised first word may be an ordinary word."""
    folded = _POSSESSIVE.sub("", word).casefold()
    return not word.isupper() and (_common().get(folded, 0) >= PLAIN or stem(folded) in event_classes())
