"""How sure a wording is: the modality phrase and its class."""

from claims.lexicons.load import phrase_pattern
from claims.vocabulary import Kind, Modality

_ORDER = (Modality.UNLIKELY, Modality.LIKELY, Modality.POSSIBLE, Modality.CERTAIN)


def phrase_of(text: str, modality: Modality) -> str | None:
    """Return the first phrase of a modality class in `text`, verbatim, or None."""
    found = phrase_pattern("modality_phrases.tsv", modality.value).search(text)
    return found.group() if found else None


def read_modality(cue: str, content: str, kind: Kind) -> tuple[Modality, str | None]:
    """Return the modality of a claim of `kind` and the words that carry it; the cue governs the content."""
    if kind in (Kind.OPINION, Kind.NONE):
        return Modality.NONE, None
    if kind in (Kind.DENIAL, Kind.INTENTION):
        for modality in (Modality.POSSIBLE,):
            phrase = phrase_pattern("modality_phrases.tsv", modality.value).search(cue)
            if (
                phrase
                and kind == Kind.INTENTION
                and phrase.group().casefold() in ("may", "might", "could", "considering", "weighing", "mulling")
            ):
                return modality, phrase.group()
        return Modality.CERTAIN, phrase_of(cue, Modality.CERTAIN)
    for text, order in (
        (cue, (Modality.UNLIKELY, Modality.LIKELY)),
        (content, _ORDER),
        (cue, (Modality.POSSIBLE, Modality.CERTAIN)),
    ):
        for modality in order:
            phrase = phrase_of(_head(text) if kind == Kind.FACT else text, modality)
            if phrase is None:
                continue
            if kind == Kind.FACT:
                if (
                    modality in (Modality.CERTAIN, Modality.UNLIKELY)
                    or phrase.casefold() in _REPORTING
                    or (text is not cue and phrase.casefold() not in _HEDGES)
                ):
                    continue
            return modality, phrase
    return (Modality.NONE if kind == Kind.FACT else Modality.CERTAIN), None


_REPORTING = frozenset(
    [
        "confident",
        "convinced",
        "risk",
        "risks",
        "no",
        "doubt",
        "sure",
        "estimates",
        "estimate",
        "estimated",
        "due",
        "to",
        "apparently",
        "expected",
        "should",
        "reportedly",
    ]
    + ["due to", "no doubt", "set to"]
)
_HEDGES = frozenset(
    ["likely", "probably", "possibly", "perhaps", "maybe", "may", "might", "suspected", "presumably"]
    + ["most likely", "very likely", "almost certainly", "may have", "would reveal"]
)


def _head(text: str) -> str:
    return text[:160]
