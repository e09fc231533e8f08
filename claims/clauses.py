"""The outer form of a content: its main clause, tense, mood, negation, and the class of its cue."""

import re
from dataclasses import dataclass
from functools import cache

from claims.lexicons.load import groups, phrase_pattern

_NEGATED = re.compile(r"\b(?:not|never|no longer|neither|nor|cannot|\w+n['’]t)\b", re.IGNORECASE)
_NONE_OF = re.compile(
    r"\bthere (?:is|are|was|were|had been|has been|have been) no\b|^\W*(?:that )?(?:no one|nobody|none of|no \w+)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:who|which|because|if|when|while|although|despite|that)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|['’]ll|(?:is|are|am|['’](?:s|re|m)) (?:not |also |now )?going to|"
    r"(?:is|are) (?:likely|expected|set|due|bound|poised|certain|sure|about|slated|scheduled|unlikely) to)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:may|might|could)\b(?! (?:not )?have\b)", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|['’]d)\b(?! (?:not )?(?:have|like|love|prefer)\b)", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|provided that|in case|assuming|as long as)\b", re.IGNORECASE)
_OPENS_IF = re.compile(r"^\W*(?:that )?(?:if|unless)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|should|must|shall|ain['’]t|\w+n['’]t|went|came|got|made|said|told|"
    r"took|gave|saw|knew|found|left|held|won|lost|met|ran|led|sent|built|fell|rose|grew|kept|paid|began|became|brought|bought|caught|chose|drew|"
    r"drove|felt|fought|heard|meant|sold|shook|spent|spoke|stood|struck|taught|thought|threw|wore|wrote|make|makes|live|want|need|know|"
    r"think|says?|goes|comes|takes|gives|gets|seems|shows|means|wants|needs|plays|works|runs|lives|believes|expects|plans|remains|include|includes|"
    r"support|supports|obscures|own|owns|earn|favor|suspects?)\b|['’](?:re|m|ve|d|ll)\b|\b(?:it|that|he|she|there|what|who|here|where|this)['’]s\b",
    re.IGNORECASE,
)
_ED = re.compile(r"\b([\w’'-]+)\s+(?:\w+ly\s+)?\w{2,}ed\b", re.IGNORECASE)
_NO_SUBJECT = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "from",
        "by",
        "with",
        "in",
        "for",
        "on",
        "to",
        "and",
        "or",
        "as",
        "his",
        "her",
        "their",
        "its",
        "some",
        "more",
        "most",
        "newly",
        "recently",
        "so-called",
        "my",
        "our",
        "no",
        "any",
        "at",
        "about",
    ]
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|went|came|got|made|said|told|took|gave|saw|found|left|held|won|lost|met|ran|led|sent|built|fell|rose|grew|kept|"
    r"paid|began|became|brought|bought|spent|spoke|shot|\w{3,}ed)\b"
)
_REPORTS = re.compile(
    r"^\W*(?:that )?(?:he|she|they|it|(?:the |an? )?[\w’'-]+(?: [\w’'-]+){0,3}?) (?:once |had |has |have |previously |repeatedly |also |last \w+ )*(?:said|told|described|called|reported|announced|testified|wrote|invoked|proposed|noted|asked|"
    r"claimed|pledged|promised|admitted|acknowledged|accused|voted|killed|arrested|died|fired|donated)\b",
    re.IGNORECASE,
)
_HOPES = re.compile(
    r"^\W*(?:that )?(?:they|he|she|it|we|I|[A-Z]\w+) (?:also |still )?(?:hopes?|hoped|wants?|wanted|wish|wishes|would like|['’]d like)\b"
)
_MUSES = re.compile(
    r"^[\"“‘'\s]*(?:(?:and|but|well|so|yes|no),?\s)*(?:it['’]s|that['’]s|this is|it is|that is|there['’]s|you |we all|i think|i thought|i believe|i feel|nobody|everybody|everyone|"
    r"people |what |if you|the way |my |maybe|look,|frankly|honestly|these are|those are|they['’]re)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"”’']*\s*$")
_WH = re.compile(r"^[\"“‘'\s]*(?:who|whom|whose|where|when|why|how|whether|which)\b", re.IGNORECASE)
_OWN = re.compile(r"^[\"“‘'\s]*(?:that )?(?:I|we|he|she|they)\b", re.IGNORECASE)
_FIRST = re.compile(r"^[\"“‘'\s]*(?:I|we)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"^[\"“‘'\s]*(?:I|we|he|she|they)\s+(?:will|['’]ll|would)\s+(?:never |not )?(?:be|see|have to|need|know|find|get)\b",
    re.IGNORECASE,
)
_PREPARING = re.compile(
    r"\b(?:is|are|was|were|['’]re|['’]m)\s+(?:also\s+|now\s+|already\s+)?(?:preparing|planning|drafting|drawing up|getting ready|readying|finali[sz]ing|about to|"
    r"committed to|determined to|working on|ready to|prepared to)\b|\b(?:plans?|intends?|aims?|pledges?|promises?|vows?) to\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?:[.!?][\"”’']*|[,;]?[\"”])\s+(?=[\"“A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A content and what the form of its main clause tells."""

    text: str
    main: str
    finite: bool
    is_question: bool
    opens_with_wh: bool
    negated: bool
    may: bool
    would: bool
    past: bool
    reports: bool
    hopes: bool
    muses: bool
    preparing: bool
    own_subject: bool
    first_person: bool
    first_person_passive: bool


def parse_clause(content: str) -> Clause:
    """Return the outer form of a content."""
    text = " ".join(content.split())
    main = _main(text)
    return Clause(
        text=text,
        main=main,
        finite=_is_finite(text),
        is_question=is_question(text),
        opens_with_wh=_WH.match(text) is not None,
        negated=_is_negative(main),
        may=_MAY.search(main) is not None,
        would=_WOULD.search(main) is not None,
        past=_PAST.search(main) is not None,
        reports=_REPORTS.match(re.sub(r"[“\"][^”\"]*[”\"]", "", main)) is not None,
        hopes=_HOPES.match(main) is not None,
        muses=_MUSES.match(main) is not None and ("“" in text or '"' in text or "''" in text),
        preparing=_PREPARING.search(main) is not None,
        own_subject=_OWN.match(main) is not None,
        first_person=_FIRST.match(main) is not None,
        first_person_passive=_PASSIVE.match(main) is not None,
    )


def _main(text: str) -> str:
    """The first sentence, or the first two where the first is very short."""
    for stop in _STOP.finditer(text):
        if stop.start() > 25:
            return text[: stop.end()].strip()[:400]
    return text[:400]


def _is_finite(text: str) -> bool:
    if re.match(r"^\W*that\b", text, re.IGNORECASE) and len(text.split()) > 2:
        return True
    if re.match(r"^\W*(?:not )?to \w+", text):
        return False
    plain = re.sub(
        r"\b(?:who|which|that)\s+(?:\w+\s+)?(?:is|are|was|were|has|have|had|will|would|can|\w+ed)\b", "", text
    )
    quoted = text.lstrip()[:1] in "\"“'‘" and text.rstrip(" ,")[-1:] in "\"”'’" and len(text.split()) > 4
    if len(text.split()) < 3:
        return False
    past = any(word.casefold() not in _NO_SUBJECT and not word[0].isdigit() for word in _ED.findall(plain)[:1])
    return quoted or past or _FINITE.search(plain) is not None


def is_question(text: str) -> bool:
    """Return whether a content ends as a question (and is nothing else)."""
    return _QUESTION.search(text) is not None and (
        text.count("?") > 1 or not re.search(r"[.!][\"”]?\s", text) or text.rstrip("\"”’' ").endswith("?")
    )


def _is_negative(main: str) -> bool:
    """Whether the main clause is negated: near its start, outside subordinate clauses."""
    head = main[:120]
    if _NONE_OF.search(head):
        return True
    found = _NEGATED.search(head)
    if not found or "not only" in head:
        return False
    before = re.sub(r"^\W*that\b", "", head[: found.start()])
    return not _SUBORDINATE.search(before)


def is_negated(text: str) -> bool:
    """Return whether a short text (a cue) is negated."""
    return _NEGATED.search(text) is not None


def is_future(clause: Clause) -> bool:
    """Return whether the main clause speaks of the future."""
    found = _FUTURE.search(clause.main)
    return found is not None and not re.search(
        r"\s(?:who|which|because|when|where|what)\s", clause.main[: found.start()]
    )


def is_conditional(clause: Clause) -> bool:
    """Return whether the main clause holds only under a condition that is not asserted."""
    if _OPENS_IF.match(clause.text):
        return True
    return bool(_IF.search(clause.main)) and (clause.would or clause.may or is_future(clause)) and not judges(clause)


@cache
def _predicate() -> re.Pattern[str]:
    """A copula and an adjective that judges only as a predicate (`the process was fair`)."""
    adjectives = "|".join(
        re.escape(word) for word in sorted(groups("evaluative.tsv")["predicate"], key=len, reverse=True)
    )
    degrees = r"(?:so|very|really|too|quite|extremely|incredibly|not|more|most|as|just|pretty|all|largely|simply|clearly|deeply|totally|a|an|the)"
    return re.compile(
        rf"\b(?:is|are|was|were|be|been|being|seems?|looks?|sounds?|['’](?:s|re|m))\s+(?:{degrees}\s+)*(?:{adjectives})\b",
        re.IGNORECASE,
    )


def judges(clause: Clause, *, strict: bool = False) -> bool:
    """Return whether the main clause judges: an evaluative word outside a name, two of them where `strict`."""
    found = [*phrase_pattern("evaluative.tsv", "strong").findall(clause.main), *_predicate().findall(clause.main)]
    return len(found) > (1 if strict else 0)


@cache
def cue_pattern(group: str) -> re.Pattern[str]:
    """Return the pattern of a class of cues, in all their forms."""
    forms = {form for verb in groups("cue_classes.tsv")[group] for form in _forms(verb)}
    body = "|".join(
        re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in sorted(forms, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w’'-])(?:{body})(?![\w-])", re.IGNORECASE)


def has_cue(group: str, cue: str) -> bool:
    """Return whether a cue belongs to a class."""
    return cue_pattern(group).search(cue) is not None


@cache
def _forms(verb: str) -> tuple[str, ...]:
    """The printed forms of a verb (first word of a phrase); a form that no rule reaches stands in the list itself."""
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if not first.isalpha() or (first.endswith(("ing", "ed")) and len(first) > 5):
        return (verb,)
    stem = first.removesuffix("e")
    forms = {first, first + "s", first + "es", stem + "ed", stem + "ing"}
    if first.endswith("y") and first[-2:-1] not in "aeiou":
        forms |= {first[:-1] + "ies", first[:-1] + "ied"}
    if re.fullmatch(r"\w*[^aeiou][aeiou][bdglmnprt]", first):
        forms |= {first + first[-1] + "ed", first + first[-1] + "ing"}
    return tuple(form + tail for form in forms)
