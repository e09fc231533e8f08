"""The environment that Prefect needs before it is first imported: its own folder, patience, and no telemetry."""

import logging
import os
import sys
from pathlib import Path

LOGGERS = ("claims", "warehouse", "flows")
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # An ephemeral server on a cold or busy machine misses the default of 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
    "PREFECT_LOGGING_EXTRA_LOGGERS": ",".join(LOGGERS),
    # Our functions run outside flows too, where their lines go to whoever listens and need no flow run.
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}

_DAY = 86_400


def prepare(home: Path) -> None:
    """Set what Prefect reads at import, where nobody has set it, and make its folder (under `home` by default).

    A PREFECT_HOME whose parent is missing makes the temporary server start over and over for minutes.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    folder = Path(os.environ.setdefault("PREFECT_HOME", str(home.absolute() / "prefect")))
    folder.mkdir(parents=True, exist_ok=True)


def server_variables(keep_days: int) -> dict[str, str]:
    """Return what a server reads at its start that keeps its run history `keep_days`, and events a week at most."""
    return {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(keep_days * _DAY),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{min(keep_days, 7)}D",
    }


def let_python_clear() -> None:
    """Tie each of our modules to itself, so that Python clears it when it ends; to be called at exit.

    Prefect's threads keep a flow, and by its globals the content of our modules, but not the modules. Python clears
    only modules, and DuckDB's binding would print pages on what is left.
    """
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in LOGGERS:
            vars(module)["__itself__"] = module


def let_speak() -> None:
    """Let the INFO lines of our packages through: Prefect takes in our loggers, but leaves them at the root's WARNING.

    A louder root, which Prefect could set, would let every library speak.
    """
    for logger in LOGGERS:
        logging.getLogger(logger).setLevel(logging.INFO)
