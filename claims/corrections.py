"""What an analyst's correction may say: values of the vocabulary, horizons, and whom a level names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from claims.errors import UnreadableInput
from claims.horizon import Due, read_expression
from claims.names import canonical_institution, canonical_person, find_names
from claims.records import Claimant, key
from claims.vocabulary import Anonymity, CorrectedField, Kind, Modality, Polarity

Made = tuple[datetime, datetime] | None

_WORDS: dict[CorrectedField, type[StrEnum]] = {
    CorrectedField.LEVEL: Anonymity,
    CorrectedField.KIND: Kind,
    CorrectedField.POLARITY: Polarity,
    CorrectedField.MODALITY: Modality,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a correction is to change, in the analyst's words; None leaves a field as it is."""

    level: str | None = None
    source: str | None = None
    kind: str | None = None
    polarity: str | None = None
    modality: str | None = None
    trackable: bool | None = None
    horizon: str | None = None
    due: str | None = None

    def fields(self) -> tuple[CorrectedField, ...]:
        """Return the fields that are to be changed."""
        given = [name for name in CorrectedField if getattr(self, name) is not None]
        return tuple(given if self.due is None else dict.fromkeys([*given, CorrectedField.HORIZON]))


def word_of(field: CorrectedField, text: str) -> str:
    """Return the word of the vocabulary that `text` writes; raises UnreadableInput naming the allowed ones."""
    words = {str(word).casefold(): str(word) for word in _WORDS[field]}
    word = words.get(text.strip().casefold())
    if word is None:
        raise UnreadableInput(f"{text!r} is no {field}: write one of {', '.join(words.values())}")
    return word


def read_horizon(words: str | None, due: str | None, made: Made) -> Due:
    """Return the horizon that an analyst gives as words, as days, or as both: then the days are what the words mean.

    Days are one deadline (2019-03-31) or an interval (2019-03-01/2019-03-31); what lies before publication is not
    due yet. Raises UnreadableInput where neither can be read, or where all of it lies before publication.
    """
    plain = " ".join((words or "").split()) or None
    if due is not None:
        earliest, latest = _days(due, made)
        return Due(text=plain or due.strip(), earliest=earliest, latest=latest)
    if plain is None:
        raise UnreadableInput("the horizon is empty: give its words, or --due 2019-03-31")
    if made is None:
        raise UnreadableInput(f"when {plain!r} is cannot be told, since the article has no date: give --due 2019-03-31")
    read = read_expression(plain, earliest=made[0], latest=made[1])
    if read is None:
        raise UnreadableInput(f"the horizon {plain!r} cannot be read: give --due 2019-03-31 or 2019-03-01/2019-03-31")
    return Due(text=plain, earliest=read[0], latest=read[1])


def _days(due: str, made: Made) -> tuple[datetime | None, datetime]:
    try:
        days = [date.fromisoformat(day.strip()) for day in due.split("/")]
        first, last = days if len(days) > 1 else (None, days[0])
    except ValueError:
        raise UnreadableInput(
            f"--due {due!r} is no day or interval: write 2019-03-31 or 2019-03-01/2019-03-31"
        ) from None
    latest = datetime.combine(last, time(23, 59, 59), tzinfo=UTC)
    if first is not None and first > last:
        raise UnreadableInput(f"--due {due!r} ends before it begins: write the earlier day first")
    start = datetime.combine(first, time(0), tzinfo=UTC) if first else None
    if made is None:
        return start, latest
    if latest < made[0]:
        raise UnreadableInput(f"--due {due!r} lies before {made[0]:%Y-%m-%d}, when the claim was published")
    return max(start or made[0], made[0]), max(latest, made[1])


def claimant_of(name: str | None, level: str, *, recorded_at: datetime) -> Claimant | None:
    """Return the person (A1) or institution (A2) that `name` names in the form that joins across articles.

    None at any other level: whoever is unnamed is no claimant.
    """
    if level not in (Anonymity.NAMED, Anonymity.INSTITUTION) or name is None:
        return None
    is_person = level == Anonymity.NAMED
    plain = " ".join(name.split())
    canonical = (canonical_person(plain) if is_person else canonical_institution(plain)) or plain
    return Claimant(
        claimant_id=key("claimant", canonical.casefold()), name=canonical, is_person=is_person, recorded_at=recorded_at
    )


def is_name(text: str | None) -> bool:
    """Return whether `text` is a name and nothing else, rather than the description of somebody unnamed."""
    return text is not None and any(text in (name.text, text[slice(*name.span)]) for name in find_names(text))
