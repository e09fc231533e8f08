"""What a narrow terminal shows: whole words, whole dates, nothing cut, hints that can be copied."""

import io
import os
import signal
import subprocess
import sys
import time

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.render import table

WORDS = "the quick brown fox jumps over the lazy dog and goes on for quite a while after that"


def shown(columns, rows, *, width, limit=None):
    file = io.StringIO()
    Console(file=file, width=width, markup=False, emoji=False, highlight=False).print(table(columns, rows, limit=limit))
    return file.getvalue()


def test_what_fits_is_a_table_with_numbers_to_the_right():
    lines = shown(("name", "n"), [("a", 7), ("bcd", 1234)], width=80).splitlines()
    assert [line.rstrip() for line in lines] == ["name      n", "───────────", "a         7", "bcd    1234"]


def test_long_text_is_folded_beside_short_columns_that_stay_whole():
    drawn = shown(("when", "text", "n"), [("2019-02-08 12:00", WORDS, 12)], width=60)
    assert "2019-02-08 12:00   the quick" in drawn
    assert max(map(len, drawn.splitlines())) <= 60


def test_where_a_table_would_be_unreadable_each_row_is_a_block():
    columns = tuple(f"column {number}" for number in range(8))
    drawn = shown(columns, [[WORDS] * 8, ["x"] * 8], width=80)
    lines = drawn.splitlines()
    assert lines[0].startswith("column 0  the quick brown fox")
    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines[-8:]] == [["column", str(number), "x"] for number in range(8)]


@given(
    rows=st.lists(
        st.tuples(*[st.one_of(st.none(), st.integers(), st.text(st.characters(codec="ascii"), max_size=60))] * 4),
        max_size=4,
    ),
    width=st.integers(30, 200),
)
def test_no_letter_is_lost_at_any_width(rows, width):
    drawn = shown(("a", "b", "c", "d"), rows, width=width)
    kept = "".join(drawn.split()).replace("─", "")
    letters = "".join(str(value) for row in rows for value in row if value is not None)
    assert sorted(c for c in kept if c.isdigit()) == sorted(c for c in letters if c.isdigit())
    assert all(len(line) <= width for line in drawn.splitlines())


def test_a_table_without_rows_shows_its_columns():
    assert shown(("a", "b"), [], width=80).split() == ["a", "b", "─" * 5]


def test_ctrl_c_ends_in_one_line(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "demo"],
        env=os.environ | {"ONRECORD_PROCESSES": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        log = tmp_path / "home" / "demo" / "runs.jsonl"
        while run.poll() is None and not (log.exists() and '"extract"' in log.read_text()):
            time.sleep(0.05)
        # Everybody hears it, as on a terminal: the processes that read articles, too.
        os.killpg(run.pid, signal.SIGINT)
        assert run.stderr is not None
        told = run.stderr.read()
    assert run.returncode == 130, told
    assert told.splitlines()[-1] == "onrecord: stopped; nothing is lost: run the same command again to go on"
    assert "Traceback" not in told
