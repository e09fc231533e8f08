"""What a content claims: kind, polarity, modality, whether it can be tracked, and why."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.clauses import (
    Clause,
    has_cue,
    is_conditional,
    is_future,
    is_negated,
    is_question,
    judges,
    parse_clause,
)
from claims.modality import read_modality
from claims.vocabulary import Anonymity, Kind, Modality, Polarity

_SILENT = re.compile(
    r"^\W*to (?:be )?(?:immediately )?(?:comment|provide|give|say|discuss|answer|elaborate|specify|identify|identified|named|name|confirm|reveal|"
    r"disclose|speculate|talk|respond|speak|go into|offer details|detail|requests?)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^(?:when |if )?asked(?: about| whether| if)?$", re.IGNORECASE)
_ATTITUDE_NOUN = re.compile(
    r"\b(?:support|opposition|endorsement|concerns?|confidence|faith|admiration|outrage|disapproval|approval|dissatisfaction|frustration|regret|sympathy)\b"
)
_IDEA = re.compile(r"\b(?:idea|notion|suggestion|argument|characteri[sz]ation|comparison|label|criticism|premise)\b")
_PROPOSAL = re.compile(
    r"^\W*(?:that )?(?:that|this|which|such)\b|\b(?:plan|proposal|bill|law|legislation|measure|deal|policy|polic(?:y|ies)|reform|tax|cut|tariff|ban|amendment|benefit|budget|referendum|system)s?\b",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"^\W*(?:not\s+)?to\s+\w+", re.IGNORECASE)
_STATE = re.compile(r"\bwould (?:be|consider|like|love|hate|prefer|say|have|think|mean|not be)\b", re.IGNORECASE)
_PAST_CUE = re.compile(r"\b(?:said|told|added|adding|warned|predicted|announced|wrote|\w{3,}ed)\b", re.IGNORECASE)
_WIN = re.compile(
    r"^\W*(?:to\s+|(?:that\s+)?(?:he|she|they|we|I)\s+(?:will|would|['’]ll)\s+)(?:win|defeat|beat|prevail|succeed|triumph|be (?:re-?)?elected)\b",
    re.IGNORECASE,
)
_COMMITS = re.compile(r"\b(?:commit|pledg|promis|vow)\w*", re.IGNORECASE)
_REFUSES = re.compile(r"\b(?:refus|declin)\w*|\bruled? out\b|\bwon['’]t\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:over time|some ?day|eventually|one day|things are going to|great things|in the long run|sooner or later|stick it to|a better (?:future|world))\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:my|our) (?:family|wife|husband|mother|father|heart|life|kids|children)\b|\bI (?:feel|felt|remember|grew|thought|knew|loved?)\b|"
    r"\bdoes(?:n['’]t| not) know\b|\[doesn['’]t\] know|\bgrown exasperated\b|\b(?:feels?|felt) that way\b|\b(?:not|n['’]t) (?:recall|remember)\b",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"^\W*to (?:promot|further|champion|defend|uphold|serv|help|improv|mak|bring|restor|stav|protect|fight|work|do|be|stand|achiev|focus|ensur|strengthen)\w*\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|\b(?:percent|per cent|million|billion|half|all|every|each)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One claim read: its kind and attributes, and the reason why it can or cannot be tracked."""

    kind: Kind
    polarity: Polarity
    modality: Modality
    modality_phrase: str | None
    trackable: bool
    trackable_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A cue with its content taken apart, who says it (level), and whether the content is about the source's own side."""

    cue: str
    clause: Clause
    anonymity: Anonymity
    own_side: bool

    @property
    def content(self) -> str:
        """The whole content."""
        return self.clause.text


def read_claim(cue: str, content: str, *, anonymity: Anonymity, own_side: bool = False) -> Reading:
    """Return the reading of one content under its cue; `own_side` says that the content's subject is the source itself."""
    said = Said(cue=" ".join(cue.split()), clause=parse_clause(content), anonymity=anonymity, own_side=own_side)
    kind = next(kind(said) for applies, kind in _RULES if applies(said))
    modality, phrase = read_modality(said.cue, said.content, kind)
    polarity = _polarity(said, kind)
    if kind == Kind.PREDICTION and modality == Modality.UNLIKELY:
        polarity = Polarity.NEGATIVE
    trackable, why = _trackable(said, kind)
    return Reading(
        kind=kind,
        polarity=polarity,
        modality=modality,
        modality_phrase=phrase,
        trackable=trackable,
        trackable_reason=why,
    )


