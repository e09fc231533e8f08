"""The word lists of furniture, credits and dates: sound, quick, and true to their origin."""

import re
import time
from importlib.resources import files

import pytest

from claims.cleaning import unwrapped
from claims.credits import byline, has_dateline, is_credit_line, is_photo_credited, is_sign_off, wire_credit
from claims.furniture import heads_links, is_furniture, is_label, is_stamped, lexicon

NAMES = ("credits.txt", "dating.txt", "function_words.txt", "furniture.txt")


@pytest.mark.parametrize("name", NAMES)
def test_every_list_names_its_origin_and_has_no_double_entries(name: str) -> None:
    first = (files("claims") / "lexicons" / "en" / name).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# origin: ")
    for section, entries in lexicon(name).items():
        assert len(set(entries)) == len(entries), section


@pytest.mark.parametrize("section", ["anywhere", "edge", "stamp", "tail", "label"])
def test_every_pattern_is_whole_and_matches_no_sentence(section: str) -> None:
    sentence = "The port will stay closed until the strike ends, a harbour official said on Monday."
    for entry in lexicon("furniture.txt")[section]:
        assert "{" not in re.sub(r"\{\d*,?\d*\}", "", entry), f"an unknown macro in {entry}"
        assert re.fullmatch(entry, sentence, re.IGNORECASE) is None, entry


@pytest.mark.parametrize(
    "line",
    [
        "a " * 200,
        "share " * 66,
        "- " * 200,
        "1 " * 200,
        "1:1" * 130,
        "Published " * 40,
        "Jan 1 " * 66,
        "Aa " * 130,
        "x/" * 200,
        "(" * 400,
        "By " + "Aa " * 52,
        "Aa, " * 100,
        "REUTERS/" * 50,
        "Get the latest news " * 20,
        "REUTERS/A" + " A" * 280,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    started = time.process_time()
    is_furniture(line, at_edge=True)
    for check in (
        heads_links,
        is_label,
        is_stamped,
        byline,
        has_dateline,
        is_credit_line,
        is_photo_credited,
        is_sign_off,
    ):
        check(line)
    wire_credit([line])
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "line",
    [
        "World",
        "World | Africa",
        "Home > India News > Telangana",
        "The Ledger | World | Americas",
        "U.S.",
        "NEWS • POLITICS",
    ],
)
def test_labels(line: str) -> None:
    assert is_label(line)


@pytest.mark.parametrize("line", ["Africa’s largest mine", "Home at last | A soldier's long way back", "Fire", "| |"])
def test_no_labels(line: str) -> None:
    assert not is_label(line)


def test_only_hard_wrapped_text_is_joined() -> None:
    line = "Negotiators will meet again on Thursday to discuss the corridor for"
    wrapped = "\n".join([line] * 5) + "\nships.\n\nA second paragraph."
    assert unwrapped(wrapped).count("\n") == 2
    for text in (
        "One.\n\nTwo.\n\nThree.",
        "\n".join([line] * 5),
        "\n".join([f"{line}."] * 5) + "\n\nA second paragraph.",
    ):
        assert unwrapped(text) == text
