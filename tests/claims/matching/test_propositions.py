"""Propositions: joined by average link, held apart by cannot-links, taken apart again by a row."""

from typing import Any

from builders import day, match
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.propositions import propositions
from claims.records import Match
from claims.vocabulary import Verdict

VERDICTS = [Verdict.SAME, Verdict.NARROWER, Verdict.CONTRARY, Verdict.DIFFERENT]


def person(one: str, other: str, verdict: Verdict, **fields: Any) -> Match:
    return match(one, other, verdict=verdict, score=1.0, decided_by="person:ada", **fields)


def test_a_proposition_is_named_after_its_smallest_claim() -> None:
    assert propositions("cab", [match("a", "b"), match("b", "c"), match("a", "c")]) == dict.fromkeys("abc", "a")


def test_what_nobody_matched_stands_alone() -> None:
    assert propositions("ab", []) == {"a": "a", "b": "b"}
    assert propositions("ab", [match("a", "gone")]) == {"a": "a", "b": "b"}, (
        "claims that are not asked for join nothing"
    )


def test_a_chain_of_likenesses_is_not_one_proposition() -> None:
    chain = [match(one, other, score=0.7) for one, other in zip("abcdefg", "bcdefgh", strict=True)]
    groups = propositions("abcdefgh", chain)
    assert len(set(groups.values())) > 1
    assert groups["a"] != groups["h"]


def test_only_the_same_joins() -> None:
    for verdict in VERDICTS[1:]:
        assert propositions("ab", [match("a", "b", verdict=verdict)])["b"] == "b"


def test_a_contrary_pair_never_meets_whatever_lies_between() -> None:
    between = [match("a", name, score=0.99) for name in "cde"] + [match("b", name, score=0.99) for name in "cde"]
    groups = propositions("abcde", [*between, match("a", "b", verdict=Verdict.CONTRARY)])
    assert groups["a"] != groups["b"]


def test_a_person_wins_over_a_later_machine() -> None:
    machine = match("a", "b", recorded_at=day(9))
    assert propositions("ab", [person("a", "b", Verdict.DIFFERENT), machine])["b"] == "b"
    assert propositions("ab", [person("b", "a", Verdict.NARROWER), machine])["b"] == "b"
    apart = match("a", "b", verdict=Verdict.CONTRARY, recorded_at=day(9))
    assert propositions("ab", [person("a", "b", Verdict.SAME), apart])["b"] == "a"


def test_an_undone_match_is_undone_and_the_other_claims_stay_as_they_were() -> None:
    joined = [match("a", "b"), match("c", "d")]
    undone = person("a", "b", Verdict.SAME, recorded_at=day(1), withdrawn_at=day(1))
    assert propositions("abcd", [*joined, undone]) == {"a": "a", "b": "b", "c": "c", "d": "c"}


def test_a_person_can_take_a_claim_out_of_a_proposition_of_many() -> None:
    joined = [match(one, other) for one in "abc" for other in "bcd" if one < other]
    assert set(propositions("abcd", joined).values()) == {"a"}
    apart = [person("d", name, Verdict.DIFFERENT, recorded_at=day(1)) for name in "abc"]
    assert propositions("abcd", [*joined, *apart]) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_reprints_do_not_dilute_the_mean_of_two_stories() -> None:
    reprints = [match("a", f"r{i}", detail="copies of one story", score=0.9) for i in range(50)]
    claims = ["a", "b", *(f"r{i}" for i in range(50))]
    assert set(propositions(claims, [*reprints, match("a", "b", score=0.7)]).values()) == {"a"}


MATCHES = st.lists(
    st.builds(
        lambda pair, verdict, score, by, hours, undone: match(
            *pair,
            verdict=verdict,
            score=score,
            decided_by=by,
            recorded_at=day(hours),
            withdrawn_at=day(hours) if undone else None,
        ),
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] != pair[1]),
        st.sampled_from(VERDICTS),
        st.floats(0.3, 1.0),
        st.sampled_from(["features-1", "person:ada"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=20,
)


@given(MATCHES)
def test_laws_of_propositions(rows: list[Match]) -> None:
    found = propositions("abcdef", rows)
    assert set(found) == set("abcdef")
    assert all(found[name] == name and name <= claim for claim, name in found.items()), "named after its smallest"
    assert found == propositions("fedcba", rows[::-1]), "the order of the rows decides nothing"
    machine_contrary = [m for m in rows if m.verdict is Verdict.CONTRARY and m.withdrawn_at is None]
    for one in machine_contrary:
        others = [m for m in rows if {m.claim_id, m.other_claim_id} == {one.claim_id, one.other_claim_id}]
        if len(others) == 1:
            assert found[one.claim_id] != found[one.other_claim_id]
