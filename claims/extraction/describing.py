"""The words by which an article describes a person, and whether a definite description fits them."""

import re

from claims.extraction.person import Person
from claims.lexicons.load import form
from claims.names import Name, titles
from claims.phrases import classes, singular, take_apart

PERSONAL = frozenset({"role", "person_office", "relational", "leader", "spokesperson", "crowd", "personal_service"})
_BEFORE_CUT = re.compile(
    r"[.;:!?“”\"\n)]|,\s|\b(?:that|said|says|told|and|but|with|by|to|for|from|of|as|against|than|after)\b"
)
_WORD = re.compile(r"[\w.’'-]+")
_SAME = {
    "senator": ("sen",),
    "congressman": ("rep", "representative", "lawmaker"),
    "governor": ("gov",),
    "nominee": ("candidate",),
    "candidate": ("nominee",),
    "gop": ("republican",),
    "republican": ("gop",),
}


def description_of(text: str, name: Name) -> set[str]:
    """Return the words of the title, of the noun phrase before the name, and of the apposition after it."""
    words = {office for title in name.titles for office in titles()[title][1]}
    words |= {title.casefold().strip(".") for title in name.titles}
    start = name.span.start - sum(len(title) + 1 for title in name.titles)
    words |= _before(text[max(0, start - 90) : start], titled=bool(name.titles))
    if " " not in name.text and not name.titles:
        return words
    after = form("phrase_forms.tsv", "apposition").match(text, name.span.end)
    if not after:
        return words
    clause = after.group(1) or after.group(2)
    if re.match(r"[RD]-", clause):
        return words | _words(clause) | ({"republican", "gop"} if clause[0] == "R" else {"democrat", "democratic"})
    phrase = take_apart(clause.split(", ")[0])
    if classes(phrase.head) & PERSONAL:
        words |= _words(f"{phrase.core} {phrase.head}") | {
            word.casefold() for word in phrase.after.split() if word[:1].isupper()
        }
    return words


def _before(text: str, *, titled: bool) -> set[str]:
    """The words of the noun phrase that runs up to a name: none where its last word is no noun for a person."""
    if text.endswith(", "):
        opened = re.search(
            r"(?:^|[.;:!?“”\"\n,]\s*)((?:an?|the|his|her|their|its|one|[A-Z])\b[^.;:!?“”\"\n,]*), $",
            text,
            re.IGNORECASE,
        )
        phrase = take_apart(opened.group(1)) if opened else None
        return _words(f"{phrase.core} {phrase.head}") if phrase and classes(phrase.head) & PERSONAL else set()
    cut = [match.end() for match in _BEFORE_CUT.finditer(text.rstrip(" ,"))]
    words = text[cut[-1] if cut else 0 :].rstrip(" ,").split()[-6:]
    if not words:
        return set()
    last = words[-1]
    noun = classes(singular(last)) & PERSONAL or classes(" ".join(words[-2:]).casefold()) & PERSONAL
    if not noun and not (
        (titled or not text.endswith(", ")) and last[:1].isupper() and last.isalpha() and len(words) < 4
    ):
        return set()
    return _words(" ".join(words))


def _words(phrase: str) -> set[str]:
    words = {word.casefold().strip(".,'’") for word in _WORD.findall(phrase)}
    return words - {"the", "a", "an", "of", "and", "in", "s", "for", "at", "his", "her", "its", ""}


def describes(phrase: str, person: Person) -> int:
    """Return how well a definite description (`the Vermont senator`) fits a person: 0 where its head word does not."""
    words = [word.casefold().strip(".,'’") for word in _WORD.findall(phrase)]
    words = [
        re.sub(r"['’]s$", "", word)
        for word in words
        if word not in ("the", "a", "an", "of", "his", "her", "this", "that")
    ]
    if not words:
        return 0
    head = words[-1]
    if not _fits(head, person):
        return 0
    return 2 + 2 * sum(_fits(word, person) for word in words[:-1]) - sum(not _fits(word, person) for word in words[:-1])


def _fits(word: str, person: Person) -> bool:
    return word in person.words or any(other in person.words for other in _SAME.get(word, ()))
