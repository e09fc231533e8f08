"""What a page says about its article, beside the article itself: addresses, section, changes, paywall, notices."""

from collections.abc import Mapping, Sequence

from claims.addresses import address_of
from claims.cleaning import one_line
from claims.dating import moment_as_given
from claims.head import Head
from claims.notices import notices_in
from claims.page_records import PageFacts
from claims.records import Article
from claims.vocabulary import Form


def page_facts(
    article: Article, head: Head, *, form: Form, origins: Mapping[str, str | None], lines: Sequence[str]
) -> PageFacts:
    """Return what is known of the page of `article` from its head and its `lines`, each value with its origin.

    `origins` says where title, byline, credit and language were read. A time of change after the fetch is refused as
    any date is.
    """
    notices = notices_in(lines)
    modified = moment_as_given(head.modified, fetched_at=article.fetched_at) if head.modified else None
    canonical = one_line(head.canonical)
    section = one_line(head.section)
    return PageFacts(
        article_id=article.article_id,
        address=address_of(article.url, canonical),
        form=form,
        canonical_url=canonical,
        canonical_from=head.canonical_from if canonical else None,
        outlet_name=one_line(head.site_name),
        outlet_name_from=head.site_name_from,
        title_from=origins.get("title"),
        byline_from=origins.get("byline"),
        credit_from=origins.get("credit"),
        section=section,
        section_from=head.section_from if section else None,
        language_from=origins.get("language"),
        modified_at=modified,
        modified_from=head.modified_from if modified else None,
        is_paywalled=head.is_paywalled,
        paywall_from=head.paywall_from,
        correction_notice=notices.correction,
        update_notice=notices.update,
        recorded_at=article.recorded_at,
    )
