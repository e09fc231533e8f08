"""Judging claims: one by one, by a CSV round trip, in the terminal; and undoing what a machine joined."""

import csv
import io

import pytest
from builders import day

from flows.judgements import COLUMNS, Judgement, read_judgements, write_judgements
from flows.masking import MASK, blind, covered, masked
from warehouse.connect import open_published, open_warehouse
from warehouse.read import resolutions_of

AS_OF = day(60).isoformat()


def judged(path, claim_id="a-c"):
    with open_warehouse(path) as con:
        return [
            (row["outcome"], row["resolved_by"], row["resolved_by_kind"], row["note"])
            for row in resolutions_of(con, claim_id)
            if row["resolved_by_kind"] != "machine"
        ]


def published_outcome(path, claim_id="a-c"):
    with open_published(path.with_name("published.duckdb")) as con:
        return con.execute("select outcome from claims_now where claim_id = ?", [claim_id]).fetchone()[0]


def fill_in(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def counts(printed):
    return printed.out.splitlines()[0] if printed.out else printed


def test_a_judgement_is_recorded_published_and_shared_by_copies(small_warehouse, onrecord):
    printed = onrecord(
        "resolve", "a-", "held_up", "--evidence", "https://x.example/1", "--note", "listed", "--by", "ada"
    )
    assert printed.code == 0, printed.err
    assert judged(small_warehouse) == [("held_up", "ada", "person", "listed")]
    assert published_outcome(small_warehouse) == "held_up"
    assert published_outcome(small_warehouse, "b-c") == "held_up"


@pytest.mark.slow
def test_a_later_judgement_counts_and_the_earlier_stays(small_warehouse, onrecord):
    for outcome in ("held_up", "failed", "reopened"):
        assert onrecord("resolve", "a-c", outcome, "--by", "ada").code == 0
    assert [row[0] for row in judged(small_warehouse)] == ["held_up", "failed", None]
    assert published_outcome(small_warehouse) is None


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["zzz", "held_up"], "no claim"),
        (["a-c"], "outcome"),
        (["a-c", "true"], "held_up"),
        (["a-c", "held_up", "--evidence", "javascript:alert(1)"], "https://"),
        (["a-c", "held_up", "--event-date", "Friday"], "2019-02-15"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_one_line(small_warehouse, onrecord, arguments, remedy):
    printed = onrecord("resolve", *arguments, "--by", "ada")
    assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert remedy in printed.err
    assert judged(small_warehouse) == []


def test_an_ambiguous_beginning_of_an_id_is_refused(small_warehouse, onrecord):
    onrecord("resolve", "a-c", "held_up", "--by", "ada", "--no-publish")
    assert onrecord("resolve", "", "held_up").code == 2


def test_the_queue_goes_out_and_comes_back(small_warehouse, onrecord, tmp_path):
    out = tmp_path / "queue.csv"
    assert onrecord("review", "--export", out, "--as-of", AS_OF).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [(row["claim_id"], row["workflow"], row["proposed"]) for row in rows] == [
        ("a-c", "proposed", "held_up"),
        ("c-c", "due", ""),
    ]
    assert rows[0]["proposed_quote"] == "Treasury listed five officials"
    rows[0] |= {"outcome": "Held up", "resolved_by": "ada", "note": "as proposed"}
    back = fill_in(tmp_path / "back.csv", *rows)
    assert counts(onrecord("review", "--import", back)) == "1 accepted, 0 unchanged, 1 blank, 0 refused"
    assert judged(small_warehouse) == [("held_up", "ada", "person", "as proposed")]
    assert counts(onrecord("review", "--import", back)) == "0 accepted, 1 unchanged, 1 blank, 0 refused"


def test_imported_records_keep_their_time_and_importing_twice_adds_nothing(small_warehouse, onrecord, tmp_path):
    given = {"doc_id": "doc-a", "phrase": "Sanctions  will FOLLOW", "resolved_by": "file"}
    path = fill_in(
        tmp_path / "old.csv",
        given | {"outcome": "failed", "recorded_at": "2019-03-01"},
        given | {"outcome": "reopened", "recorded_at": "2019-03-02T10:00:00+01:00"},
        given | {"outcome": "held_up", "recorded_at": "2019-03-03T00:00:00Z", "event_date": "2019-02-15"},
    )
    assert counts(onrecord("review", "--import", path)) == "3 accepted, 0 unchanged, 0 blank, 0 refused"
    assert counts(onrecord("review", "--import", path)) == "0 accepted, 3 unchanged, 0 blank, 0 refused"
    with open_warehouse(small_warehouse) as con:
        for when, outcome in (("2019-03-01 12:00", "failed"), ("2019-03-02 12:00", None), ("2019-03-04", "held_up")):
            row = con.execute("select outcome from claim_outcomes(?::timestamptz)", [when]).fetchone()
            assert row == (outcome,)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"doc_id": "doc-a", "phrase": "it rains", "outcome": "failed"}, "no claim"),
        ({"doc_id": "doc-z", "phrase": "sanctions", "outcome": "failed"}, "no article"),
        ({"doc_id": "doc-a", "outcome": "failed"}, "which claim"),
        ({"claim_id": "zz", "outcome": "failed"}, "zz"),
        ({"claim_id": "a-c", "outcome": "true"}, "no outcome"),
        ({"claim_id": "a-c", "outcome": "failed", "recorded_at": "2999-01-01"}, "future"),
        ({"claim_id": "a-c", "outcome": "failed", "recorded_at": "soon"}, "recorded_at"),
        ({"claim_id": "a-c", "outcome": "failed", "evidence_url": "see file"}, "https://"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(small_warehouse, onrecord, tmp_path, row, reason):
    good = {"claim_id": "c-c", "outcome": "void", "resolved_by": "ada"}
    printed = onrecord("review", "--import", fill_in(tmp_path / "x.csv", row, good), "--no-publish")
    assert counts(printed) == "1 accepted, 0 unchanged, 0 blank, 1 refused"
    assert printed.code == 1
    assert "line 2" in printed.err
    assert reason in printed.err


def test_two_undated_judgements_of_one_claim_contradict_each_other(small_warehouse, onrecord, tmp_path):
    rows = [{"claim_id": "a-c", "outcome": outcome} for outcome in ("failed", "held_up")]
    printed = onrecord("review", "--import", fill_in(tmp_path / "x.csv", *rows), "--by", "ada", "--no-publish")
    assert counts(printed) == "1 accepted, 0 unchanged, 0 blank, 1 refused"


def test_a_file_that_is_no_such_table_is_bad_input(small_warehouse, onrecord, tmp_path):
    for name, payload in (
        ("a.csv", b"claim,verdict\n1,2\n"),
        ("b.csv", b"claim_id,outcome\n\xff\xfe,1\n"),
        ("c.csv", b""),
    ):
        (tmp_path / name).write_bytes(payload)
        printed = onrecord("review", "--import", tmp_path / name)
        assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert onrecord("review", "--import", tmp_path / "none.csv").code != 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=quoted", "''=twice", "plain", "'plain", "\tx"])
def test_cells_that_a_spreadsheet_would_run_are_guarded_and_come_back(tmp_path, text):
    path = tmp_path / "x.csv"
    write_judgements(path, [{"claim_id": "c", "outcome": "failed", "note": text}])
    with path.open(encoding="utf-8", newline="") as file:
        (cells,) = csv.DictReader(file)
    assert cells["note"][0] not in "=+-@\t"
    (judgement,) = read_judgements(path)
    assert judgement == Judgement(line=2, claim_id="c", outcome="failed", note=text.strip())


def test_semicolons_and_a_byte_order_mark_are_what_spreadsheets_write(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("\ufeffClaim_ID;Outcome;Note\nc;failed;a, b\n", encoding="utf-8")
    assert read_judgements(path) == (Judgement(line=2, claim_id="c", outcome="failed", note="a, b"),)
    assert set(COLUMNS) >= {"claim_id", "doc_id", "url", "phrase", "outcome", "evidence_url", "event_date"}


def in_terminal(monkeypatch, keys):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(keys)))


