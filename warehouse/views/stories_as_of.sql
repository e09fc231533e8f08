-- One row per article fetched by as_of: the story it belongs to, named after the article that is copied in the end.
create or replace macro stories_as_of(as_of) as table
with recursive pointers as (
    select article_id, of_article_id
    from copies_as_of(as_of)
    qualify row_number() over (partition by article_id order by containment desc, of_article_id) = 1
),
ancestors as (
    select article_id, of_article_id as ancestor_id
    from pointers
    union
    select a.article_id, p.of_article_id
    from ancestors as a
    join pointers as p on p.article_id = a.ancestor_id
),
roots as (
    select article_id, min(ancestor_id) as story_id
    from ancestors
    where ancestor_id not in (select article_id from pointers)
    group by all
)
select article_id, coalesce(r.story_id, article_id) as story_id
from articles
left join roots as r using (article_id)
where fetched_at <= as_of;
comment on macro table stories_as_of is 'One row is an article and the story it belongs to as known at as_of; a story is named after the article that all its copies go back to.';
