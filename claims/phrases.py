"""The parts of a source's noun phrase: determiner, modifiers, head word, what follows, and whether it is several."""

import re
from dataclasses import dataclass
from functools import cache

from claims.lexicons.load import form, group, groups, phrase_pattern, rows


def word_group(name: str) -> frozenset[str]:
    """Return a group of words that steer how noun phrases are read."""
    return group("phrase_words.tsv", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase taken apart; `head` is singular and in lower case, `after` what follows the core."""

    text: str
    determiner: str
    core: str
    modifiers: str
    head: str
    printed_head: str
    after: str
    quantity: str
    plural: bool


def _is_noun(text: str) -> bool:
    words = text.split()
    return bool(words) and (bool(classes(singular(words[-1]))) or words[-1][:1].isupper())


def _next_words(body: str, start: int) -> str:
    following = form("phrase_forms.tsv", "cut").search(body, start)
    return body[start : following.start() if following else len(body)]


@cache
def _irregular() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("plurals.tsv")}


def singular(word: str) -> str:
    """Return the singular of a noun in lower case, as far as spelling tells."""
    low = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    if low in _irregular():
        return _irregular()[low]
    if low in word_group("not_plural") or not low.endswith("s") or low.endswith(("ss", "sis", "us")) or len(low) < 4:
        return low
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes")):
        return low[:-2]
    return low[:-1]


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Return the classes of every head noun of a source, by the singular noun."""
    found: dict[str, set[str]] = {}
    for kind, nouns in (*groups("source_nouns.tsv").items(), ("institution", groups("institution_words.tsv")["noun"])):
        for noun in nouns:
            found.setdefault(noun, set()).add(kind)
    for noun in groups("institution_words.tsv")["plural_body"]:
        found.setdefault(singular(noun), set()).add("institution")
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def classes(head: str) -> frozenset[str]:
    """Return the classes of a singular head noun; a hyphenated or foreign word has none."""
    return noun_classes().get(head, frozenset())


def take_apart(text: str) -> Phrase:
    """Return the parts of the noun phrase `text`."""
    whole = form("phrase_forms.tsv", "lead").sub("", " ".join(text.split())).strip(' ,;:"“”')
    quantity = ""
    partitive = form("phrase_forms.tsv", "partitive").match(whole)
    rest = whole
    if partitive:
        quantity = partitive.group(1).casefold()
        rest = whole[partitive.end() :]
    determiner = re.match(
        r"(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|another|each|every|no|such)\b\s*",
        rest,
        re.IGNORECASE,
    )
    body = rest[determiner.end() :] if determiner else rest
    cut = form("phrase_forms.tsv", "cut").search(body)
    while (
        cut
        and cut.group().strip() == "of"
        and classes(
            " ".join([*body[: cut.start()].split()[-1:], "of", *body[cut.end() :].split()[:1]]).casefold().strip(",.")
        )
    ):
        cut = form("phrase_forms.tsv", "cut").search(body, cut.end())
    while (
        cut
        and cut.group().strip() in ("and", "or", ",")
        and not _is_noun(body[: cut.start()])
        and _is_noun(_next_words(body, cut.end()))
    ):
        cut = form("phrase_forms.tsv", "cut").search(body, cut.end())
    named = form("phrase_forms.tsv", "joined_name").match(body) if cut else None
    if named and cut and cut.start() < named.end() and classes(singular(named.group("noun"))):
        # "A Department of Health source", "a Health and Human Services official": one person of one body.
        cut = form("phrase_forms.tsv", "cut").search(body, named.end())
    core = body[: cut.start()] if cut else body
    if not core.strip():
        core, cut = body, None
    after = body[cut.start() :] if cut else ""
    words = core.split()
    head, size = _head(words)
    modifiers = " ".join(words[: len(words) - size])
    printed = " ".join(words[len(words) - size :])
    low = [word.casefold() for word in words]
    plural = (printed.casefold().replace("’", "'").removesuffix("'s") != head and head != "") or bool(
        word_group("quantified") & set(low[:2])
    )
    if quantity:
        plural = quantity.split()[0] not in ("one", "each", "none", "any") or quantity.startswith("one or")
    if head in ("data", "police", "media") or printed.casefold().endswith(("'s", "’s")):
        plural = False
    return Phrase(
        text=whole,
        determiner=determiner.group().strip().casefold() if determiner else "",
        core=core,
        modifiers=modifiers,
        head=head,
        printed_head=printed,
        after=after.strip(" ,"),
        quantity=quantity,
        plural=plural,
    )


def _head(words: list[str]) -> tuple[str, int]:
    """The head of a core, longest known noun first; its size in words."""
    for size in (3, 2):
        if len(words) >= size and not (
            words[-size][:1].isupper() and len(words) > size and words[-size - 1][:1].isupper()
        ):
            first = " ".join(words[-size:]).casefold().replace("’", "'")
            for candidate in (
                first,
                " ".join([*first.split()[:-1], singular(first.split()[-1])]),
                _irregular().get(first, ""),
            ):
                if candidate and classes(candidate):
                    return candidate, size
    return (singular(words[-1].strip('.,;:"”“')), 1) if words else ("", 0)


def plain_description(phrase: Phrase) -> str:
    """Return the phrase as it should stand in a table: without determiner and relative clauses."""
    text = phrase.text[phrase.text.find(phrase.core) :]
    text = form("phrase_forms.tsv", "condition_clause").split(text)[0]
    known = "bare" in classes(phrase.head) and phrase_pattern("source_traits.tsv", "relational").match(phrase.after)
    end = r",|\s+(?:and|but)\s+(?:\w+ed|spoke|asked)\b" if known else r",|\s+(?:who|which)\s+|\s[-–—]\s"
    text = re.split(end, text)[0]
    text = re.sub(r"^(?:one|another|a|an|the|other)\s+(?=\w)", "", text.strip(), flags=re.IGNORECASE)
    text = text.strip(" ,;:\"“”'’")
    return text[:1].lower() + text[1:] if _lowers(text, phrase.head) else text


def _lowers(text: str, head: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    sides = groups("name_words.tsv")["before_name"] + groups("places.tsv")["people"]
    if first in sides or first.removesuffix("s") in sides:
        return False
    return first.istitle() and (singular(first) == head or first.casefold() in word_group("sentence_openers"))
