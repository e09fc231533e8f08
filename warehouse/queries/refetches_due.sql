-- One row per page that is due to be looked at again at $as_of, by $steps (seconds after it was first seen), most overdue first.
with standing as (
    select
        f.address, a.outlet_id, a.article_id, a.url, a.title, a.byline, a.credit, a.published_earliest, a.published_latest,
        a.published_basis, f.title_from, f.byline_from, f.credit_from,
        min(a.fetched_at) over page as first_seen_at
    from page_facts as f
    join articles as a using (article_id)
    left join (select article_id, max(seen_at) as seen_at from revisions where change <> 'fuller' group by all) as r using (article_id)
    where f.form = 'page' and starts_with(a.raw_ref, 'warc:') and a.fetched_at <= $as_of and a.url is not null
    window page as (partition by f.address, a.outlet_id)
    qualify row_number() over (page order by greatest(a.fetched_at, coalesce(r.seen_at, a.fetched_at)) desc, a.article_id) = 1
),
looks as (
    select
        address as url,
        arg_max(kind, recorded_at) as kind,
        max(recorded_at) as looked_at,
        max(recorded_at) filter (status <> 'unreachable') as settled_at,
        arg_max_null(etag, recorded_at) filter (status in ('new', 'same', 'not_modified')) as etag,
        arg_max_null(last_modified, recorded_at) filter (status in ('new', 'same', 'not_modified')) as last_modified,
        arg_max_null(body_sha256, recorded_at) filter (status in ('new', 'same', 'not_modified')) as body_sha256,
        max(recorded_at) filter (status in ('new', 'same', 'not_modified')) as succeeded_at,
        max(recorded_at) filter (status in ('new', 'same')) as read_in_full_at
    from fetches
    -- Of any kind: a page at whose address a feed stands now has been looked at, too.
    where recorded_at <= $as_of
    group by address
),
timed as (
    select *, list_max([first_seen_at + to_seconds(step) for step in $steps if first_seen_at + to_seconds(step) <= $as_of]) as due_at
    from standing
)
select t.*, l.looked_at, l.etag, l.last_modified, l.body_sha256, l.succeeded_at, l.read_in_full_at
from timed as t
left join looks as l using (url)
where
    t.due_at is not null
    and coalesce(l.settled_at < t.due_at, true)
    -- What did not answer is asked again, but not at once.
    and coalesce(l.looked_at < t.due_at or l.looked_at <= $as_of - interval 1 hour, true)
order by t.due_at, t.url
limit $how_many
