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

from claims.vocabulary import Outcome
from flows.desk import Done, Overtaken, Reviewer, Sitting, decide, load_desk, reject, take_back
from flows.masking import blind
from flows.render import cell, console, plain

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
ACCEPT, REJECT, SKIP, QUIT = "a", "r", " ", "q"
HELP = (
    "a accept the proposal   r reject it (judges no outcome)\n"
    "h held up   l held up late   p partly   f failed   v void   s superseded   w withdrawn   u undetermined\n"
    "n unresolvable   space skip   b back (undo the last)   q quit"
)
PASSAGES = 6
PAGE = 120


def review_in_terminal(reviewer: Reviewer) -> Sitting:
    """Show what waits, one claim at a time, write each decision at once, and return what the sitting came to.

    The warehouse is open only while it is read or written, so that a run may go on while somebody thinks. Ctrl-C ends
    the sitting; what was decided before it stays decided.
    """
    sitting = Sitting()
    try:
        _sit(reviewer, sitting)
    except (KeyboardInterrupt, typer.Abort):
        sitting.stopped = True
    return sitting


def _sit(reviewer: Reviewer, sitting: Sitting) -> None:
    screen = console(width=PAGE)
    queue = load_desk(reviewer)
    place = 0
    while place < len(queue):
        row = queue[place]
        _show(screen.print, row, place=place + 1, total=len(queue))
        pressed = _key()
        if pressed == QUIT:
            break
        if pressed in (SKIP, "\r", "\n"):
            place += 1
        elif pressed == "b" and sitting.decided:
            place, last = sitting.decided.pop()
            sitting.last_at = take_back(reviewer, last)
            screen.print("undone")
        else:
            done = _decide(reviewer, row, pressed, screen.print)
            if done is not None:
                sitting.took(place, done)
                place += 1


def _decide(reviewer: Reviewer, row: Mapping[str, Any], pressed: str, write: Callable[..., None]) -> Done | None:
    """Write what the key says and tell who said it; None where it decides nothing."""
    outcome = Outcome(row["proposed_outcome"]) if pressed == ACCEPT and row["proposed_outcome"] else KEYS.get(pressed)
    is_rejected = pressed == REJECT and row["proposed_outcome"]
    if outcome is None and not is_rejected:
        write(HELP)
        return None
    note = _note()
    try:
        done = decide(reviewer, row, outcome, note) if outcome else reject(reviewer, row, note)
    except Overtaken as error:
        write(str(error))
        return None
    source = cell(row["resolved_source"]) or "nobody named"
    write(f"{done.word}; it was said by: {source}")
    write(f"{row['anonymity']}: {cell(row['level_reason'])}; in {cell(row['outlet_id'])}")
    return done


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
    if row["question"]:
        write(f"held up if {cell(row['question'].held_up_if)}")
        write(f"failed if {cell(row['question'].failed_if)}")
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
    for other in row["others"]:
        write(f"{cell(other['reviewer'])} rates it “{cell(other['rating'])}”: {cell(other['review_url'])}")
    write("a r h l p f v s w u n · space skip · b back · q quit · ? help")


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
