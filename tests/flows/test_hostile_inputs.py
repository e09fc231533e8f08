"""What somebody may send us on purpose: it ends as set-asides and harmless text, in the tables and on the terminal."""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import Site, serving

from claims.articles import Page, read_article
from claims.errors import ClaimsError
from claims.vocabulary import Stage
from flows.pipeline import run_stage
from flows.settings import Clock, Settings, load_settings
from warehouse.connect import open_warehouse
from warehouse.rows import dicts

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
TEXT = "Two officials said on Tuesday that the bridge would open in June, a month later than planned."
CSI, OSC, BELL = "\x1b[31;5m", "\x1b]0;owned\x07", "\x07"
LINK = "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\"
BIDI = "\u202egnp.exe\u202c\u2066x\u2069\u061c"
HIDDEN = "\u200b\u200e\ufeff\u00ad\U000e0041\U000e007f"
HARM = f"{CSI}{OSC}{BELL}{LINK}{BIDI}{HIDDEN}\x9b31m\r\x08\x7f\u2028"
EVERYTHING = f"{HARM}\x00"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
SQL = "'); drop table articles; --"
# Everything but the line break, which texts have.
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
MARKUP = re.compile(r"<script|<img|onerror", re.IGNORECASE)


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>{SCRIPT}L{SQL}</title>{''.join(items)}</channel></rss>"


def item(link: str, title: str = "Bridge", text: str = TEXT, more: str = "") -> str:
    return f"<item><title><![CDATA[{title}]]></title><link>{link}</link><description>{text}</description>{more}</item>"


def html(head: str = "", body: str = f"<p>{TEXT}</p>", opening: str = "<html>") -> str:
    return f"{opening}<head>{head}</head><body><article>{body}</article></body></html>"


