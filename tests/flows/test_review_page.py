"""The review page over real HTTP: what it shows, what it takes, and from whom it takes nothing."""

import http.client
import re
import shutil
import threading
from contextlib import contextmanager
from urllib.parse import urlencode

import builders
import pytest
from builders import day

from claims.vocabulary import Outcome
from flows.desk import Reviewer, load_desk
from flows.masking import MASK
from flows.review_web.server import open_room
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse
from warehouse.load import add
from warehouse.read import resolutions_of

CLOCK = Clock(as_of=day(60), recorded_at=day(60), is_replay=True)


class Browser:
    """A client that keeps its cookie, as a browser does, and follows where it is sent only when told."""

    def __init__(self, room):
        self.room, self.cookie = room, f"onrecord_review={room.key}"

    def ask(self, method, path, form=None, **headers):
        own = {
            "Host": f"127.0.0.1:{self.room.port}",
            "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.room.port}",
        }
        sent = {name: value for name, value in (own | headers).items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.room.port, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        body = urlencode(form).encode() if form is not None else b""
        if form is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers

    def decide(self, claim_id, word, note="", **headers):
        form = {"csrf": self.room.csrf, "word": word, "note": note}
        return self.ask("POST", f"/decide/{claim_id}", form, **headers)


@contextmanager
def opened(warehouse, *, second=False, name="Ada", **settings):
    given = load_settings(warehouse=warehouse).model_copy(update={"wait_seconds": 0.3, **settings})
    room, server = open_room(Reviewer(settings=given, clock=CLOCK, name=name, is_second=second), 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Browser(room)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def judgements(path, claim_id="a-c"):
    with open_warehouse(path) as con:
        return [
            (row["outcome"], row["resolved_by"], row["note"])
            for row in resolutions_of(con, claim_id)
            if row["resolved_by_kind"] == "person"
        ]


def test_the_first_claim_is_shown_without_its_source_and_told_once_decided(small_warehouse):
    with opened(small_warehouse) as browser:
        status, _, headers = browser.ask("GET", "/")
        assert (status, headers["Location"]) == (303, "/claim/a-c")
        _, page, _ = browser.ask("GET", "/claim/a-c")
        assert "Treasury listed five officials" in page
        assert MASK in page
        assert "aide" not in page
        assert browser.decide("a-c", "accept", " well <b>founded</b> ")[0] == 303
        _, page, _ = browser.ask("GET", "/claim/c-c")
        assert re.search(r"Recorded: held up\.</strong> It was said by\s+<strong>aide</strong>", page)
    assert judgements(small_warehouse) == [("held_up", "Ada", "well <b>founded</b>")]


def test_every_outcome_of_the_page_is_one_that_can_be_recorded(small_warehouse, tmp_path):
    with opened(small_warehouse) as browser:
        _, page, _ = browser.ask("GET", "/claim/a-c")
        words = set(re.findall(r'name="word" value="(\w+)"', page))
        assert words == {*Outcome, "accept", "reject", "skip"}
        assert browser.decide("a-c", "great")[0] == 400
    for word in Outcome:
        path = tmp_path / word / "warehouse.duckdb"
        path.parent.mkdir()
        shutil.copy(small_warehouse, path)
        with opened(path) as browser:
            assert browser.decide("a-c", word)[0] == 303
        assert judgements(path) == [(word, "Ada", None)]


def test_a_rejected_proposal_judges_nothing_and_is_not_proposed_again(small_warehouse):
    with opened(small_warehouse) as browser:
        browser.decide("a-c", "reject", "the passage is of other people")
        with open_warehouse(small_warehouse) as con:
            assert con.execute("select * from proposals_as_of(?)", [day(61)]).fetchall() == []
            (found,) = con.execute("select claim_id, rejected_by, note from rejections").fetchall()
            assert found == ("a-c", "Ada", "the passage is of other people")
            assert con.execute("select workflow from claim_status(?) where claim_id = 'a-c'", [day(61)]).fetchone() == (
                "due",
            )
        browser.ask("POST", "/undo", {"csrf": browser.room.csrf})
    with open_warehouse(small_warehouse) as con:
        assert len(con.execute("select * from proposals_as_of(?)", [day(61)]).fetchall()) == 1
    assert judgements(small_warehouse) == []


def test_skipping_decides_nothing_and_the_end_says_what_was_done(small_warehouse):
    with opened(small_warehouse) as browser:
        browser.decide("a-c", "skip")
        browser.decide("c-c", "failed")
        _, page, _ = browser.ask("GET", "/")
        assert "1 decided, 1 skipped" in page
        browser.ask("POST", "/again", {"csrf": browser.room.csrf})
        assert browser.ask("GET", "/")[2]["Location"] == "/claim/a-c"
        browser.ask("POST", "/finish", {"csrf": browser.room.csrf})
        assert browser.room.finished.is_set()
    assert judgements(small_warehouse) == []


def test_nothing_waits(tmp_path):
    path = tmp_path / "empty" / "warehouse.duckdb"
    with open_warehouse(path):
        pass
    with opened(path) as browser:
        status, page, _ = browser.ask("GET", "/")
    assert status == 200
    assert "No claim waits for a judgement" in page


def test_undo_puts_back_what_stood_and_the_claim_waits_again(small_warehouse):
    with opened(small_warehouse) as browser:
        browser.decide("a-c", "failed")
        status, _, headers = browser.ask("POST", "/undo", {"csrf": browser.room.csrf})
        assert (status, headers["Location"]) == (303, "/claim/a-c")
        assert browser.decide("a-c", "held_up")[0] == 303
    assert [row[0] for row in judgements(small_warehouse)] == ["failed", None, "held_up"]


def test_markup_in_the_news_is_text(small_warehouse):
    evil = "<script>alert(1)</script>\u202e\" onload='x'"
    with open_warehouse(small_warehouse) as con:
        con.execute("update claims set claim_text = ? where claim_id = 'a-c'", [evil])
        con.execute("update evidence set quote = ?", [evil])
        con.execute("update articles set url = 'javascript:alert(1)', title = ?", [evil])
    with opened(small_warehouse) as browser:
        _, page, _ = browser.ask("GET", "/claim/a-c")
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "javascript:" not in page
    assert page.count("<script") == 1


def test_who_does_not_hold_the_key_sees_and_decides_nothing(small_warehouse):
    with opened(small_warehouse) as browser:
        key = browser.room.key
        for cookie in (None, "onrecord_review=", "onrecord_review=guess", f"other={key}"):
            status, page, _ = browser.ask("GET", "/claim/a-c", Cookie=cookie)
            assert status == 403
            assert "sanctions" not in page
            assert (
                browser.ask("POST", "/decide/a-c", {"csrf": browser.room.csrf, "word": "failed"}, Cookie=cookie)[0]
                == 403
            )
        assert browser.ask("GET", "/?key=guess", Cookie=None)[0] == 403
        status, _, headers = browser.ask("GET", f"/?key={key}", Cookie=None)
        assert status == 303
        assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in headers["Set-Cookie"].split(";")}
    assert judgements(small_warehouse) == []


@pytest.mark.parametrize("host", ["evil.example:{port}", "evil.example", "127.0.0.1", "127.0.0.1:1", "", None])
def test_a_page_of_elsewhere_that_points_here_by_name_is_refused(small_warehouse, host):
    with opened(small_warehouse) as browser:
        given = host.format(port=browser.room.port) if host is not None else None
        for path in ("/", "/claim/a-c", f"/?key={browser.room.key}", "/style.css"):
            status, page, _ = browser.ask("GET", path, Host=given)
            assert status == 421
            assert "sanctions" not in page


def test_an_address_that_is_none_is_refused(small_warehouse):
    with opened(small_warehouse) as browser:
        status, page, _ = browser.ask("GET", "http://[::1/claim/a-c")
        assert status == 400
        assert "sanctions" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_decides_nothing(small_warehouse, headers):
    with opened(small_warehouse) as browser:
        assert browser.decide("a-c", "failed", **headers)[0] == 403
    assert judgements(small_warehouse) == []


def test_a_form_without_its_token_or_too_long_decides_nothing(small_warehouse):
    with opened(small_warehouse) as browser:
        assert browser.ask("POST", "/decide/a-c", {"word": "failed"})[0] == 403
        assert browser.ask("POST", "/decide/a-c", {"word": "failed", "csrf": "x"})[0] == 403
        assert browser.decide("a-c", "failed", "x" * 70_000)[0] == 413
        assert browser.ask("PUT", "/decide/a-c")[0] == 405
        assert browser.ask("GET", "/decide/a-c")[0] == 404
    assert judgements(small_warehouse) == []


def test_nothing_is_loaded_from_elsewhere(small_warehouse):
    with opened(small_warehouse) as browser:
        for path in ("/claim/a-c", "/style.css", "/keys.js", "/nowhere"):
            _, text, headers = browser.ask("GET", path)
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-store"
            assert not re.search(r'(?:src|href|url\()\s*=?\s*["\']?(?:https?:)?//(?!ledger\.example)', text)
            assert " style=" not in text
            assert not re.search(r"\son\w+=", text)


def test_a_claim_that_somebody_else_judged_meanwhile_is_shown_again(small_warehouse):
    with opened(small_warehouse) as browser:
        with open_warehouse(small_warehouse) as con:
            add(con, [builders.resolution("a-c", Outcome.FAILED, resolved_by="Bob", recorded_at=day(50))])
        assert browser.decide("a-c", "held_up")[0] == 409
    assert judgements(small_warehouse) == [("failed", "Bob", None)]


def test_a_busy_warehouse_loses_no_decision_silently(small_warehouse, hold_warehouse):
    with opened(small_warehouse) as browser:
        with hold_warehouse(small_warehouse):
            status, page, _ = browser.decide("a-c", "held_up")
            assert (status, "Nothing was recorded" in page) == (503, True)
        assert browser.decide("a-c", "held_up")[0] == 303
    assert judgements(small_warehouse) == [("held_up", "Ada", None)]


def test_only_this_machine_is_listened_to(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    _, server = open_room(Reviewer(settings=settings, clock=CLOCK, name="Ada"), 0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def decided(path, outcome=Outcome.HELD_UP):
    with open_warehouse(path) as con:
        add(con, [builders.resolution("a-c", outcome, resolved_by="Ada", recorded_at=day(20))])


def agreement(path):
    with open_warehouse(path) as con:
        con.execute("insert into clock values (?)", [day(90)])
        return con.execute(
            "select first_reader, second_reader, n_read_twice, n_agreed, kappa, n_waiting_for_third,"
            " n_third_with_second from reader_agreement where first_reader <> 'all readers'"
        ).fetchall()


def test_a_second_reader_is_blind_and_a_third_has_the_last_word(small_warehouse):
    decided(small_warehouse)
    with opened(small_warehouse, second=True, name="ada", second_reading_share=1.0) as browser:
        assert browser.room.queue == []
    with opened(small_warehouse, second=True, name="Bea", second_reading_share=1.0) as browser:
        _, page, _ = browser.ask("GET", "/claim/a-c")
        assert "A machine proposes" not in page
        assert "Ada" not in page
        assert browser.decide("a-c", "failed", "not these officials")[0] == 303
    assert judgements(small_warehouse) == [("held_up", "Ada", None)]
    for name in ("Ada", "Bea"):
        with opened(small_warehouse, second=True, name=name, second_reading_share=1.0) as browser:
            assert browser.room.queue == []
    # The disagreement waits for a third whatever the share is now.
    with opened(small_warehouse, second=True, name="Cem", second_reading_share=0.0) as browser:
        assert [row["place"] for row in browser.room.queue] == [3]
        assert browser.decide("a-c", "failed")[0] == 303
        assert load_desk(browser.room.reviewer) == []
    assert [row[:2] for row in judgements(small_warehouse)] == [("held_up", "Ada"), ("failed", "Cem")]
    assert agreement(small_warehouse) == [("Ada", "Bea", 1, 0, 0.0, 0, 1)]


def test_a_second_reading_can_be_taken_back(small_warehouse):
    decided(small_warehouse)
    with opened(small_warehouse, second=True, name="Bea", second_reading_share=1.0) as browser:
        browser.decide("a-c", "failed")
        browser.ask("POST", "/undo", {"csrf": browser.room.csrf})
        assert [row["claim_id"] for row in load_desk(browser.room.reviewer)] == ["a-c"]
        browser.decide("a-c", "held_up")
    assert agreement(small_warehouse) == [("Ada", "Bea", 1, 1, None, 0, 0)]


def test_the_sample_is_the_same_for_everybody_and_about_the_share_that_was_asked(tmp_path):
    path = tmp_path / "many" / "warehouse.duckdb"
    rows = [row for number in range(200) for row in builders.told(f"n{number}")]
    made = [builders.resolution(f"n{number}-c", Outcome.FAILED, resolved_by="Ada") for number in range(200)]
    with open_warehouse(path) as con:
        for kind in dict.fromkeys(map(type, rows)):
            add(con, [row for row in rows if type(row) is kind])
        add(con, made)

    def sample(name, share):
        settings = load_settings(warehouse=path).model_copy(update={"second_reading_share": share})
        desk = load_desk(Reviewer(settings=settings, clock=CLOCK, name=name, is_second=True))
        return {row["claim_id"] for row in desk}

    small, large = sample("Bea", 0.15), sample("Bea", 0.5)
    assert sample("Cem", 0.15) == small
    assert small < large
    assert 15 <= len(small) <= 45
