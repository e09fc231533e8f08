"""`onrecord serve` and `alert`: run unattended, and be told of failures."""

import os
from typing import Annotated

import typer

from flows import options
from flows.render import console

Port = Annotated[
    int, typer.Option(min=0, max=65_535, metavar="PORT", help="Where the server listens; 0: any free one.")
]


def serve(port: Port = 4200, warehouse: options.Warehouse = None, published: options.Published = None) -> None:
    """Run unattended: a Prefect server on this machine alone, and the schedules of prefect.yaml on it.

    Its run history lies under the home folder and is dropped after ONRECORD_KEEP_DAYS days. With ONRECORD_WEBHOOK set,
    runs that fail are told there. It ends on Ctrl-C or TERM; what it was doing is done again the next time.
    """
    from flows.server import serve as serve_until_told

    screen = console()
    serve_until_told(options.settings_from(warehouse, published), port=port, say=screen.print)


def alert() -> None:
    """Have the Prefect server at PREFECT_API_URL call ONRECORD_WEBHOOK when a scheduled run fails; once is enough."""
    settings = options.settings_from()
    if settings.webhook is None:
        raise typer.BadParameter("no webhook to call: set ONRECORD_WEBHOOK to its address")
    if not os.environ.get("PREFECT_API_URL"):
        raise typer.BadParameter("no server to tell: set PREFECT_API_URL, or use `onrecord serve`")
    from flows.prefect_env import prepare

    prepare(settings.home)
    from flows.alerts import ensure_alert

    is_new = ensure_alert(str(settings.webhook))
    console().print(
        "the server will tell of runs that fail" if is_new else "the server tells of runs that fail already"
    )
