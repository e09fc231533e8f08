"""ClaimReview (schema.org): our judgements as others read them, and others' reviews as we read them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from claims.errors import UnreadableInput
from claims.lexicons.load import groups
from claims.matching.terms import content_terms, weight
from claims.vocabulary import Outcome

# The value is what the outcome scores here, 0 to 1; those that score nothing carry no value.
RATINGS: Mapping[Outcome, tuple[float | None, str, str]] = MappingProxyType(
    {
        Outcome.HELD_UP: (1.0, "Held up", "What was claimed came true within its horizon."),
        Outcome.PARTLY: (0.5, "Partly held up", "Less than was claimed, but of that kind, came true."),
        Outcome.FAILED: (0.0, "Failed", "What was claimed did not come true within its horizon, or was not so."),
        Outcome.HELD_UP_LATE: (0.0, "Held up late", "It came true, but only after its horizon; 0 is for the deadline."),
        Outcome.VOID: (None, "Void", "Its condition never arose; not rated."),
        Outcome.SUPERSEDED: (None, "Superseded", "The source replaced it before its horizon; not rated."),
        Outcome.WITHDRAWN: (None, "Withdrawn", "The source or the outlet took it back; not rated."),
        Outcome.UNDETERMINED: (None, "Undetermined", "It cannot be said; not rated."),
        Outcome.UNRESOLVABLE: (None, "Unresolvable", "It could never be judged; not rated."),
    }
)
CONTEXT = "https://schema.org"
_SAME_PLACE, _ANYWHERE = 0.3, 0.75
_BOILERPLATE = re.compile(r"^(?:https?://)?(?:www\.|m\.|amp\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One ClaimReview as it was read."""

    reviewer: str
    claim_text: str
    url: str | None = None
    claimant: str | None = None
    appearances: tuple[str, ...] = ()
    rating: str | None = None
    value: float | None = None
    best: float | None = None
    worst: float | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim of ours that a review may be about."""

    claim_id: str
    said: str
    url: str | None = None


def claim_review(row: Mapping[str, Any], *, publisher: str) -> dict[str, Any]:
    """Return the ClaimReview of a judged claim, a row of `judged_claims`; who is unnamed is only described."""
    value, name, meaning = RATINGS[Outcome(row["outcome"])]
    asked = f" Held up if {row['held_up_if']}. Failed if {row['failed_if']}." if row["held_up_if"] else ""
    note = f" {row['note']}" if row["note"] else ""
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": name,
        "ratingExplanation": f"{meaning}{note}{asked}",
    }
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": 1, "worstRating": 0}
    author: dict[str, Any] = {"@type": "Person" if row["is_person"] else "Organization"}
    if not row["claimant_id"]:
        # An unnamed source is a description, and no two descriptions are one person.
        author = {"@type": "Thing", "disambiguatingDescription": f"level {row['anonymity']}: {row['level_reason']}"}
    author["name"] = row["resolved_source"] or "nobody named"
    appearances = [{"@type": "NewsArticle", "url": url} for url in row["urls"]]
    item: dict[str, Any] = {"@type": "Claim", "text": row["claim_text"], "author": author}
    if row["made_on"]:
        item["datePublished"] = row["made_on"].isoformat()
    if appearances:
        item |= {"firstAppearance": appearances[0], "appearance": appearances}
    identity = f"urn:onrecord:claim:{row['claim_id']}"
    cited = {"citation": row["evidence_url"]} if row["evidence_url"] else {}
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"{identity}:review",
        "url": identity,
        **cited,
        "identifier": row["claim_id"],
        "datePublished": row["judged_on"].isoformat(),
        "author": {"@type": "Organization", "name": publisher},
        "claimReviewed": row["claim_text"],
        "itemReviewed": item,
        "reviewRating": rating,
    }


def read_reviews(text: str) -> tuple[list[Review], list[str]]:
    """Return the ClaimReviews of a JSON-LD text, and for each that cannot be used why not.

    A single review, a list, an @graph and a DataFeed are read. Raises UnreadableInput for what is no JSON.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"this is no JSON: {error}") from error
    found: list[Review] = []
    refused: list[str] = []
    for number, node in enumerate(_reviews_in(document), start=1):
        claimed = _text(node.get("claimReviewed"))
        reviewer = _name(node.get("author")) or _name(node.get("publisher"))
        if claimed and reviewer:
            found.append(_review(node, claimed, reviewer))
        else:
            refused.append(f"review {number}: it has no {'author' if claimed else 'claimReviewed'}")
    return found, refused


