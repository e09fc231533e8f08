"""Where an article says that a source asked not to be named, and why."""

import re
from dataclasses import dataclass
from functools import cache

from claims.lexicons.load import form, groups, phrase_pattern
from claims.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One printed disclosure of anonymity: its place, the reason's words, and whether it covers others too."""

    span: Span
    reason: str | None
    covers_others: bool


@cache
def _reason() -> re.Pattern[str]:
    starts = sorted(groups("conditions.tsv")["reason_start"], key=len, reverse=True)
    return re.compile(rf"\s*,?\s*(?=(?:{'|'.join(re.escape(start) for start in starts)})\b)", re.IGNORECASE)


def find_disclosures(text: str) -> tuple[Disclosure, ...]:
    """Return the disclosures of anonymity in `text`, each with the reason's words verbatim where one is given."""
    if not form("phrase_forms.tsv", "disclosure_opener").search(text):
        return ()
    found: list[Disclosure] = []
    listed = phrase_pattern("conditions.tsv", "phrase").finditer(text)
    shaped = form("phrase_forms.tsv", "condition").finditer(text)
    for match in sorted((*listed, *shaped), key=lambda match: (match.start(), -match.end())):
        if found and match.start() < found[-1].span.end:
            continue
        if phrase_pattern("conditions.tsv", "trap_subject").search(text[max(0, match.start() - 12) : match.end()]):
            continue
        lead = text[max(0, match.start() - 60) : match.start()]
        others = bool(phrase_pattern("conditions.tsv", "article_wide").search(lead + text[match.start() : match.end()]))
        end, reason = _read_reason(text, match)
        found.append(Disclosure(span=Span(match.start(), end), reason=reason, covers_others=others))
    return tuple(found)


def without_conditions(cue: str) -> str:
    """Return a cue without its disclosures of anonymity, whose verbs say nothing of the claim (`spoke … and said`)."""
    kept = cue
    for told in reversed(find_disclosures(cue)):
        kept = f"{kept[: told.span.start]} {kept[told.span.end :]}"
    return kept if kept.strip(" ,") else cue


def _read_reason(text: str, match: re.Match[str]) -> tuple[int, str | None]:
    printed = match.group().casefold()
    if re.search(r"(?:authori[sz]|permitted|allowed|liberty|cleared|barred|permission)", printed):
        start = match.start()
    else:
        words = re.search(r"\b(?:because|to (?:discuss|speak)|due to|given|for fear|out of|citing|in order)\b", printed)
        if words and printed.endswith(words.group()):
            start = match.start() + words.start()
        else:
            lead = _reason().match(text, match.end())
            if not lead:
                return match.end(), None
            start = lead.end()
    stop = form("phrase_forms.tsv", "reason_stop").search(text, max(start, match.end()))
    line = text.find("\n", start)
    end = min(stop.start() if stop else len(text), line if line >= 0 else len(text))
    return max(end, match.end()), text[start : max(end, match.end())].strip(" ,.;") or None