def test_the_source_is_masked_until_it_is_decided(small_warehouse, onrecord, monkeypatch):
    in_terminal(monkeypatch, ["q\n"])
    before = onrecord("review", "--as-of", AS_OF, "--by", "ada").out
    assert "1 of 2" in before
    assert "aide" not in before
    in_terminal(monkeypatch, ["h\n", "listed\n", "q\n"])
    after = onrecord("review", "--as-of", AS_OF, "--by", "ada")
    assert "aide" in after.out
    assert judged(small_warehouse) == [("held_up", "ada", "person", "listed")]


def test_a_decision_is_undone_by_a_row_and_not_by_forgetting(small_warehouse, onrecord, monkeypatch):
    in_terminal(monkeypatch, ["f\n", "\n", "b\n", " \n", "?\n"])
    printed = onrecord("review", "--as-of", AS_OF, "--by", "ada", "--no-publish")
    assert printed.code == 0
    assert "0 decided" in printed.out
    assert [row[0] for row in judged(small_warehouse)] == ["failed", None]


def test_names_are_masked_whole_and_whatever_their_case():
    assert masked("The Aide said; an aide's aides.", ["aide", None, " "]) == f"The {MASK} said; an {MASK}'s aides."


ROW = {
    "passage": "Rain fell. Nora Finch promised, on condition of anonymity, that Finch would act. The mayor wept.",
    "passage_start": 100,
    "source_spans": [{"start": 111, "end": 121}],
    "cue": [{"start": 122, "end": 130}],
    "resolved_source": "Nora Finch",
    "source_text": "Nora Finch",
    "anonymity": "A1",
    "claim_text": "[Nora Finch] would act",
    "title": "Finch acts",
    "trackable_reason": "an act",
    "evidence": [{"quote": "Nora\nFinch acted; finches sang.", "stance": "supports"}],
}


