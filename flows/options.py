"""Options that several commands share, and what the command line makes of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.settings import Clock, Settings

# Commands import what they need inside their functions: `onrecord sql` must not wait for what only `run` needs.

Warehouse = Annotated[
    Path | None,
    typer.Option("--warehouse", metavar="FILE", help="The warehouse; .onrecord/warehouse.duckdb by default."),
]
Published = Annotated[
    Path | None,
    typer.Option("--published", metavar="FILE", help="The published file; published.duckdb beside the warehouse."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="What is due and known is judged as of this time (ISO 8601); now."),
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH|URL]...", help="Files, folders, addresses; what is due of outlets.toml if none."),
]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; your user name by default.", show_default=False)
]
Publish = Annotated[
    bool, typer.Option("--publish/--no-publish", help="Score and publish afterwards, so that queries see it.")
]


def settings_from(warehouse: Path | None = None, published: Path | None = None) -> "Settings":
    """Return the settings of a command."""
    from flows.settings import load_settings

    return load_settings(warehouse=warehouse, published=published)


def clock_from(as_of: str | None) -> "Clock":
    """Return the clock of a command."""
    from flows.settings import clock_at

    try:
        return clock_at(as_of)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--as-of") from None


def output(out: Path, hint: str = "--out") -> Path:
    """Return the file to write; raises BadParameter where it is a folder or lies in none."""
    if out.is_dir():
        raise typer.BadParameter(f"{out} is a folder: name a file in it", param_hint=hint)
    if not out.parent.is_dir():
        raise typer.BadParameter(f"{out.parent} is not a folder: make it first", param_hint=hint)
    return out


def person(name: str | None) -> str:
    """Return who decides: the name given, else the name of the user."""
    import getpass

    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("who decides? Add --by NAME", param_hint="--by") from None


def existing(inputs: list[str] | None) -> list[str]:
    """Return the inputs; raises BadParameter for a path that is not there: a slip, not an input to set aside."""
    for given in inputs or ():
        if "://" not in given and not Path(given).exists():
            raise typer.BadParameter(f"{given} does not exist: name a file, a folder or an address (https://…)")
    return list(inputs or ())


def listed() -> list[str]:
    """Return the addresses of every feed and sitemap of outlets.toml; raises BadParameter where there are none."""
    from flows.outlets import read_outlets

    path = settings_from().outlets
    outlets = read_outlets(path)
    found = [*outlets.feeds(), *outlets.sitemaps()]
    if not found:
        raise typer.BadParameter(f"{path} lists no feeds: name addresses, or a file of outlets with ONRECORD_OUTLETS")
    return found
