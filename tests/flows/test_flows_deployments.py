"""prefect.yaml, checked against Prefect's own models: it ignores a misspelt key without a word."""

import ast
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from prefect.cli.deploy._models import (
        ConcurrencyLimitSpec,
        DeploymentConfig,
        PrefectYamlModel,
        RawScheduleConfig,
        WorkPoolConfig,
    )

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))


def known(model: Any) -> set[str]:
    return set(model.model_fields) | {field.alias for field in model.model_fields.values() if field.alias}


def unknown_keys(config: dict[str, Any]) -> list[str]:
    """Return every key that Prefect does not know."""
    found = [key for key in config if key not in known(PrefectYamlModel) | {"definitions"}]
    for deployment in config["deployments"]:
        found += [key for key in deployment if key not in known(DeploymentConfig)]
        found += [key for key in deployment["work_pool"] if key not in known(WorkPoolConfig)]
        found += [key for key in deployment["concurrency_limit"] if key not in known(ConcurrencyLimitSpec)]
        for schedule in deployment.get("schedules", ()):
            found += [key for key in schedule if key not in known(RawScheduleConfig)]
    return found


def test_every_key_is_one_that_prefect_knows():
    assert unknown_keys(CONFIG) == []
    PrefectYamlModel.model_validate(CONFIG)


@pytest.mark.parametrize("place", ["concurency_limit", "schedule_s"])
def test_a_misspelt_key_is_found(place):
    misspelt = CONFIG | {"deployments": [CONFIG["deployments"][0] | {place: 1}]}
    assert unknown_keys(misspelt) == [place]


def test_every_deployment_names_a_flow_that_is_there():
    for deployment in CONFIG["deployments"]:
        path, _, name = deployment["entrypoint"].partition(":")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_whatever_writes_runs_one_at_a_time_on_one_pool():
    assert {deployment["work_pool"]["name"] for deployment in CONFIG["deployments"]} == {"onrecord"}
    assert {deployment["concurrency_limit"]["limit"] for deployment in CONFIG["deployments"]} == {1}


def test_the_flows_know_their_home_and_report_to_nobody():
    for deployment in CONFIG["deployments"]:
        env = deployment["work_pool"]["job_variables"]["env"]
        assert env["ONRECORD_HOME"] == "{{ $ONRECORD_HOME }}"
        assert (env["DO_NOT_TRACK"], env["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")


def test_only_what_asks_the_network_skips_a_turn():
    skipping = [
        d["entrypoint"] for d in CONFIG["deployments"] if d["concurrency_limit"]["collision_strategy"] == "CANCEL_NEW"
    ]
    assert skipping == ["flows/prefect_flows.py:ingest", "flows/prefect_flows.py:refetch"]


def test_serve_serves_the_same_flows_at_the_same_times():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from flows.serving import deployments  # noqa: PLC0415  # Prefect's own imports warn

        served = {made.name: made for made in deployments()}
    assert list(served) == [told["name"] for told in CONFIG["deployments"]]
    for told in CONFIG["deployments"]:
        made = served[told["name"]]
        assert told["entrypoint"].endswith(f":{made.flow_name}")
        crons = [made_at.schedule.cron for made_at in made.schedules or ()]
        assert crons == [schedule["cron"] for schedule in told.get("schedules", ())]
        assert made.concurrency_limit == 1
        assert made.entrypoint == f"flows.prefect_flows.{made.flow_name}"


def test_every_stage_is_scheduled_by_itself_or_by_night():
    by_flow = {d["entrypoint"].partition(":")[2]: d.get("schedules", []) for d in CONFIG["deployments"]}
    assert all(by_flow[name] for name in ("ingest", "refetch", "extract", "match", "publish", "nightly", "tidy"))
    assert by_flow["ingest"][0]["cron"] == "*/15 * * * *"
