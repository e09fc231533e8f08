"""Sentences and the relations that they hold: (source, cue, contents), outer and inner, in the order of the cues."""

import pytest

from claims.extraction.by_rule import relations_by_rule as find_relations
from claims.records import Spans

Found = tuple[str, str, tuple[str, ...]]

SAID = [
    ("The harbour master said the ferry was late.", ("The harbour master", "said", ("the ferry was late",))),
    ("The union says that wages must rise.", ("The union", "says", ("that wages must rise",))),
    ("Engineers say the dam is safe.", ("Engineers", "say", ("the dam is safe",))),
    ("Most of the residents said they would stay.", ("Most of the residents", "said", ("they would stay",))),
    (
        "The spokesman told the agency that the plant would reopen.",
        ("The spokesman", "told", ("that the plant would reopen",)),
    ),
    (
        "The mayor said the bridge, which cost $4 million, will open in May.",
        ("The mayor", "said", ("the bridge, which cost $4 million, will open in May",)),
    ),
    ("The union said talks had failed, which surprised us.", ("The union", "said", ("talks had failed",))),
    ("She told reporters the bill was dead.", ("She", "told", ("the bill was dead",))),
    (
        "The minister warned on Friday that reserves would run out within weeks.",
        ("The minister", "warned", ("that reserves would run out within weeks",)),
    ),
    ("Police said Monday they had arrested two men.", ("Police", "said", ("they had arrested two men",))),
    (
        "The envoy on Tuesday said the talks had stalled.",
        ("The envoy", "said", ("the talks had stalled",)),
    ),
    (
        "The envoy has repeatedly said that the talks stalled.",
        ("The envoy", "has repeatedly said", ("that the talks stalled",)),
    ),
    (
        "The general, who commands the region, said his troops were ready.",
        ("The general, who commands the region", "said", ("his troops were ready",)),
    ),
    (
        "Ana Ruiz, a 39-year-old nurse from Porto, said the ward was full.",
        ("Ana Ruiz, a 39-year-old nurse from Porto", "said", ("the ward was full",)),
    ),
    (
        "Officials in Kyiv, speaking on condition of anonymity, said the bridge had been destroyed.",
        ("Officials in Kyiv", "said", ("the bridge had been destroyed",)),
    ),
    (
        "Two people briefed on the talks said the offer was final.",
        ("Two people briefed on the talks", "said", ("the offer was final",)),
    ),
    (
        "A source in Lima close to the company said the mine would shut.",
        ("A source in Lima close to the company", "said", ("the mine would shut",)),
    ),
    (
        "The report, released on Monday, found that emissions fell by 3 percent.",
        ("The report, released on Monday", "found", ("that emissions fell by 3 percent",)),
    ),
    (
        "Records from the 2019 inquiry show he knew both men.",
        ("Records from the 2019 inquiry", "show", ("he knew both men",)),
    ),
    ("He said no.", ("He", "said", ("no",))),
    ("Asked about the strike, the union leader said no.", ("the union leader", "said", ("no",))),
    ("SENIOR OFFICIALS SAID THE DEAL WAS DEAD.", ("SENIOR OFFICIALS", "SAID", ("THE DEAL WAS DEAD",))),
    (
        "The coach, whose team lost, said the pitch, the weather and the referee were to blame.",
        ("The coach, whose team lost", "said", ("the pitch, the weather and the referee were to blame",)),
    ),
    ("It's telling allies that the vote is lost.", ("It", "'s telling", ("that the vote is lost",))),
]
ASIDES = [
    ("The talks have failed, the envoy said.", ("the envoy", "said", ("The talks have failed",))),
    ("The talks have failed, said the envoy.", ("the envoy", "said", ("The talks have failed",))),
    (
        "But the talks have failed, said Maria Lind, an envoy who took part.",
        ("Maria Lind, an envoy who took part", "said", ("the talks have failed",)),
    ),
    (
        "The talks, the envoy said, have failed.",
        ("the envoy", "said", ("The talks", "have failed")),
    ),
    (
        "In short, he said, the talks have failed.",
        ("he", "said", ("the talks have failed",)),
    ),
    (
        "The deal is dead, a diplomat said on condition of anonymity, because Ankara refused to sign.",
        ("a diplomat", "said", ("The deal is dead", "because Ankara refused to sign")),
    ),
    ("The mine will shut, according to the ministry.", ("the ministry", "according to", ("The mine will shut",))),
    (
        "According to two people familiar with the matter, the bank will close three branches.",
        ("two people familiar with the matter", "According to", ("the bank will close three branches",)),
    ),
    (
        "The mine, according to the ministry, will shut.",
        ("the ministry", "according to", ("The mine", "will shut")),
    ),
    (
        "As the ministry noted, the mine made losses for years.",
        ("the ministry", "noted", ("the mine made losses for years",)),
    ),
    (
        "The mine made losses for years, as the ministry noted.",
        ("the ministry", "noted", ("The mine made losses for years",)),
    ),
    (
        "The army is holding talks with the rebels and is also preparing a new offensive, a senior official said.",
        (
            "a senior official",
            "said",
            ("The army is holding talks with the rebels and is also preparing a new offensive",),
        ),
    ),
]
QUOTED = [
    ("“We will win,” Smith said.", ("Smith", "said", ("“We will win,”",))),
    ("“We will win,” said Smith.", ("Smith", "said", ("“We will win,”",))),
    ('"We will win," Smith told the paper on Monday.', ("Smith", "told", ('"We will win,"',))),
    ("''We will win,'' Smith said.", ("Smith", "said", ("''We will win,''",))),
    ("``We will win,'' Smith said.", ("Smith", "said", ("``We will win,''",))),
    ("«We will win,» Smith said.", ("Smith", "said", ("«We will win,»",))),
    ("‘We’ll win,’ Smith said.", ("Smith", "said", ("‘We’ll win,’",))),
    ("“Will we win?” Smith asked.", ("Smith", "asked", ("“Will we win?”",))),
    (
        "“We will win,” Smith said. “Nobody can stop us.”",
        ("Smith", "said", ("“We will win,”", "“Nobody can stop us.”")),
    ),
    (
        "“We will win,” said Smith, “and nobody can stop us.”",
        ("Smith", "said", ("“We will win,”", "“and nobody can stop us.”")),
    ),
    ("Smith said: “We will win. Nobody can stop us.”", ("Smith", "said", ("“We will win. Nobody can stop us.”",))),
    ("Smith told the paper, “We will win.”", ("Smith", "told", ("“We will win.”",))),
    (
        "The party said it “would never” accept the terms.",
        ("The party", "said", ("it “would never” accept the terms",)),
    ),
    (
        "“We will win,” Smith said as he left the hall.",
        ("Smith", "said", ("“We will win,”",)),
    ),
    (
        "At a rally in Turku, Smith said, “We will win.”",
        ("Smith", "said", ("“We will win.”",)),
    ),
]
ATTITUDES = [
    ("The union criticised the plan.", ("The union", "criticised", ("the plan",))),
    ("Local media reported at least 10 dead.", ("Local media", "reported", ("at least 10 dead",))),
    ("The bank expects lower rates.", ("The bank", "expects", ("lower rates",))),
    ("The navy plans to buy ten frigates.", ("The navy", "plans", ("to buy ten frigates",))),
    ("She vowed to appeal the ruling.", ("She", "vowed", ("to appeal the ruling",))),
    ("The mayor denied the allegations.", ("The mayor", "denied", ("the allegations",))),
    ("The firm declined to comment.", ("The firm", "declined", ("to comment",))),
    ("The bank refused to say whether it would appeal.", ("The bank", "refused", ("to say whether it would appeal",))),
    ("Officials fear the virus could spread.", ("Officials", "fear", ("the virus could spread",))),
    ("Some economists doubt that inflation will fall.", ("Some economists", "doubt", ("that inflation will fall",))),
    (
        "The union threatened to strike unless wages rise.",
        ("The union", "threatened", ("to strike unless wages rise",)),
    ),
    ("The ministry is also preparing a ban on exports.", ("The ministry", "is also preparing", ("a ban on exports",))),
    (
        "A diplomat expressed doubts whether the truce would hold.",
        ("A diplomat", "expressed doubts", ("whether the truce would hold",)),
    ),
    ("The governor called for a new inquiry.", ("The governor", "called for", ("a new inquiry",))),
    (
        "In a statement, the embassy called the reports false.",
        ("the embassy", "called", ("the reports false",)),
    ),
    (
        "A claim by the minister that prices had fallen was wrong.",
        ("the minister", "claim", ("that prices had fallen",)),
    ),
    ("Lind's claim that prices fell drew laughter.", ("Lind's", "claim", ("that prices fell",))),
    ("The ministry is convinced that prices will fall.", ("The ministry", "is convinced", ("that prices will fall",))),
]
NOBODY = [
    ("The bill is expected to pass next week.", ("", "is expected", ("The bill", "to pass next week"))),
    ("Many officers are suspected of taking bribes.", ("", "are suspected", ("Many officers", "of taking bribes"))),
    ("He is believed to have fled to Turkey.", ("", "is believed", ("He", "to have fled to Turkey"))),
    ("It was unclear whether the truce would hold.", ("", "It was unclear", ("whether the truce would hold",))),
    (
        "It was not immediately clear who was behind the attack.",
        ("", "It was not immediately clear", ("who was behind the attack",)),
    ),
    ("It is understood that the deal collapsed.", ("", "It is understood", ("that the deal collapsed",))),
    ("The two sides reportedly met in Oslo.", ("", "reportedly", ("The two sides", "met in Oslo"))),
    ("The two sides have reportedly met in Oslo.", ("", "reportedly", ("The two sides have", "met in Oslo"))),
    ("Reportedly, the two sides met in Oslo.", ("", "Reportedly", ("the two sides met in Oslo",))),
    ("There were fears that the dam could burst.", ("", "There were fears", ("that the dam could burst",))),
]
HEADLINES = [
    ("Official: more sanctions coming", ("Official", ":", ("more sanctions coming",))),
    ("Sanctions coming, says official", ("official", "says", ("Sanctions coming",))),
    ("More sanctions are coming: officials", ("officials", ":", ("More sanctions are coming",))),
    ("Ministry preparing new tolls, official says", ("official", "says", ("Ministry preparing new tolls",))),
]
ONE = SAID + ASIDES + QUOTED + ATTITUDES + NOBODY + HEADLINES

