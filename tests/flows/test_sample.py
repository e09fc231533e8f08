"""The sample is what its README says: it parses, its judgements and gold point into its texts, its dates make sense."""

import csv
import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import html

from claims.vocabulary import Anonymity, CopyRelation, Kind, Modality, Outcome, Polarity

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "flows" / "sample"
GOLD = ROOT / "tests" / "gold"
BROKEN = {"23-harbour-ledger-cut.txt", "24-sierra-bulletin-cut.json", "25-harbour-ledger-empty.txt"}
FIRST, LAST = datetime(2019, 2, 1, tzinfo=UTC), datetime(2019, 6, 1, tzinfo=UTC)


def read_sample() -> list[dict[str, Any]]:
    """Every article of the sample with `file`, `text` and, where the shape has them, `doc_id`, `url`, `published`."""
    found = []
    for path in sorted(SAMPLE.glob("[0-9][0-9]-*")):
        if path.name not in BROKEN:
            found += [{"file": path.name, **article} for article in read_file(path)]
    return found


def read_file(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".json":
            return [json.loads(text)]
        case ".jsonl":
            return [json.loads(line) for line in text.splitlines()]
        case ".html":
            return [read_page(text)]
        case ".xml":
            return [read_item(item) for item in feedparser.parse(text).entries]
        case _:
            return [{"text": text}]


def read_page(text: str) -> dict[str, Any]:
    page = html.fromstring(text)
    (data,) = (json.loads(script) for script in page.xpath("//script[@type='application/ld+json']/text()"))
    (article,) = (node for node in data.get("@graph", [data]) if "datePublished" in node)
    return {
        "text": "\n".join(p.text_content() for p in page.xpath("//p")),
        "url": page.xpath("string(//link[@rel='canonical']/@href)"),
        "outlet": page.xpath("string(//meta[@property='og:site_name']/@content)"),
        "published": article["datePublished"],
    }


def read_item(item: Any) -> dict[str, Any]:
    return {
        "text": html.fromstring(item.content[0].value).text_content(),
        "url": item.link,
        "published": parsedate_to_datetime(item.published).isoformat(),
    }


def read_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def read_resolutions() -> list[dict[str, str]]:
    with (SAMPLE / "resolutions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ARTICLES = read_sample()
CLAIMS = read_lines("sample_claims.jsonl")
COPIES = read_lines("sample_copies.jsonl")
RESOLUTIONS = read_resolutions()
OUTLETS = tomllib.loads((SAMPLE / "outlets.toml").read_text(encoding="utf-8"))["outlet"]


def one(row: dict[str, Any]) -> dict[str, Any]:
    """The article that a row names: by doc_id, else by url, else by file."""
    name = next(name for name in ("doc_id", "url", "file") if row.get(name))
    (article,) = (article for article in ARTICLES if article.get(name) == row[name])
    return article


def when(article: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(article["published"])


def test_there_are_about_twenty_five_articles_and_each_has_a_text() -> None:
    assert 25 <= len(ARTICLES) <= 30
    assert all(80 <= len(article["text"].split()) <= 450 for article in ARTICLES)


def test_every_shape_is_there() -> None:
    suffixes = {Path(article["file"]).suffix for article in ARTICLES}
    assert suffixes == {".txt", ".md", ".html", ".json", ".jsonl", ".xml"}


def test_names_that_identify_an_article_are_given_once() -> None:
    ids = [article["doc_id"] for article in ARTICLES if "doc_id" in article]
    assert len(ids) == len(set(ids))


def test_the_broken_files_are_broken() -> None:
    with pytest.raises(UnicodeDecodeError):
        (SAMPLE / "23-harbour-ledger-cut.txt").read_text(encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        json.loads((SAMPLE / "24-sierra-bulletin-cut.json").read_text(encoding="utf-8"))
    assert (SAMPLE / "25-harbour-ledger-empty.txt").read_bytes() == b""


def test_dates_lie_in_the_story_and_nothing_is_fetched_before_it_is_published() -> None:
    for article in ARTICLES:
        if "published" in article:
            assert FIRST < when(article) < LAST, article["file"]
        if "fetched_at" in article:
            assert when(article) < datetime.fromisoformat(article["fetched_at"]) < when(article) + timedelta(days=2)


def test_the_numbers_of_the_files_follow_the_time() -> None:
    alone = [a for a in ARTICLES if "published" in a and not a["file"].endswith((".jsonl", ".xml"))]
    times = [when(article) for article in alone]
    assert len(times) >= 18
    assert times == sorted(times)


def test_every_address_belongs_to_an_invented_outlet() -> None:
    hosts = {urlsplit(outlet["homepage"]).hostname for outlet in OUTLETS}
    assert all(host and host.endswith(".example") for host in hosts)
    addresses = [article["url"] for article in ARTICLES if "url" in article]
    addresses += [row["evidence_url"] for row in RESOLUTIONS if row["evidence_url"]]
    assert {urlsplit(address).hostname for address in addresses} <= hosts


def test_every_outlet_of_an_article_is_listed() -> None:
    listed = {name for outlet in OUTLETS for name in (outlet["name"], *outlet["aliases"])}
    assert {article["outlet"] for article in ARTICLES if "outlet" in article} <= listed


def test_the_scraped_page_has_its_mess() -> None:
    lines = one({"file": "01-harbour-ledger-page.txt"})["text"].splitlines()
    assert lines[:2] == ["World", "5 years ago"]
    assert {"Published :", "Updated :", "Share this news"} <= set(lines)
    (caption,) = {line for line in lines if line.startswith("Colonel Jose Luis Silva")}
    assert lines.count(caption) == 2
    assert "January 26, 2019" in caption
    assert "February" not in "".join(lines)


def test_reprints_change_what_the_readme_says_they_change() -> None:
    wire, dropped = one({"doc_id": "mw-20190208-own-lines"}), one({"doc_id": "cs-20190209-officers"})
    hopes, verbatim = one({"file": "04-daily-breakwater-hopes.html"}), one({"doc_id": "pr-20190209-ap1187"})
    assert "condition of anonymity" in wire["text"]
    assert "anonymity" not in dropped["text"]
    assert "expects more soldiers" in wire["text"]
    assert "hopes for more soldiers" in hopes["text"]
    assert verbatim["text"] == wire["text"]


def test_the_correction_says_what_was_wrong() -> None:
    wrong, right = one({"doc_id": "cs-20190301-sanctions"}), one({"doc_id": "cs-20190301-sanctions-v2"})
    assert wrong["url"] == right["url"]
    assert "seven Venezuelan security officials" in wrong["text"]
    assert right["correction"].startswith("Correction: An earlier version")
    assert right["correction"] in right["text"]


@pytest.mark.parametrize("row", RESOLUTIONS, ids=lambda row: row["phrase"])
def test_a_judgement_names_one_place_and_comes_after_its_evidence(row: dict[str, str]) -> None:
    article = one(row)
    recorded = datetime.fromisoformat(row["recorded_at"])
    assert row["claim_id"] == ""
    assert article["text"].count(row["phrase"]) == 1
    assert when(article) < recorded
    assert Outcome(row["outcome"])
    assert row["resolved_by"]
    assert row["note"].endswith(".")
    if row["event_date"]:
        assert date.fromisoformat(row["event_date"]) <= recorded.date()
    for evidence in ARTICLES:
        if row["evidence_url"] and evidence.get("url") == row["evidence_url"]:
            assert when(article) < when(evidence) < recorded
            assert row["event_date"]
            assert date.fromisoformat(row["event_date"]) <= when(evidence).date()


def test_outcomes_are_spread_over_levels_and_outlets() -> None:
    levels = {claim["anonymity"] for row in RESOLUTIONS for claim in CLAIMS if judged(row, claim)}
    outlets = {one(row).get("outlet") for row in RESOLUTIONS}
    given = {row["outcome"] for row in RESOLUTIONS}
    assert given == set(Outcome) - {Outcome.VOID, Outcome.SUPERSEDED, Outcome.WITHDRAWN}
    assert levels >= {"A1", "A2", "A3", "A4", "A5", "A6", "A7"}
    assert len(outlets) >= 6
    assert len({row["resolved_by"] for row in RESOLUTIONS}) == 2


def test_every_judgement_bears_on_an_expected_claim_and_many_due_ones_are_left() -> None:
    assert all(any(judged(row, claim) for claim in CLAIMS) for row in RESOLUTIONS)
    left = [c for c in CLAIMS if c["horizon"] and c["trackable"] and not any(judged(r, c) for r in RESOLUTIONS)]
    assert len(left) >= 10


def judged(row: dict[str, str], claim: dict[str, Any]) -> bool:
    return one(row) is one(claim) and (row["phrase"] in claim["content"] or claim["content"] in row["phrase"])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim['file'][:2]}: {claim['content'][:50]}")
def test_an_expected_claim_is_printed_in_its_article_and_keeps_to_the_codebook(claim: dict[str, Any]) -> None:
    text = one(claim)["text"]
    kind, modality = Kind(claim["kind"]), Modality(claim["modality"])
    assert Anonymity(claim["anonymity"])
    assert Polarity(claim["polarity"])
    assert claim["content"] in text
    if claim["source"] is None:
        assert claim["anonymity"] == "A7"
        assert claim["resolved_source"] is None
    else:
        assert claim["source"] in text
        assert claim["resolved_source"]
    if kind in (Kind.OPINION, Kind.NONE):
        assert modality is Modality.NONE
        assert not claim["trackable"]
    if kind in (Kind.PREDICTION, Kind.INTENTION, Kind.DENIAL):
        assert modality is not Modality.NONE
    if claim["anonymity"] in ("A0", "A1", "A2"):
        assert not claim["condition_stated"]


def test_the_expected_claims_cover_the_codebook() -> None:
    assert len(CLAIMS) >= 60
    assert {claim["anonymity"] for claim in CLAIMS} == set(Anonymity)
    assert {claim["kind"] for claim in CLAIMS} == set(Kind)
    assert {claim["modality"] for claim in CLAIMS} == set(Modality)
    assert {claim["file"] for claim in CLAIMS} == {article["file"] for article in ARTICLES}


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy["copy"])
def test_a_copy_is_not_older_than_what_it_copies(copy: dict[str, str]) -> None:
    article, original = named(copy["copy"]), named(copy["of"])
    assert CopyRelation(copy["relation"])
    assert article is not original
    if "published" in article:
        assert when(article) >= when(original)


def named(name: str) -> dict[str, Any]:
    (article,) = (article for article in ARTICLES if name in (article.get("doc_id"), article["file"]))
    return article


def test_the_licence_and_what_is_invented_are_stated() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache-2.0" in readme
    assert "Invented" in readme
    assert "Apache License" in licence
    assert "Copyright 2026 the onrecord authors" in licence
