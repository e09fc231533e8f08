"""Feeds and pages for sites of tests, and what is in the warehouse after looking at them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.settings import Settings
from warehouse.connect import open_warehouse
from warehouse.load import set_clock
from warehouse.rows import dicts

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORY = "Two officials said on Tuesday that the bridge would open in June, a month later than planned, number {}."
Ingest = Callable[..., dict[str, int]]


def item(url: str, text: str) -> str:
    return f"<item><title>Bridge</title><link>{url}</link><description>{text}</description></item>"


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>The Ledger</title>{''.join(items)}</channel></rss>"


def page(number: int) -> str:
    return (
        f"<html><head><title>Bridge</title></head><body><article><p>{STORY.format(number)}</p></article></body></html>"
    )


def lists(settings: Settings, **lines: object) -> None:
    """Write an outlets.toml with one outlet."""
    told = "\n".join(
        f"{name} = {str(value).lower() if isinstance(value, bool) else value}" for name, value in lines.items()
    )
    settings.outlets.write_text(f'[[outlet]]\nid = "ledger"\nname = "The Ledger"\n{told}\n', encoding="utf-8")


def rows(settings: Settings, sql: str, *, as_of: datetime = NOW) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse) as con:
        set_clock(con, as_of)
        return dicts(con, sql)


def everything(settings: Settings) -> dict[str, list[str]]:
    with open_warehouse(settings.warehouse) as con:
        tables = con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        return {name: sorted(repr(row) for row in con.execute(f"from {name}").fetchall()) for (name,) in tables}