SEVERAL = [
    (
        "The navy plans to sell the ship, a senior officer told the Courier, adding that no buyer had come.",
        [
            ("The navy", "plans", ("to sell the ship",)),
            ("a senior officer", "told", ("The navy plans to sell the ship",)),
            ("a senior officer", "adding", ("that no buyer had come",)),
        ],
    ),
    (
        "The guild has vowed to strike, and state media said talks were off.",
        [
            ("The guild", "has vowed", ("to strike",)),
            ("state media", "said", ("talks were off",)),
        ],
    ),
    (
        "“It is over,” she said, adding that lawyers would appeal.",
        [("she", "said", ("“It is over,”",)), ("she", "adding", ("that lawyers would appeal",))],
    ),
    (
        "The president promised a swift response and said aid was on its way.",
        [
            ("The president", "promised", ("a swift response",)),
            ("The president", "said", ("aid was on its way",)),
        ],
    ),
    (
        "The mayor said the bridge was safe, but the engineers warned that it was not.",
        [
            ("The mayor", "said", ("the bridge was safe",)),
            ("the engineers", "warned", ("that it was not",)),
        ],
    ),
    (
        "The envoy declined to give details, and it was unclear whether the truce would hold.",
        [
            ("The envoy", "declined", ("to give details",)),
            ("", "it was unclear", ("whether the truce would hold",)),
        ],
    ),
    (
        "When the mayor said that the bridge was safe, the engineers protested that it was not.",
        [
            ("the mayor", "said", ("that the bridge was safe",)),
            ("the engineers", "protested", ("that it was not",)),
        ],
    ),
]


def read(text: str) -> list[Found]:
    def words(spans: Spans) -> tuple[str, ...]:
        return tuple(text[start:end] for start, end in spans)

    return [
        (" ".join(words(found.source)), " ".join(words(found.cue)), words(found.content))
        for found in find_relations(text)
    ]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_relation(text: str, expected: Found) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_relations(text: str, expected: list[Found]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The train left at noon and reached the coast by night.",
        "The claims were paid within a week.",
        "New reports and surveys lay on the table.",
        "Her proposed garden was small.",
        "The state of the roads is poor.",
        "He has many plans.",
    ],
)
def test_no_relation(text: str) -> None:
    assert read(text) == []
