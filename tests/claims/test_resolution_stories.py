"""Small news stories on many topics: which outcome, if any, a later article lets the resolver propose."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import article
from claim_contexts import NEGATIVE, context

from claims.records import Evidence, Resolution
from claims.resolution import LEAST_CONFIDENCE, propose
from claims.vocabulary import Kind, Outcome, Polarity

MADE = datetime(2021, 3, 1, 9, tzinfo=UTC)
DUE = datetime(2021, 6, 30, 23, tzinfo=UTC)
TOLD = datetime(2021, 5, 12, 12, tzinfo=UTC)


def read(
    claim_text: str, *passages: str, day: datetime = TOLD, polarity: Polarity = Polarity.POSITIVE, story: str = ""
) -> tuple[tuple[Evidence, ...], tuple[Resolution, ...]]:
    asked = context(
        "c", claim_text, made=MADE, due_latest=DUE, kind=Kind.PREDICTION, polarity=polarity, story_id="told first"
    )
    later = [
        article(f"l{number}", text, outlet_id=f"paper {number}", published_earliest=day, published_latest=day)
        for number, text in enumerate(passages)
    ]
    stories = {item.article_id: story or item.article_id for item in later}
    return propose([asked], later, stories=stories, as_of=DUE + timedelta(days=60), recorded_at=DUE)


def outcome(claim_text: str, passage: str, day: datetime = TOLD, polarity: Polarity = Polarity.POSITIVE) -> str | None:
    found = read(claim_text, passage, day=day, polarity=polarity)[1]
    return found[0].outcome if found else None


HAPPENED = [
    (
        "that Emma Larsen would win the presidential election in June",
        "Emma Larsen won the presidential election on Sunday with 53 percent of the vote, the electoral "
        "commission said.",
    ),
    (
        "the European Central Bank would cut interest rates at its May meeting",
        "FRANKFURT, May 12 (Wire) - The European Central Bank on Wednesday lowered interest rates by a quarter point.",
    ),
    (
        "Norwick Foods is preparing a takeover of Halden Dairy",
        "Norwick Foods acquired Halden Dairy on Monday in a takeover worth 2 billion crowns.",
    ),
    ("railway workers in Belgium would go on strike", "Railway workers in Belgium walked out on Tuesday over pay."),
    (
        "the Constitutional Court would annul the election law",
        "The Constitutional Court on Tuesday struck down the election law.",
    ),
    ("Marco Rossi would join Leeds United", "Striker Marco Rossi joined Leeds United on Monday."),
    ("Cyclone Amara would make landfall in Mozambique", "Cyclone Amara came ashore in Mozambique on Sunday night."),
    (
        "India would launch its Surya probe by the end of June",
        "India launched the Surya probe on Monday from the island of Sriharikota.",
    ),
    (
        "Armenia and Azerbaijan would sign a ceasefire in Geneva within weeks",
        "Armenia and Azerbaijan signed a ceasefire in Geneva on Tuesday.",
    ),
    (
        "Prime Minister Oskar Lind would step down before the summer",
        "Prime Minister Oskar Lind quit on Monday, ending four years in office.",
    ),
    (
        "Canada has closed its embassy in Minsk and is preparing to impose sanctions on Belarus",
        "The Canadian government imposed sanctions on 12 officials in Belarus on Monday.",
    ),
    ("London could lift sanctions on Rubin Bank", "Britain lifted its sanctions on Rubin Bank on Tuesday."),
    (
        "the frontier with Ghana would reopen within weeks",
        "The government of Togo reopened the border with Ghana on Monday.",
    ),
    (
        "parliament would ratify the fisheries treaty with Norway",
        "Parliament ratified the fisheries treaty with Norway on Tuesday by 80 votes to 12.",
    ),
    ("police would arrest the mayor of Corvo", "Police detained the mayor of Corvo on Monday."),
    ("Spain would ban short-haul flights", "Spain banned short-haul flights on Tuesday."),
    (
        "Iran will release the two French tourists by May",
        "Iran freed the two French tourists on Tuesday, the French foreign ministry said.",
    ),
    (
        "the Bundestag would approve the pension reform before the summer break",
        "The Bundestag on Thursday approved the pension reform by a narrow margin.",
    ),
]

FAILED = [
    ("the Senate would confirm Judge Helen Marsh", "The Senate rejected Judge Helen Marsh on Tuesday, 52 to 48."),
    ("Emma Larsen would win the presidential election", "Emma Larsen lost the presidential election on Sunday."),
    (
        "the appeals court would uphold the fine against Google",
        "The appeals court on Wednesday annulled the fine against Google.",
    ),
    ("the jury would convict Daniel Hart of fraud", "A jury acquitted Daniel Hart of fraud on Wednesday."),
]

NOTHING = [
    (
        "another year's election",
        "Emma Larsen would win the presidential election",
        "Emma Larsen won the presidential election in 2016 with the votes of farmers.",
    ),
    (
        "another contest",
        "Emma Larsen would win the presidential election",
        "Emma Larsen won the party leadership by a wide margin on Sunday.",
    ),
    (
        "only foretold",
        "the European Central Bank would cut interest rates",
        "The European Central Bank is set to cut interest rates in the autumn, a poll showed.",
    ),
    (
        "another bank",
        "the European Central Bank would cut interest rates",
        "The National Bank of Poland cut interest rates on Wednesday.",
    ),
    (
        "another company",
        "Norwick Foods would acquire Halden Dairy",
        "Norwick Foods acquired the bakery chain Brod on Monday.",
    ),
    ("roles swapped", "Norwick Foods would acquire Halden Dairy", "Halden Dairy acquired Norwick Foods on Monday."),
    (
        "another country",
        "railway workers in Belgium would go on strike",
        "Railway workers in France went on strike on Tuesday.",
    ),
    (
        "called off",
        "railway workers in Belgium would go on strike",
        "Unions called off a strike of railway workers in Belgium on Tuesday.",
    ),
    (
        "quoted opinion",
        "Prime Minister Oskar Lind would resign",
        "“Oskar Lind resigned on the day he lost the budget,” said a columnist.",
    ),
    (
        "not yet",
        "the two sides would sign a ceasefire in Geneva",
        "The two sides have not signed a ceasefire in Geneva, the mediator said.",
    ),
    (
        "past background",
        "Cyclone Amara would make landfall in Mozambique",
        "Mozambique, which was flooded when Cyclone Amara made landfall in 2019, held elections on Tuesday.",
    ),
    (
        "other people",
        "London could lift sanctions on Rubin Bank",
        "Britain imposed sanctions on the shipping firm Delo on Tuesday.",
    ),
    (
        "a demand",
        "police would arrest the mayor of Corvo",
        "The opposition demanded that police arrest the mayor of Corvo.",
    ),
    ("another border", "the frontier with Ghana would reopen", "Togo reopened its border with Benin on Monday."),
    (
        "an open condition",
        "India would launch its Surya probe",
        "If India launched the Surya probe this year, it would be the third, engineers said.",
    ),
    (
        "an attempt",
        "parliament would ratify the fisheries treaty with Norway",
        "The government failed to bring the fisheries treaty with Norway to a vote in parliament.",
    ),
    (
        "people of the same man",
        "President Diallo would resign",
        "Two ministers of President Diallo resigned on Monday.",
    ),
    ("another sense", "President Diallo would resign", "President Diallo resigned himself to a coalition on Monday."),
    (
        "somebody's partner",
        "Daniel Hart would be convicted of fraud",
        "Daniel Hart's partner was convicted of fraud on Wednesday.",
    ),
    (
        "another post",
        "Lena Fischer would be appointed ambassador to Japan",
        "Lena Fischer was appointed ambassador to Chile on Monday.",
    ),
    ("another object", "the airline would cut 2,000 jobs in Dublin", "The airline cut fares in Dublin on Monday."),
    (
        "a favourite",
        "Maria Costa would win the Lisbon marathon",
        "Maria Costa, the favourite to win the Lisbon marathon, signed a deal with Nike on Tuesday.",
    ),
    (
        "a deal is no strike",
        "nurses in Wales would strike in May",
        "Nurses in Wales struck a deal with the government on Monday.",
    ),
]


@pytest.mark.parametrize(("claim_text", "passage"), HAPPENED)
def test_what_happened_is_proposed_as_held_up(claim_text: str, passage: str) -> None:
    assert outcome(claim_text, passage) == Outcome.HELD_UP


@pytest.mark.parametrize(("claim_text", "passage"), FAILED)
def test_a_final_act_to_the_contrary_is_proposed_as_failed(claim_text: str, passage: str) -> None:
    assert outcome(claim_text, passage) == Outcome.FAILED


@pytest.mark.parametrize(("claim_text", "passage"), [pytest.param(*rest, id=name) for name, *rest in NOTHING])
def test_what_only_looks_like_it_proposes_nothing(claim_text: str, passage: str) -> None:
    assert outcome(claim_text, passage) is None


def test_a_state_holds_up_only_when_it_is_told_after_the_deadline() -> None:
    claim_text = "the governing council would stay with President Adeyemi until the summer"
    told = "The governing council remains with President Adeyemi."
    assert outcome(claim_text, told) is None
    assert [item.stance for item in read(claim_text, told)[0]] == ["supports"]
    assert outcome(claim_text, told, day=DUE + timedelta(days=2)) == Outcome.HELD_UP


def test_a_denial_of_what_then_happened_failed() -> None:
    told = "Prime Minister Oskar Lind stepped down on Monday."
    assert outcome("Prime Minister Oskar Lind would not resign", told, polarity=NEGATIVE) == Outcome.FAILED


def test_what_came_before_the_claim_or_in_its_own_story_is_no_evidence() -> None:
    claim_text, told = HAPPENED[9]
    assert read(claim_text, told, day=MADE - timedelta(days=2)) == ((), ())
    assert read(claim_text, told, story="told first") == ((), ())


def test_at_most_three_passages_stand_beside_a_claim() -> None:
    claim_text, told = HAPPENED[9]
    evidence, (found,) = read(claim_text, *(f"{told} He was {age}." for age in range(50, 56)))
    assert len(evidence) == 3
    assert set(found.evidence_ids) <= {item.evidence_id for item in evidence}


def test_a_passage_that_says_less_is_evidence_and_no_proposal() -> None:
    evidence, found = read(
        "the Bank of Canada would raise interest rates by half a point", "The Bank of Canada raised rates on Wednesday."
    )
    assert found == ()
    assert all(item.confidence < LEAST_CONFIDENCE or item.stance == "partly" for item in evidence)
    assert evidence


def test_what_came_long_after_the_deadline_is_shown_and_proposes_nothing() -> None:
    claim_text, told = HAPPENED[9]
    evidence, found = read(claim_text, told, day=DUE + timedelta(days=40))
    assert ([item.stance for item in evidence], found) == (["supports"], ())
