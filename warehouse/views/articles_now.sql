-- One row per article, as known now.
create or replace view articles_now as
with copied as (
    select article_id, of_article_id, relation
    from copies_as_of(now_as_of())
    qualify row_number() over (
        partition by article_id
        order by starts_with(decided_by, 'person:') desc, floor(containment * 10) desc, recorded_at desc, of_article_id
    ) = 1
)
select
    a.article_id, a.outlet_id, a.url, a.title, a.byline, a.credit, a.published_earliest, a.published_latest,
    a.published_basis, a.fetched_at, a.text, c.of_article_id as copy_of, c.relation,
    a.doc_id, a.language, a.published_evidence, a.corrects_url, a.raw_ref,
    f.address, f.canonical_url, f.outlet_name, f.section, coalesce(v.first_seen_at, a.fetched_at) as first_seen_at,
    f.modified_at, f.is_paywalled, f.correction_notice, f.update_notice,
    coalesce(v.version, 1) as version, coalesce(v.n_versions, 1) as n_versions, v.superseded_by, v.superseded_at
from articles as a
left join copied as c using (article_id)
left join page_facts as f using (article_id)
left join versions_as_of(now_as_of()) as v using (article_id)
where a.fetched_at <= now_as_of();
comment on view articles_now is 'One row is an article: one text seen at one address.';
comment on column articles_now.article_id is 'The article.';
comment on column articles_now.outlet_id is 'The outlet that printed it.';
comment on column articles_now.url is 'Its address, where it had one.';
comment on column articles_now.title is 'Headline.';
comment on column articles_now.byline is 'Who wrote it, as printed.';
comment on column articles_now.credit is 'The wire or outlet that it credits as its origin.';
comment on column articles_now.published_earliest is 'Not published before this time (UTC); empty where unknown.';
comment on column articles_now.published_latest is 'Not published after this time (UTC); empty where unknown.';
comment on column articles_now.published_basis is 'How that is known: feed, page, text, user or unknown.';
comment on column articles_now.fetched_at is 'When it was fetched (UTC).';
comment on column articles_now.text is 'Its text without page furniture.';
comment on column articles_now.copy_of is 'The article that it copies, where it is a copy.';
comment on column articles_now.relation is 'How it copies it: verbatim, edited or rewritten.';
comment on column articles_now.doc_id is 'The identifier that the input carried, where it had one.';
comment on column articles_now.language is 'Language of the text, where known.';
comment on column articles_now.published_evidence is 'The words or field that the publication interval rests on.';
comment on column articles_now.corrects_url is 'Address of the article that it corrects, where it says so.';
comment on column articles_now.raw_ref is 'Reference of the raw snapshot.';
comment on column articles_now.address is 'The address of its page, without what only counts visitors: where its versions follow each other.';
comment on column articles_now.canonical_url is 'The address that the page calls its own, as given; url is the one that was fetched.';
comment on column articles_now.outlet_name is 'What the page calls its outlet.';
comment on column articles_now.section is 'The part of the outlet that it stands in, as printed.';
comment on column articles_now.first_seen_at is 'When the first text of its page was fetched (UTC).';
comment on column articles_now.modified_at is 'When the page says that it was last changed (UTC).';
comment on column articles_now.is_paywalled is 'True where the page says that it is not free to read, empty where it says nothing.';
comment on column articles_now.correction_notice is 'The notice that something was corrected, verbatim.';
comment on column articles_now.update_notice is 'The notice that the text was updated, verbatim.';
comment on column articles_now.version is 'Its place among the texts of its page, from 1.';
comment on column articles_now.n_versions is 'How many texts of its page are known.';
comment on column articles_now.superseded_by is 'The text that took its place; empty where it stands. The claims of one that was replaced do not count.';
comment on column articles_now.superseded_at is 'When that was first seen (UTC).';
