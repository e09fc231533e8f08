"""The environment that Prefect needs before it is first imported: its own folder, patience, and no telemetry."""

import os
from pathlib import Path

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # An ephemeral server on a cold or busy machine misses the default of 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
    # Without both, the INFO lines of our own packages never reach Prefect's log.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "claims,warehouse,flows",
    "PREFECT_LOGGING_ROOT_LEVEL": "INFO",
}


def prepare(home: Path) -> None:
    """Set what Prefect reads at import, where nobody has set it, and make its folder (under `home` by default).

    A PREFECT_HOME whose parent is missing makes the temporary server start over and over for minutes.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    folder = Path(os.environ.setdefault("PREFECT_HOME", str(home.absolute() / "prefect")))
    folder.mkdir(parents=True, exist_ok=True)
