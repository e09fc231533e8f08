-- One value: the time for which the views that end in _now answer.
create or replace macro now_as_of() as (select max(as_of) from clock);
comment on macro now_as_of is 'The time for which the views that end in _now answer: the latest run''s --as-of.';
