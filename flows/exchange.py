"""Exchange with others, as files: ClaimReview out and in, Admiralty letters, and every view with its dictionary."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from claims.claimreview import CONTEXT, Candidate, Review, claim_review, find_claim, outcome_of, read_reviews
from claims.errors import UnreadableInput
from claims.records import key
from claims.review_records import ExternalReview
from claims.scoring.admiralty import CANNOT_JUDGE_CLAIM, CANNOT_JUDGE_SOURCE, credibility, reliability
from claims.scoring.empirical_bayes import METHOD
from claims.vocabulary import Outcome
from flows.judgements import guarded
from flows.settings import Clock, Settings
from warehouse.answers import claims_said
from warehouse.connect import open_published, open_warehouse
from warehouse.exporting import claim_credibility, dictionary, estimates_of, judged_claims, write_views
from warehouse.load import add, transaction
from warehouse.read import Connection

MOST_BYTES = 256 * 1024 * 1024
_MAPPING = """Admiralty letters and figures, derived from onrecord; never an input, and never turned back into numbers.

Letter (admiralty_sources.csv), from the empirical-Bayes rate of a source's scored claims:
  A 0.90 and more with the whole 80 % interval above 0.75; B 0.75; C 0.50; D 0.25; E below.
  F: it cannot be judged: fewer than five scored claims, or an 80 % interval wider than 0.4.
Figure (admiralty_claims.csv):
  1 held up as people judged it; 3 held up in part or late; 5 failed.
  Without such an outcome, from the rate of its source where that has a letter other than F:
  1 0.75 and more with two origins or more; 2 0.75 with one; 3 0.50; 4 0.25; 5 below.
  6: it cannot be judged: no outcome, and a source that cannot be judged. Reprints are no origins.
"""
_OUTCOME_FIGURES: Mapping[str, str] = {
    Outcome.HELD_UP: "1",
    Outcome.HELD_UP_LATE: "3",
    Outcome.PARTLY: "3",
    Outcome.FAILED: "5",
}


def export_claim_reviews(settings: Settings, folder: Path, *, publisher: str) -> int:
    """Write every judged claim to claimreview.json in `folder`, as one JSON-LD graph, and return how many there are."""
    with open_published(settings.published) as con:
        reviews = [claim_review(row, publisher=publisher) for row in judged_claims(con)]
    graph = {"@context": CONTEXT, "@graph": [{k: v for k, v in r.items() if k != "@context"} for r in reviews]}
    text = json.dumps(graph, ensure_ascii=False, indent=1)
    (folder / "claimreview.json").write_text(text + "\n", encoding="utf-8")
    return len(reviews)


def export_views(settings: Settings, folder: Path, form: str) -> dict[str, int]:
    """Write every view as CSV or Parquet, and dictionary.csv beside them, and return the rows of each."""
    with open_published(settings.published) as con:
        written, columns = write_views(con, folder, form), dictionary(con)
    _write_csv(folder / "dictionary.csv", ("relation", "name", "type", "meaning", "relation_meaning"), columns)
    return written


def export_admiralty(settings: Settings, folder: Path) -> tuple[int, int]:
    """Write the Admiralty letters of sources and figures of claims, and how they are derived; return how many."""
    with open_published(settings.published) as con:
        estimates, rows = estimates_of(con, METHOD), claim_credibility(con)
    sources = [
        {
            "subject_kind": e.subject_kind,
            "subject": e.subject,
            "letter": reliability(e),
            "n_scored": e.n,
            "rate": round(e.rate, 4),
            "low80": round(e.low80, 4),
            "high80": round(e.high80, 4),
            "as_of": e.as_of.isoformat(),
        }
        for e in estimates
    ]
    letters = {(e.subject_kind, e.subject): (reliability(e), e.rate) for e in estimates}
    claims = [_credible(row, letters.get((row["subject_kind"], row["subject"]))) for row in rows]
    _write_csv(folder / "admiralty_sources.csv", tuple(sources[0]) if sources else ("subject_kind",), sources)
    _write_csv(folder / "admiralty_claims.csv", tuple(claims[0]) if claims else ("claim_id",), claims)
    (folder / "admiralty_mapping.txt").write_text(_MAPPING, encoding="utf-8")
    return len(sources), len(claims)


def import_claim_reviews(settings: Settings, clock: Clock, path: Path, *, by: str) -> tuple[dict[str, int], list[str]]:
    """Store others' reviews, each beside the claim that it seems to be about, and return the counts and refusals.

    None of them is an outcome: they are shown to whoever reviews the claim. Importing a file again adds nothing.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableInput(f"{path} is larger than 256 MB: split it", what=str(path))
    try:
        reviews, refused = read_reviews(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is not UTF-8 text: save it as UTF-8", what=str(path)) from error
    except UnreadableInput as error:
        raise UnreadableInput(f"{path}: {error}", what=str(path)) from error
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        rows = _matched(con, clock, reviews, by)
        with transaction(con):
            stored = add(con, rows)
    matched = sum(row.claim_id is not None for row in rows)
    counts = Counter(stored=stored, known=len(reviews) - stored, matched=matched, refused=len(refused))
    return dict(counts), refused


def _matched(con: Connection, clock: Clock, reviews: Iterable[Review], by: str) -> list[ExternalReview]:
    candidates = [
        Candidate(claim_id=row["claim_id"], said=row["said"] or "", url=row["url"])
        for row in claims_said(con, clock.as_of)
    ]
    rows = {}
    for review in reviews:
        found = find_claim(review, candidates)
        row = ExternalReview(
            review_id=key("review", review.reviewer, review.url, review.claim_text, review.rating, review.value),
            claim_id=found[0] if found else None,
            similarity=round(found[1], 4) if found else None,
            reviewer=review.reviewer,
            review_url=review.url,
            claim_text=review.claim_text,
            claimant=review.claimant,
            appearances=review.appearances,
            rating=review.rating,
            rating_value=review.value,
            best_rating=review.best,
            worst_rating=review.worst,
            outcome=outcome_of(review),
            published_on=review.published_on,
            imported_by=by,
            recorded_at=clock.recorded_at,
        )
        rows[row.review_id] = row
    return list(rows.values())


def _credible(row: Mapping[str, Any], source: tuple[str, float] | None) -> dict[str, Any]:
    letter, rate = source or (CANNOT_JUDGE_SOURCE, 0.0)
    figure, basis = _OUTCOME_FIGURES.get(row["outcome"] or ""), "outcome"
    if figure is None:
        known = letter != CANNOT_JUDGE_SOURCE
        figure, basis = credibility(rate if known else None, n_origins=row["n_origins"]), "source and origins"
    return {
        "claim_id": row["claim_id"],
        "grade": f"{letter}{figure}",
        "letter": letter,
        "figure": figure,
        "basis": "none" if figure == CANNOT_JUDGE_CLAIM else basis,
        "n_origins": row["n_origins"],
        "outcome": row["outcome"],
        "source": row["resolved_source"],
        "claim_text": row["claim_text"],
    }


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded(row[name]) for name in columns] for row in rows)
