-- One row per decided claim that another reader had judged by as_of, with the first word, the second and the third.
create or replace macro second_readings_as_of(as_of) as table
with standing as (
    select resolution_id, claim_id, place, read_by, outcome, note, recorded_at
    from second_readings
    where recorded_at <= as_of
    -- Of one reader's words on one judgement the last counts, and one that was taken back counts for nothing.
    qualify row_number() over (partition by resolution_id, place order by recorded_at desc, withdrawn_at is not null desc, reading_id) = 1
        and withdrawn_at is null
)
select
    s.claim_id, r.resolution_id, r.resolved_by as first_reader, r.outcome as first_outcome, r.recorded_at as first_at,
    s.read_by as second_reader, s.outcome as second_outcome, s.recorded_at as second_at, s.note as second_note,
    t.read_by as third_reader, t.outcome as third_outcome, t.recorded_at as third_at, t.note as third_note
from standing as s
join resolutions as r using (resolution_id)
left join standing as t on t.resolution_id = s.resolution_id and t.place = 3
where s.place = 2;
comment on macro table second_readings_as_of is 'One row is a decided claim that a second reader judged without knowing the first judgement, with what a third said where the two differ, as known at as_of.';
