-- One row per input that could not be used and has not been stored since.
create or replace view set_asides_now as
select s.stage, s.what, s.error, s.message, s.recorded_at
from set_asides as s
where
    s.recorded_at <= now_as_of()
    and not exists (select 1 from articles as a where a.url = s.what and a.recorded_at > s.recorded_at);
comment on view set_asides_now is 'One row is an input that could not be used and has not been stored since, with the reason and the remedy.';
comment on column set_asides_now.stage is 'The stage that set it aside.';
comment on column set_asides_now.what is 'The input: a path, an address, a line of a file, an id.';
comment on column set_asides_now.error is 'Class of the error.';
comment on column set_asides_now.message is 'What was wrong and what to do about it.';
comment on column set_asides_now.recorded_at is 'When it was first set aside (UTC).';
