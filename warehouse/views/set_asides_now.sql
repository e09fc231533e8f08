-- One row per input that could not be used and has not been stored or mended since.
create or replace view set_asides_now as
select stage, what, error, message, recorded_at
from set_asides_as_of(now_as_of());
comment on view set_asides_now is 'One row is an input that could not be used and has not been stored or mended since, with the reason and the remedy.';
comment on column set_asides_now.stage is 'The stage that set it aside.';
comment on column set_asides_now.what is 'The input: a path, an address, a line of a file, an id.';
comment on column set_asides_now.error is 'Class of the error.';
comment on column set_asides_now.message is 'What was wrong and what to do about it.';
comment on column set_asides_now.recorded_at is 'When it was set aside (UTC).';
