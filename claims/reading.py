"""What a content claims: kind, polarity, modality, whether it can be tracked, and why."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.clauses import (
    Clause,
    form,
    has_cue,
    is_conditional,
    is_future,
    is_negated,
    is_question,
    judges,
    parse_clause,
)
from claims.horizon import find_horizon
from claims.modality import read_modality
from claims.vocabulary import Anonymity, Kind, Modality, Polarity


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
    """A cue with its content taken apart, who says it (level), and whether the content is about its own side."""

    cue: str
    clause: Clause
    anonymity: Anonymity
    own_side: bool

    @property
    def content(self) -> str:
        """The whole content."""
        return self.clause.text


def read_claim(cue: str, content: str, *, anonymity: Anonymity, own_side: bool = False) -> Reading:
    """Return the reading of one content under its cue; `own_side`: the content's subject is the source or its side."""
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
    return has_cue("silent", said.cue) or (
        bool(form("refuses").search(said.cue)) and bool(form("silent").match(said.content))
    )


def _is_fragment(said: Said) -> bool:
    """Whether a content says nothing without other words: a pronoun, or an object whose verb the cue has taken."""
    fragments = ("pronoun_only", "reflexive", "dangling")
    return any(form(name).match(said.content) is not None for name in fragments)


def _is_topic(said: Said) -> bool:
    whether = re.match(r"\W*(?:whether|if)\b", said.content, re.IGNORECASE) and has_cue("doubt", said.cue)
    takes_up = re.match(r"\W*(?:who|whom|whose|which)\b", said.content, re.IGNORECASE) and not has_cue(
        "topic", said.cue
    )
    asks = said.clause.opens_with_wh and not has_cue("say", said.cue) and not _promises(said)
    asks = asks and not whether and not takes_up
    if said.clause.is_question or asks or form("asked").search(said.cue):
        return True
    calls = re.search(r"\bcall(?:ing|ed|s)?\b", said.cue) is not None
    return has_cue("topic", said.cue) and not said.clause.finite and not calls


def _only_data(said: Said) -> bool:
    """A poll or document reports attitudes as figures."""
    return said.anonymity == Anonymity.DOCUMENT and not (is_future(said.clause) or said.clause.may)


def _promises(said: Said) -> bool:
    return has_cue("intention", said.cue) or has_cue("refuse", said.cue)


def _intention(said: Said) -> Kind:
    if form("win").match(said.content):
        return Kind.PREDICTION
    if re.fullmatch(r"plans?(?: for)?", said.cue, re.IGNORECASE) and len(said.content.split()) < 3:
        return Kind.NONE
    return Kind.INTENTION


def _calls_untrue(said: Said) -> bool:
    """Whether a claim of others is rejected or called false (`rejected claims that …`, `the report is baseless`)."""
    noun = form("claim_noun").search(said.content[:80])
    if noun is None or has_cue("act", said.cue.replace("reject", "")):
        return False
    rejects = form("rejects").search(said.cue)
    if rejects and not said.content[: noun.start()].strip(" \"“‘'").replace("the", "").strip():
        return True
    return form("untrue").search(said.clause.main[noun.end() :]) is not None


def _insists_not(said: Said) -> bool:
    past = said.clause.past and not (said.clause.may or is_future(said.clause))
    return bool(form("insists").search(said.cue)) and said.clause.negated and said.clause.finite and past


def _expected(said: Said) -> bool:
    """Whether `should` tells what is expected by a day (`it should be over by Sunday`), not what ought to be."""
    return form("expected_state").search(said.clause.main) is not None and find_horizon(said.clause.main) is not None


def _feared(said: Said) -> bool:
    modal = is_future(said.clause) or said.clause.may or said.clause.would
    return has_cue("fear", said.cue) and said.clause.finite and modal


def _noun_phrase(said: Said) -> Kind:
    """A content without a finite verb, read together with its cue."""
    return next((kind(said) for applies, kind in _OF_NOUN_PHRASES if applies(said)), Kind.NONE)


def _statement(said: Said) -> Kind:
    """A whole clause under a cue that reports it: the main clause decides."""
    return next((kind(said) for applies, kind in _OF_STATEMENTS if applies(said)), Kind.FACT)


