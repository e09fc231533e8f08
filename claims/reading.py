"""What a content claims: kind, polarity, whether it can be tracked, and why."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.lexicons.load import groups, phrase_pattern
from claims.modality import read_modality
from claims.vocabulary import Anonymity, Kind, Modality, Polarity

_NEGATED = re.compile(r"\b(?:not|never|no longer|neither|nor|cannot|\w+n['’]t)\b", re.I)
_FUTURE = re.compile(r"\b(?:will|won['’]t|shall|(?:is|are|am|was|were|['’](?:s|re|m)) (?:not )?going to|['’]ll|(?:is|are) (?:likely |expected |set |due |bound |poised |certain |sure )?to)\b", re.I)
_MAY = re.compile(r"\b(?:may|might|could)\b(?! have\b)", re.I)
_WOULD = re.compile(r"\b(?:would|['’]d)\b(?! (?:have|like|love|prefer|not have)\b)", re.I)
_IF = re.compile(r"\b(?:if|unless|provided that|in case|assuming|as long as|whether or not)\b", re.I)
_MAIN_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|should|must|shall|['’](?:s|re|m|ve|d|ll)|"
    r"\w{3,}ed|\w{3,}s|went|came|got|made|said|told|took|gave|saw|knew|found|left|held|won|lost|met|put|ran|led|sent|built|cut|hit|fell|rose|grew|kept|paid|shot|"
    r"began|became|brought|bought|caught|chose|drew|drove|felt|fought|heard|meant|read|sold|set|shook|showed|spent|spoke|stood|struck|taught|thought|threw|wore|wrote)\b"
)
_NUMBER = re.compile(r"\d|\b(?:percent|per cent|million|billion|dozens|hundreds|thousands|half|majority|most of|third)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We)\b")
_QUESTION = re.compile(r"\?[\"”’']*\s*$")
_WH = re.compile(r"^[\"“‘']*\s*(?:who|whom|whose|what|where|when|why|how|whether|which)\b", re.I)
_INFINITIVE = re.compile(r"^[\"“‘']*\s*(?:not\s+)?to\s+\w+", re.I)
_PREPARING = re.compile(
    r"\b(?:is|are|was|were|['’]re|['’]m)\s+(?:also\s+|now\s+|already\s+)?(?:preparing|planning|drafting|drawing up|getting ready|readying|finali[sz]ing|about to|"
    r"committed to|determined to|working on)\b|\b(?:plans?|intends?|aims?|pledges?|promises?) to\b", re.I)
_VAGUE = re.compile(r"\b(?:over time|someday|some day|eventually|one day|things|bad things|great things|in the long run|sooner or later)\b", re.I)
_SILENT = re.compile(r"^\W*(?:to (?:be )?(?:immediately )?(?:comment|provide|give|say|discuss|answer|elaborate|specify|identify|identified|named|name|confirm|reveal|disclose|speculate|talk|respond|speak|go into|offer details))\b", re.I)
_WIN = re.compile(r"\b(?:win|defeat|beat|prevail|succeed|triumph|be (?:re-)?elected|take back the)\b", re.I)
_PRIVATE = re.compile(r"\b(?:my|our) (?:family|wife|husband|mother|father|heart|life|kids|children)\b|\bI (?:feel|felt|remember|grew|thought|knew|love|loved)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One claim read: its kind and attributes, and the reason why it can or cannot be tracked."""

    kind: Kind
    polarity: Polarity
    modality: Modality
    modality_phrase: str | None
    trackable: bool
    trackable_reason: str


@lru_cache(maxsize=None)
def _forms(verb: str) -> tuple[str, ...]:
    """The printed forms of a verb (first word of a phrase); a form that no rule reaches stands in the list itself."""
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if not first.isalpha() or first.endswith(("ing", "ed")) and len(first) > 5:
        return (verb,)
    stem = first[:-1] if first.endswith("e") else first
    forms = {first, first + "s", first + "es", stem + "ed", stem + "ing", first + "ing"}
    if first.endswith("y") and first[-2:-1] not in "aeiou":
        forms |= {first[:-1] + "ies", first[:-1] + "ied"}
    if re.fullmatch(r"\w*[^aeiou][aeiou][bdglmnprt]", first):
        forms |= {first + first[-1] + "ed", first + first[-1] + "ing"}
    return tuple(form + tail for form in forms)