def _is_silent(said: Said) -> bool:
    return has_cue("silent", said.cue) or (bool(_REFUSES.search(said.cue)) and bool(_SILENT.match(said.content)))


def _is_topic(said: Said) -> bool:
    whether = re.match(r"\W*(?:whether|if)\b", said.content, re.IGNORECASE) and has_cue("doubt", said.cue)
    asks = said.clause.opens_with_wh and not has_cue("say", said.cue) and not _promises(said) and not whether
    if said.clause.is_question or asks or _ASKED.search(said.cue):
        return True
    calls = re.search(r"\bcall(?:ing|ed|s)?\b", said.cue) is not None
    return has_cue("topic", said.cue) and not said.clause.finite and not calls


def _only_data(said: Said) -> bool:
    """A poll or document reports attitudes as figures."""
    return said.anonymity == Anonymity.DOCUMENT and not is_future(said.clause)


def _promises(said: Said) -> bool:
    return has_cue("intention", said.cue) or has_cue("refuse", said.cue)


def _act(said: Said) -> Kind:
    return Kind.FACT


def _intention(said: Said) -> Kind:
    if _WIN.match(said.content):
        return Kind.PREDICTION
    if re.fullmatch(r"plans?(?: for)?", said.cue, re.IGNORECASE) and len(said.content.split()) < 3:
        return Kind.NONE
    return Kind.INTENTION


def _feared(said: Said) -> bool:
    modal = is_future(said.clause) or said.clause.may or said.clause.would
    return has_cue("fear", said.cue) and said.clause.finite and modal


def _noun_phrase(said: Said) -> Kind:
    """A content without a finite verb, read together with its cue."""
    if _ATTITUDE_NOUN.search(said.content) and has_cue("say", said.cue):
        return Kind.OPINION
    if has_cue("opinion_report", said.cue):
        return Kind.OPINION
    if said.anonymity == Anonymity.DOCUMENT:
        return Kind.FACT if len(said.content.split()) > 2 else Kind.NONE
    if has_cue("cited", said.cue) or (has_cue("believe", said.cue) and len(said.content.split()) > 3):
        return Kind.OPINION if judges(said.clause, strict=True) else Kind.FACT
    if judges(said.clause) and has_cue("say", said.cue):
        return Kind.OPINION
    if has_cue("say", said.cue) and len(said.content.split()) > 4:
        return Kind.OPINION if '"' in said.content or "“" in said.content else Kind.FACT
    return Kind.NONE


def _statement(said: Said) -> Kind:
    """A whole clause under a cue that reports it: the main clause decides."""
    clause = said.clause
    if said.own_side and clause.preparing:
        return Kind.INTENTION
    if is_conditional(clause):
        return Kind.CONDITIONAL
    if clause.hopes:
        return Kind.OPINION
    if is_future(clause):
        return _future(said)
    if clause.would and (said.own_side or clause.own_subject) and not _STATE.search(clause.main):
        return Kind.INTENTION
    if clause.reports and not clause.first_person:
        return Kind.FACT
    if said.anonymity == Anonymity.DOCUMENT:
        return Kind.PREDICTION if clause.may else Kind.FACT
    if judges(clause, strict=has_cue("factual", said.cue)):
        return Kind.OPINION
    if clause.may:
        return Kind.PREDICTION
    if clause.would:
        return (
            Kind.CONDITIONAL
            if _PROPOSAL.search(clause.main[:80]) or not _PAST_CUE.search(said.cue)
            else Kind.PREDICTION
        )
    if has_cue("opinion_report", said.cue) and not clause.past:
        return Kind.OPINION
    return Kind.OPINION if clause.muses else Kind.FACT


def _future(said: Said) -> Kind:
    own = said.own_side or said.clause.own_subject
    if own and not _WIN.match(said.content) and not said.clause.first_person_passive:
        return Kind.INTENTION
    if judges(said.clause, strict=True):
        return Kind.OPINION
    return Kind.PREDICTION


def _constant(kind: Kind) -> Callable[[Said], Kind]:
    return lambda _: kind


