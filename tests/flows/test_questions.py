"""Frozen questions: written when a claim is read, versioned when changed, named by who judges."""

import io

import builders
import pytest
from builders import day
from hypothesis import given
from hypothesis import strategies as st

from claims.criteria import first_question, freeze, question
from claims.vocabulary import Kind, Observability, Outcome, Polarity
from flows.questions import first_questions, freeze_questions
from flows.settings import Clock
from warehouse.connect import open_warehouse
from warehouse.load import add

AS_OF = day(60).isoformat()


@given(
    kind=st.sampled_from(Kind),
    polarity=st.sampled_from(Polarity),
    due=st.none() | st.integers(1, 400),
    words=st.text(min_size=1),
)
def test_every_claim_gets_criteria_that_carry_its_words_and_its_deadline(kind, polarity, due, words):
    latest = day(due) if due else None
    claim = builders.claim(kind=kind, polarity=polarity, claim_text=words, due_earliest=None, due_latest=latest)
    criteria = freeze(claim)
    assert criteria == freeze(claim)
    assert (criteria.earliest, criteria.latest) == (None, latest)
    assert criteria.held_up_if != criteria.failed_if
    said = " ".join(words.split()).strip('“”" ')
    assert said in criteria.held_up_if
    if latest is None or kind in {Kind.FACT, Kind.DENIAL}:
        assert criteria.observability is Observability.UNCERTAIN


def test_silence_counts_only_for_public_events_of_somebody_named():
    certain = builders.claim(claim_text="President Arce will resign", kind=Kind.PREDICTION)
    assert freeze(certain).observability is Observability.CERTAIN
    assert "silence counts" in freeze(certain).failed_if
    for text in ("somebody will resign", "President Arce will talk to his generals in private"):
        private = freeze(builders.claim(claim_text=text, kind=Kind.PREDICTION))
        assert private.observability is Observability.UNCERTAIN
        assert "silence leaves it undetermined" in private.failed_if


def test_what_is_not_trackable_is_not_asked():
    assert first_question(builders.claim(trackable=False)) is None


def versions(path, claim_id="a-c"):
    with open_warehouse(path) as con:
        return con.execute(
            "select version, failed_if, written_by, note from questions where claim_id = ? order by version", [claim_id]
        ).fetchall()


@pytest.fixture
def asked(small_warehouse, onrecord):
    assert onrecord("resolve", "--as-of", day(9).isoformat()).code == 0
    return small_warehouse


def test_claims_of_before_get_their_question_once(asked, onrecord):
    first = versions(asked)
    assert [row[0] for row in first] == [1]
    onrecord("resolve", "--as-of", day(9).isoformat())
    assert versions(asked) == first


def test_an_edit_is_a_new_version_with_its_reason_and_the_same_edit_none(asked, onrecord):
    edit = ("question", "a-c", "--failed-if", "no act by 1 May", "--why", "a day", "--by", "ada", "--no-publish")
    for _ in range(2):
        assert onrecord(*edit).code == 0
    assert versions(asked)[1:] == [(2, "no act by 1 May", "person:ada", "a day")]
    # What a person asked stands, however often the machine reads the claim.
    onrecord("resolve", "--as-of", AS_OF)
    assert len(versions(asked)) == 2
    shown = onrecord("question", "a-c").out
    assert shown.index("version 1") < shown.index("version 2")


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (("--failed-if", "x"), "--why"),
        (("--failed-if", " ", "--why", "y"), "cannot be empty"),
        (("--observability", "perhaps", "--why", "y"), "certain, uncertain"),
    ],
)
def test_an_edit_that_says_too_little_is_refused_with_its_remedy(asked, onrecord, options, remedy):
    printed = onrecord("question", "a-c", *options)
    assert (printed.code, remedy in printed.err) == (2, True)
    assert len(versions(asked)) == 1


@pytest.mark.slow
def test_a_judgement_names_its_version_and_scores_say_where_it_is_superseded(asked, onrecord):
    assert onrecord("resolve", "a-c", "held_up", "--by", "ada", "--no-publish").code == 0
    with open_warehouse(asked) as con:
        wanted = "select question_version from resolutions where resolved_by = 'ada'"
        assert con.execute(wanted).fetchall() == [(1,)]
    edit = ("question", "a-c", "--held-up-if", "five are listed", "--why", "vague")
    assert onrecord(*edit).code == 0
    with open_warehouse(asked) as con:
        assert con.execute("select n_judged_by_older from kind_record where subject = 'intention'").fetchone() == (1,)
        found = con.execute(
            "select version, judged_version, is_judged_by_older from questions_now where claim_id = 'a-c'"
        )
        assert found.fetchone() == (2, 1, True)
    onrecord("resolve", "a-c", "held_up", "--by", "ada")
    with open_warehouse(asked) as con:
        assert con.execute("select n_judged_by_older from kind_record where subject = 'intention'").fetchone() == (0,)


def test_a_corrected_horizon_asks_anew(asked, onrecord):
    assert (
        onrecord("correct", "a-c", "--due", "2019-06-01", "--why", "by June", "--by", "ada", "--no-publish").code == 0
    )
    rows = versions(asked)
    assert [row[0] for row in rows] == [1, 2]
    with open_warehouse(asked) as con:
        (latest,) = con.execute("select max(latest) from questions where claim_id = 'a-c' and version = 2").fetchone()
    assert latest.date().isoformat() == "2019-06-01"


def test_what_a_person_asked_passes_to_the_claim_that_takes_the_place(asked, onrecord):
    onrecord("question", "a-c", "--failed-if", "no act", "--why", "clearer", "--by", "ada", "--no-publish")
    from claims.records import Succession  # noqa: PLC0415 -- only here

    link = Succession(claim_id="new", was_claim_id="a-c", overlap=0.9, recorded_at=day(90))
    with open_warehouse(asked) as con:
        (row,) = first_questions(con, [builders.claim("new")], [link])
    assert (row.version, row.failed_if, row.written_by) == (1, "no act", "person:ada")


def test_questions_as_known_at_a_past_day(tmp_path):
    claim = builders.claim()
    with open_warehouse(tmp_path / "w.duckdb") as con:
        for number, at in ((1, day(1)), (2, day(5))):
            add(con, [question("c", freeze(claim), version=number, written_by=("x", None), recorded_at=at)])
        standing = [
            con.execute("select version from questions_as_of(?)", [day(when)]).fetchone()[0] for when in (0, 1, 4, 5, 9)
        ]
        assert freeze_questions(con, Clock.fixed(day(9))) == 0
    assert standing == [1, 1, 1, 2, 2]


def test_stopping_keeps_what_was_decided_publishes_nothing_and_says_so(asked, onrecord, monkeypatch):
    class Stopped(io.StringIO):
        def readline(self, *_):
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", Stopped("f\nno act\n"))
    printed = onrecord("review", "--by", "ada")
    assert printed.code == 130
    assert "1 decided and kept, nothing published" in printed.out
    assert not asked.with_name("published.duckdb").exists()
    with open_warehouse(asked) as con:
        assert con.execute("select outcome from resolutions where resolved_by = 'ada'").fetchall() == [
            (Outcome.FAILED,)
        ]


def test_a_review_of_a_past_day_is_recorded_as_of_then(asked, onrecord, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("f\n\nq\n"))
    assert onrecord("review", "--by", "ada", "--as-of", AS_OF).code == 0
    with open_warehouse(asked) as con:
        assert con.execute("select recorded_at from resolutions where resolved_by = 'ada'").fetchall() == [(day(60),)]
