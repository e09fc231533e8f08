"""The optional judge: what a language model is asked about passages, and what of its answer may count.

A model's answer is a machine's proposal like any other: its quote must stand in the passage letter by letter, its day
must lie in the claim's time, and what it says is kept with the model's name and the prompt's version.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from claims.cleaning import without_controls
from claims.records import Span
from claims.vocabulary import Stance

PROMPT = "judge-1"
MOST_PASSAGES = 8
SHORTEST_QUOTE = 3
_FENCED = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClaim:
    """A claim as the judge sees it: never who made it, so that a name cannot sway the answer."""

    claim_id: str
    said: str
    held_up_if: str
    failed_if: str
    made: date
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPassage:
    """A passage of a later article at its place in the article's text."""

    article_id: str
    span: Span
    text: str
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said of one passage, checked; `refused` says why it does not count."""

    stance: Stance
    quote: str | None = None
    event_date: date | None = None
    official: bool = False
    why: str | None = None
    refused: str | None = None


@cache
def instructions() -> str:
    """Return the fixed part of the prompt, by the version in PROMPT."""
    return files("claims.prompts").joinpath(f"{PROMPT}.txt").read_text(encoding="utf-8")


def messages(claim: AskedClaim, passages: Sequence[AskedPassage]) -> list[dict[str, str]]:
    """Return the chat messages that ask about `passages`, at most MOST_PASSAGES of them."""
    if len(passages) > MOST_PASSAGES:
        raise ValueError(f"{len(passages)} passages at once: ask about at most {MOST_PASSAGES}")
    asked = {
        "claim": claim.said,
        "made_on": claim.made.isoformat(),
        "due_by": claim.due.isoformat() if claim.due else None,
        "held_up_if": claim.held_up_if,
        "failed_if": claim.failed_if,
        "passages": [
            {"number": number, "published": passage.published.isoformat(), "text": passage.text}
            for number, passage in enumerate(passages, start=1)
        ],
    }
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": json.dumps(asked, ensure_ascii=False, indent=1)},
    ]


def read_answers(raw: str, passages: Sequence[AskedPassage]) -> list[Answer]:
    """Return one checked answer for each passage, in their order; what the model left out or made up is refused."""
    given = _numbered(raw)
    if given is None:
        return [_refused("the model's answer is not the JSON that was asked for")] * len(passages)
    return [_checked(given.get(number), passage) for number, passage in enumerate(passages, start=1)]


def _refused(reason: str) -> Answer:
    return Answer(stance=Stance.UNRELATED, refused=reason)


def _numbered(raw: str) -> dict[int, Mapping[str, object]] | None:
    fenced = _FENCED.match(raw)
    try:
        found = json.loads(fenced.group(1) if fenced else raw)
    except (ValueError, RecursionError):
        return None
    answers = found.get("answers") if isinstance(found, dict) else None
    if not isinstance(answers, list):
        return None
    numbered: dict[int, Mapping[str, object]] = {}
    for answer in answers:
        if isinstance(answer, dict) and type(answer.get("number")) is int:
            numbered.setdefault(answer["number"], answer)
    return numbered


def _checked(given: Mapping[str, object] | None, passage: AskedPassage) -> Answer:
    if given is None:
        return _refused("the model did not answer on this passage")
    if given.get("stance") not in list(Stance):
        return _refused("the model's stance is none of those asked for")
    stance = Stance(str(given["stance"]))
    why = _words(given.get("why"))[:300] or None
    if stance is Stance.UNRELATED:
        return Answer(stance=stance, why=why)
    quote = _words(given.get("quote"))
    if len(quote.split()) < SHORTEST_QUOTE or quote not in passage.text:
        # Whatever it is, it is stored: other than a quote that stands there it may be of any length.
        return Answer(
            stance=stance, why=why, quote=quote[:300] or None, refused="its quote does not stand in the passage"
        )
    return Answer(
        stance=stance,
        why=why,
        quote=quote,
        event_date=_day(given.get("event_date")),
        official=given.get("official") is True,
    )


def _words(given: object) -> str:
    return without_controls(given).strip() if isinstance(given, str) else ""


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