def linked_data(**values: object) -> str:
    node = json.dumps({"@type": "NewsArticle", **values}).replace("</", "<\\/")
    return f'<script type="application/ld+json">{node}</script>'


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
JSON = {"Content_Type": "application/json"}
MANY = {
    "text": EVERYTHING + TEXT, "title": SCRIPT * 10_000, "byline": [SQL, EVERYTHING], "outlet": OSC + "x",
    "credit": LINK, "doc_id": EVERYTHING, "published": CSI,
}  # fmt: skip
SAYS = {
    "headline": HARM + SCRIPT, "datePublished": CSI + "soon", "articleSection": OSC, "author": {"name": SCRIPT + SQL},
    "publisher": {"name": HARM}, "inLanguage": CSI,
}  # fmt: skip
ITEMS = [{"id": EVERYTHING, "content_html": SCRIPT + TEXT, "title": EVERYTHING}, {"url": [1], "content_text": {}}, None]
FEED = rss(
    item("javascript:alert(1)"),
    item("file:///etc/passwd"),
    item("data:text/html,x"),
    item(f"http://127.0.0.1:{{port}}/{CSI}1"),
    item("http://127.0.0.1:{port}/2", title=SCRIPT + CSI + BIDI),
    item("http://127.0.0.1:{port}/3", text=f"{BIDI}{HIDDEN}{TEXT}"),
    item("http://127.0.0.1:{port}/4", more=f"<source url='x'>{SCRIPT}</source><author>{SQL}</author>"),
    item("http://localhost:{port}/secret", text=TEXT + " 5"),
).replace("\x1b", "&#27;")
LOCATIONS = ("file:///x", "http://localhost:{port}/secret", "http://169.254.169.254/", "http://[::1]/", "javascript:x")
# What each address gives, and the error with which it is set aside, if it is.
PAGES: dict[str, tuple[bytes | str, dict[str, str], str | None]] = {
    "/bomb": (gzip.compress(b"<p>" + b"0" * 50_000_000), {"Content_Encoding": "gzip"}, "Gone"),
    "/bomb.xml.gz": (gzip.compress(b"<urlset>" + b" " * 50_000_000), {}, "Gone"),
    "/large": (b"", {"Content_Length": "1" + "0" * 15}, "Gone"),
    "/laughs.xml": (f"<!DOCTYPE rss [{ENTITIES}]>{rss(item('', text='&a9;'))}", {}, "UnreadableInput"),
    "/laughs-map.xml": (f"<!DOCTYPE x [{ENTITIES}]><urlset><url><loc>&a9;</loc></url></urlset>", {}, "UnreadableInput"),
    "/external.xml": (f"<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{rss(item('', text='&x;'))}", {},
                      "UnreadableInput"),
    "/deep.html": (html(body="<div>" * 100_000 + TEXT), {}, "UnreadableText"),
    "/deep.json": ("[" * 200_000, JSON, "UnreadableInput"),
    "/deep-ld.html": (html(f'<script type="application/ld+json">{"[" * 50_000}</script>'), {}, None),
    "/loopback": (b"", {"Location": "http://localhost:{port}/secret"}, "Refused"),
    "/decimal": (b"", {"Location": "http://2130706433/secret"}, "Refused"),
    "/metadata": (b"", {"Location": "http://169.254.169.254/latest/meta-data/"}, "Refused"),
    "/file": (b"", {"Location": "file:///etc/passwd"}, "Refused"),
    "/endless": (b"", {"Location": "/endless"}, "Gone"),
    "/nul": (html(body=f"<p>{TEXT}\0</p>"), {}, "UnreadableText"),
    "/title": (html(f"<title>{SCRIPT}{HARM}Bridge</title>"), {}, None),
    "/long-title": (html(f"<title>{'Bridge ' * 150_000}</title>"), {}, None),
    "/byline": (html(f'<meta name="author" content="{SQL} {HARM}">'), {}, None),
    "/text": (html(body=f"<p>{HARM}{TEXT}{BIDI}{LINK}</p><p>{SCRIPT}{SQL}</p>"), {}, None),
    "/says": (html(linked_data(**SAYS)), {}, None),
    "/canonical": (html(f'<link rel="canonical" href="https://l.example/{HARM}">'), {}, None),
    "/language": (html(opening=f'<html lang="{CSI}">'), {}, None),
    "/picture": (b"\x89PNG\r\n\x1a\n" + b"abc" * 100, {"Content_Type": "text/html"}, "UnreadableText"),
    "/charset": (html(), {"Content_Type": "text/html; charset=zip"}, None),
    "/json": (json.dumps(MANY), JSON, None),
    "/surrogate": (r'{"text": "The minister said \ud800 no, two officials said.", "title": "\udfff"}', JSON, None),
    "/json-url": (json.dumps({"text": TEXT, "url": f"https://l.example/{CSI}"}), JSON, "UnreadableInput"),
    "/etag": (html(), {"ETag": '"\x9b31m"', "Last_Modified": "x" * 5_000}, None),
    "/feed": (FEED, {}, None),
    "/map.xml": ("<urlset>" + "".join(f"<url><loc>{loc}</loc></url>" for loc in LOCATIONS) + "</urlset>", {}, None),
    "/feed.json": (json.dumps({"version": "https://jsonfeed.org/version/1", "title": EVERYTHING, "items": ITEMS}),
                   {"Content_Type": "application/feed+json"}, None),
}  # fmt: skip
NAMES = (
    "a\x1b]0;owned\x07.txt", "new\nline.txt", "\u202etxt.exe.txt", "; rm -rf $HOME `id`.txt", "-rf.txt", "..txt",
    "%2e%2e%2fetc.txt", "'); drop table articles; --.txt", "=cmd|'x'!A1.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as opened:
        port = opened.address.rpartition(":")[2]
        for path, (body, headers, _) in PAGES.items():
            payload = body.replace("{port}", port) if isinstance(body, str) else body
            told = {name: value.replace("{port}", port) for name, value in headers.items()}
            opened.says(path, payload, 302 if "Location" in told else 200, **told)
        opened.says("/secret", html(body=f"<p>The secret is out, two officials said. {TEXT}</p>"))
        opened.says("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 100_000 + EVERYTHING)
        yield opened


@pytest.fixture(scope="module")
def ingested(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, int]]:
    """All of it ingested twice and published."""
    folder = tmp_path_factory.mktemp("hostile")
    inbox = folder / "inbox"
    inbox.mkdir()
    for number, name in enumerate(NAMES):
        (inbox / name).write_text(f"{TEXT} Number {number}.", encoding="utf-8")
        (inbox / f"bad {name}").write_bytes(b"\x00" * 100)
    with open(os.fsencode(inbox) + b"/\xff\xfe.txt", "wb") as file:  # noqa: PTH123  # a name that is no text
        file.write(TEXT.encode())
    outside = folder / "outside.txt"
    outside.write_text("A secret of this machine, two officials said on Tuesday.", encoding="utf-8")
    (inbox / "link.txt").symlink_to(outside)
    (inbox / "list.csv").write_text(f'url\n"{CSI}"\n=cmd()\n{site.address}/nowhere\n', encoding="utf-8")
    outlets = folder / "outlets.toml"
    outlets.write_text(
        f'[[outlet]]\nid = "l"\nname = "L"\nfollow = true\nfeeds = ["{site.address}/feed"]\n'
        f'sitemaps = ["{site.address}/map.xml", "{site.address}/bomb.xml.gz"]\n',
        encoding="utf-8",
    )
    settings = load_settings(home=folder / "home", outlets=outlets).model_copy(
        update={"allow_hosts": frozenset({"127.0.0.1"}), "host_interval": 0.0}
    )
    inputs = [str(inbox), *(site.address + path for path in PAGES)]
    counts = run_stage(Stage.INGEST, settings, Clock.fixed(NOW), inputs)
    run_stage(Stage.INGEST, settings, Clock.fixed(NOW), inputs)
    run_stage(Stage.PUBLISH, settings, Clock.fixed(NOW))
    return settings, counts


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list() | tuple():
            for inner in value:
                yield from strings(inner)


def every_string(settings: Settings) -> Iterator[tuple[str, str, str]]:
    with open_warehouse(settings.warehouse) as con:
        tables = con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        for (name,) in tables:
            for row in dicts(con, f'from "{name}"'):
                for column, value in row.items():
                    yield from ((name, column, text) for text in strings(value))


def test_every_input_ends_and_none_of_them_stops_the_others(
    ingested: tuple[Settings, dict[str, int]], site: Site
) -> None:
    settings, counts = ingested
    with open_warehouse(settings.warehouse) as con:
        (found,) = dicts(con, "select count(*) as n from articles")
        asides = {row["what"]: row["error"] for row in dicts(con, "select what, error from set_asides")}
        read = {row["url"] for row in dicts(con, "select url from articles")}
    assert {path: asides.get(site.address + path) for path in PAGES} == {path: PAGES[path][2] for path in PAGES}
    for path in ("/title", "/byline", "/text", "/says", "/canonical", "/language", "/charset", "/etag"):
        assert site.address + path in read
    # The second time nothing is new.
    assert found["n"] == counts["stored"]
    assert len(asides) == counts["set_aside"]
    assert sum("inbox/bad" in what for what in asides) == len(NAMES)


def test_nothing_in_the_tables_steers_hides_or_is_markup(ingested: tuple[Settings, dict[str, int]]) -> None:
    settings, _ = ingested
    harmful = [found for found in every_string(settings) if STEERING.search(found[2])]
    assert harmful == []
    markup = [
        found for found in every_string(settings) if found[1] not in ("message", "what") and MARKUP.search(found[2])
    ]
    assert markup == []


def test_texts_are_what_they_were_without_the_harm(ingested: tuple[Settings, dict[str, int]]) -> None:
    settings, _ = ingested
    with open_warehouse(settings.warehouse) as con:
        texts = [row["text"] for row in dicts(con, "select text from articles")]
        titles = [row["title"] for row in dicts(con, "select title from articles where title is not null")]
    assert all("officials said" in text for text in texts)
    assert max(map(len, titles)) <= 500


def test_no_secret_was_read(ingested: tuple[Settings, dict[str, int]], site: Site) -> None:
    settings, _ = ingested
    assert not [
        found for found in every_string(settings) if "secret is out" in found[2] or "secret of this" in found[2]
    ]
    assert not [found for found in every_string(settings) if "root:" in found[2]]
    assert "/secret" not in site.asked()


@pytest.mark.parametrize(
    "arguments",
    [("status",), ("sql", "from set_asides"), ("sql", "select title, byline, url, text from articles"),
     ("sql", "from fetches"), ("sql", f"select '{EVERYTHING.replace(chr(0), '')}' as \"{CSI}\"")],
)  # fmt: skip
def test_nothing_steers_the_terminal(
    ingested: tuple[Settings, dict[str, int]], onrecord: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    settings, _ = ingested
    Path(os.environ["ONRECORD_HOME"]).mkdir()
    where = ("--published", settings.published) if arguments[0] == "sql" else ("--warehouse", settings.warehouse)
    printed = onrecord(*arguments, *where)
    assert printed.out
    assert STEERING.search(printed.out + printed.err) is None


@pytest.mark.parametrize("name", [CSI + "x", f"https://l.example/{EVERYTHING.replace(chr(0), '')}", LINK, BIDI])
def test_nothing_that_is_typed_steers_the_terminal(onrecord: Callable[..., Any], name: str) -> None:
    for command in ("ingest", "show", "sql"):
        printed = onrecord(command, name)
        assert STEERING.search(printed.out + printed.err) is None


def test_a_story_written_by_others_does_not_steer_the_terminal(
    small_warehouse: Path, onrecord: Callable[..., Any]
) -> None:
    """Rows that another version, or another hand, wrote without cleaning them."""
    evil = EVERYTHING.replace("\x00", "")
    with open_warehouse(small_warehouse) as con:
        for table, columns in {
            "articles": ("title", "byline", "credit", "url", "doc_id", "published_evidence"),
            "sources": ("resolved_source", "level_reason", "told_to", "relayed_by", "descriptor"),
            "claims": ("trackable_reason", "modality_phrase", "horizon_text"),
            "matches": ("detail",),
            "resolutions": ("note", "evidence_url"),
        }.items():
            for column in columns:
                con.execute(f"update {table} set {column} = ?", [evil])  # noqa: S608  # names from above
    onrecord("publish", "--warehouse", small_warehouse)
    shown = onrecord("show", "a-c")
    assert "\ufffd" in shown.out
    listed = onrecord("review", "--by", "me")
    assert STEERING.search(shown.out + shown.err + listed.out + listed.err) is None


hostile_texts = st.text(st.sampled_from([*EVERYTHING, "<", ">", "'", "a", " ", "\n", "\ud800", "&", ";"]), max_size=60)


@hypothesis.settings(deadline=None)
@given(hostile_texts, hostile_texts, hostile_texts, st.booleans())
def test_no_article_carries_what_steers(text: str, title: str, date: str, is_html: bool) -> None:
    body = f"{text}{TEXT}"
    page = Page(
        html=html(head=f"<title>{title}</title><meta name='author' content='{title}'>", body=f"<p>{body}</p>")
        if is_html
        else None,
        text=None if is_html else body,
        title=title,
        byline=title,
        credit=title,
        published=date,
        fetched_at=NOW,
    )
    try:
        article = read_article(page, recorded_at=NOW)
    except ClaimsError:
        return
    for value in (
        article.text,
        article.title,
        article.byline,
        article.credit,
        article.published_evidence,
        article.language,
    ):
        assert value is None or STEERING.search(value) is None
