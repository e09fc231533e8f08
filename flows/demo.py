"""The demo: the whole loop on the sample, with a clock that stands still, so that two demos end in the same tables."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from flows.pipeline import run_stage
from flows.progress import shown
from flows.render import console, table
from flows.review_import import import_judgements
from flows.settings import SHIPPED, Clock, Settings, load_settings
from warehouse.read import frame

SAMPLE = SHIPPED / "sample"
CLOCK = Clock.fixed(datetime(2024, 3, 1, tzinfo=UTC))
TABLES = (
    (
        "Claims that have an outcome",
        "select resolved_source, anonymity, outlet_id, claim_text, modality, outcome from claims_now"
        " where is_fullest and outcome is not null order by outcome, published_latest, claim_id",
        ("source", "level", "outlet", "claim", "modality", "outcome"),
    ),
    (
        "Reliability by anonymity level (A0 a document … A7 nobody), with intervals",
        "select subject, n_claims, n_due, n_scored, held_up, failed, partly, round(rate, 2),"
        " format('{:.2f} to {:.2f}', low80, high80), format('{:.2f} to {:.2f}', low95, high95), verdict"
        " from anonymity_record order by subject",
        ("level", "claims", "due", "scored", "held up", "failed", "partly", "rate", "80 %", "95 %", "verdict"),
    ),
    (
        "Still due: the deadline has passed, and nobody has judged (what was foretold first, twelve at most)",
        "select due_latest, resolved_source, anonymity, outlet_id, claim_text from due_claims(now_as_of())"
        " order by kind = 'fact', due_latest, claim_id limit 12",
        ("due", "source", "level", "outlet", "claim"),
    ),
)
QUERIES = (
    "select outlet_id, anonymity, claim_text, outcome from claims_now where outcome = 'failed'",
    "select * from story_copies order by story_id, is_original desc",
    "select subject, n_due, held_up, failed, rate, low95, high95, verdict from outlet_record",
)
_WIDTH, _CELL = 160, 52


def sample_files() -> list[str]:
    """Return the sample's articles; their names begin with a number, what describes them does not."""
    return sorted(str(path) for path in SAMPLE.iterdir() if path.name[0].isdigit())


def run_demo(home: Path) -> None:
    """Run the loop on the sample in `home`, import its judgements, publish, and print what was found."""
    settings = load_settings(home=home, warehouse=home / "warehouse.duckdb", outlets=SAMPLE / "outlets.toml")
    with shown() as tell:
        for stage in ("ingest", "extract", "match", "resolve"):
            run_stage(stage, settings, CLOCK, sample_files(), tell=tell)
        imported = import_judgements(settings, CLOCK, SAMPLE / "resolutions.csv", by="the sample")
        tell("review", dict(imported.counts))
        for stage in ("score", "publish"):
            run_stage(stage, settings, CLOCK, tell=tell)
    for refusal in imported.refusals:
        console(sys.stderr).print(f"refused, {refusal}")
    print_findings(settings)


def print_findings(settings: Settings) -> None:
    """Print what the published file says: outcomes, reliability by level, what is due; and what to ask it next."""
    screen = console(width=_WIDTH)
    for title, query, columns in TABLES:
        found = frame(query, settings.published)
        rows = found.astype(object).where(found.notna(), None).itertuples(index=False)
        screen.print(f"\n{title}\n")
        screen.print(table(columns, rows, limit=_CELL))
    published = _relative(settings.published)
    screen.print(f"\nThe published file is {published}: open it in any tool that reads DuckDB, or ask:\n")
    for query in QUERIES:
        # Whole lines, however narrow the terminal: they are there to be copied.
        screen.print(f'  onrecord sql "{query}" --published {published}', soft_wrap=True)


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
