"""The parts of a source's noun phrase: determiner, modifiers, head word, what follows, and whether it is several."""

import re
from dataclasses import dataclass
from functools import cache

from claims.lexicons.load import groups

_CONDITION_CLAUSE = re.compile(
    r",?\s*(?:(?:who|and)\s+)?(?:speaking|spoke|speak|asking|requesting|requested|declin\w+|insist\w+)\s+(?:only\s+)?(?:on|for|not|to be|anonym)[^,]*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:but|and|or|yet|so|as|when|while|according to|even|only|just|however|meanwhile|for)\s+|[\"'“”‘’(,;:–—-]\s*)+",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(
    r"^((?:a |an |the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|dozens|scores|hundreds|thousands|millions|some|most|many|several|"
    r"few|both|all|none|any|each|others?|more|majority|minority|number|group|handful|couple|pair|coalition|team|crowd|"
    r"(?:growing|large|small|unusual|vast|slim|wide|broad|overwhelming) (?:number|group|majority|coalition|minority))(?: than \w+| other)?)\s+of\s+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",|\s+(?:who|whom|whose|which|that|of|in|on|with|for|from|to|at|by|about|against|inside|within|near|close|familiar|briefed|privy|aware|"
    r"speaking|looking|conducted|released|published|issued|obtained|reviewed|posted|written|sent|filed|aired|commissioned|sponsored|prepared|compiled|involved|including|attending|working|responsible|present|taken|seeking|living|based|"
    r"quoted|cited|citing|reached|interviewed|and|or|as|under|after|before|between|among|around|across|over|than|knowledgeable|I|"
    r"opposed|opposing|supporting|representing|led|loyal|critical|tasked|charged|covering|there|here|linked|connected|using)\b|\s+[-–—(]",
    re.IGNORECASE,
)
_SPOKEN_OF = ("of", "for", "to", "at", "in", "with", "on", "from")
_QUANTIFIED = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "dozen",
        "dozens",
        "several",
        "multiple",
        "numerous",
        "many",
        "some",
        "most",
        "few",
        "both",
        "all",
        "various",
        "others",
        "those",
        "they",
        "these",
        "scores",
        "hundreds",
        "thousands",
        "millions",
    ]
)
_NOT_PLURAL = frozenset(
    [
        "news",
        "press",
        "politics",
        "boss",
        "witness",
        "congress",
        "campus",
        "status",
        "princess",
        "governess",
        "us",
        "gps",
        "series",
    ]
)
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "data": "data", "media": "media", "police": "police",
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "businessmen": "businessman", "congressmen": "congressman",
    "policemen": "policeman", "countrymen": "countryman", "clergymen": "clergyman", "fishermen": "fisherman", "policewomen": "policewoman",
    "statistics": "statistic", "wives": "wife", "chiefs of staff": "chief of staff", "attorneys general": "attorney general",
    "congresswomen": "congresswoman", "servicemen": "soldier", "aldermen": "alderman", "analyses": "analysis", "alumni": "alumnus",
    "lives": "life", "youths": "youth", "secretaries of state": "secretary of state", "passers-by": "passer-by",
}  # fmt: skip


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
    following = _CUT.search(body, start)
    return body[start : following.start() if following else len(body)]


def singular(word: str) -> str:
    """Return the singular of a noun in lower case, as far as spelling tells."""
    low = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _NOT_PLURAL or not low.endswith("s") or low.endswith(("ss", "sis", "us")) or len(low) < 4:
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
    for group, nouns in (*groups("source_nouns.tsv").items(), ("institution", groups("institution_words.tsv")["noun"])):
        for noun in nouns:
            found.setdefault(noun, set()).add(group)
    for noun in groups("institution_words.tsv")["plural_body"]:
        found.setdefault(singular(noun), set()).add("institution")
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def classes(head: str) -> frozenset[str]:
    """Return the classes of a singular head noun; a hyphenated or foreign word has none."""
    return noun_classes().get(head, frozenset())


def take_apart(text: str) -> Phrase:
    """Return the parts of the noun phrase `text`."""
    whole = _LEAD.sub("", " ".join(text.split())).strip(' ,;:"“”')
    quantity = ""
    partitive = _PARTITIVE.match(whole)
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
    cut = _CUT.search(body)
    while (
        cut
        and cut.group().strip() == "of"
        and classes(
            " ".join([*body[: cut.start()].split()[-1:], "of", *body[cut.end() :].split()[:1]]).casefold().strip(",.")
        )
    ):
        cut = _CUT.search(body, cut.end())
    while (
        cut
        and cut.group().strip() in ("and", "or", ",")
        and not _is_noun(body[: cut.start()])
        and _is_noun(_next_words(body, cut.end()))
    ):
        cut = _CUT.search(body, cut.end())
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
        _QUANTIFIED & set(low[:2])
    )
    if quantity:
        plural = quantity.split()[0] not in ("one", "each", "none", "any") or quantity.startswith("one or")
    if head in ("data", "police", "media") or printed.casefold().endswith(("'s", "’s")):
        plural = False
    return Phrase(
        text=whole, determiner=(determiner.group().strip().casefold() if determiner else ""), core=core, modifiers=modifiers,
        head=head, printed_head=printed, after=after.strip(" ,"), quantity=quantity, plural=plural,
    )  # fmt: skip


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
                _IRREGULAR.get(first, ""),
            ):
                if candidate and classes(candidate):
                    return candidate, size
    return (singular(words[-1].strip('.,;:"”“')), 1) if words else ("", 0)


def plain_description(phrase: Phrase) -> str:
    """Return the phrase as it should stand in a table: no determiner, no clause on anonymity, no relative clause."""
    text = phrase.text[phrase.text.find(phrase.core) :]
    text = _CONDITION_CLAUSE.split(text)[0]
    text = re.split(r",|\s+(?:who|which)\s+(?!is close|are close|was briefed|were briefed)|\s[-–—]\s", text)[0]
    text = re.sub(r"^(?:one|another|a|an|the|other)\s+(?=\w)", "", text.strip(), flags=re.IGNORECASE)
    text = text.strip(" ,;:\"“”'’")
    return text[:1].lower() + text[1:] if _lowers(text, phrase.head) else text


def _lowers(text: str, head: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first.istitle() and (singular(first) == head or first.casefold() in _SENTENCE_OPENERS)


_SENTENCE_OPENERS = frozenset(
    [
        "senior",
        "top",
        "former",
        "two",
        "three",
        "four",
        "five",
        "six",
        "several",
        "many",
        "some",
        "most",
        "federal",
        "local",
        "state",
        "city",
        "government",
        "law-enforcement",
        "law",
        "sources",
        "intelligence",
        "military",
        "administration",
        "campaign",
        "security",
        "diplomatic",
        "western-educated",
        "multiple",
        "numerous",
        "high-ranking",
        "people",
        "critics",
        "voting",
    ]
)
