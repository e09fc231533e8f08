"""Files for others and from others: ClaimReview out and in, Admiralty letters, every view; and the scorecard."""

import csv
import json

import builders
import duckdb
import pytest
from builders import day

from claims.vocabulary import CorrectedField, Outcome
from warehouse.connect import open_published, open_warehouse
from warehouse.load import add

AS_OF = day(60).isoformat()


@pytest.fixture
def judged(small_warehouse, onrecord):
    """The small warehouse with one judgement in it, published as of day 60."""
    with open_warehouse(small_warehouse) as con:
        told = {"note": "=HYPERLINK(1) listed", "evidence_url": "https://ledger.example/c", "question_version": 1}
        add(con, [builders.resolution("a-c", Outcome.HELD_UP, **told)])
    for stage in ("resolve", "score", "publish"):
        assert onrecord(stage, "--as-of", AS_OF).code == 0
    return small_warehouse


def exported(onrecord, tmp_path, form):
    out = tmp_path / "out" / form
    printed = onrecord("export", "--format", form, "--out", out)
    assert printed.code == 0, printed.err
    return out


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_judged_claim_is_a_claim_review_with_its_scale_and_every_appearance(judged, onrecord, tmp_path):
    graph = json.loads((exported(onrecord, tmp_path, "claimreview") / "claimreview.json").read_text(encoding="utf-8"))
    (review,) = graph["@graph"]
    assert (graph["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["claimReviewed"] == "sanctions will follow"
    assert review["datePublished"] == day(10).date().isoformat()
    item = review["itemReviewed"]
    assert item["firstAppearance"]["url"] == "https://ledger.example/a"
    assert {place["url"] for place in item["appearance"]} == {"https://ledger.example/a", "https://ledger.example/b"}
    # Nobody is made of a description.
    assert (item["author"]["@type"], item["author"]["name"]) == ("Thing", "aide")
    rating = review["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (1.0, 1, 0)
    assert rating["alternateName"] == "Held up"
    assert "Held up if this comes true" in rating["ratingExplanation"]


@pytest.mark.parametrize("wrap", ["single", "list", "graph", "feed", "items"])
def test_reviews_of_others_are_found_however_they_are_wrapped(judged, onrecord, tmp_path, wrap):
    review = {
        "@type": "ClaimReview",
        "author": [{"@type": "Organization", "name": "Checkers"}],
        "claimReviewed": "Sanctions will follow",
        "url": "https://checkers.example/1",
        "datePublished": "2019-03-01T10:00:00Z",
        "itemReviewed": {"@type": "Claim", "appearance": {"url": "http://www.ledger.example/a/?utm_source=x"}},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": "1",
            "bestRating": "5",
            "worstRating": "1",
            "alternateName": "False",
        },
    }
    document = {
        "single": review,
        "list": [{"@type": "WebPage"}, review],
        "graph": {"@context": "https://schema.org", "@graph": [review, {"@type": "Person"}]},
        "feed": {"@type": "DataFeed", "dataFeedElement": [review]},
        "items": {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review]}]},
    }[wrap]
    path = tmp_path / "reviews.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    printed = onrecord("import-claimreview", path, "--by", "ada", "--as-of", AS_OF)
    assert (printed.code, printed.out.strip()) == (0, "1 stored, 0 known, 1 matched, 0 refused")
    again = onrecord("import-claimreview", path, "--by", "ada", "--as-of", AS_OF)
    assert again.out.strip() == "0 stored, 1 known, 1 matched, 0 refused"
    with open_warehouse(judged) as con:
        found = con.execute(
            "select claim_id, reviewer, outcome, published_on::varchar from external_reviews"
        ).fetchall()
        assert found == [("a-c", "Checkers", "failed", "2019-03-01")]
        # What others say is shown, and counts for nothing.
        assert con.execute("select outcome from claim_outcomes(?) where claim_id = 'a-c'", [day(70)]).fetchone() == (
            "held_up",
        )
        assert con.execute("select count(*) from resolutions where resolved_by_kind = 'import'").fetchone() == (0,)


def test_a_review_of_something_else_is_kept_without_a_claim_and_a_broken_one_is_refused(judged, onrecord, tmp_path):
    reviews = [
        {
            "@type": "ClaimReview",
            "author": "Checkers",
            "claimReviewed": "The moon is made of cheese",
            "reviewRating": 3,
        },
        {"@type": "ClaimReview", "author": {"name": "Checkers"}},
        {"@type": "ClaimReview", "claimReviewed": "x"},
    ]
    path = tmp_path / "reviews.json"
    path.write_text(json.dumps(reviews), encoding="utf-8")
    printed = onrecord("import-claimreview", path, "--as-of", AS_OF)
    assert printed.out.strip() == "1 stored, 0 known, 0 matched, 2 refused"
    assert (printed.code, printed.err.count("refused, review")) == (1, 2)
    path.write_text("{", encoding="utf-8")
    assert onrecord("import-claimreview", path).code == 2


