-- One row per text that another text at the same address had taken the place of by as_of.
create or replace macro superseded_as_of(as_of) as table
with read_by as (
    select article_id, min(recorded_at) as first_read_at from extractions group by all
),
steps as (
    select r.was_article_id as article_id, r.article_id as by_article_id, r.seen_at, r.change
    from revisions as r
    join articles as a on a.article_id = r.article_id
    join read_by as later on later.article_id = r.article_id
    left join read_by as earlier on earlier.article_id = r.was_article_id
    where
        r.change <> 'replaced' and r.seen_at <= as_of and a.fetched_at <= as_of
        -- Until the new text is read the old one's claims stand; of what was not read by then, first readings count.
        and (greatest(later.first_read_at, r.recorded_at) <= as_of or coalesce(earlier.first_read_at, 'infinity') > as_of)
)
select s.article_id, s.by_article_id, s.seen_at, s.change
from steps as s
where not exists (
    -- The text that came back stands again.
    select 1
    from revisions as back
    where back.article_id = s.article_id and back.seen_at > s.seen_at and back.seen_at <= as_of and back.change <> 'fuller'
)
qualify row_number() over (partition by s.article_id order by s.seen_at desc, s.by_article_id) = 1;
comment on macro table superseded_as_of is 'One row is a text that another text at the same address had taken the place of by as_of; its claims no longer count, and can still be asked for.';
