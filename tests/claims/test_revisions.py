"""What changed between two texts: every word of prose, nothing else, whatever the texts."""

import builders
from builders import START
from hypothesis import given
from hypothesis import strategies as st

from claims.records import Span
from claims.revisions import claims_followed, difference, excerpts, is_revision

FIRST = (
    "MOSCOW (Reuters) - A senior official said on condition of anonymity that the army expects further defections.\n\n"
    "Updated 5 minutes ago\n\nThe ministry denied it. Two people died.\n\nShare this article"
)
EDITED = (
    "MOSCOW (Reuters) – An official said that the army fears further defections.\n\nUpdated 25 minutes ago\n\n"
    "The ministry denied it. Two people died. Three were hurt, the ministry said."
)
VOCABULARY = ("the", "army", "expects", "two", "three", "officials", "said", "will", "may", "not")
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=40)


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_the_passages_that_changed_as_they_were_and_became() -> None:
    found = difference(FIRST, EDITED)
    assert excerpts(found, FIRST, EDITED) == (
        ("A senior", "An"),
        ("on condition of anonymity", ""),
        ("expects", "fears"),
        ("", "Three were hurt, the ministry said"),
    )
    assert found.is_same_story


def test_spacing_marks_and_furniture_are_no_revision() -> None:
    same = FIRST.replace("5 min", "9 min").replace("\n\n", "\n \n\n").replace("Share this article", "ADVERTISEMENT")
    assert not is_revision(difference(FIRST, same.replace(" - ", " — ")))


def test_one_word_one_figure_and_one_notice_are() -> None:
    for edit in (
        FIRST.replace("Two", "Three"),
        FIRST.replace("denied", "confirmed"),
        FIRST + "\n\nCorrection: An earlier version of this article misstated the day.",
    ):
        assert is_revision(difference(FIRST, edit))


def test_another_story_is_not_the_same() -> None:
    other = "Heavy rain flooded the harbour on Saturday and closed both bridges, the mayor told reporters at noon."
    assert not difference(FIRST, other).is_same_story


def test_a_claim_is_followed_into_the_words_that_took_its_place() -> None:
    def claim(name: str, text: str, words: str) -> builders.Claim:
        return builders.claim(name, content=(at(text, words),))

    before = [claim("army", FIRST, "the army expects further defections"), claim("died", FIRST, "Two people died")]
    after = [claim("new", EDITED, "Three were hurt"), claim("fears", EDITED, "the army fears further defections")]
    links = claims_followed(before, after, difference(FIRST, EDITED), recorded_at=START)
    assert [(link.was_claim_id, link.claim_id) for link in links] == [("army", "fears")]
    assert 0.5 <= links[0].overlap <= 1


@given(WORDS, WORDS)
def test_what_stayed_and_what_came_make_the_text(one: list[str], other: list[str]) -> None:
    was, became = (" ".join(words) + "." for words in (one, other))
    found = difference(was, became)
    assert len(found.kept) + found.words_removed == found.words_before
    assert len(found.kept) + found.words_added == found.words_after
    assert is_revision(found) == (one != other)
    assert all(was[slice(*old)] == became[slice(*new)] for old, new in found.kept)
    assert 0 <= found.kept_share <= 1


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(was: str, became: str) -> None:
    found = difference(was, became)
    assert all(0 <= p.was.start <= p.was.end <= len(was) for p in found.passages)
    assert all(0 <= p.became.start <= p.became.end <= len(became) for p in found.passages)
    assert not is_revision(difference(was, was))


def test_a_long_table_is_compared_line_by_line_where_it_changed() -> None:
    rows = ["won", "lost", "drawn"] * 2000
    for place in (0, 3000, len(rows) - 1):
        became = [*rows[:place], "abandoned", *rows[place + 1 :]]
        found = difference("\n".join(rows), "\n".join(became))
        assert excerpts(found, "\n".join(rows), "\n".join(became)) == ((rows[place], "abandoned"),)
        assert (found.words_added, found.words_removed) == (1, 1)


def test_long_tables_that_share_nothing_but_their_lines_are_compared_too() -> None:
    was, became = ("\n".join(f"{number * number % prime} in all" for number in range(8000)) for prime in (31, 29))
    found = difference(was, became)
    assert is_revision(found)
    assert not found.is_same_story
    assert len(found.kept) + found.words_added == found.words_after == 24_000
