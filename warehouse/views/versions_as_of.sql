-- One row per text of a page of which more than one text was known at as_of: its place among them.
create or replace macro versions_as_of(as_of) as table
with recursive steps as (
    select article_id, was_article_id as other_id
    from revisions
    where change <> 'replaced' and seen_at <= as_of
    union
    select was_article_id, article_id
    from revisions
    where change <> 'replaced' and seen_at <= as_of
),
pages(article_id, page_id) using key (article_id) as (
    select distinct article_id, article_id from steps
    union
    (
        select p.article_id, min(o.page_id)
        from recurring.pages as p
        join steps as s on s.article_id = p.article_id
        join pages as o on o.article_id = s.other_id and o.page_id < p.page_id
        group by p.article_id
    )
)
select
    p.article_id,
    first_value(p.article_id) over (page order by a.fetched_at, p.article_id) as first_article_id,
    row_number() over (page order by a.fetched_at, p.article_id) as version,
    count(*) over page as n_versions,
    min(a.fetched_at) over page as first_seen_at,
    s.by_article_id as superseded_by,
    s.seen_at as superseded_at
from pages as p
join articles as a using (article_id)
left join superseded_as_of(as_of) as s using (article_id)
where a.fetched_at <= as_of
window page as (partition by p.page_id);
comment on macro table versions_as_of is 'One row is a text of a page of which more than one was known at as_of, and its place among them; superseded_by is empty for the one that stands.';
