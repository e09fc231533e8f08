-- One row per article of a story that was printed more than once, as known now.
create or replace view story_copies as
with told as (
    -- Of a page only the text that stands: its versions are no copies.
    select
        s.story_id, s.article_id, coalesce(v.first_article_id, s.article_id) as page_article_id,
        count(*) over (partition by s.story_id) as n_articles
    from stories_as_of(now_as_of()) as s
    left join versions_as_of(now_as_of()) as v on v.article_id = s.article_id
    where v.superseded_by is null
),
nearest as (
    -- An article may have been found to copy several of its story: one of them is named.
    select *
    from copies_as_of(now_as_of())
    qualify row_number() over (
        partition by article_id
        order by starts_with(decided_by, 'person:') desc, floor(containment * 10) desc, recorded_at desc, of_article_id
    ) = 1
)
select
    t.story_id, t.article_id, a.outlet_id, a.url, a.title, a.credit, a.published_earliest, a.published_latest,
    t.page_article_id = t.story_id as is_original,
    c.of_article_id as copy_of, c.relation, c.containment, c.shared_quotations, c.decided_by, t.n_articles
from told as t
join articles as a using (article_id)
left join nearest as c on c.article_id = t.article_id
where t.n_articles > 1;
comment on view story_copies is 'One row is an article of a story that was printed more than once: the original and its copies.';
comment on column story_copies.story_id is 'The story, named after its original article.';
comment on column story_copies.article_id is 'The article.';
comment on column story_copies.outlet_id is 'The outlet that printed it.';
comment on column story_copies.url is 'Its address.';
comment on column story_copies.title is 'Its headline.';
comment on column story_copies.credit is 'The wire or outlet that it credits.';
comment on column story_copies.published_earliest is 'Not published before this time (UTC).';
comment on column story_copies.published_latest is 'Not published after this time (UTC).';
comment on column story_copies.is_original is 'True for the article that the others go back to.';
comment on column story_copies.copy_of is 'The article that this one copies.';
comment on column story_copies.relation is 'How: verbatim, edited or rewritten.';
comment on column story_copies.containment is 'Share of the shorter text that the other contains.';
comment on column story_copies.shared_quotations is 'Number of long quotations that both carry.';
comment on column story_copies.decided_by is 'Who or what decided that it is a copy.';
comment on column story_copies.n_articles is 'Number of articles of the story.';
