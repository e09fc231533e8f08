"""Which texts are new at an address, which are what stood there, and what gives way to what."""

from datetime import datetime

import builders
from builders import day

from claims.page_records import PageFacts, Version
from claims.records import Article
from claims.versions import Settled, settle
from claims.vocabulary import Change, Form

ADDRESS = "https://ledger.example/banks"
TEXT = (
    "The Treasury will list more banks by March, a senior official said. A spokesman for the bank denied it on Friday."
)
EDITED = TEXT.replace("will", "may")
EXCERPT = "The Treasury will list more banks by March, a senior official said."


def seen(name: str, text: str, at: datetime, form: Form = Form.PAGE) -> tuple[Article, PageFacts]:
    article = builders.article(name, text, fetched_at=at)
    return article, PageFacts(article_id=name, address=ADDRESS, form=form, recorded_at=at)


def stood(name: str, text: str, at: datetime, form: Form = Form.PAGE) -> Version:
    return Version(article_id=name, outlet_id="ledger", address=ADDRESS, form=form, text=text, stands_since=at)


def steps(settled: Settled) -> list[tuple[str, str, Change]]:
    return [(step.was_article_id, step.article_id, step.change) for step in settled.revisions]


def test_two_versions_in_one_batch() -> None:
    settled = settle([seen("b", EDITED, day(2)), seen("a", TEXT, day(1))], [], recorded_at=day(3))
    assert [article.article_id for article in settled.articles] == ["a", "b"]
    assert steps(settled) == [("a", "b", Change.EDITED)]


def test_what_counts_for_nothing_is_what_stood_there() -> None:
    settled = settle(
        [seen("b", TEXT + "\n\nShare this article", day(2))], [stood("a", TEXT, day(1))], recorded_at=day(3)
    )
    assert (settled.articles, settled.revisions, settled.same_as) == ((), (), {"b": "a"})


def test_a_text_that_spans_hang_on_is_kept_as_it_is() -> None:
    found = [seen("b", TEXT + " ", day(2))]
    settled = settle(found, [stood("a", TEXT, day(1))], as_given=frozenset({"b"}), recorded_at=day(3))
    assert [article.article_id for article in settled.articles] == ["b"]


def test_the_page_takes_the_place_of_what_a_feed_carried_whichever_came_first() -> None:
    later = settle([seen("p", TEXT, day(2))], [stood("e", EXCERPT, day(1), Form.ENTRY)], recorded_at=day(3))
    earlier = settle([seen("e", EXCERPT, day(2), Form.ENTRY)], [stood("p", TEXT, day(1))], recorded_at=day(3))
    assert steps(later) == steps(earlier) == [("e", "p", Change.FULLER)]


def test_two_feeds_that_carry_two_excerpts_for_ever_write_nothing() -> None:
    other = EXCERPT.replace("more banks", "two banks")
    standing = [stood("e", EXCERPT, day(1), Form.ENTRY), stood("f", other, day(2), Form.ENTRY)]
    for at in (3, 4, 5):
        found = [seen("e", EXCERPT, day(at), Form.ENTRY), seen("f", other, day(at), Form.ENTRY)]
        settled = settle(found, standing, recorded_at=day(at))
        assert (settled.articles, settled.revisions) == ((), ())


def test_another_outlet_at_the_address_is_another_page() -> None:
    mine = stood("a", TEXT, day(1))
    article, facts = seen("b", EDITED, day(2))
    theirs = builders.article("b", EDITED, outlet_id="times", fetched_at=article.fetched_at)
    assert settle([(theirs, facts)], [mine], recorded_at=day(3)).revisions == ()