@lru_cache(maxsize=None)
def cue_pattern(group: str) -> re.Pattern[str]:
    """Return the pattern of a class of cues, in all their forms."""
    forms = {form for verb in groups("cue_classes.tsv")[group] for form in _forms(verb)}
    body = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'-])(?:{body})(?![\w-])", re.I)


def _has(group: str, cue: str) -> bool:
    return cue_pattern(group).search(cue) is not None


def read_claim(cue: str, content: str, *, anonymity: Anonymity, own_side: bool = False) -> Reading:
    """Return the reading of one content under its cue; `own_side` says that the content's subject is the source itself."""
    cue, content = " ".join(cue.split()), " ".join(content.split())
    kind, polarity = _kind(cue, content, anonymity, own_side)
    modality, phrase = read_modality(cue, content, kind)
    if kind == Kind.PREDICTION and modality == Modality.UNLIKELY:
        polarity = Polarity.NEGATIVE
    trackable, why = _trackable(kind, cue, content)
    return Reading(kind=kind, polarity=polarity, modality=modality, modality_phrase=phrase, trackable=trackable, trackable_reason=why)


def _kind(cue: str, content: str, anonymity: Anonymity, own_side: bool) -> tuple[Kind, Polarity]:
    negated_cue = bool(_NEGATED.search(cue))
    clause = _is_clause(content)
    negative = Polarity.NEGATIVE if _denies(content, cue) else Polarity.POSITIVE
    flipped = Polarity.NEGATIVE if negated_cue else negative
    if _QUESTION.search(content) and not re.search(r"[.!][\"”]?\s", content):
        return Kind.NONE, Polarity.POSITIVE
    if re.search(r"\b(?:declin|refus)\w+", cue) and _SILENT.match(content):
        return Kind.NONE, Polarity.POSITIVE
    if _has("deny", cue):
        return (Kind.DENIAL, Polarity.NEGATIVE) if not negated_cue else (Kind.FACT, Polarity.POSITIVE)
    if _has("ask", cue) and not _has("say_only", cue) and (not clause or _WH.match(content) or negated_cue):
        return Kind.NONE, Polarity.POSITIVE
    if re.search(r"\b(?:doubt|doubts|doubted|doubting|doubtful|skeptical|sceptical|unlikely)\b", cue, re.I) and "no doubt" not in cue:
        return (Kind.PREDICTION if not _is_past(content) else Kind.OPINION), Polarity.NEGATIVE
    if _has("prediction", cue) or _has("expectation_noun", cue):
        if not clause and len(content.split()) < 3:
            return Kind.NONE, Polarity.POSITIVE
        return Kind.PREDICTION, flipped
    if _INFINITIVE.match(content) and (_has("intention", cue) or re.search(r"\b(?:wants?|wanted)\b", cue)):
        return (Kind.PREDICTION, flipped) if _WIN.match(re.sub(r"^\W*to\s+", "", content)) else (Kind.INTENTION, Polarity.NEGATIVE if re.search(r"\b(?:refus|declin)", cue) or negated_cue else negative)
    if _has("act_negative", cue) and not _has("say_only", cue):
        return Kind.FACT, Polarity.NEGATIVE
    if _has("fear", cue) and (_FUTURE.search(content) or _MAY.search(content) or _WOULD.search(content)):
        return (Kind.CONDITIONAL if _opens_with_if(content) else Kind.PREDICTION), negative
    if _has("hope", cue) or _has("want", cue):
        return Kind.OPINION, flipped
    if _has("intention", cue):
        return Kind.INTENTION, Polarity.NEGATIVE if re.search(r"\b(?:refus|declin)", cue) else flipped
    if _has("attitude", cue) and not (_has("report", cue) and clause and not _has("opinion_cue", cue)):
        if re.search(r"\b(?:oppos|reject|disagree|disapprov|against|objection|object)", cue, re.I) or negated_cue:
            return Kind.OPINION, Polarity.NEGATIVE
        return Kind.OPINION, negative if clause else Polarity.POSITIVE
    if not clause:
        if _has("act", cue) or anonymity == Anonymity.DOCUMENT or _NUMBER.search(content):
            return Kind.FACT, flipped
        if _has("report", cue) and len(content.split()) > 3 and not cue.strip() in (":", ","):
            return (Kind.OPINION if _judges(content) else Kind.FACT), flipped
        return (Kind.OPINION if _judges(content) else Kind.NONE), Polarity.POSITIVE
    return _statement(cue, content, anonymity, own_side), flipped if not _has("say_only", cue) else negative


def _statement(cue: str, content: str, anonymity: Anonymity, own_side: bool) -> Kind:
    """The kind of a whole clause under a cue that only reports it."""
    main = _main_clause(content)
    if _opens_with_if(content) or (_IF.search(main) and (_WOULD.search(main) or _FUTURE.search(main) or _MAY.search(main))):
        return Kind.CONDITIONAL
    if phrase_pattern("evaluative.tsv", "strong").search(main) and anonymity != Anonymity.DOCUMENT:
        return Kind.OPINION
    if own_side and _PREPARING.search(main):
        return Kind.INTENTION
    if _FUTURE.search(main):
        if (own_side or re.match(r"[\"“‘'\s]*(?:that )?(?:I|we|he|she|they|it)\b", main, re.I)) and not _WIN.search(main):
            return Kind.INTENTION
        return Kind.PREDICTION
    if _MAY.search(main):
        return Kind.PREDICTION
    if _WOULD.search(main):
        return Kind.CONDITIONAL if not own_side else Kind.INTENTION
    return Kind.FACT


def _main_clause(content: str) -> str:
    """The content's first sentence or so: the main clause decides."""
    stop = re.search(r"[.!?][\"”’']*\s+(?=[\"“‘A-Z])", content)
    first = content[: stop.end()] if stop and stop.start() > 20 else content
    return first[:400]


def _is_clause(content: str) -> bool:
    if re.match(r"^[\"“‘'\s]*(?:that|if)\b", content, re.I) or content.rstrip("\"”’'").rstrip().endswith((".", "!")):
        return True
    return _MAIN_VERB.search(content) is not None and len(content.split()) > 3


def _is_past(content: str) -> bool:
    return bool(re.search(r"\b(?:was|were|had|did)\b", content)) and not _FUTURE.search(content)


def _opens_with_if(content: str) -> bool:
    return bool(re.match(r"^[\"“‘'\s]*(?:that )?(?:if|unless|should)\b", content, re.I)) or bool(re.search(r"^[^,]{0,80}, if\b", content))


def _judges(content: str) -> bool:
    return phrase_pattern("evaluative.tsv", "strong").search(content) is not None


def _denies(content: str, cue: str) -> bool:
    """Whether the main clause is negated, near its start."""
    head = content[:110]
    found = _NEGATED.search(head) or re.search(r"\b(?:there (?:is|was|were|are|had been|has been|have been) no|no one|nobody|none of|nothing|little)\b", head)
    if not found:
        return False
    before = head[: found.start()]
    return not re.search(r"\b(?:who|which|that|because|if|when|while|although|despite)\b", re.sub(r"^[\"“\s]*that\b", "", before)) and "not only" not in head


def _trackable(kind: Kind, cue: str, content: str) -> tuple[bool, str]:
    if kind == Kind.NONE:
        return False, "not a claim"
    if kind == Kind.OPINION:
        return False, "a judgement: nothing could settle it"
    if _VAGUE.search(content):
        return False, "too vague to be settled"
    if kind == Kind.CONDITIONAL:
        ok = bool(_NUMBER.search(content))
        return (True, "both halves could be observed") if ok else (False, "its condition cannot be observed")
    if kind == Kind.FACT:
        if _PRIVATE.search(content):
            return False, "a private circumstance"
        return True, "a public event or state that can be checked"
    if kind == Kind.DENIAL:
        return True, "what is denied can be checked"
    return True, "public reporting would show whether it happened"
