"""Reprints of an article as editors make them: other furniture, house style, cuts, a local story around it."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from claims.records import Article, key
from claims.sentences import sentences

OUTLETS = ("gazette", "harbour-ledger", "morning-star", "valley-courier", "the-sentinel", "north-echo")
# What editors change without changing the sense; both ways.
SWAPS = (
    "said=told reporters;added=went on;about=around;however=but;also=too;began=started;before=ahead of;after=following;"
    "during=in the course of;percent=per cent;president=leader;officials=authorities;people=residents;large=big;"
    "because=since;while=as;more than=over;nearly=almost;against=versus;several=a number of;many=numerous;"
    "announced=unveiled;called=described;asked=questioned;show=indicate;help=assist;need=require;get=obtain;"
    "important=significant;states=nations;country=nation;money=funds;company=firm;meeting=session;talks=discussions;"
    "support=backing;election=vote;campaign=race;candidate=contender;former=ex-;major=leading;quickly=rapidly;"
    "program=programme;center=centre;labor=labour;defense=defence;organize=organise;color=colour;favor=favour"
)
FILLERS = ("meanwhile", "yesterday", "reportedly", "on the day", "at the time", "here", "earlier", "late on")
LOCAL = (
    "Residents of Bramley gathered in the library on Thursday to talk about what the news could mean for the town.",
    "“My sister lives there and I have been on the telephone all night,” said shopkeeper Olive Marsh, 61.",
    "The town council will take the matter up at its next meeting, said its clerk, Desmond Pyle.",
    "Two schools in the valley put off their autumn trips, and the choir cancelled a concert at St Anne's.",
    "Farmer Will Tranter said that he did not expect prices at Saturday's market to change.",
    "A collection at the bus station raised 412 pounds by the evening, volunteers said.",
)
TOP = ("Sign in to save this story for later", "Share this article", "Last updated at 9.14am")
BOTTOM = (
    "Follow us for more stories like this.",
    "Have you got a story? Write to our news desk.",
    "Related: all our reports",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A made article, how it was made, and how it relates to its original."""

    article: Article
    made: str
    relation: str


def reprints(original: Article, rng: random.Random) -> Iterator[Reprint]:
    """Yield a reprint of each kind."""
    paragraphs = [part for part in re.split(r"\n+", original.text) if part.strip()]
    body = [without_dateline(paragraphs[0]), *paragraphs[1:]]
    lead = body[: rng.randint(3, 6)]
    middle = rng.randint(1, 3)
    some = body[: max(3, len(body) // 3)]
    made = {
        "other furniture": ("verbatim", [rng.choice(TOP), *paragraphs, *rng.sample(BOTTOM, 2)]),
        "house edit 5": ("edited", [edited(part, 0.05, rng) for part in body]),
        "house edit 12": ("edited", dropped([edited(part, 0.12, rng) for part in body], rng)),
        "house edit 20": ("edited", shuffled(dropped([edited(part, 0.20, rng) for part in body], rng), rng)),
        "shortened": ("edited", lead),
        "shortened, edited": ("edited", [edited(part, 0.08, rng) for part in lead]),
        "in a local story": ("edited", [*rng.sample(LOCAL, middle), *some, *rng.sample(LOCAL, 3)]),
    }
    for name, (relation, parts) in made.items():
        when = timedelta(hours=rng.uniform(0.5, 40))
        dated = original.published_earliest
        yield Reprint(
            article=replace(
                original,
                article_id=key("made", original.article_id, name),
                outlet_id=rng.choice(OUTLETS),
                title=None,
                credit=None,
                text="\n\n".join(parts),
                published_earliest=dated + when if dated else None,
                published_latest=dated + when if dated else None,
            ),
            made=name,
            relation=relation,
        )


def without_dateline(paragraph: str) -> str:
    """Return a first paragraph as an outlet prints it that drops datelines."""
    return re.sub(r"^[A-Z][A-Za-z., ]{2,40}(?:\([A-Za-z]+\))?\s*[—–-]+\s+", "", paragraph)


def edited(paragraph: str, share: float, rng: random.Random) -> str:
    """Return a paragraph of which about `share` of the words outside quotations were changed."""
    pairs = [swap.split("=") for swap in SWAPS.split(";")]
    swaps = dict(pairs) | {new: old for old, new in pairs}
    quoted = False
    out = []
    for word in paragraph.split(" "):
        quoted = (quoted or "“" in word) and "”" not in word
        bare = word.strip(".,;:").casefold()
        if not quoted and bare in swaps and rng.random() < 8 * share:
            out.append(word.replace(word.strip(".,;:"), swaps[bare]))
        elif not quoted and rng.random() < share:
            # Left out, doubled by a filler, or said otherwise: a third each.
            out += rng.choice([[], [rng.choice(FILLERS), word], [rng.choice(FILLERS)]])
        else:
            out.append(word)
    return " ".join(out)


def dropped(parts: list[str], rng: random.Random) -> list[str]:
    """Return the paragraphs without about a quarter of those behind the first two."""
    return [part for place, part in enumerate(parts) if place < 2 or rng.random() > 0.25]


def shuffled(parts: list[str], rng: random.Random) -> list[str]:
    """Return the paragraphs with the later ones in another order."""
    rest = parts[2:]
    rng.shuffle(rest)
    return [*parts[:2], *rest]


def long_enough(article: Article) -> bool:
    """Return whether an article has enough sentences to be reprinted in parts."""
    return len(sentences(article.text)) >= 8