def _future(said: Said) -> Kind:
    if said.own_side and not form("win").match(said.content) and not said.clause.first_person_passive:
        return Kind.INTENTION
    return Kind.OPINION if judges(said.clause, strict=True) else Kind.PREDICTION


def _would(said: Said) -> Kind:
    """`would` is the past of `will` under a past cue, save for what a proposal would do."""
    verb = form("would").search(said.clause.main)
    proposal = form("proposal").search(said.clause.main[: min(verb.end() if verb else 80, 80)])
    return Kind.PREDICTION if form("past_cue").search(said.cue) and not proposal else Kind.CONDITIONAL


def _constant(kind: Kind) -> Callable[[Said], Kind]:
    return lambda _: kind


# Whoever speaks for a body can tell what it has decided.
_WITH_BODY = (Anonymity.DOCUMENT, Anonymity.INSTITUTION, Anonymity.SPECIFIC, Anonymity.ORGANISATION)
Rules = tuple[tuple[Callable[[Said], bool], Callable[[Said], Kind]], ...]
_OF_NOUN_PHRASES: Rules = (
    (lambda s: bool(form("attitude_noun").search(s.content)) and has_cue("say", s.cue), _constant(Kind.OPINION)),
    (lambda s: has_cue("opinion_report", s.cue), _constant(Kind.OPINION)),
    (lambda s: s.anonymity == Anonymity.DOCUMENT, lambda s: Kind.FACT if len(s.content.split()) > 2 else Kind.NONE),
    (lambda s: has_cue("measure", s.cue) and bool(re.search(r"\d", s.content)), _constant(Kind.FACT)),
    (
        lambda s: has_cue("cited", s.cue) or (has_cue("believe", s.cue) and len(s.content.split()) > 3),
        lambda s: Kind.OPINION if judges(s.clause, strict=True) else Kind.FACT,
    ),
    (lambda s: has_cue("say", s.cue) and judges(s.clause), _constant(Kind.OPINION)),
    (
        lambda s: has_cue("say", s.cue) and len(s.content.split()) > 4,
        lambda s: Kind.OPINION if '"' in s.content or "“" in s.content else Kind.FACT,
    ),
)
_OF_STATEMENTS: Rules = (
    (lambda s: s.own_side and s.clause.preparing, _constant(Kind.INTENTION)),
    (lambda s: bool(form("tells").match(s.clause.main)) and not is_conditional(s.clause), _constant(Kind.FACT)),
    (lambda s: is_conditional(s.clause), _constant(Kind.CONDITIONAL)),
    (lambda s: s.anonymity in _WITH_BODY and bool(form("decided").search(s.clause.main)), _constant(Kind.INTENTION)),
    (_expected, _constant(Kind.PREDICTION)),
    (lambda s: _insists_not(s) or bool(form("no_such").match(s.clause.main)), _constant(Kind.DENIAL)),
    (lambda s: bool(form("was_told").match(s.clause.main)), _constant(Kind.FACT)),
    (lambda s: s.clause.hopes, _constant(Kind.OPINION)),
    (lambda s: s.anonymity == Anonymity.DOCUMENT and bool(form("polled").search(s.content)), _constant(Kind.FACT)),
    (lambda s: is_future(s.clause), _future),
    (lambda s: s.own_side and s.clause.would and not form("state").search(s.clause.main), _constant(Kind.INTENTION)),
    (lambda s: s.clause.reports and not s.clause.first_person, _constant(Kind.FACT)),
    (lambda s: s.anonymity == Anonymity.DOCUMENT, lambda s: Kind.PREDICTION if s.clause.may else Kind.FACT),
    (lambda s: judges(s.clause, strict=has_cue("factual", s.cue)), _constant(Kind.OPINION)),
    (lambda s: s.clause.may, _constant(Kind.PREDICTION)),
    (lambda s: s.clause.would, _would),
    (lambda s: has_cue("opinion_report", s.cue) and not s.clause.past, _constant(Kind.OPINION)),
    (lambda s: s.clause.muses, _constant(Kind.OPINION)),
)
_RULES: Rules = (
    (_is_silent, _constant(Kind.NONE)),
    (_is_topic, _constant(Kind.NONE)),
    (
        lambda s: has_cue("deny", s.cue) and not is_negated(s.cue) and not form("infinitive").match(s.content),
        lambda s: Kind.NONE if _is_fragment(s) else Kind.DENIAL,
    ),
    (_calls_untrue, _constant(Kind.DENIAL)),
    (
        lambda s: has_cue("doubt", s.cue) and not form("no_doubt").search(s.cue) and s.clause.finite,
        _constant(Kind.PREDICTION),
    ),
    (lambda s: has_cue("predict", s.cue) and len(s.content.split()) > 1, _constant(Kind.PREDICTION)),
    (_feared, lambda s: Kind.CONDITIONAL if is_conditional(s.clause) else Kind.PREDICTION),
    (
        lambda s: bool(form("infinitive").match(s.content)) and (_promises(s) or has_cue("infinitive", s.cue)),
        _intention,
    ),
    (lambda s: bool(form("commits").search(s.cue)), _intention),
    (lambda s: bool(form("refuses").search(s.cue)) and not s.clause.finite, _constant(Kind.INTENTION)),
    (_only_data, _constant(Kind.FACT)),
    (lambda s: has_cue("hope", s.cue), _constant(Kind.OPINION)),
    (lambda s: s.anonymity == Anonymity.BARE and bool(form("blames").search(s.cue)), _constant(Kind.FACT)),
    (lambda s: bool(form("sees_as").search(s.cue)) and " as " in f" {s.content}", _constant(Kind.OPINION)),
    (
        lambda s: bool(re.search(r"\bwants?\b|\bwanted\b", s.cue)) and bool(form("infinitive").match(s.content)),
        _intention,
    ),
    (
        lambda s: has_cue("want", s.cue) and not (has_cue("act", s.cue) and s.anonymity == Anonymity.INSTITUTION),
        _constant(Kind.OPINION),
    ),
    (_promises, _intention),
    (
        lambda s: (
            bool(re.search(r"\b(?:reject|dismiss)", s.cue))
            and bool(form("idea").search(s.content) or re.search(r"\bas\s+[\w“\"]", s.content))
        ),
        _constant(Kind.OPINION),
    ),
    (lambda s: has_cue("attitude", s.cue) and not (has_cue("say", s.cue) and s.clause.finite), _constant(Kind.OPINION)),
    (lambda s: has_cue("fear", s.cue) and not s.clause.finite, _constant(Kind.OPINION)),
    (_is_fragment, _constant(Kind.NONE)),
    (lambda s: has_cue("act", s.cue) and not has_cue("say", s.cue), _constant(Kind.FACT)),
    (lambda s: not s.clause.finite, _noun_phrase),
    (lambda _: True, _statement),
)


