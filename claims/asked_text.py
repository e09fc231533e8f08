"""The part of a claim's words that a later article could report: without who expects it, by when, and what is done."""

import re

_INSERTED = re.compile(r"\[[^\]]*\]")
_DATELINE = re.compile(r"^[A-Z][A-Z .,'-]+(?:,? [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]{2,30}\))? [-–—] ")
_SUBORDINATE = re.compile(
    r"\b(?:aimed at|in order to|so as to|because|despite|although|though|which|who|where|as part of|amid)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# "before the summer break" bounds the event although it names no day; "by" may name who acts.
_BOUND = re.compile(r",?\s+(?:at least\s+)?(?:before|until|within|in time for)\s+[^,;]*$", re.IGNORECASE)
_OPENING = re.compile(r"^[\s“”\"'‘’]*(?:(?:that|whether)\s+)?", re.IGNORECASE)
_AIMS = r"(?:preparing|planning|going|considering|seeking|about|ready|set|due|expected|likely|hoping|weighing)"
_FORETELLS = rf"(?:(?:is|are|was|were)\s+(?:also\s+|now\s+|still\s+)?{_AIMS}\b|(?:will|would|may|might|could)\b)"
_SECOND = re.compile(rf",?\s+and\s+(?:also\s+)?(?={_FORETELLS})")
_FORETOLD = re.compile(_FORETELLS)
_VERB = re.compile(r"\s(?:has|have|had|is|are|was|were)\s")
# Who only speaks of its own plan is known from the source: "the administration was going to …".
_PLANNER = re.compile(
    r"^(?:the\s+|its\s+)?(?:administration|government|ministry|company|firm|party|team|club|it|he|she|they|we|i)\s+"
    rf"(?:(?:is|are|was|were|am)\s+(?:also\s+|now\s+)?{_AIMS}\s+(?:to\s+)?|(?:plans?|expects?|intends?|hopes?)\s+to\s+)",
    re.IGNORECASE,
)
_EXPECTS = re.compile(
    r"^(?:the\s+)?[a-z]+\s+(?:expects?|expected|predicts?|forecasts?)\s+(?=\S+.*\s+to\s+[a-z]+)", re.IGNORECASE
)


def without_dateline(text: str) -> str:
    """Return `text` without the place, day and agency that open a wire story."""
    return _DATELINE.sub("", text)


def asked_text(claim_text: str, horizon: str | None) -> str:
    """Return the words of a claim that a later report of it would share."""
    text = without_dateline(_INSERTED.sub(" ", claim_text).strip())
    text = _OPENING.sub("", text.replace(horizon or "\0", " "))
    return _EXPECTS.sub("", _PLANNER.sub("to ", _foretold_part(text)))


def main_clause(text: str) -> str:
    """Return `text` up to the clause that gives its ground, its aim, its time or its background."""
    return _BOUND.sub("", _SUBORDINATE.sub("", text))


def _foretold_part(text: str) -> str:
    """Return the second of two predicates with the subject of both, where only the second is still to come."""
    second = _SECOND.search(text)
    if second is None or _FORETOLD.search(text[: second.start()]):
        return text
    verb = _VERB.search(text)
    return f"{text[: verb.start()] if verb else ''} {text[second.end() :]}".strip()
