"""The optional judge against a real endpoint on loopback: off by default, asked once, held to the words of the page."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.failures import Unreachable
from flows.llm import model_of
from flows.settings import load_settings

CLAIM = {
    "url": "https://ledger.example/1",
    "outlet": "Ledger",
    "published": "2019-02-01T00:00:00Z",
    "fetched_at": "2019-02-01T01:00:00Z",
    "text": "Harbour Bank will shut its branch in Leeds within three weeks, a senior official of the bank said.",
}
# The rules see no closing in "turned the key … for the last time"; somebody who reads does.
LATER = {
    "url": "https://times.example/2",
    "outlet": "Times",
    "published": "2019-02-15T00:00:00Z",
    "fetched_at": "2019-02-15T01:00:00Z",
    "text": "Harbour Bank turned the key of its branch in Leeds for the last time on Thursday, it said.",
}


class Endpoint:
    """Speaks the chat protocol; `say` makes the content of each answer from what was asked."""

    def __init__(self, say):
        self.asked = []

        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                asked.append(body)
                said = say(json.loads(body["messages"][1]["content"]))
                if said is None:
                    self.send_error(400)
                    return
                message = {"role": "assistant", "content": json.dumps(said)}
                choice = {"index": 0, "finish_reason": "stop", "message": message}
                answer = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
                payload = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def endpoint():
    running = []

    def start(say):
        running.append(Endpoint(say))
        return running[-1]

    yield start
    for one in running:
        one.server.shutdown()
        one.server.server_close()


def supports(quote):
    def say(asked):
        answers = [
            {
                "number": p["number"],
                "stance": "supports",
                "quote": quote,
                "event_date": "2019-02-14",
                "official": True,
                "why": "it closed",
            }
            for p in asked["passages"]
        ]
        return {"answers": answers}

    return say


@pytest.fixture
def stored(tmp_path, onrecord):
    for number, document in enumerate((CLAIM, LATER)):
        (tmp_path / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    for stage in ("extract", "match"):
        onrecord("ingest", tmp_path / "0.json", tmp_path / "1.json")
        assert onrecord(stage, "--as-of", "2019-03-31").code == 0

    return lambda: onrecord("resolve", "--as-of", "2019-03-31")


def rows(onrecord, sql):
    assert onrecord("publish").code == 0
    return onrecord("sql", sql, "--format", "csv").out.splitlines()[1:]


def test_without_an_endpoint_nothing_is_asked_and_nothing_proposed(stored, onrecord):
    assert stored().code == 0
    assert rows(onrecord, "from judge_answers") == []
    assert rows(onrecord, "from resolutions") == []


def test_words_of_the_page_become_a_proposal_and_are_asked_for_once(stored, onrecord, endpoint, monkeypatch):
    judge = endpoint(supports("turned the key of its branch in Leeds for the last time"))
    monkeypatch.setenv("ONRECORD_JUDGE_URL", judge.url)
    monkeypatch.setenv("ONRECORD_JUDGE_MODEL", "reader-7")
    for _ in range(2):
        assert stored().code == 0
    assert len(judge.asked) == 1
    assert "official of the bank" not in json.loads(judge.asked[0]["messages"][1]["content"])["claim"]
    assert rows(onrecord, "select outcome, resolved_by, resolved_by_kind from resolutions") == [
        "held_up,reader-7 judge-1,machine"
    ]
    assert rows(onrecord, "select quote, event_date from evidence where found_by = 'reader-7 judge-1'") == [
        "turned the key of its branch in Leeds for the last time,2019-02-14"
    ]


def test_words_that_the_page_does_not_have_are_kept_as_refused_and_propose_nothing(
    stored, onrecord, endpoint, monkeypatch
):
    judge = endpoint(supports("closed its branch in Leeds"))
    monkeypatch.setenv("ONRECORD_JUDGE_URL", judge.url)
    monkeypatch.setenv("ONRECORD_JUDGE_MODEL", "reader-7")
    assert stored().code == 0
    assert rows(onrecord, "from resolutions") == []
    assert "its quote does not stand in the passage" in rows(onrecord, "select refused from judge_answers")


def test_an_endpoint_that_fails_stops_nothing(stored, onrecord, endpoint, monkeypatch):
    judge = endpoint(lambda _: None)
    monkeypatch.setenv("ONRECORD_JUDGE_URL", judge.url)
    monkeypatch.setenv("ONRECORD_JUDGE_MODEL", "reader-7")
    done = stored()
    assert done.code == 0
    assert "1 judge unreachable" in done.out.replace("_", " ")
    assert rows(onrecord, "from judge_answers") == []


def test_half_a_setting_is_one_clear_line(stored, monkeypatch):
    monkeypatch.setenv("ONRECORD_JUDGE_MODEL", "reader-7")
    done = stored()
    assert done.code == 2
    assert "set both, or neither" in done.err


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<html>Welcome</html>"),
        ("application/json", b"nothing"),
        ("application/json", b"[]"),
        ("application/json", b'{"choices": [{"message": null}]}'),
    ],
)
def test_an_address_at_which_no_model_answers_is_told_as_one(kind, body):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        model = model_of(load_settings(judge_url=f"http://127.0.0.1:{server.server_port}/v1", judge_model="reader-7"))
        with pytest.raises(Unreachable, match="ONRECORD_JUDGE_URL"):
            model.answer([{"role": "user", "content": "Well?"}])
        server.shutdown()
