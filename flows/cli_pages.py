"""`onrecord refetch` and `onrecord revisions`: pages looked at again, and what changed on them word by word."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from flows import options
from flows.render import cell, console, counts_line, plain, table

_AROUND = 60
_LISTED = 50


def refetch(warehouse: options.Warehouse = None, as_of: options.AsOf = None) -> None:
    """Look again at the pages whose turn has come: an hour to a month after they were first seen."""
    from flows.progress import shown
    from flows.revisions import refetch as look_again

    with shown() as tell:
        counts = look_again(options.settings_from(warehouse), options.clock_from(as_of), tell=tell)
    console().print(f"refetch: {counts_line(counts)}")


def from_archive(homes: Sequence[str], *, warehouse: Path | None, as_of: str | None) -> None:
    """Store again what the archives under `homes` hold, that of the home folder where none is named."""
    from flows.archive import folder
    from flows.ingest import ingest_archive
    from flows.progress import shown

    settings, clock = options.settings_from(warehouse), options.clock_from(as_of)
    for home in [Path(name) for name in homes] or [settings.home]:
        if not folder(home).is_dir():
            message = f"{home} holds no archive: name a home folder, in which “{folder(home).name}” lies"
            raise typer.BadParameter(message, param_hint="--from-archive")
        with shown() as tell:
            counts = ingest_archive(settings, clock, home, tell=tell)
        console().print(f"ingest: {counts_line(counts)}", soft_wrap=True)


def revisions(
    page: Annotated[
        str | None,
        typer.Argument(metavar="[URL|ARTICLE]", help="A page or the id of an article; the latest edits if none."),
    ] = None,
    published: options.Published = None,
) -> None:
    """Show what was changed on a page: word by word, and what that did to claims and sources."""
    from claims.addresses import tidy
    from warehouse.connect import open_published
    from warehouse.pages import changes_of, latest_revisions, versions_of

    with open_published(options.settings_from(published=published).published) as con:
        if page is None:
            rows = latest_revisions(con, _LISTED)
        else:
            texts = versions_of(con, tidy(page) or page)
            changes = changes_of(con, [row["article_id"] for row in texts])
    if page is None:
        _list(rows)
        return
    if not texts:
        raise typer.BadParameter(f"no page is known by {plain(page)}: name its address, or the id of an article on it")
    _show(texts, changes)


def _list(rows: Sequence[Mapping[str, Any]]) -> None:
    screen = console()
    if not rows:
        screen.print("no page has been seen to change: run `onrecord refetch` from time to time")
        return
    columns = ("seen_at", "outlet_id", "change", "words_added", "words_removed", "claims_touched", "address")
    screen.print(table(columns, [[row[name] for name in columns] for row in rows], limit=100))


def _show(texts: Sequence[Mapping[str, Any]], changes: Sequence[Mapping[str, Any]]) -> None:
    screen = console(width=120)
    first = texts[0]
    screen.print(f"{cell(first['address'])}, {cell(first['outlet_id'])}", soft_wrap=True)
    known = {row["article_id"]: row for row in texts}
    for number, row in enumerate(texts, start=1):
        seen = f"{row['stood_from']:%Y-%m-%d %H:%M}"
        screen.print(
            f"\n{number}. {row['article_id']}, seen {seen}: {cell(row['title']) or 'without headline'}", soft_wrap=True
        )
        for notice in (row["correction_notice"], row["update_notice"]):
            if notice:
                screen.print(f"   says of itself: {cell(notice)}", soft_wrap=True)
        before = known.get(row["was_article_id"])
        if before is None:
            continue
        counted = (
            f"+{row['words_added']} −{row['words_removed']} words, {row['kept_share']:.0%} of the earlier text kept"
        )
        screen.print(f"   {row['change']}: {counted}", soft_wrap=True)
        if row["change"] != "replaced":
            for line in changed_lines(before["text"], row["text"]):
                screen.print(line, soft_wrap=True)
        mine = [
            c for c in changes if (c["article_id"], c["was_article_id"]) == (row["article_id"], row["was_article_id"])
        ]
        for change in mine:
            said = f"{cell(change['was']) or 'nothing'} → {cell(change['became']) or 'nothing'}"
            screen.print(f"   {change['what']}: {said}", soft_wrap=True)


def changed_lines(was: str, became: str) -> Iterator[Text]:
    """Yield every passage that changed with the words around it: [-what went-] in red, {+what came+} in green."""
    from claims.revisions import difference

    for passage in difference(was, became).passages:
        start, end = passage.became
        line = Text("   … ")
        line.append(_flat(became[max(0, start - _AROUND) : start]))
        if gone := _flat(was[slice(*passage.was)]).strip():
            line.append(f"[-{gone}-]", style="red strike")
        if come := _flat(became[start:end]).strip():
            line.append(f"{{+{come}+}}", style="green bold")
        line.append(_flat(became[end : end + _AROUND]) + " …")
        yield line


def _flat(text: str) -> str:
    return plain(" ".join(text.split(" ")).replace("\n", " ¶ "))
