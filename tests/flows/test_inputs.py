"""Files and folders to pages; each bad one is set aside once, with its reason, and stops nothing."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.articles import Page, read_article
from claims.errors import UnreadableText
from claims.fetches import Fetch
from claims.records import SetAside
from claims.vocabulary import Basis, FetchStatus, Stage
from flows.archive import read
from flows.inputs import read_inputs
from flows.outlets import Outlets
from flows.reader import Found

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
OUTLETS = Outlets.model_validate(
    {"outlet": [{"id": "ledger", "name": "The Ledger", "homepage": "https://ledger.example/", "aliases": ["HL"]}]}
)
TEXT = "A minister said on Monday that the bridge would open in June, two officials told reporters."
Read = Callable[..., list[Found]]


@pytest.fixture
def read_all(tmp_path: Path) -> Read:
    def reading(*inputs: str | Path) -> list[Found]:
        return list(read_inputs([str(given) for given in inputs], now=NOW, outlets=OUTLETS, home=tmp_path / "home"))

    return reading


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only_page(found: list[Found]) -> Page:
    (page,) = found
    assert isinstance(page, Page), page
    return page


def only_aside(found: list[Found]) -> SetAside:
    (aside,) = found
    assert isinstance(aside, SetAside), aside
    assert aside.stage is Stage.INGEST
    assert aside.recorded_at == NOW
    return aside


def test_text_file(read_all: Read, inbox: Path, tmp_path: Path) -> None:
    path = write(inbox / "a.txt", TEXT)
    page = only_page(read_all(path))
    assert (page.text, page.what, page.fetched_at) == (TEXT, str(path), NOW)
    assert read(tmp_path / "home", page.raw_ref or "") == TEXT.encode()


def test_folder_is_read_through_in_order_of_name_and_hidden_files_are_left(read_all: Read, inbox: Path) -> None:
    write(inbox / "b" / "1.txt", TEXT)
    write(inbox / "a.txt", TEXT)
    write(inbox / ".DS_Store", b"\0\0")
    found = read_all(inbox)
    assert [Path(item.what).name for item in found if isinstance(item, Page)] == ["a.txt", "1.txt"]
    assert len(found) == 2


def test_link_back_to_its_own_folder_does_not_go_on_for_ever(read_all: Read, inbox: Path) -> None:
    write(inbox / "a.txt", TEXT)
    (inbox / "loop").symlink_to(inbox, target_is_directory=True)
    assert len(read_all(inbox)) == 1


def test_html_without_an_address_takes_the_canonical_one_and_its_outlet(read_all: Read, inbox: Path) -> None:
    head = '<link rel="canonical" href="https://www.ledger.example/x">'
    html = f"<html><head>{head}</head><body><p>{TEXT}</p></body></html>"
    page = only_page(read_all(write(inbox / "a.html", html)))
    assert (page.url, page.outlet) == ("https://www.ledger.example/x", "ledger")


def test_json_article_keeps_what_it_gives(read_all: Read, inbox: Path) -> None:
    given = {
        "doc_id": "d1",
        "url": "https://ledger.example/1",
        "outlet": "HL",
        "title": "T",
        "byline": ["A", "B"],
        "credit": "AP",
        "published": "2024-04-30",
        "fetched_at": "2024-04-30T20:00:00+02:00",
        "text": TEXT,
        "attributions": [{"source": [[0, 10]]}],
    }
    page = only_page(read_all(write(inbox / "a.json", json.dumps(given))))
    assert (page.doc_id, page.outlet, page.title, page.byline, page.credit) == ("d1", "ledger", "T", "A, B", "AP")
    assert (page.published, page.published_basis) == ("2024-04-30", Basis.USER)
    assert page.fetched_at == datetime(2024, 4, 30, 18, tzinfo=UTC)
    assert page.attributions == ({"source": [[0, 10]]},)


def test_fetched_at_in_the_future_counts_as_now(read_all: Read, inbox: Path) -> None:
    page = only_page(read_all(write(inbox / "a.json", json.dumps({"text": TEXT, "fetched_at": "2999-01-01"}))))
    assert page.fetched_at == NOW


def test_json_list_and_lines_lose_only_what_is_bad(read_all: Read, inbox: Path) -> None:
    listed = write(inbox / "a.json", json.dumps([{"text": TEXT}, {"title": "no text"}, {"text": TEXT + " Again."}]))
    lines = write(inbox / "b.jsonl", json.dumps({"text": TEXT}) + "\n{broken\n\n" + json.dumps({"html": "<p>x</p>"}))
    found = read_all(inbox)
    assert [(type(item).__name__, item.what) for item in found] == [
        ("Page", f"{listed}#1"),
        ("SetAside", f"{listed}#2"),
        ("Page", f"{listed}#3"),
        ("Page", f"{lines}:1"),
        ("SetAside", f"{lines}:2"),
        ("Page", f"{lines}:4"),
    ]


def test_markdown_loses_its_marks_and_gives_its_front_matter(read_all: Read, inbox: Path) -> None:
    front = "---\ntitle: 'A bridge'\ndate: 2024-04-29\n---\n"
    text = f"{front}## Why\n\n**A minister** said [it](https://x.example) would _open_.\n\n> Yes.\n"
    page = only_page(read_all(write(inbox / "a.md", text)))
    assert (page.title, page.published) == ("A bridge", "2024-04-29")
    assert page.text is not None
    assert page.text.split() == ["Why", "A", "minister", "said", "it", "would", "open.", "Yes."]


BOMB = "<html><body>" + "<div>" * 100_000 + TEXT
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<rss version='2.0'><channel><title>&b;</title><item><description>&b;</description></item></channel></rss>"
)
BAD_FILES = {
    "binary.txt": (bytes(range(256)) * 40, "UnreadableText", "binary"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + b"abc" * 100, "UnreadableText", "binary"),
    "cut.txt": ("“It will open,” she said. “Yes.”".encode()[:-1], "UnreadableText", "cut off"),
    "damaged.txt": ("naïve café, ".encode() * 20 + b"\xff\xfe\xfa" + "façade".encode(), "UnreadableText", "UTF-8"),
    "empty.txt": (b"", "UnreadableText", "empty"),
    "blank.md": (b" \n\n\t ", "UnreadableText", "empty"),
    "empty.jsonl": (b"\n\n", "UnreadableText", "empty"),
    "bomb.html": (BOMB.encode(), "UnreadableText", "nested"),
    "entities.xml": (ENTITIES.encode(), "UnreadableInput", "entities"),
    "entities16.xml": (ENTITIES.encode("utf-16"), "UnreadableInput", "entities"),
    "sitemap.xml": (b"<urlset><url><loc>https://x.example</loc></url></urlset>", "UnreadableInput", "RSS"),
    "no-entries.rss": (
        b"<rss version='2.0'><channel><title>x</title></channel></rss>",
        "UnreadableInput",
        "no entries",
    ),
    "number.json": (b"42", "UnreadableInput", "not an article"),
    "other.json": (b'{"name": "x"}', "UnreadableInput", "not an article"),
    "none.json": (b"[]", "UnreadableInput", "empty"),
    "cut.json": (b'{"text": "abc', "UnreadableInput", "not JSON"),
    "deep.json": (b"[" * 200_000, "UnreadableInput", "nested"),
    "digits.json": (b'{"text": ' + b"9" * 10_000 + b"}", "UnreadableInput", "not JSON"),
    "typed.json": (b'{"text": "a b c", "title": 7}', "UnreadableInput", "title"),
    "scheme.json": (b'{"text": "a b c", "url": "javascript:alert(1)"}', "UnreadableInput", "url"),
    "when.json": (b'{"text": "a b c", "fetched_at": "lately"}', "UnreadableInput", "fetched_at"),
    "spans.json": (b'{"text": "a b c", "attributions": [1]}', "UnreadableInput", "attributions"),
    "table.csv": (b"a,b\n1,2\n", "UnreadableInput", "no column"),
    "table.ods": (b"a,b\n1,2\n", "UnreadableInput", "kind"),
    "no-suffix": (b"text", "UnreadableInput", "kind"),
    "long.txt": (b"word " * 10_000_000, "UnreadableInput", "split"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_set_aside_with_a_remedy(read_all: Read, inbox: Path, name: str) -> None:
    content, error, says = BAD_FILES[name]
    path = write(inbox / name, content)
    aside = only_aside(read_all(path))
    assert (aside.what, aside.error) == (str(path), error)
    assert says in aside.message
    assert "\n" not in aside.message
    assert ": " in aside.message


def test_a_line_of_fifty_megabytes_costs_only_itself(read_all: Read, inbox: Path) -> None:
    path = inbox / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"a " * 500_000)
        file.write(b'"}\n' + json.dumps({"text": TEXT}).encode() + b"\n")
    aside, page = read_all(path)
    assert isinstance(aside, SetAside)
    assert aside.what == f"{path}:1"
    assert isinstance(page, Page)
    assert page.what == f"{path}:2"


def test_good_ones_are_read_among_bad_ones_and_rerun_gives_the_same_ids(read_all: Read, inbox: Path) -> None:
    for name, (content, _, _) in BAD_FILES.items():
        write(inbox / name, content)
    write(inbox / "zz-good.txt", TEXT)
    first, second = read_all(inbox), read_all(inbox)
    asides = [item for item in first if isinstance(item, SetAside)]
    assert len(asides) == len(BAD_FILES)
    assert len({aside.set_aside_id for aside in asides}) == len(BAD_FILES)
    assert [page for page in first if isinstance(page, Page)][-1].text == TEXT
    assert first == second


def test_missing_path_empty_folder_and_foreign_scheme(read_all: Read, inbox: Path) -> None:
    missing, empty, scheme, look = read_all(inbox / "nowhere", inbox, "ftp://ledger.example/feed")
    assert isinstance(look, Fetch)
    assert look.status is FetchStatus.REFUSED
    for item, says in ((missing, "no such file"), (empty, "nothing to read"), (scheme, "http")):
        assert isinstance(item, SetAside)
        assert says in item.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_not_waited_for(read_all: Read, inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.txt")
    assert "neither a file nor a folder" in only_aside(read_all(inbox / "pipe.txt")).message


@pytest.mark.parametrize("opening", ["<b>", "<li>", "<p>", "<table><tr><td>", "<x-y>", "<font>", "<ul><li>"])
def test_nested_markup_never_crashes_reading(opening: str) -> None:
    page = Page(html=f"<html><body>{opening * 30_000}{TEXT}</body></html>", fetched_at=NOW, what="bomb")
    try:
        found = read_article(page, recorded_at=NOW).text
    except UnreadableText as error:
        found = f"{TEXT} ({error.what})"
    assert TEXT in found


def test_inputs_are_read_as_they_are_asked_for(inbox: Path, tmp_path: Path) -> None:
    path = write(inbox / "a.txt", TEXT)
    found: Iterator[Found] = read_inputs(
        iter([str(path), str(inbox / "gone.txt")]), now=NOW, outlets=OUTLETS, home=tmp_path
    )
    assert isinstance(next(found), Page)
    write(inbox / "gone.txt", TEXT)
    assert isinstance(next(found), Page)
