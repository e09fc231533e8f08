"""`onrecord export`, `import-claimreview` and `scorecard`: what goes to others, and what comes from them, as files."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows import options
from flows.render import console, counts_line


class Form(StrEnum):
    """What is exported."""

    CLAIMREVIEW = "claimreview"
    PARQUET = "parquet"
    CSV = "csv"
    ADMIRALTY = "admiralty"


def export(
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where to write it; made where it is not there.")],
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Who reviews, in ClaimReview.")] = "onrecord",
    published: options.Published = None,
) -> None:
    """Write what was published for others: judged claims as ClaimReview, every view, or Admiralty letters."""
    from flows import exchange

    settings = options.settings_from(published=published)
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is a file: name a folder", param_hint="--out")
    out.mkdir(parents=True, exist_ok=True)
    if form is Form.CLAIMREVIEW:
        told = f"{exchange.export_claim_reviews(settings, out, publisher=publisher)} judged claims"
    elif form is Form.ADMIRALTY:
        n_sources, n_claims = exchange.export_admiralty(settings, out)
        told = f"{n_sources} subjects and {n_claims} claims graded"
    else:
        told = f"{len(exchange.export_views(settings, out, form))} views and their dictionary"
    console().print(f"{told} written to {out}")


def import_claimreview(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON-LD: a ClaimReview, a list, an @graph, a DataFeed.")
    ],
    by: options.By = None,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
) -> None:
    """Store others' reviews beside the claims that they seem to be about; none of them is ever scored."""
    from flows.exchange import import_claim_reviews

    if not file.is_file():
        raise typer.BadParameter(f"{file} is no file: name one", param_hint="FILE")
    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    counts, refused = import_claim_reviews(settings, clock, file, by=options.person(by))
    for refusal in refused:
        console(sys.stderr).print(f"refused, {refusal}")
    console().print(counts_line(counts))
    if refused:
        raise typer.Exit(1)


def scorecard(
    as_of: options.AsOf = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to the terminal.")] = None,
    published: options.Published = None,
) -> None:
    """Print the scorecard of a moment as JSON: the same bytes for the same moment, whatever is recorded later."""
    from flows.scorecard import scorecard as scored

    text = scored(options.settings_from(published=published), options.clock_from(as_of))
    if out is None:
        sys.stdout.write(text)
    else:
        options.output(out).write_text(text, encoding="utf-8")
