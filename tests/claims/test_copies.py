"""Reprints are found whatever the editor did to them; two reporters at one event are not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.copies import Drift, align_claims, find_copies, stories
from claims.matching.context import ClaimContext
from claims.records import Article, Claim, Copy, Source, Span, key
from claims.vocabulary import Anonymity, CopyRelation, Kind, Modality, Plurality, Polarity

NOW = datetime(2021, 6, 1, tzinfo=UTC)

QUAKE = (
    "LIMA (Reuters) - A strong earthquake shook southern Peru on Tuesday, damaging dozens of adobe "
    "houses in the highland "
    "province of Caylloma and cutting the road to the city of Arequipa, the civil defence institute said.\n\n"
    "Two people were treated for bruises after a wall fell on a market stall in Chivay, the institute's director, "
    "Jorge Chavez, told Reuters. He said that rescue teams had yet to reach three hamlets above the Colca canyon.\n\n"
    "“We are asking people to sleep in the squares tonight because the aftershocks have not stopped and the walls are "
    "weak,” Chavez said.\n\n"
    "The government will send tents and drinking water by helicopter on Wednesday, a senior official in the prime "
    "minister's office said, speaking on condition of anonymity because the flights had not been announced.\n\n"
    "Peru lies on the edge of two plates and its southern highlands were last struck by a quake of similar strength "
    "five years ago, when nine people died."
)
OWN_QUAKE = (
    "Families in Chivay dragged mattresses onto the football pitch on Tuesday night after a tremor "
    "brought down the front "
    "of their church and left the main road to Arequipa blocked by boulders.\n\n"
    "“We are asking people to sleep in the squares tonight because the aftershocks have not stopped and the walls are "
    "weak,” civil defence chief Jorge Chavez told a news conference.\n\n"
    "At the clinic, nurse Rosa Quispe had bandaged two market traders. Nobody was in danger, she said, "
    "but three villages "
    "further up the valley could not be reached by telephone.\n\n"
    "Mayor Alfonso Mamani said that the town needed tents before the weekend, when frost is forecast."
)
MERGER = (
    "Norsk Papir agreed on Monday to buy its Finnish rival Kymi Board for 2.1 billion euros in cash, a "
    "deal that would make "
    "it the largest maker of carton board in northern Europe.\n\n"
    "The companies expect the merger to close in the first quarter, subject to approval by the European "
    "Commission, which "
    "blocked a similar deal in the sector four years ago.\n\n"
    "Unions at the mill in Kotka fear that a third of its 900 jobs will go. A spokeswoman declined to "
    "comment on job cuts."
)


def article(name: str, text: str, *, outlet: str = "reuters", day: float = 1, credit: str | None = None) -> Article:
    when = datetime(2021, 5, 3, tzinfo=UTC) + timedelta(days=day)
    return Article(
        article_id=name,
        outlet_id=outlet,
        credit=credit,
        text=text,
        published_earliest=when,
        published_latest=when,
        fetched_at=NOW,
        recorded_at=NOW,
    )


def pairs(*articles: Article, known: tuple[Article, ...] = ()) -> dict[tuple[str, str], CopyRelation]:
    found = find_copies(articles, known=known, decided_at=NOW)
    return {(copy.article_id, copy.of_article_id): copy.relation for copy in found}


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


REWRITE = (
    "Southern Peru was hit by a strong quake on Tuesday that damaged dozens of adobe houses, according to Reuters.\n\n"
    "Two people were treated for bruises after part of a wall came down on a stall, the news agency "
    "quoted the head of civil "
    "defence as saying. Rescue teams had yet to reach three hamlets, he added.\n\n"
    "“We are asking people to sleep in the squares tonight because the aftershocks have not stopped,” he said."
)
EMBEDDED = (
    "Hikers from Bristol who were trekking in the Colca canyon are safe, their families said last night.\n\n"
    + "\n\n".join(paragraphs(QUAKE)[:3])
    + "\n\nGeography teacher Tom Ellis, who leads the school party, sent a text message to say that all "
    "twelve pupils had "
    "been moved to a hotel near the airport and would fly home on Friday as planned.\n\n"
    "Parents met in the school hall to hear the news. The head teacher thanked the embassy for its help and said that "
    "lessons would go on as usual."
)
HOUSE_EDIT = (
    QUAKE.replace("LIMA (Reuters) - A strong", "A powerful")
    .replace(" told Reuters.", " said.")
    .replace(", speaking on condition of anonymity because the flights had not been announced.", ".")
    .replace("shook southern Peru on Tuesday", "hit the south of Peru yesterday")
)


@pytest.mark.parametrize(
    ("copy", "relation"),
    [
        (article("copy", QUAKE, outlet="gazette", day=1.2), CopyRelation.VERBATIM),
        (article("copy", HOUSE_EDIT, outlet="gazette", day=2), CopyRelation.EDITED),
        (article("copy", "\n\n".join(paragraphs(QUAKE)[:2]), outlet="gazette", day=1.2), CopyRelation.EDITED),
        (article("copy", EMBEDDED, outlet="bristolpost", day=3), CopyRelation.EDITED),
        (article("copy", REWRITE, outlet="dailynews", day=2), CopyRelation.REWRITTEN),
    ],
    ids=["verbatim", "house edit", "shortened", "embedded in a local story", "rewritten with credit"],
)
def test_a_reprint_points_to_its_original(copy: Article, relation: CopyRelation) -> None:
    others = [article("merger", MERGER, outlet="ap"), article("own", OWN_QUAKE, outlet="elcomercio")]
    found = pairs(article("original", QUAKE), copy, *others)
    assert found == {("copy", "original"): relation}


def test_reporters_who_heard_the_same_speech_have_written_two_stories() -> None:
    assert pairs(article("one", QUAKE), article("two", OWN_QUAKE, outlet="elcomercio")) == {}


def test_two_reports_from_one_mould_are_two_stories() -> None:
    mould = (
        "Shares in {0} closed {1} percent higher at {2} euros on the Milan exchange on Tuesday after the "
        "company said that "
        "quarterly revenue rose to {3} million euros. Analysts at {4} had expected {5} million euros. The "
        "stock has gained "
        "{6} percent since the beginning of the year, {7} the market as a whole. The company will hold its "
        "annual meeting "
        "in {8} and has proposed a dividend of {9} cents a share."
    )
    first = mould.format("Ferretti", "2.1", "3.05", "311", "Mediobanca", "300", "14", "beating", "Forli", "10")
    other = mould.format("Saipem", "0.7", "1.44", "2,870", "Intesa", "2,910", "31", "trailing", "Parma", "25")
    assert pairs(article("one", first), article("two", other, outlet="ansa")) == {}


def test_the_outlet_that_a_copy_credits_is_the_original_though_it_came_later() -> None:
    early = article("early", HOUSE_EDIT, outlet="gazette", credit="Reuters", day=1)
    assert set(pairs(early, article("late", QUAKE, outlet="reuters.com", day=3))) == {("early", "late")}


def test_the_fuller_of_two_copies_of_one_day_is_taken_for_the_original() -> None:
    short = article("short", "\n\n".join(paragraphs(MERGER)[:2]), outlet="gazette", day=1)
    assert set(pairs(short, article("full", MERGER, outlet="herald", day=1.3))) == {("short", "full")}


def test_undated_copies_are_found_too() -> None:
    undated = replace(article("undated", QUAKE, outlet="gazette"), published_earliest=None, published_latest=None)
    assert set(pairs(undated, article("original", QUAKE))) == {("undated", "original")}


def test_a_rerun_and_an_arrival_one_by_one_give_the_same_rows() -> None:
    everything = [
        article("original", QUAKE),
        article("copy", HOUSE_EDIT, outlet="gazette", day=2),
        article("m", MERGER),
    ]
    at_once = find_copies(everything, decided_at=NOW)
    assert find_copies(everything[::-1], decided_at=NOW) == at_once
    assert find_copies(everything[1:], known=everything[:1], decided_at=NOW) == at_once
    assert find_copies([], known=everything, decided_at=NOW) == ()


def test_a_story_with_hundreds_of_reprints_is_one_story() -> None:
    reprints = [article(f"r{i:03}", QUAKE, outlet=f"paper{i}", day=1 + i / 300) for i in range(300)]
    original = article("original", QUAKE, day=0.5)
    copies = find_copies([*reprints, original], decided_at=NOW)
    assert set(stories([a.article_id for a in reprints], copies).values()) == {"original"}
    assert len(copies) == 300


def row(one: str, other: str, *, by: str = "copies-1", hour: int = 0, withdrawn: bool = False) -> Copy:
    when = NOW + timedelta(hours=hour)
    return Copy(
        copy_id=key(one, other, by, hour),
        article_id=one,
        of_article_id=other,
        relation=CopyRelation.EDITED,
        containment=0.5,
        shared_quotations=0,
        decided_by=by,
        recorded_at=when,
        withdrawn_at=when if withdrawn else None,
    )


def test_a_story_is_named_after_the_article_that_copies_nothing() -> None:
    rows = [row("b", "a"), row("c", "b"), row("y", "x")]
    assert stories("abcxyz", rows) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x", "z": "z"}


def test_what_a_person_took_apart_stays_apart_whatever_a_machine_finds_later() -> None:
    undone = row("b", "a", by="person:Ann", hour=1, withdrawn=True)
    for later in (row("b", "a", hour=2), row("a", "b", by="copies-2", hour=3)):
        assert stories("ab", [row("b", "a"), undone, later]) == {"a": "a", "b": "b"}
    again = row("b", "a", by="person:Bea", hour=4)
    assert stories("ab", [row("b", "a"), undone, again]) == {"a": "a", "b": "a"}


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]), max_size=12
    )
)
def test_every_article_has_one_story_and_a_story_is_its_own(links: list[tuple[str, str]]) -> None:
    rows = [row(one, other) for one, other in links]
    found = stories("abcdef", rows)
    assert set(found) == set("abcdef")
    assert all(found[story] == story for story in found.values())
    assert found == stories("fedcba", rows[::-1]), "the order of the rows decides nothing"


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 4), min_size=2), st.booleans())
def test_any_two_paragraphs_of_a_story_are_enough(kept: set[int], later: bool) -> None:
    text = "\n\n".join(paragraphs(QUAKE)[i] for i in sorted(kept))
    found = pairs(article("original", QUAKE), article("part", text, outlet="gazette", day=3 if later else 1.1))
    assert set(found) == {("part", "original")}


def context(name: str, content: str, **source: object) -> ClaimContext:
    said = Source(
        **{
            "source_id": f"s-{name}",
            "attribution_id": f"t-{name}",
            "reader": "r",
            "anonymity": Anonymity.SPECIFIC,
            "level_reason": "",
            "plurality": Plurality.ONE,
            "text": "a senior official",
            "recorded_at": NOW,
            **{field: value for field, value in source.items() if field != "modality"},
        }  # type: ignore[arg-type]  # the fields are given by name
    )
    claim = Claim(
        claim_id=name,
        reader="r",
        attribution_id=f"t-{name}",
        source_id=f"s-{name}",
        article_id=f"a-{name}",
        claim_text=content,
        content=(Span(0, 1),),
        kind=Kind.PREDICTION,
        polarity=Polarity.POSITIVE,
        modality=Modality.LIKELY,
        modality_phrase=str(source.get("modality", "expects")),
        trackable=True,
        trackable_reason="",
        recorded_at=NOW,
    )
    return ClaimContext(claim=claim, source=said, article_id=f"a-{name}", outlet_id="o", story_id="s", passage=content)


def test_what_an_edit_changed_is_told_and_nothing_else() -> None:
    text = "the government will send tents to Caylloma by helicopter"
    original = context(
        "o", text, condition_stated=True, condition_reason="the flights had not been announced", told_to="Reuters"
    )
    edited = context("c", "government will send tents by helicopter to Caylloma", modality="hopes", text="officials")
    other = context("x", "banks will stay closed on Thursday")
    drifts = align_claims([original, other], [edited])
    assert [(d.what, d.was, d.now) for d in drifts] == [
        ("condition", "the flights had not been announced", None),
        ("modality", "expects", "hopes"),
        ("source", "a senior official", "officials"),
        ("told_to", "Reuters", None),
    ]
    assert align_claims([original], [replace(original, article_id="a2")]) == ()
    assert isinstance(drifts[0], Drift)
    assert align_claims([other], [edited]) == ()
