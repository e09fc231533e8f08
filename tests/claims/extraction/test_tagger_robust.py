"""The extractor on texts of any size and kind."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.extractor import find_relations
from claims.extraction.relations import Relation

PARAGRAPHS = (
    "The harbour master said on Tuesday that the ferry would not sail until the storm had passed.",
    "“We have lost two boats since March,” said Odile Marchetti, who runs the fish market. “Nobody has paid us.”",
    "The ministry expects lower prices, according to two people briefed on the plan, and wants to close the quarry.",
    "The road is eleven miles long and has three bridges, and in winter the highest of them is under snow for weeks.",
)
_BASE = "\n\n".join(PARAGRAPHS) + "\n\n"
_MEMORY = """
import resource, sys
from claims.extraction.extractor import find_relations
found = find_relations(sys.stdin.read())
print(len(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def of_words(count: int) -> str:
    """Return a text of about so many words, no two of its paragraphs alike: second copies are passed over."""
    number = count // len(_BASE.split())
    return "".join(
        _BASE.replace(". ", f" in case {i:05d}. ").replace(".\n", f" in case {i:05d}.\n") for i in range(number)
    )


def shape(relation: Relation, start: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return where a relation lies from a place on."""
    parts = (relation.source, relation.cue, relation.content)
    return tuple(tuple((a - start, b - start) for a, b in spans) for spans in parts)


def check(text: str) -> None:
    """Assert what holds for the relations of any text."""
    found = find_relations(text)
    for relation in found:
        assert relation.cue
        assert relation.content
        assert 0 <= relation.confidence <= 1
        for spans in (relation.source, relation.cue, relation.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
    assert [relation.cue for relation in found] == sorted(relation.cue for relation in found)


@given(st.text())
@settings(deadline=None, max_examples=60)
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from([*"“”\"'‘’«»‹›:,.\n\x00\t😀", "said", "The clerk", "warned that", " ", "it"])))
@settings(deadline=None, max_examples=60)
def test_any_mixture_of_marks_and_words(pieces: list[str]) -> None:
    check(" ".join(pieces))
    check("".join(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "Advertisement\n\nShare this article\n\nSign up for our newsletter",
        "a" * 50_000,
        "said" * 12_500,
        "“" * 2_000,
        "😀" * 2_000,
        "\x00\x01\x02\x1b[31m\x7f\u200b\ufeff\x85",
    ],
    ids=["empty", "blank", "furniture", "one word", "no space", "quotation marks", "emoji", "controls"],
)
def test_nothing_is_found_where_nobody_speaks(text: str) -> None:
    assert not find_relations(text)


@pytest.mark.parametrize("mark", ["😀", "\x00", "\u200b", "\x1b[1m", "é́"])
def test_odd_characters_do_not_move_spans(mark: str) -> None:
    text = f"{mark} {mark}\n\n{PARAGRAPHS[0]}\n\n{mark}"
    check(text)
    cues = [text[start:end] for relation in find_relations(text) for start, end in relation.cue]
    assert "said" in cues


def test_no_relation_is_lost_or_doubled_at_a_seam() -> None:
    start, end = "The harbour master said on Tuesday that ferry ", " would not sail until the storm had passed.\n\n"
    step = len(f"{start}00000{end}")
    found = find_relations("".join(f"{start}{number:05d}{end}" for number in range(300)))
    each = [[shape(r, i * step) for r in found if r.cue[0][0] // step == i] for i in range(10, 290)]
    assert [len(relations) for relations in each] == [1] * len(each)
    # Where "on Tuesday" belongs depends on the words around; who said what does not.
    assert len({(source, cue[0][0], content[-1][1]) for ((source, cue, content),) in each}) == 1
    assert all(len(content) == 1 and content[0][0] <= start.index(" ferry") for ((_, _, content),) in each)


@pytest.mark.slow
def test_time_is_linear() -> None:
    find_relations(_BASE)
    seconds = []
    for words in (50_000, 100_000):
        text = of_words(words)
        started = time.process_time()
        find_relations(text)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 2.6 * seconds[0]


@pytest.mark.slow
def test_a_long_document_fits_in_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY], input=of_words(100_000), capture_output=True, text=True, check=True
    )
    found, mebibytes = map(int, done.stdout.split())
    assert found > 1_000
    assert mebibytes < 600
