"""What `python -m flows.<stage>` does: the stage as a Prefect flow, on a temporary server unless one is set."""

import argparse
import sys
from pathlib import Path


def run_script(name: str) -> None:
    """Run the flow `name` with the arguments of the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m flows.{name}")
    if name in ("ingest", "pipeline"):
        parser.add_argument("inputs", nargs="*", help="files, folders and addresses; the feeds of outlets.toml if none")
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--published", type=Path)
    parser.add_argument("--as-of")
    given = vars(parser.parse_args())

    from flows.prefect_env import prepare
    from flows.settings import load_settings

    prepare(load_settings(warehouse=given["warehouse"], published=given["published"]).home)
    from flows.prefect_flows import FLOWS

    try:
        FLOWS[name](**given)
    except KeyboardInterrupt:
        sys.stderr.write(f"python -m flows.{name}: stopped; nothing is lost: run it again to go on\n")
        sys.exit(130)
