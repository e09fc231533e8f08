"""Blind review: who said it stays covered, in the passage, the claim and the evidence, until somebody has decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claims.conditions import find_disclosures
from claims.vocabulary import Anonymity

MASK = "▇▇▇"
# Covering every "he" would make a text unreadable and hides nobody.
_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "you", "him", "her", "them", "us", "me", "who", "which"})


def masked(text: str, names: Sequence[str | None]) -> str:
    """Return `text` with every one of `names` in it covered, whatever its case and spacing, the longest first."""
    found = {" ".join(name.split()) for name in names if name and name.strip()}
    for name in sorted(found, key=lambda name: (-len(name), name)):
        words = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return text


def covered(text: str, spans: Iterable[Mapping[str, int]], *, first: int) -> str:
    """Return `text`, which begins at `first` of its article, with the part of each span that lies in it covered."""
    inside = sorted((max(0, span["start"] - first), min(len(text), span["end"] - first)) for span in spans)
    parts, done = [], 0
    for start, end in inside:
        if max(start, done) < end:
            # Of spans that overlap, the later covers only what is left.
            parts += [text[done:start], MASK]
            done = end
    return "".join([*parts, text[done:]])


def source_names(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words that would tell who the source of a claim is: as resolved, as printed, and a last name alone."""
    resolved, said = row.get("resolved_source") or "", row.get("source_text") or ""
    names = [name for name in (resolved, said) if name.casefold() not in _PRONOUNS]
    if row.get("anonymity") == Anonymity.NAMED and len(resolved.split()) > 1:
        names.append(resolved.split()[-1])
    return tuple(name for name in names if name.strip())


def blind(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the review queue in which no text shows its source; the columns that name it stay as they are."""
    names = source_names(row)
    first = row["passage_start"]
    # That somebody would not be named tells half of who it is.
    told = [found.span for found in find_disclosures(row["passage"])]
    conditions = [{"start": first + span.start, "end": first + span.end} for span in told]
    passage = covered(row["passage"], [*row["source_spans"], *row["cue"], *conditions], first=first)
    texts: dict[str, Any] = {
        name: masked(row[name], names) for name in ("claim_text", "title", "trackable_reason") if row.get(name)
    }
    evidence = [{**piece, "quote": masked(piece["quote"], names)} for piece in row.get("evidence", ())]
    others = [
        {**other, "claim_text": masked(other["claim_text"], (*names, other["claimant"]))}
        for other in row.get("others", ())
    ]
    asked = row.get("question")
    if asked is not None:
        words = {name: masked(getattr(asked, name), names) for name in ("held_up_if", "failed_if")}
        texts["question"] = replace(asked, **words)
    return {**row, **texts, "passage": masked(passage, names), "evidence": evidence, "others": others}