_RULES: tuple[tuple[Callable[[Said], bool], Callable[[Said], Kind]], ...] = (
    (_is_silent, _constant(Kind.NONE)),
    (_is_topic, _constant(Kind.NONE)),
    (
        lambda s: has_cue("deny", s.cue) and not is_negated(s.cue) and not _INFINITIVE.match(s.content),
        _constant(Kind.DENIAL),
    ),
    (lambda s: has_cue("doubt", s.cue) and "no doubt" not in s.cue and s.clause.finite, _constant(Kind.PREDICTION)),
    (lambda s: has_cue("predict", s.cue) and len(s.content.split()) > 1, _constant(Kind.PREDICTION)),
    (_feared, lambda s: Kind.CONDITIONAL if is_conditional(s.clause) else Kind.PREDICTION),
    (lambda s: bool(_INFINITIVE.match(s.content)) and (_promises(s) or has_cue("infinitive", s.cue)), _intention),
    (lambda s: bool(_COMMITS.search(s.cue)), _intention),
    (lambda s: bool(_REFUSES.search(s.cue)) and not s.clause.finite, _constant(Kind.INTENTION)),
    (_only_data, _constant(Kind.FACT)),
    (lambda s: has_cue("hope", s.cue), _constant(Kind.OPINION)),
    (
        lambda s: bool(re.search(r"\b(?:see|sees|saw|seen)\b", s.cue)) and bool(re.search(r"\bas\b", s.content)),
        _constant(Kind.OPINION),
    ),
    (lambda s: bool(re.search(r"\bwants?\b|\bwanted\b", s.cue)) and bool(_INFINITIVE.match(s.content)), _intention),
    (
        lambda s: has_cue("want", s.cue) and not (has_cue("act", s.cue) and s.anonymity == Anonymity.INSTITUTION),
        _constant(Kind.OPINION),
    ),
    (_promises, _intention),
    (lambda s: bool(re.search(r"\breject", s.cue)) and bool(_IDEA.search(s.content)), _constant(Kind.OPINION)),
    (lambda s: has_cue("attitude", s.cue) and not (has_cue("say", s.cue) and s.clause.finite), _constant(Kind.OPINION)),
    (lambda s: has_cue("act", s.cue) and not has_cue("say", s.cue), _act),
    (lambda s: has_cue("fear", s.cue) and not s.clause.finite, _constant(Kind.OPINION)),
    (lambda s: not s.clause.finite, _noun_phrase),
    (lambda _: True, _statement),
)


def _polarity(said: Said, kind: Kind) -> Polarity:
    negative = (
        kind == Kind.DENIAL
        or (kind != Kind.NONE and is_negated(said.cue) and not _REFUSES.search(said.cue))
        or (kind != Kind.NONE and has_cue("doubt", said.cue) and "no doubt" not in said.cue)
        or (kind == Kind.INTENTION and _REFUSES.search(said.cue) is not None)
        or (kind in (Kind.FACT, Kind.OPINION) and has_cue("negative_act", said.cue) and not has_cue("say", said.cue))
        or (kind != Kind.NONE and said.clause.negated and not is_question(said.content))
    )
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _trackable(said: Said, kind: Kind) -> tuple[bool, str]:
    checks: tuple[tuple[bool, bool, str], ...] = (
        (kind == Kind.NONE, False, "not a claim"),
        (kind == Kind.OPINION, False, "a judgement: nothing could settle it"),
        (_VAGUE.search(said.content) is not None, False, "too vague to be settled"),
        (kind == Kind.FACT and _PRIVATE.search(said.content) is not None, False, "a private circumstance"),
        (kind == Kind.FACT, True, "a public event or state that can be checked"),
        (kind == Kind.DENIAL, True, "what is denied can be checked"),
        (kind == Kind.CONDITIONAL, bool(_NUMBER.search(said.content)), "both halves could be observed"),
        (
            kind == Kind.INTENTION and _ABSTRACT.match(said.content) is not None and not _NUMBER.search(said.content),
            False,
            "an aim, not an act",
        ),
    )
    found = next(
        ((holds, why) for applies, holds, why in checks if applies),
        (True, "public reporting would show whether it happened"),
    )
    if kind == Kind.CONDITIONAL and not found[0]:
        return False, "its condition or its outcome could not be observed"
    return found
