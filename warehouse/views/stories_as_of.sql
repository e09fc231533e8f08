-- One row per article fetched by as_of: the story it belongs to, named after the article that is copied in the end.
create or replace macro stories_as_of(as_of) as table
with recursive links as (
    -- A machine's best finding for an article, and whatever persons decided: a round-up of two stories joins them not.
    select article_id, of_article_id
    from copies_as_of(as_of)
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
select a.article_id, coalesce(o.story_id, a.article_id) as story_id
from articles as a
left join components as c using (article_id)
left join originals as o using (component_id)
where a.fetched_at <= as_of;
comment on macro table stories_as_of is 'One row is an article and the story it belongs to as known at as_of; a story is named after the article that all its copies go back to.';
