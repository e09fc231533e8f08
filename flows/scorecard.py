"""The scorecard of a moment: all that was known then, in bytes that come out the same however much is known since."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any

from claims.criteria import CRITERIA
from claims.extraction.extractor import EXTRACTOR
from claims.horizon import policy_version
from claims.reader import READER
from claims.records import Estimate
from flows.score import SUBJECTS, Scores, score_claims
from flows.settings import Clock, Settings
from warehouse.connect import open_published
from warehouse.read import scored_claims
from warehouse.reviewing import readings_checked

# Beyond this, the order in which numbers are added up shows.
_DIGITS = 6
_OWN = frozenset({"estimate_id", "phrase_score_id", "calibration_score_id", "curve_id", "as_of"})


def scorecard(settings: Settings, clock: Clock) -> str:
    """Return the scorecard as of `clock.as_of` as JSON, from what the published file holds of that time.

    Nothing that was recorded later enters, and nothing but the code and its word lists: their versions are in it.
    """
    with open_published(settings.published) as con:
        frame, checked = scored_claims(con, clock.as_of), readings_checked(con, clock.as_of)
    scores = score_claims(frame, checked, clock.as_of)
    due = frame[frame["is_due"].astype(bool) & frame["is_fullest"].astype(bool)]
    outcomes = Counter(due["outcome"].fillna("not judged").tolist())
    card = {
        "as_of": clock.as_of.isoformat(),
        "code": {
            "onrecord": version("onrecord"),
            "extractor": EXTRACTOR,
            "reader": READER,
            "criteria": CRITERIA,
            "horizon_policy": policy_version(),
        },
        "claims": {
            "trackable": int(frame["is_fullest"].astype(bool).sum()),
            "due": len(due),
            "judged_by_superseded_criteria": int(due["is_judged_by_older"].astype(bool).sum()),
            "outcomes": dict(sorted(outcomes.items())),
        },
        "reading_precision": {"checked": checked[0], "right": checked[1]},
        "subjects": {kind: _subjects(scores, kind) for kind in SUBJECTS},
        "phrases": [_plain(row) for row in scores.phrases],
        "calibration": [_plain(row) for row in scores.calibration],
        "reliability_diagram": [_plain(row) for row in scores.curve],
    }
    return json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _subjects(scores: Scores, kind: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for estimate in scores.estimates:
        if estimate.subject_kind == kind:
            found.setdefault(estimate.subject, {})[estimate.method] = _plain(estimate)
    return found


def _plain(row: Any) -> dict[str, Any]:
    left_out = _OWN | ({"subject", "subject_kind", "method"} if isinstance(row, Estimate) else set())
    return {name: _rounded(value) for name, value in asdict(row).items() if name not in left_out}


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, _DIGITS) + 0.0
        case datetime():
            return value.isoformat()
        case _:
            return value
