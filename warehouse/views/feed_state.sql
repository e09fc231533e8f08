-- One row per feed or sitemap: what its looks leave behind for the next one.
create or replace view feed_state as
select
    address,
    arg_max(kind, recorded_at) as kind,
    max(recorded_at) as looked_at,
    arg_max(failures, recorded_at) as failures,
    arg_max(interval_seconds, recorded_at) as interval_seconds,
    arg_max_null(next_look_at, recorded_at) as next_look_at,
    arg_max_null(etag, recorded_at) filter (status in ('new', 'same', 'not_modified')) as etag,
    arg_max_null(last_modified, recorded_at) filter (status in ('new', 'same', 'not_modified')) as last_modified,
    arg_max_null(body_sha256, recorded_at) filter (status in ('new', 'same', 'not_modified')) as body_sha256,
    max(recorded_at) filter (status in ('new', 'same', 'not_modified')) as succeeded_at,
    max(recorded_at) filter (status in ('new', 'same')) as read_in_full_at
from fetches
where kind <> 'page'
group by address;
comment on view feed_state is 'One row is a feed or a sitemap with what its looks leave behind for the next one.';
comment on column feed_state.address is 'Its address.';
comment on column feed_state.kind is 'Feed or sitemap.';
comment on column feed_state.looked_at is 'When it was looked at last (UTC).';
comment on column feed_state.failures is 'Weight of the failures in a row; 0 where the last look went well.';
comment on column feed_state.interval_seconds is 'How often it is looked at while all goes well.';
comment on column feed_state.next_look_at is 'When it is due again (UTC).';
comment on column feed_state.etag is 'ETag of the last look that went well.';
comment on column feed_state.last_modified is 'Last-Modified of the last look that went well.';
comment on column feed_state.body_sha256 is 'SHA-256 of what came at the last look that went well.';
comment on column feed_state.succeeded_at is 'When a look last went well (UTC); empty where none did.';
comment on column feed_state.read_in_full_at is 'When it last came whole (UTC), rather than as not modified.';
