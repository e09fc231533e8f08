-- One row per article fetched by as_of: the story it belongs to, named after the article that is copied in the end.
create or replace macro stories_as_of(as_of) as table
with recursive versions as (
    select article_id, first_article_id from versions_as_of(as_of)
),
of_pages as (
    -- Whoever copies a text of a page copies the page; its own texts are no copies of each other.
    select
        coalesce(v.first_article_id, c.article_id) as article_id,
        coalesce(o.first_article_id, c.of_article_id) as of_article_id,
        c.decided_by, c.containment, c.recorded_at
    from copies_as_of(as_of) as c
    left join versions as v on v.article_id = c.article_id
    left join versions as o on o.article_id = c.of_article_id
    where coalesce(v.first_article_id, c.article_id) <> coalesce(o.first_article_id, c.of_article_id)
),
links as (
    -- A machine's best finding for an article, and whatever persons decided: a round-up of two stories joins them not.
    select article_id, of_article_id
    from of_pages
    qualify starts_with(decided_by, 'person:') or row_number() over (
        partition by article_id, starts_with(decided_by, 'person:')
        order by floor(containment * 10) desc, recorded_at desc, of_article_id
    ) = 1
),
neighbours as (
    select article_id, of_article_id as other_id from links
    union
    select of_article_id, article_id from links
),
components(article_id, component_id) using key (article_id) as (
    select distinct article_id, article_id from neighbours
    union
    (
        select c.article_id, min(o.component_id)
        from recurring.components as c
        join neighbours as n on n.article_id = c.article_id
        join components as o on o.article_id = n.other_id and o.component_id < c.component_id
        group by c.article_id
    )
),
originals as (
    select component_id, article_id as story_id
    from components as c
    left join (select of_article_id as article_id, count(*) as n from links group by all) as copied using (article_id)
    qualify row_number() over (
        partition by component_id
        order by article_id in (select l.article_id from links as l), coalesce(n, 0) desc, article_id
    ) = 1
)
select a.article_id, coalesce(o.story_id, v.first_article_id, a.article_id) as story_id
from articles as a
left join versions as v on v.article_id = a.article_id
left join components as c on c.article_id = coalesce(v.first_article_id, a.article_id)
left join originals as o on o.component_id = c.component_id
where a.fetched_at <= as_of;
comment on macro table stories_as_of is 'One row is an article and the story it belongs to as known at as_of; a story is named after the article that all its copies go back to, of a page after its first text.';
