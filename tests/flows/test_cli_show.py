"""`onrecord show` and `status`: the whole story of a claim, and of the runs."""

import pytest
from builders import day

from flows.cli_show import marked, when_due
from flows.publish import publish_batch
from flows.settings import Clock, load_settings


@pytest.fixture
def published(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    publish_batch(settings, Clock.fixed(day(60)))
    return settings


def test_a_claims_whole_story_is_told(published, onrecord):
    printed = onrecord("show", "a-")
    assert printed.code == 0
    for told in (
        "[source An official] [cue said] [content sanctions will follow]",
        "A3: unnamed; nothing usable",
        "https://ledger.example/a",
        "intention, positive, certain",
        "2 articles, 2 outlets, 1 copies, 1 origins",
        "same words",
        "“Treasury listed five officials”",
        "proposes held_up",
        "stands    proposed",
    ):
        assert told in printed.out


@pytest.mark.parametrize(
    ("words", "latest", "told"),
    [
        ("before Easter", None, "due at a time that cannot be told yet (“before Easter”)"),
        (None, day(9), f"due publication to {day(9):%Y-%m-%d %H:%M}"),
        (None, None, None),
    ],
)
def test_a_horizon_is_told_though_its_day_is_not_known(words, latest, told):
    assert when_due({"horizon_text": words, "due_earliest": None, "due_latest": latest}) == told


def test_what_is_printed_cannot_steer_the_terminal(published, onrecord):
    assert "\x1b" not in onrecord("show", "a-c").out


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ({"source": [{"start": 10, "end": 13}]}, "[source the] aide said so"),
        ({"cue": [{"start": 0, "end": 5}]}, "the aide said so"),
        (
            {"source": [{"start": 10, "end": 18}], "content": [{"start": 10, "end": 26}]},
            "[content [source the aide] said so]",
        ),
    ],
)
def test_spans_are_marked_where_they_stand(spans, expected):
    assert marked("the aide said so", first=10, spans=spans) == expected


def test_status_tells_runs_backlog_and_set_asides(published, onrecord):
    assert onrecord("match").code == 0
    printed = onrecord("status", "--as-of", day(60).isoformat())
    assert printed.code == 1  # its articles have waited for weeks to be read
    assert "match" in printed.out
    assert "proposals, waiting for a person" in printed.out