def outcome_of(review: Review) -> Outcome | None:
    """Return the outcome that a rating would be here: by its words, else at the ends of its scale, else None."""
    words = " ".join((review.rating or "").casefold().split()).strip(" .")
    for outcome, phrases in groups("ratings.tsv").items():
        if words in phrases:
            return Outcome(outcome)
    # A number beside words that we do not know may be on any scale.
    if words or review.value is None or review.best is None or review.worst is None or review.best <= review.worst:
        return None
    if review.value == review.best:
        return Outcome.HELD_UP
    return Outcome.FAILED if review.value == review.worst else None


def find_claim(review: Review, candidates: Sequence[Candidate]) -> tuple[str, float] | None:
    """Return the claim that a review is about and how alike the wordings are, None where there is none.

    In an article that the review names, some likeness is enough; elsewhere the wording must be nearly the same.
    """
    places = {address(url) for url in review.appearances}
    asked = set(content_terms(review.claim_text))
    best: tuple[bool, float, str] | None = None
    for candidate in candidates:
        is_there = candidate.url is not None and address(candidate.url) in places
        alike = _alike(asked, set(content_terms(candidate.said)))
        if alike >= (_SAME_PLACE if is_there else _ANYWHERE):
            best = max(best or (False, 0.0, ""), (is_there, alike, candidate.claim_id))
    return (best[2], best[1]) if best else None


def address(url: str) -> str:
    """Return an address without what does not tell pages apart: scheme, www, query, fragment, last slash."""
    return _BOILERPLATE.sub("", url.strip()).split("#")[0].split("?")[0].rstrip("/").casefold()


def _alike(some: set[str], others: set[str]) -> float:
    shared, all_of_them = (sum(weight(term) for term in terms) for terms in (some & others, some | others))
    return shared / all_of_them if all_of_them else 0.0


def _reviews_in(document: object) -> Iterator[Mapping[str, Any]]:
    """Yield every ClaimReview of a document, whatever lists and feeds it stands in, in its order."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            kinds = node.get("@type")
            if "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds]):
                yield node
            else:
                waiting.extend(node[name] for name in ("item", "dataFeedElement", "@graph") if name in node)


def _review(node: Mapping[str, Any], claimed: str, reviewer: str) -> Review:
    item, rating = _first(node.get("itemReviewed")), _first(node.get("reviewRating"))
    places = [*_urls(item.get("firstAppearance")), *_urls(item.get("appearance")), *_urls(item.get("sameAs"))]
    return Review(
        reviewer=reviewer,
        claim_text=claimed,
        url=next(iter(_urls(node.get("url"))), None),
        claimant=_name(item.get("author")),
        appearances=tuple(dict.fromkeys(places)),
        rating=_text(rating.get("alternateName")) or None,
        value=_number(rating.get("ratingValue")),
        best=_number(rating.get("bestRating")),
        worst=_number(rating.get("worstRating")),
        published_on=_day(node.get("datePublished")),
    )


def _first(value: object) -> Mapping[str, Any]:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: object) -> str | None:
    return (_text(value) or _text(_first(value).get("name"))) or None


def _urls(value: object) -> list[str]:
    pieces = value if isinstance(value, list) else [value]
    found = [piece.get("url") or piece.get("@id") if isinstance(piece, dict) else piece for piece in pieces]
    return [url for url in found if isinstance(url, str) and url.startswith(("http://", "https://"))]


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None


def _day(value: object) -> date | None:
    try:
        return datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        return None
