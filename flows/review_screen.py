"""The review queue on a terminal: one claim at a time, its source masked until it is decided, one key an outcome."""

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import typer
from rich import box
from rich.columns import Columns
from rich.panel import Panel
from rich.text import Text

from claims.records import Resolution
from claims.vocabulary import Outcome
from flows.judgements import Verdict
from flows.masking import blind
from flows.render import cell, console, plain
from flows.review import judge, undo
from flows.settings import Clock, Settings
from warehouse.connect import open_warehouse
from warehouse.read import evidence_of, review_queue

KEYS: Mapping[str, Outcome] = MappingProxyType(
    {
        "h": Outcome.HELD_UP,
        "l": Outcome.HELD_UP_LATE,
        "p": Outcome.PARTLY,
        "f": Outcome.FAILED,
        "v": Outcome.VOID,
        "s": Outcome.SUPERSEDED,
        "w": Outcome.WITHDRAWN,
        "u": Outcome.UNDETERMINED,
        "n": Outcome.UNRESOLVABLE,
    }
)
SKIP, BACK, QUIT = " ", "b", "q"
HELP = (
    "h held up   l held up late   p partly   f failed   v void   s superseded   w withdrawn   u undetermined\n"
    "n unresolvable   space skip   b back (undo the last)   q quit"
)
PASSAGES = 6
PAGE = 120


def review_in_terminal(settings: Settings, clock: Clock, *, by: str) -> int:
    """Show what waits, one claim at a time, write each decision at once, and return how many stand at the end.

    The warehouse is open only while it is read or written, so that a run may go on while somebody thinks.
    """
    screen = console(width=PAGE)
    queue = _load(settings, clock)
    decided: list[tuple[int, Resolution]] = []
    place = 0
    while place < len(queue):
        row = queue[place]
        _show(screen.print, row, place=place + 1, total=len(queue))
        match _key():
            case "q":
                break
            case " " | "\r" | "\n":
                place += 1
            case "b" if decided:
                place, last = decided.pop()
                with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
                    undo(con, last)
                screen.print("undone")
            case pressed if pressed in KEYS:
                verdict = Verdict(
                    outcome=KEYS[pressed], evidence_url=None, event_date=None, recorded_at=None, note=_note()
                )
                ids = [piece["evidence_id"] for piece in row["evidence"] if piece["stance"] != "repeats"]
                with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
                    decided.append((place, judge(con, row["claim_id"], verdict, by=by, evidence_ids=ids)))
                source = cell(row["resolved_source"]) or "nobody named"
                screen.print(f"{KEYS[pressed].replace('_', ' ')}; it was said by: {source}")
                screen.print(f"{row['anonymity']}: {cell(row['level_reason'])}; in {cell(row['outlet_id'])}")
                place += 1
            case _:
                screen.print(HELP)
    return len(decided)


def _load(settings: Settings, clock: Clock) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse, wait_seconds=settings.wait_seconds) as con:
        queue = review_queue(con, clock.as_of)
        for row in queue:
            row["evidence"] = evidence_of(con, row["claim_id"], clock.as_of)
    return queue


def _show(write: Callable[..., None], row: Mapping[str, Any], *, place: int, total: int) -> None:
    row = blind(row)
    criteria = (
        f"{row['kind']}, {row['polarity']}, {row['modality']}; {cell(row['trackable_reason'])}\n"
        f"said {_interval(row['made_earliest'], row['made_latest'])};"
        f" due {_interval(row['due_earliest'], row['due_latest'])}"
        + (f" (“{cell(row['horizon_text'])}”)" if row["horizon_text"] else "")
    )
    write(f"\n── {place} of {total} · {row['claim_id']} · {row['workflow']}")
    write(Text(cell(row["claim_text"]), style="bold"))
    write(criteria)
    passages = [_panel("the claim", plain(row["passage"]))]
    passages += [
        _panel(
            f"{piece['stance']} · {cell(piece['outlet_id'])} · {_interval(None, piece['published_latest'])}",
            plain(piece["quote"]),
        )
        for piece in row["evidence"][:PASSAGES]
    ]
    write(Columns(passages, equal=True, expand=True))
    if row["proposed_outcome"]:
        write(f"proposed: {row['proposed_outcome']} (confidence {row['proposed_confidence'] or 0:.2f})")
    write("h l p f v s w u n · space skip · b back · q quit · ? help")


def _panel(title: str, body: str) -> Panel:
    return Panel(Text(body), title=Text(title), title_align="left", box=box.SIMPLE, width=56)


def _interval(earliest: Any, latest: Any) -> str:
    ends = [end.strftime("%Y-%m-%d") for end in (earliest, latest) if end is not None]
    return "at an unknown time" if not ends else " to ".join(dict.fromkeys(ends))


def _key() -> str:
    if sys.stdin.isatty():
        return str(typer.getchar()).lower()
    line = sys.stdin.readline()
    # The end of the input is the end of the review; an empty line skips.
    return line.strip()[:1].lower() or SKIP if line else QUIT


def _note() -> str | None:
    sys.stdout.write("note (Enter for none): ")
    sys.stdout.flush()
    return sys.stdin.readline().strip() or None
