"""Notices of corrections and updates: found where an article speaks of itself, and nowhere else."""

import pytest

from claims.notices import is_notice, notices_in

CORRECTIONS = [
    "Correction: An earlier version of this article misstated the year.",
    "CORRECTION (Feb. 9): The mayor's name is Smith.",
    "Clarification — the ministry's statement was issued on Monday.",
    "(Corrects spelling of minister’s name in paragraph 3)",
    "An earlier version of this story incorrectly said that two people had died.",
    "This article was amended on 9 February 2019 because it gave a wrong figure.",
    "Editor’s note: A quotation in this article was misattributed and has been corrected.",
    "We regret the error.",
]
UPDATES = [
    "This story has been updated with a statement from the ministry.",
    "UPDATE: Police now say that three people were hurt.",
    "(Adds quotes, background)",
    "Updates with minister’s comment, share price",
]
NEITHER = [
    "Updated 5 minutes ago",
    "The agency issued a correction: the number was wrong, officials said.",
    "The president corrected himself on Tuesday and said that he meant it.",
    "An earlier version of the bill said that taxes would rise.",
    "The story was updated, he said, after the editor called.",
    "Correction officers at the jail said that they had been beaten.",
    "Updates on the flood are expected later, officials said, and schools remain closed.",
    "The market is headed for a correction.",
]


@pytest.mark.parametrize("line", CORRECTIONS)
def test_a_correction_is_found_as_printed(line: str) -> None:
    found = notices_in(["The bridge will open in June.", f"  {line} "])
    assert (found.correction, found.update) == (line, None)


@pytest.mark.parametrize("line", UPDATES)
def test_an_update_is_found_as_printed(line: str) -> None:
    found = notices_in([line, "The bridge will open in June."])
    assert (found.correction, found.update) == (None, line)


@pytest.mark.parametrize("line", NEITHER)
def test_what_others_correct_is_no_notice(line: str) -> None:
    assert not is_notice(line)


def test_the_same_notice_at_both_ends_is_one() -> None:
    assert notices_in([UPDATES[0], "Prose.", UPDATES[0]]).update == UPDATES[0]


def test_a_page_of_prose_is_no_notice() -> None:
    assert notices_in(["Correction: " + "word " * 400]).correction is None
