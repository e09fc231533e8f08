"""Outcomes as known at a date, against the real status history of 215 promises.

    python tests/benchmarks/trumptracker.py status_history.json

The file (TrumpTracker's repository history, MIT) maps each promise to its dated changes of status. The promises go in
as documents with given spans, the changes as an import of judgements, both through the public command line; then
`claim_outcomes(as_of)` must equal the history just before, at and after every change.
"""

import csv
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.connect import open_published

OUTCOME = {"Achieved": "held_up", "Broken": "failed", "Compromised": "partly", "In progress": None, "Not started": None}
SPEAKER, CUE = "Donald Trump", "promised"
ELECTED = "2016-11-08T00:00:00+00:00"

History = dict[str, list[tuple[datetime, str | None]]]


def read_history(path: Path) -> History:
    """Return each promise's changes as (time, outcome), outcome None while it is open."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {
        title: [(datetime.fromisoformat(at).astimezone(UTC), OUTCOME[status]) for at, status in changes]
        for title, changes in raw.items()
    }


def document(number: int, promise: str) -> dict[str, object]:
    """Return a promise as a document with given spans."""
    content = f"to {promise.strip()}"
    start = len(f"{SPEAKER} {CUE} ")
    return {
        "doc_id": f"promise-{number}",
        "outlet": "trumptracker",
        "published": ELECTED,
        "fetched_at": ELECTED,
        "text": f"{SPEAKER} {CUE} {content}.",
        "attributions": [
            {
                "source": [[0, len(SPEAKER)]],
                "cue": [[len(SPEAKER) + 1, len(SPEAKER) + 1 + len(CUE)]],
                "content": [[start, start + len(content)]],
            }
        ],
    }


def judgements(number: int, changes: list[tuple[datetime, str | None]], phrase: str) -> list[dict[str, str]]:
    """Return the rows of the import: one a change; a promise that was judged and is open again is reopened."""
    rows = []
    judged = False
    for at, outcome in changes:
        if outcome is None and not judged:
            continue
        judged = True
        rows.append(
            {
                "doc_id": f"promise-{number}",
                "phrase": phrase,
                "outcome": outcome or "reopened",
                "resolved_by": "trumptracker",
                "recorded_at": at.isoformat(),
            }
        )
    return rows


def onrecord(*arguments: str) -> str:
    """Run the command line and return what it printed; its error ends the benchmark."""
    done = subprocess.run([sys.executable, "-m", "flows.cli", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"onrecord {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def known(changes: list[tuple[datetime, str | None]], as_of: datetime) -> str | None:
    """Return the outcome that the history gives for a time."""
    before = [outcome for at, outcome in changes if at <= as_of]
    return before[-1] if before else None


def compare(published: Path, history: History) -> tuple[int, int, int]:
    """Return the times compared, the answers compared and how many of them differ."""
    moments = sorted({at for changes in history.values() for at, _ in changes})
    step = timedelta(microseconds=1)
    times = sorted({moment + shift for moment in moments for shift in (-step, timedelta(0), timedelta(days=1))})
    wrong = 0
    with open_published(published) as con:
        promise = dict(
            con.execute(
                "select c.claim_id, a.doc_id from claims_now as c join articles_now as a using (article_id)"
            ).fetchall()
        )
        for as_of in times:
            told = {
                promise[claim_id]: outcome
                for claim_id, outcome in con.execute(
                    "select claim_id, outcome from claim_outcomes(?)", [as_of]
                ).fetchall()
            }
            for number, changes in enumerate(history.values()):
                wrong += told.get(f"promise-{number}") != known(changes, as_of)
    return len(times), len(times) * len(history), wrong


def main(path: Path) -> int:
    """Print the comparison; return 1 where any answer differs."""
    history = read_history(path)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        documents, rows = home / "promises.jsonl", home / "statuses.csv"
        warehouse, published = home / "warehouse.duckdb", home / "published.duckdb"
        items = [document(number, promise) for number, promise in enumerate(history)]
        documents.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        with rows.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["doc_id", "phrase", "outcome", "resolved_by", "recorded_at"])
            writer.writeheader()
            for number, (promise, changes) in enumerate(history.items()):
                writer.writerows(judgements(number, changes, promise.strip()))
        files = ["--warehouse", str(warehouse), "--published", str(published)]
        onrecord("run", str(documents), *files)
        print(onrecord("review", "--import", str(rows), *files[:2], "--no-publish").strip())
        onrecord("publish", *files)
        n_times, n_answers, wrong = compare(published, history)
    n_changes = sum(len(changes) - 1 for changes in history.values())
    print(f"promises {len(history)}, changes of status {n_changes} (anchor 85)")
    print(f"as known at {n_times} times: {n_answers - wrong} of {n_answers} answers equal the history (must be all)")
    return int(wrong > 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
