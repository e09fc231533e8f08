"""How identifiable a source is to the reader: level A0 to A7, its attributes, and the reason in words."""

import re
from dataclasses import dataclass

from claims.extraction.scene import Referent, Scene
from claims.lexicons.load import groups, phrase_pattern
from claims.names import INSTITUTION, PLACE, canonical_institution, places
from claims.phrases import Phrase, classes, singular
from claims.vocabulary import Anonymity, Plurality

_OF_BODY = re.compile(r"^(?:at|in|of|from|on|with|for|to|inside|within)\s+(?:the\s+)?", re.I)
_COMMITTEE = re.compile(
    r"\b(?:committee|panel|council|board|commission|delegation|cabinet|ministry|government|administration|campaign|department|agency|company|court|parliament|senate|house|embassy|bank|party|union|police|army|military|ministries|firm|office|force|bureau|palace|team|mission|group|organization|university|hospital|airport|jail|prison|plant|school)\b",
    re.I,
)
_PARTY = re.compile(
    r"^(?:republican|democratic|democrat|gop|g\.o\.p\.|tory|labour|conservative|liberal|bjp|congress|socialist|green|party)s?$",
    re.I,
)
_LEADERS = frozenset({"leader", "chief", "head", "boss", "whip", "leadership"})
_OFFICIALS = frozenset(
    "official officer aide adviser advisor staffer employee worker operative minister secretary director executive manager agent diplomat envoy "
    "ambassador negotiator prosecutor inspector regulator commander general colonel soldier spy journalist reporter editor lawyer attorney "
    "strategist consultant member delegate judge engineer scientist banker trader source insider person investigator detective functionary "
    "bureaucrat representative senator staff deputy commissioner guard doctor professor teacher student leader superdelegate".split()
)
_POSTS = frozenset(
    "minister deputy minister vice minister general commander director vice president ambassador governor mayor chairman secretary undersecretary "
    "colonel admiral commissioner chief head board member president prime minister king deputy director foreign minister chief of staff".split()
) - {"board", "member", "vice", "deputy", "of", "staff", "foreign", "prime"} | {
    "deputy minister",
    "vice minister",
    "vice president",
    "board member",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level of a source with what it rests on."""

    anonymity: Anonymity
    reason: str
    plurality: Plurality
    role: str | None = None
    organisation: str | None = None
    seniority: str | None = None
    standing: str | None = None
    access: str | None = None
    descriptor: str | None = None


def grade(referent: Referent, scene: Scene) -> Level:
    """Return the level of what a source refers to, by the codebook's section 1."""
    many = referent.several
    if referent.kind in ("none", "reader"):
        return Level(
            anonymity=Anonymity.BARE,
            reason="nobody is named or recoverable as the source",
            plurality=Plurality.NONE if referent.kind == "none" else Plurality.SEVERAL,
        )
    if referent.kind in ("person", "author"):
        reason = f"named: {referent.text}" if referent.kind == "person" else "the writer speaks"
        return Level(
            anonymity=Anonymity.NAMED,
            reason=reason,
            plurality=Plurality.SEVERAL if many else Plurality.ONE,
            role=_role(referent),
        )
    if referent.kind == "document":
        plurality = Plurality.COLLECTIVE if referent.collective else Plurality.SEVERAL if many else Plurality.ONE
        return Level(anonymity=Anonymity.DOCUMENT, reason=f"document or data: {referent.text}", plurality=plurality)
    if referent.kind == "institution":
        return Level(
            anonymity=Anonymity.INSTITUTION, reason=f"speaks as an institution: {referent.text}",
            plurality=Plurality.SEVERAL if many else Plurality.COLLECTIVE, organisation=referent.text,
        )  # fmt: skip
    return _unnamed(referent, scene)


def _role(referent: Referent) -> str | None:
    phrase = referent.phrase
    return phrase.head if phrase and classes(phrase.head) else None


def _unnamed(referent: Referent, scene: Scene) -> Level:
    phrase = referent.phrase
    if phrase is None:
        return Level(anonymity=Anonymity.BARE, reason="nothing usable is said of the source", plurality=Plurality.ONE)
    kinds = classes(phrase.head)
    whole = f"{phrase.modifiers} {phrase.printed_head} {phrase.after}"
    organisation = find_organisation(phrase, scene)
    senior = phrase_pattern("source_traits.tsv", "senior").search(phrase.modifiers)
    post = bool(phrase_pattern("source_traits.tsv", "post").search(phrase.after)) or (
        phrase.head in _POSTS and not phrase.plural
    )
    related = phrase_pattern("source_traits.tsv", "relational").search(phrase.after)
    former = phrase_pattern("source_traits.tsv", "former").search(phrase.modifiers)
    plurality = Plurality.SEVERAL if phrase.plural or referent.several else Plurality.ONE
    side = _side(phrase)
    level, why = _level(phrase, kinds, organisation, bool(senior or post), bool(related), side)
    facts = (
        [f"organisation '{organisation}'"]
        if organisation and level in (Anonymity.SPECIFIC, Anonymity.ORGANISATION, Anonymity.INSTITUTION)
        else []
    )
    if level == Anonymity.SPECIFIC:
        facts.append("senior" if senior else "a post that few hold")
    if why:
        facts.append(why)
    return Level(
        anonymity=level, reason="; ".join(["unnamed", *facts]), plurality=plurality, role=phrase.head if kinds else None, organisation=organisation,
        seniority="senior" if senior else None, standing="former" if former else None, access=_access(whole),
        descriptor=_descriptor(phrase, level, organisation, senior is not None, former is not None, side),
    )  # fmt: skip


def _level(
    phrase: Phrase, kinds: frozenset[str], organisation: str | None, narrow: bool, related: bool, side: str | None
) -> tuple[Anonymity, str]:
    head = phrase.head
    if "spokesperson" in kinds and not (head == "representative" and phrase.plural):
        return Anonymity.INSTITUTION, "speaks for an institution"
    if (
        "personal_service" in kinds
        and organisation is None
        and (
            re.search(r"['’]s?$", phrase.modifiers)
            or re.match(r"(?:for|of|to)\b", phrase.after)
            or phrase.determiner in ("his", "her", "their")
        )
    ):
        return Anonymity.SPECIFIC, f"the {head} of a named person"
    if head in ("lawyer", "attorney", "doctor", "physician") and re.match(
        r"(?:for|of|to)\s+(?:both\s+)?(?:the\s+)?[A-Z]", phrase.after
    ):
        return Anonymity.SPECIFIC, f"the {head} of a named person"
    if "relational" in kinds and not organisation:
        return Anonymity.RELATIONAL, f"only a relation is known: '{phrase.head}'"
    generic = "bare" in kinds or head == ""
    if generic and related and not (organisation and _own_member(phrase)):
        return Anonymity.RELATIONAL, "described only by closeness or knowledge"
    if organisation and head in _LEADERS:
        return Anonymity.ORGANISATION, "leaders of a body"
    if organisation and (head in _OFFICIALS or "role" in kinds or "unique_office" in kinds or generic):
        return (Anonymity.SPECIFIC, "") if narrow else (Anonymity.ORGANISATION, "role generic")
    if organisation and "crowd" in kinds and re.match(r"(?:on|in|of|at)\s+the\s+[A-Z]", phrase.after):
        return Anonymity.ORGANISATION, "members of a body"
    if (
        "unique_office" in kinds
        and not phrase.plural
        and phrase.determiner in ("the", "his", "her", "its", "their")
        and (phrase.modifiers or phrase.after)
    ):
        return Anonymity.SPECIFIC, "an office that one person holds, no name printed"
    if generic:
        if side:
            return Anonymity.SECTOR, f"only a side or sector is known: '{side}'"
        if related:
            return Anonymity.RELATIONAL, "described only by closeness or knowledge"
        if (
            head in ("man", "woman", "person", "people")
            and (phrase.after or phrase.modifiers)
            and not _only_bare(phrase)
        ):
            return Anonymity.SECTOR, "one of a crowd"
        return Anonymity.BARE, "nothing usable is said of the source"
    if (
        head in ("official", "officer", "aide", "insider", "staffer")
        and not side
        and _only_bare(phrase)
        and not re.match(r"(?:in|at|from|of|on)\s", phrase.after)
    ):
        return (
            (Anonymity.RELATIONAL, "described only by closeness or knowledge")
            if related
            else (Anonymity.BARE, "no organisation is recoverable")
        )
    return (
        Anonymity.SECTOR,
        f"only a class, sector or side is known: '{(phrase.modifiers + ' ' + phrase.printed_head).strip()}'",
    )


def _own_member(phrase: Phrase) -> bool:
    """Whether the organisation is the source's own, not the matter that it knows of."""
    return bool(phrase.modifiers) or bool(re.match(r"(?:at|in|inside|within|from|on)\s", phrase.after))


def _only_bare(phrase: Phrase) -> bool:
    words = phrase.modifiers.casefold().split()
    allowed = (
        set(groups("source_traits.tsv")["bare_adjective"])
        | set(groups("source_traits.tsv")["senior"])
        | set(groups("source_traits.tsv")["former"])
    )
    return all(word in allowed for word in words)


def _side(phrase: Phrase) -> str | None:
    for group in ("side", "sector"):
        found = phrase_pattern("source_traits.tsv", group).search(phrase.modifiers)
        if found:
            return found.group()
    for word in phrase.modifiers.split():
        if word in places("demonym", "regional", "city", "state", "country"):
            return word
    place = re.match(r"(?:in|from|across|around)\s+(?:the\s+)?([A-Z][\w .]+)", phrase.after)
    return place.group(1) if place else None


def find_organisation(phrase: Phrase, scene: Scene) -> str | None:
    """Return the organisation that an unnamed source belongs to, as printed or by its usual name, or None."""
    words = phrase.modifiers.split()
    stripped = [re.sub(r"['’]s?$", "", word) for word in words]
    head = phrase.head
    kinds = classes(head)
    named = _named_body(" ".join(stripped), scene)
    if named:
        return named
    low = [word.casefold() for word in stripped]
    if any(
        word
        in (
            "administration",
            "government",
            "ministry",
            "cabinet",
            "campaign",
            "embassy",
            "company",
            "committee",
            "city",
            "state",
            "county",
            "federal",
            "u.s.",
            "us",
            "palace",
            "bank",
            "police",
            "party",
            "court",
            "commission",
            "union",
            "treasury",
            "airport",
            "university",
            "hospital",
            "agency",
            "department",
            "transition",
            "council",
        )
        for word in low
    ):
        start = next((i for i, word in enumerate(low) if word in places() or stripped[i] in places()), None)
        if low[-1:] == ["party"] and head in _LEADERS or low[-1:] != ["party"]:
            return " ".join(stripped[start if start is not None else 0 :]) or None
    if head in ("judge", "prosecutor") and not any(word in ("local",) for word in low):
        return "court" if head == "judge" else "prosecution"
    state = next((word for word in stripped if word in places("country", "demonym", "state")), None) or _two_words(
        stripped
    )
    if (
        state
        and ("role" in kinds or head in _OFFICIALS or head in _LEADERS)
        and head
        not in (
            "lawmaker",
            "strategist",
            "consultant",
            "journalist",
            "student",
            "teacher",
            "doctor",
            "professor",
            "banker",
            "trader",
        )
    ):
        return state
    if stripped and _PARTY.match(stripped[-1]) and head in _LEADERS and "world" not in low:
        return stripped[-1]
    owner = next(
        (person for person in scene.people if stripped and stripped[-1] in (person.name, person.name.split()[-1])), None
    )
    if owner and head in _OFFICIALS | {"campaign aide", "ally"} and head not in ("source", "person"):
        return f"{stripped[-1]} camp"
    return _organisation_after(phrase, scene)


def _organisation_after(phrase: Phrase, scene: Scene) -> str | None:
    after = phrase.after
    joint = _OF_BODY.match(after)
    if not joint:
        return None
    rest = re.split(r",|\s+(?:who|which|that|familiar|close|briefed|involved|with|speaking)\b", after[joint.end() :])[0]
    named = _named_body(rest, scene)
    if named:
        return named
    if phrase.head in (
        "aide",
        "adviser",
        "advisor",
        "assistant",
        "staffer",
        "deputy",
        "operative",
        "official",
    ) and joint.group().split()[0].casefold() in ("to", "of", "in"):
        person = next((person for person in scene.people if person.name.split()[-1] in rest.split()), None)
        if person:
            return f"{person.name}'s staff"
    if _COMMITTEE.search(rest) and joint.group().split()[0].casefold() not in ("with", "to", "for"):
        return rest.strip()
    return None


def _named_body(text: str, scene: Scene) -> str | None:
    from claims.names import find_names

    for name in find_names(text):
        if name.kind == INSTITUTION:
            return canonical_institution(text[text.find(name.text) :] if text.endswith(name.text) else name.text)
        if (
            name.kind == PLACE
            and name.text in places("country")
            and not re.search(r"\b(?:in|from)\s*$", text[: name.span.start])
        ):
            continue
    return None


def _two_words(words: list[str]) -> str | None:
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    return next((pair for pair in pairs if pair in places("country", "demonym", "state")), None)


def _access(whole: str) -> str | None:
    for kind in ("witnessed", "took_part", "briefed", "document", "hearsay", "familiar"):
        if phrase_pattern("source_traits.tsv", f"access_{kind}").search(whole):
            return kind.replace("_", " ")
    return None


def _descriptor(
    phrase: Phrase, level: Anonymity, organisation: str | None, senior: bool, former: bool, side: str | None
) -> str | None:
    """A class of speakers such as `senior, White House official`; never a person."""
    if level in (Anonymity.INSTITUTION,):
        return None
    if level == Anonymity.BARE:
        return "bare"
    traits = [word for word, holds in (("senior", senior), ("former", former)) if holds]
    place = organisation or side
    noun = phrase.head or "source"
    if level == Anonymity.RELATIONAL:
        noun = f"{noun} with inside knowledge" if "bare" in classes(noun) else noun
    return ", ".join([*traits, f"{place} {singular(noun)}" if place else singular(noun)])
