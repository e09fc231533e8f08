"""The stages as Prefect flows: the same result, tasks tried again where that helps, a table of counts left behind."""

import gc
import json

import pytest
from builders import day

from flows.failures import Gone, Unreachable
from flows.settings import load_settings
from warehouse.connect import open_published
from warehouse.errors import FailedCheck, WarehouseBusy

pytestmark = pytest.mark.filterwarnings("ignore")  # Prefect's own warnings are not ours to mend


@pytest.fixture(autouse=True)
def _collect_prefects_sockets():
    """Let what Prefect left open be collected here: in a later test its warning would be an error."""
    yield
    gc.collect()


@pytest.fixture
def article(tmp_path):
    text = "The bridge will open in May, the transport ministry said on Tuesday. “It is ready,” it added."
    path = tmp_path / "article.json"
    path.write_text(json.dumps({"doc_id": "d", "outlet": "ledger", "published": "2019-02-12T10:00:00Z", "text": text}))
    return path


def artifact(key):
    from prefect.artifacts import Artifact  # noqa: PLC0415  # only once the server is there

    return Artifact.get(key)


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_the_pipeline_runs_as_flows_and_leaves_a_table_of_counts(article):
    from flows.prefect_flows import pipeline  # noqa: PLC0415  # only once the server is there

    settings = load_settings()
    done = pipeline(inputs=[str(article)], as_of=day(90).isoformat())
    assert done["ingest"] == {"stored": 1, "known": 0, "set_aside": 0}
    with open_published(settings.published) as con:
        assert con.execute("select count(*) from articles_now").fetchone() == (1,)
    table = json.loads(artifact("onrecord-ingest").data)
    assert {row["what"]: row["count"] for row in table} == {"stored": 1, "known": 0, "set aside": 0}


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
@pytest.mark.parametrize(("error", "tries"), [(WarehouseBusy("held"), 3), (FailedCheck("rows"), 1), (ValueError(), 1)])
def test_only_what_may_pass_is_tried_again(error, tries, monkeypatch):
    from prefect import flow  # noqa: PLC0415  # only once the server is there

    from flows import prefect_flows  # noqa: PLC0415  # as above

    monkeypatch.setattr(prefect_flows, "RETRIES", 2)
    monkeypatch.setattr(prefect_flows, "RETRY_SECONDS", 0.0)
    calls = []

    def work():
        calls.append(1)
        raise error

    batch = prefect_flows.batch_task("failing-batch", work)

    @flow(name="failing")
    def failing():
        batch()

    with pytest.raises(type(error)):
        failing()
    assert len(calls) == tries


@pytest.mark.parametrize(
    ("error", "worth_it"),
    [
        (WarehouseBusy("held"), True),
        (Unreachable("timed out", url="https://x.example"), True),
        (Gone("404", url="https://x.example"), False),
        (KeyError("bug"), False),
    ],
)
def test_one_function_decides_what_is_tried_again(error, worth_it):
    from prefect.states import Failed  # noqa: PLC0415  # only once the server is there

    from flows.prefect_flows import is_transient  # noqa: PLC0415  # as above

    assert is_transient(None, None, Failed(data=error)) is worth_it
