"""`onrecord`: the whole loop and each stage of it; errors are one line with a remedy."""

import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer
from typer.exceptions import TyperException

from claims.errors import ClaimsError
from flows import (
    cli_attributions,
    cli_correct,
    cli_events,
    cli_exchange,
    cli_pages,
    cli_question,
    cli_review,
    cli_serve,
    cli_show,
    cli_sql,
    cli_status,
    options,
)
from flows.commands import run_stages
from flows.failures import FetchError
from flows.render import plain
from warehouse.errors import BadQuery, WarehouseError, WarehouseMissing

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Who said it, how openly, and did it hold up?",
)

BAD_INPUT, FAILED, STOPPED = 2, 1, 130


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Who said it, how openly, and did it hold up?"""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"onrecord {installed('onrecord')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def demo(
    home: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where it works; .onrecord/demo by default.")
    ] = None,
) -> None:
    """Run the whole loop on the sample that comes with it, and show what it finds."""
    from flows.demo import run_demo

    run_demo(home or options.settings_from().home / "demo")


@app.command()
def run(
    inputs: options.Inputs = None,
    warehouse: options.Warehouse = None,
    published: options.Published = None,
    as_of: options.AsOf = None,
) -> None:
    """Run the whole loop: ingest, extract, match, resolve, score, publish."""
    run_stages(None, options.existing(inputs), warehouse=warehouse, published=published, as_of=as_of)


@app.command()
def ingest(
    inputs: options.Inputs = None,
    look_now: Annotated[bool, typer.Option("--now", help="Look at every feed of outlets.toml, due or not.")] = False,
    archive: Annotated[
        bool,
        typer.Option(
            "--from-archive", help="Make the articles again from the archive of home folders, fetching nothing."
        ),
    ] = False,
    warehouse: options.Warehouse = None,
    as_of: options.AsOf = None,
) -> None:
    """Store the articles that the inputs hold; what cannot be used is set aside with its reason."""
    if archive:
        cli_pages.from_archive(options.existing(inputs), warehouse=warehouse, as_of=as_of)
        return
    given = options.existing(inputs)
    run_stages("ingest", [*given, *(options.listed() if look_now else ())], warehouse=warehouse, as_of=as_of)


@app.command()
def extract(warehouse: options.Warehouse = None, as_of: options.AsOf = None) -> None:
    """Find who is said to have said what in the articles that have not been read yet."""
    run_stages("extract", warehouse=warehouse, as_of=as_of)


@app.command()
def match(warehouse: options.Warehouse = None, as_of: options.AsOf = None) -> None:
    """Find copies of articles and claims that are the same, and group them."""
    run_stages("match", warehouse=warehouse, as_of=as_of)


@app.command()
def score(warehouse: options.Warehouse = None, as_of: options.AsOf = None) -> None:
    """Estimate how often the claims of each subject hold up."""
    run_stages("score", warehouse=warehouse, as_of=as_of)


@app.command()
def publish(
    warehouse: options.Warehouse = None, published: options.Published = None, as_of: options.AsOf = None
) -> None:
    """Check the warehouse and replace the file that analysts read."""
    run_stages("publish", warehouse=warehouse, published=published, as_of=as_of)


app.command()(cli_review.resolve)
app.command()(cli_review.review)
app.command()(cli_correct.correct)
app.command()(cli_question.question)
app.command()(cli_review.unmerge)
app.command()(cli_review.uncopy)
app.command()(cli_review.copy_of)
app.command()(cli_pages.refetch)
app.command()(cli_pages.revisions)
app.command()(cli_sql.sql)
app.command()(cli_exchange.export)
app.command("import-claimreview")(cli_exchange.import_claimreview)
app.command()(cli_exchange.scorecard)
app.command()(cli_show.show)
app.command()(cli_serve.serve)
app.command()(cli_serve.alert)
app.command()(cli_status.status)
app.command()(cli_status.doctor)
app.command()(cli_attributions.attributions)
app.command()(cli_events.events)


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 2 for bad usage or input, 1 for other failures."""
    sys.excepthook = _report_bug
    # A run here shows its counts and keeps its reasons in the warehouse; under Prefect the log tells them.
    logging.getLogger("flows").addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        # Not `app(…)`, which puts typer's traceback in the place of ours.
        code = typer.main.get_command(app).main(args=argv, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        return _complain(error.format_message(), error.exit_code)
    except (ClaimsError, BadQuery, WarehouseMissing) as error:
        return _complain(str(error), BAD_INPUT)
    except (typer.Abort, KeyboardInterrupt):
        code = STOPPED
    except RuntimeError as error:
        # What DuckDB makes of Ctrl-C while it works.
        if str(error) != "Query interrupted":
            raise
        code = STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (WarehouseError, FetchError, OSError) as error:
        return _complain(str(error), FAILED)
    if code == STOPPED:  # also what typer makes of Ctrl-C, without a word
        return _complain("stopped; nothing is lost: run the same command again to go on", STOPPED)
    return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"onrecord: {plain(' '.join(message.split()))}\n")
    return code


def _report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one line that this is our mistake, and keep the traceback in a file for whoever mends it."""
    where = traceback.extract_tb(trace)[-1:] if trace else []
    place = f" at {Path(where[0].filename).name}:{where[0].lineno}" if where else ""
    told = Path(os.environ.get("ONRECORD_HOME") or ".onrecord") / "bug.txt"
    try:
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text("".join(traceback.format_exception(kind, error, trace)), encoding="utf-8")
        remedy = f"please report it with {told}"
    except OSError:
        remedy = "please report it"
    _complain(f"this is a bug: {kind.__name__}: {error}{place}; {remedy}", FAILED)


if __name__ == "__main__":
    sys.exit(main())
