"""The deployments of prefect.yaml, served without a worker; `onrecord serve` runs this beside the server it started."""

from collections.abc import Mapping
from typing import Any, cast

import yaml
from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from flows.alerts import ensure_alert
from flows.prefect_flows import FLOWS
from flows.settings import SHIPPED, load_settings

# As `--limit 3` of the worker: two may wait for their turns at hosts while a third reads, compares or publishes.
AT_ONCE = 3


def deployments() -> tuple[RunnerDeployment, ...]:
    """Return the deployments of prefect.yaml for serving: their flows, schedules and limits, without a work pool."""
    # In an installed package the file lies beside the flows, in the repository above them.
    path = next(place for place in (SHIPPED / "prefect.yaml", SHIPPED.parent / "prefect.yaml") if place.exists())
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_deployment(each) for each in told["deployments"])


def _deployment(told: Mapping[str, Any]) -> RunnerDeployment:
    flow = FLOWS[told["entrypoint"].partition(":")[2]]
    deployment = flow.to_deployment(
        told["name"],
        description=told["description"],
        schedules=[Schedule(**schedule) for schedule in told.get("schedules", ())],
        concurrency_limit=ConcurrencyLimitConfig(**told["concurrency_limit"]),
        # By name, since an installed package has no folder that a path could start from.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # Outside of an event loop it is the thing itself, not the promise of one.
    return cast(RunnerDeployment, deployment)


def main() -> None:
    """Have the server call the webhook where one is set, and run what is due until told to stop."""
    settings = load_settings()
    if settings.webhook is not None:
        ensure_alert(str(settings.webhook))
    # Not paused when we stop: the server stops with us, and the next start goes on.
    serve(*deployments(), limit=AT_ONCE, pause_on_shutdown=False, print_starting_message=False)


if __name__ == "__main__":
    main()
