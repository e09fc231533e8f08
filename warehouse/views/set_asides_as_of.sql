-- One row per input that could not be used and had not been stored or mended by a time.
create or replace macro set_asides_as_of(as_of) as table
select s.set_aside_id, s.stage, s.what, s.error, s.message, s.recorded_at
from set_asides as s
where
    s.recorded_at <= as_of
    and not exists (
        select 1 from articles as a
        where a.url = s.what and a.recorded_at > s.recorded_at and a.recorded_at <= as_of
    )
    and not exists (
        select 1 from mendings as m where m.set_aside_id = s.set_aside_id and m.recorded_at <= as_of
    )
    -- A feed that answers again; for a page it takes an article.
    and not exists (
        select 1 from fetches as f
        where
            f.address = s.what and f.kind <> 'page' and f.status in ('new', 'same', 'not_modified')
            and f.recorded_at > s.recorded_at and f.recorded_at <= as_of
    );
comment on macro table set_asides_as_of is 'One row is an input that could not be used and had not been stored or mended by as_of, with the reason and the remedy.';