def test_what_we_export_comes_back_to_the_claims_it_is_about(judged, onrecord, tmp_path):
    path = exported(onrecord, tmp_path, "claimreview") / "claimreview.json"
    assert onrecord("import-claimreview", path, "--as-of", AS_OF).out.startswith("1 stored, 0 known, 1 matched")
    with open_warehouse(judged) as con:
        (row,) = con.execute("select claim_id, outcome, similarity from external_reviews").fetchall()
    assert (row[0] in {"a-c", "b-c"}, row[1:]) == (True, ("held_up", 1.0))


def test_every_view_is_written_with_a_dictionary_that_leaves_nothing_out(judged, onrecord, tmp_path):
    out = exported(onrecord, tmp_path, "csv")
    meanings = {(row["relation"], row["name"]): row["meaning"] for row in rows_of(out / "dictionary.csv")}
    written = {path.stem for path in out.glob("*.csv")} - {"dictionary"}
    assert written == {relation for relation, _ in meanings}
    assert {"claims_now", "source_record", "questions_now", "phrase_record", "reader_agreement"} <= written
    assert all(meanings.values())
    for name in written:
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert {(name, column) for column in header} <= set(meanings)
    parquet = exported(onrecord, tmp_path, "parquet")
    with open_published(judged.with_name("published.duckdb")) as con:
        wanted = con.execute("select claim_id, outcome from claims_now order by all").fetchall()
    found = duckdb.read_parquet(str(parquet / "claims_now.parquet")).select("claim_id, outcome").fetchall()
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_no_cell_of_an_export_is_a_formula(judged, onrecord, tmp_path):
    out = exported(onrecord, tmp_path, "csv")
    details = [row["detail"] for row in rows_of(out / "claim_history.csv") if "HYPERLINK" in row["detail"]]
    assert details
    texts = {(row["relation"], row["name"]) for row in rows_of(out / "dictionary.csv") if row["type"] == "VARCHAR"}
    for relation, name in texts:
        assert not [row for row in rows_of(out / f"{relation}.csv") if row[name][:1] in {"=", "+", "-", "@"}]


def test_letters_say_f_and_6_where_little_is_known(judged, onrecord, tmp_path):
    out = exported(onrecord, tmp_path, "admiralty")
    grades = {row["claim_id"]: row["grade"] for row in rows_of(out / "admiralty_claims.csv")}
    assert grades == {"a-c": "F1", "c-c": "F6"}
    assert {row["letter"] for row in rows_of(out / "admiralty_sources.csv")} == {"F"}
    assert "never an input" in (out / "admiralty_mapping.txt").read_text(encoding="utf-8")


def scorecard(onrecord, path, at=AS_OF):
    printed = onrecord("scorecard", "--as-of", at, "--out", path)
    assert printed.code == 0, printed.err
    return path.read_bytes()


def test_the_scorecard_of_a_past_day_comes_out_byte_for_byte_whatever_is_recorded_later(judged, onrecord, tmp_path):
    before = scorecard(onrecord, tmp_path / "before.json")
    card = json.loads(before)
    assert card["claims"]["outcomes"] == {"held_up": 1, "not judged": 1}
    later = day(80)
    new = {"fetched_at": later, "recorded_at": later}
    told = {
        "made_earliest": later,
        "made_latest": later,
        "due_earliest": later,
        "due_latest": later,
        "recorded_at": later,
    }
    rows = [
        *builders.told("d", article_fields=new | {"published_earliest": later, "published_latest": later}, **told),
        builders.resolution("a-c", Outcome.FAILED, recorded_at=later, note="it did not"),
        builders.resolution("c-c", Outcome.PARTLY, recorded_at=later),
        builders.correction("a-c", CorrectedField.LEVEL, "A6", recorded_at=later),
        builders.copy("b", "a", decided_by="person:ada", recorded_at=later, withdrawn_at=later),
        builders.match("a-c", "b-c", decided_by="person:ada", recorded_at=later, withdrawn_at=later),
        builders.grouping("b-c", "b", "o3", "p3", later),
    ]
    with open_warehouse(judged) as con:
        for row in rows:
            add(con, [row])
    assert onrecord("question", "a-c", "--failed-if", "no act by May", "--why", "clearer", "--no-publish").code == 0
    now = day(120).isoformat()
    for stage in ("resolve", "score", "publish"):
        assert onrecord(stage, "--as-of", now).code == 0
    assert scorecard(onrecord, tmp_path / "again.json") == before
    changed = json.loads(scorecard(onrecord, tmp_path / "now.json", now))
    assert changed["claims"]["outcomes"] != card["claims"]["outcomes"]
    assert set(changed["subjects"]["anonymity"]) == {"A6", "A7"}
