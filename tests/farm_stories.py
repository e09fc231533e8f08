"""The stories that the site farm tells: whose they are, what they say at which time, and what must become of them."""

import random
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape


class Kind(StrEnum):
    """How a site behaves."""

    PLAIN = "plain"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    HANGING = "hanging"
    FAILING = "failing"
    WINDOWS = "windows"
    UTF16 = "utf16"
    PRIVATE = "private"
    SLOW = "slow"
    CLOSED = "closed"
    NO_RULES = "no rules"
    MOVING = "moving"
    LYING = "lying"
    LOSING = "losing"
    DEAD = "dead"


class End(StrEnum):
    """What must become of an article."""

    STORED = "stored"
    UNSEEN = "unseen"
    GONE = "Gone"
    REFUSED = "Refused"
    UNREACHABLE = "Unreachable"


@dataclass(frozen=True, slots=True)
class Site:
    """One host."""

    number: int
    kind: Kind

    @property
    def name(self) -> str:
        return f"site-{self.number:02}.farm.example"


@dataclass(frozen=True, slots=True)
class Story:
    """One article; `edited_at` is when its text changes, `reprints` the number of the story whose text it takes.

    Its `rank` among the stories of its site decides whether it has the trouble of its site.
    """

    number: int
    site: Site
    published_at: datetime
    edited_at: datetime | None
    reprints: int | None
    rank: int

    @property
    def path(self) -> str:
        folder = "private" if self.site.kind is Kind.PRIVATE and self.rank % 3 == 0 else "story"
        return f"/{folder}/{self.number:05}.html"

    @property
    def end(self) -> End:
        match self.site.kind:
            case Kind.CLOSED | Kind.DEAD:
                return End.UNSEEN
            case Kind.PRIVATE if self.rank % 3 == 0:
                return End.REFUSED
            case Kind.MOVING if self.rank % 4 == 1:
                return End.GONE
            case Kind.LYING if self.rank % 3 == 1:
                return End.UNREACHABLE
            case Kind.LOSING if self.rank % 5 == 2:
                return End.GONE
            case _:
                return End.STORED


_OPENINGS = ("The ministry said", "Officials said", "The governor told reporters", "Residents said", "The court ruled")
_NOUNS = tuple(
    re.findall(
        r"\w+",
        "bridge harbour budget school pipeline ferry railway clinic stadium reservoir archive market quarry airport",
    )
)
_VERBS = tuple(
    re.findall(
        r"\w+", "opened closed delayed widened repaired auctioned inspected flooded approved rejected surveyed rebuilt"
    )
)
_PLACES = tuple(
    re.findall(
        r"\w+", "Aldermoor Brackwater Coldharbour Dunmere Eastcliff Farrowdale Glenmorrow Hartsea Ilverton Jarrowby"
    )
)
MARK = "Señora Muñoz – “not before May” – left the café"
_SYLLABLES = tuple(re.findall(r"\w\w", "bacodifugehajokilumenoparosituvawixozeradelomifanucepi"))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(4)).title()


def sentences(number: int) -> list[str]:
    """Return the sentences of a story's own text: the same for the same number, and like no other's."""
    chance = random.Random(number)
    made = []
    for _ in range(14):
        opening, place = chance.choice(_OPENINGS), chance.choice(_PLACES)
        noun, other = chance.sample(_NOUNS, 2)
        made.append(
            f"{opening} that {_word(chance)}'s {noun} near {place} would be {chance.choice(_VERBS)} by {_word(chance)}"
            f" after the {other} of {_word(chance)} had cost {chance.randint(2, 999)} million crowns."
        )
    return [f"{MARK} of {_word(chance)} in {_PLACES[number % 10]}.", *made]


def text_of(story: Story, at: datetime) -> list[str]:
    """Return the paragraphs of a story as they stand at a time."""
    own = sentences(story.number if story.reprints is None else story.reprints)
    if story.edited_at is not None and at >= story.edited_at:
        own[4] = f"In an earlier version the figure was wrong, the ministry said of file {story.number} on Thursday."
    cut = [own[start : start + 4] for start in range(0, len(own), 4)]
    return [" ".join(part) for part in cut]


def title(story: Story) -> str:
    return f"Works at {_PLACES[story.number % 10]} put off again, file {story.number}"


def html(story: Story, at: datetime) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text_of(story, at))
    credit = "<p>(Farm Wire)</p>" if story.reprints is not None else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title(story))}</title>'
        f'<meta property="article:published_time" content="{story.published_at.isoformat()}"></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{escape(title(story))}</h1>{paragraphs}{credit}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )
