-- One row per article, as known now.
create or replace view articles_now as
with copied as (
    select article_id, of_article_id, relation
    from copies_as_of(now_as_of())
    qualify row_number() over (partition by article_id order by containment desc, of_article_id) = 1
)
select
    a.article_id, a.outlet_id, a.url, a.title, a.byline, a.credit, a.published_earliest, a.published_latest,
    a.published_basis, a.fetched_at, a.text, c.of_article_id as copy_of, c.relation,
    a.doc_id, a.language, a.published_evidence, a.corrects_url, a.raw_ref
from articles as a
left join copied as c using (article_id)
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