def _polarity(said: Said, kind: Kind) -> Polarity:
    negative = (
        kind == Kind.DENIAL
        or (kind != Kind.NONE and is_negated(said.cue) and not form("refuses").search(said.cue))
        or (kind != Kind.NONE and has_cue("doubt", said.cue) and not form("no_doubt").search(said.cue))
        or (kind == Kind.INTENTION and form("refuses").search(said.cue) is not None)
        or (kind in (Kind.FACT, Kind.OPINION) and has_cue("negative_act", said.cue) and not has_cue("say", said.cue))
        or (kind != Kind.NONE and said.clause.negated and not is_question(said.content))
    )
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _is_observable(content: str) -> bool:
    """Whether a figure or a day says what would have to be seen."""
    return form("number").search(content) is not None or find_horizon(content) is not None


def _trackable(said: Said, kind: Kind) -> tuple[bool, str]:
    checks: tuple[tuple[bool, bool, str], ...] = (
        (kind == Kind.NONE, False, "not a claim"),
        (kind == Kind.OPINION, False, "a judgement: nothing could settle it"),
        (form("vague").search(said.content) is not None, False, "too vague to be settled"),
        (kind == Kind.FACT and form("private").search(said.content) is not None, False, "a private circumstance"),
        (kind == Kind.FACT, True, "a public event or state that can be checked"),
        (kind == Kind.DENIAL, True, "what is denied can be checked"),
        (kind == Kind.CONDITIONAL, _is_observable(said.content), "both halves could be observed"),
        (
            kind == Kind.INTENTION
            and form("abstract").match(said.content) is not None
            and not form("number").search(said.content),
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
