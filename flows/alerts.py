"""Being told of failures: an automation of Prefect's server calls a webhook when a scheduled run fails or crashes."""

from typing import cast
from uuid import UUID

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import get_client
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from pydantic import SecretStr

NAME = "onrecord-failures"
# What Slack, Mattermost and their like show as it is; others find the parts beside it.
PAYLOAD = """{
 "text": {{ ("onrecord: " ~ flow.name ~ " " ~ flow_run.state.name ~ ": " ~ (flow_run.state.message or "")) | tojson }},
 "flow": {{ flow.name | tojson }},
 "run": {{ flow_run.name | tojson }},
 "state": {{ flow_run.state.name | tojson }},
 "message": {{ (flow_run.state.message or "") | tojson }},
 "at": "{{ event.occurred }}"
}"""


def ensure_alert(url: str) -> bool:
    """Have the server POST to `url` when a run of a deployment fails or crashes; return whether that is new there.

    The flows within a run are not told of a second time: only runs of deployments count.
    """
    document = cast(UUID, Webhook(method="POST", url=SecretStr(url)).save(NAME, overwrite=True))
    wanted = Automation(
        name=NAME,
        description="Tells ONRECORD_WEBHOOK of scheduled runs that failed.",
        trigger=EventTrigger(
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            match=ResourceSpecification.model_validate({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification.model_validate(
                {"prefect.resource.role": "deployment", "prefect.resource.id": "prefect.deployment.*"}
            ),
            posture=Posture.Reactive,
            threshold=1,
        ),
        actions=[CallWebhook(block_document_id=document, payload=PAYLOAD)],
    )
    with get_client(sync_client=True) as client:
        there = client.read_automations_by_name(NAME)
        if there:
            wanted.id = there[0].id
            wanted.update()
        else:
            wanted.create()
        for extra in there[1:]:
            client.delete_automation(extra.id)
    return not there