def test_nothing_that_is_shown_tells_the_source():
    shown = blind(ROW)
    assert shown["passage"].startswith(f"Rain fell. {MASK} {MASK}, ")
    assert "anonymity" not in shown["passage"]
    assert "The mayor wept." in shown["passage"]
    assert (shown["claim_text"], shown["title"]) == (f"[{MASK}] would act", f"{MASK} acts")
    assert shown["evidence"][0]["quote"] == f"{MASK} acted; finches sang."
    assert "finch" not in " ".join((shown["passage"], shown["claim_text"], shown["title"])).casefold()


def test_what_others_made_of_a_claim_does_not_tell_whose_it_is():
    row = ROW | {
        "others": [{"claimant": "Ann Wren", "claim_text": "Minister Wren, Ann Wren: ‘we act’", "rating": "false"}]
    }
    (other,) = blind(row)["others"]
    assert "Ann Wren" not in other["claim_text"]
    assert (other["claimant"], other["rating"]) == ("Ann Wren", "false")
    assert MASK in other["claim_text"]


def test_a_pronoun_as_source_is_covered_where_it_speaks_and_nowhere_else():
    row = ROW | {"passage": "He said he fell.", "source_text": "He", "resolved_source": None, "anonymity": "A7"}
    row |= {"passage_start": 0, "source_spans": [{"start": 0, "end": 2}], "cue": [{"start": 3, "end": 7}]}
    assert blind(row)["passage"] == f"{MASK} {MASK} he fell."


def test_a_source_that_speaks_on_condition_is_covered_whole():
    text = "It rains, the official said, speaking on condition of anonymity."
    start = text.index("the official")
    spans = [
        {"start": start, "end": len(text) - 1},
        {"start": start + 13, "end": start + 17},
        {"start": 500, "end": 510},
    ]
    assert covered(text, spans, first=0) == f"It rains, {MASK}."
    assert covered(text[start + 4 :], spans, first=start + 4) == f"{MASK}."


def test_the_exported_queue_tells_no_source(small_warehouse, onrecord, tmp_path):
    out = tmp_path / "queue.csv"
    onrecord("review", "--export", out, "--as-of", AS_OF)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert rows[0]["passage"] == f"{MASK} {MASK} sanctions will follow."


def test_an_undone_match_stays_undone(small_warehouse, onrecord):
    printed = onrecord("unmerge", "a-c", "b-c", "--by", "ada")
    assert printed.code == 0, printed.err
    with open_published(small_warehouse.with_name("published.duckdb")) as con:
        assert con.execute("select * from same_claims where 'a-c' in (claim_id, other_claim_id)").fetchall() == []
    assert onrecord("unmerge", "a-c", "b-c").code == 2


def test_an_undone_copy_stays_undone(small_warehouse, onrecord):
    printed = onrecord("uncopy", "b", "a", "--by", "ada")
    assert printed.code == 0, printed.err
    with open_published(small_warehouse.with_name("published.duckdb")) as con:
        assert con.execute("select copy_of from articles_now where article_id = 'b'").fetchone() == (None,)
    assert onrecord("uncopy", "b", "a").code == 2


@pytest.mark.slow
def test_a_copy_that_a_person_sees_is_one(small_warehouse, onrecord):
    onrecord("uncopy", "b", "a", "--by", "ada")
    printed = onrecord("copy-of", "b", "a", "--relation", "rewritten", "--by", "ada")
    assert printed.code == 0, printed.err
    with open_published(small_warehouse.with_name("published.duckdb")) as con:
        assert con.execute("select copy_of from articles_now where article_id = 'b'").fetchone() == ("a",)
    assert onrecord("copy-of", "b", "b").code == 2
