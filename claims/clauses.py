"""The outer form of a content: its main clause, tense, mood, negation, and the class of its cue."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.lexicons.load import alternatives, groups, phrase_pattern
from claims.lexicons.load import form as phrase_form

_STOP = re.compile(r"(?:[.!?][\"”’']*|[,;]?[\"”])\s+(?=[\"“A-Z])")


def form(name: str) -> re.Pattern[str]:
    """Return the pattern of a form of clause by its name."""
    return phrase_form("clause_forms.tsv", name)


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
        opens_with_wh=form("wh").match(text) is not None,
        negated=_is_negative(main),
        may=_in_main(form("may").search(main), main),
        would=_in_main(form("would").search(main), main),
        past=form("past").search(main) is not None,
        reports=form("reports").match(re.sub(r"[“\"][^”\"]*[”\"]", "", main)) is not None,
        hopes=form("hopes").match(main) is not None,
        muses=form("muses").match(main) is not None and ("“" in text or '"' in text or "''" in text),
        preparing=form("preparing").search(main) is not None,
        first_person=form("first").match(main) is not None,
        first_person_passive=form("passive").match(main) is not None,
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
    past = any(not form("no_subject").match(word) and not word[0].isdigit() for word in form("ed").findall(plain)[:1])
    return quoted or past or form("finite").search(plain) is not None


def is_question(text: str) -> bool:
    """Return whether a content ends as a question (and is nothing else)."""
    return form("question").search(text) is not None and (
        text.count("?") > 1 or not re.search(r"[.!][\"”]?\s", text) or text.rstrip("\"”’' ").endswith("?")
    )


def _is_negative(main: str) -> bool:
    """Whether the main clause is negated: near its start, outside subordinate clauses."""
    head = main[:120]
    if form("none_of").search(head):
        return True
    found = form("negated").search(head)
    if not found or "not only" in head:
        return False
    before = re.sub(r"^\W*that\b", "", head[: found.start()])
    # "Months, not weeks" and "told not to speak" deny nothing.
    if re.search(r"(?:,|\bbut)\s*$", before) or form("was_told").match(before) or form("tells").match(before):
        return False
    return not form("subordinate").search(before)


def is_negated(text: str) -> bool:
    """Return whether a short text (a cue) is negated."""
    return form("negated").search(text) is not None


def is_future(clause: Clause) -> bool:
    """Return whether the main clause speaks of the future."""
    return _in_main(form("future").search(clause.main), clause.main)


def _in_main(found: re.Match[str] | None, main: str) -> bool:
    """Whether a verb form stands in the main clause, not behind a relative pronoun or a noun's `that`."""
    return found is not None and not form("relative").search(main[: found.start()])


def is_conditional(clause: Clause) -> bool:
    """Return whether the main clause holds only under a condition that is not asserted."""
    if form("opens_if").match(clause.text):
        return True
    return (
        bool(form("if").search(clause.main))
        and (clause.would or clause.may or clause.preparing or is_future(clause))
        and not judges(clause)
    )


@cache
def _predicate() -> re.Pattern[str]:
    """A copula and an adjective that judges only as a predicate (`the process was fair`)."""
    adjectives = "|".join(
        re.escape(word) for word in sorted(groups("evaluative.tsv")["predicate"], key=len, reverse=True)
    )
    copula, degrees = form_of("copula"), form_of("degrees")
    return re.compile(rf"\b{copula}\s+(?:{degrees}\s+)*(?:{adjectives})\b", re.IGNORECASE)


def form_of(name: str) -> str:
    """Return the words of a form of noun phrases and predicates as a pattern's source."""
    return phrase_form("phrase_forms.tsv", name).pattern


def judges(clause: Clause, *, strict: bool = False) -> bool:
    """Return whether the main clause judges: an evaluative word outside a name, two of them where `strict`."""
    found = [*phrase_pattern("evaluative.tsv", "strong").findall(clause.main), *_predicate().findall(clause.main)]
    found += [*form("too").findall(clause.main), *form("quoted_predicate").findall(clause.main)]
    found += form("deontic").findall(clause.main)
    return len(found) > (1 if strict else 0)


@cache
def cue_pattern(group: str) -> re.Pattern[str]:
    """Return the pattern of a class of cues, in all their forms."""
    forms = {form for verb in groups("cue_classes.tsv")[group] for form in _forms(verb)}
    return re.compile(rf"(?<![\w’'-]){alternatives(forms)}(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=8192)
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
