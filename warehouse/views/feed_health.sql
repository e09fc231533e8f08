-- One row per feed or sitemap: how it does.
create or replace view feed_health as
with looks as (
    select
        f.*,
        min(f.recorded_at) over (partition by f.address) as first_look_at,
        max(f.recorded_at) over (partition by f.address) as last_look_at,
        max(f.recorded_at) filter (f.status in ('new', 'same', 'not_modified'))
            over (partition by f.address) as last_success_at
    from fetches as f
    where f.kind <> 'page'
)
select
    address,
    arg_max(kind, recorded_at) as kind,
    arg_max_null(outlet_id, recorded_at) as outlet_id,
    last_look_at,
    arg_max(status, recorded_at) as last_status,
    arg_max_null(message, recorded_at) as last_message,
    last_success_at,
    count(*) filter (last_success_at is null or recorded_at > last_success_at) as failures_in_row,
    -- The first look finds what has piled up before it: that is no day's work.
    coalesce(sum(entries_new) filter (recorded_at > first_look_at and recorded_at > last_look_at - interval 14 days), 0)
    / greatest(1.0, least(14.0, epoch(last_look_at - first_look_at) / 86400.0)) as new_a_day,
    coalesce(max(recorded_at) filter (entries_new > 0), first_look_at) as silent_since,
    arg_max(entries_waiting, recorded_at) as entries_waiting,
    arg_max_null(next_look_at, recorded_at) as next_look_at,
    arg_max(failures, recorded_at) >= 30 as is_dead
from looks
group by address, first_look_at, last_look_at, last_success_at;
comment on view feed_health is 'One row is a feed or a sitemap and how it does: when it last worked, how often it has failed since, what it brings.';
comment on column feed_health.address is 'Its address.';
comment on column feed_health.kind is 'Feed or sitemap.';
comment on column feed_health.outlet_id is 'The outlet that lists it, where one does.';
comment on column feed_health.last_look_at is 'When it was looked at last (UTC).';
comment on column feed_health.last_status is 'What the last look came to, as in fetches.status.';
comment on column feed_health.last_message is 'What was wrong at the last look and what to do about it; empty where it went well.';
comment on column feed_health.last_success_at is 'When a look last went well (UTC); empty where none did.';
comment on column feed_health.failures_in_row is 'Number of looks since then, all of which failed.';
comment on column feed_health.new_a_day is 'New entries a day over the last 14 days, without those of the first look.';
comment on column feed_health.silent_since is 'When it last brought something new (UTC), or was first looked at where it never did.';
comment on column feed_health.entries_waiting is 'Number of entries whose pages are still to be fetched.';
comment on column feed_health.next_look_at is 'When it is due again (UTC).';
comment on column feed_health.is_dead is 'Whether it failed so often that it is looked at only once in 30 days.';
