-- One row per judged claim: the judgement by a person or import that stood at as_of.
create or replace macro claim_outcomes(as_of) as table
with recursive lineage as (
    -- Not the view: a claim that took the place later is not known yet.
    select claim_id, was_claim_id
    from successions
    where recorded_at <= as_of
    union
    select s.claim_id, l.was_claim_id
    from lineage as l
    join successions as s on s.was_claim_id = l.claim_id
    where s.recorded_at <= as_of
),
judged as (
    select claim_id, resolution_id, outcome, resolved_by, resolved_by_kind, event_date, evidence_url, note, recorded_at, question_version
    from resolutions
    where resolved_by_kind <> 'machine' and recorded_at <= as_of
),
inherited as (
    select claim_id, resolution_id, outcome, resolved_by, resolved_by_kind, event_date, evidence_url, note, recorded_at, question_version
    from judged
    union all
    select l.claim_id, resolution_id, outcome, resolved_by, resolved_by_kind, event_date, evidence_url, note, recorded_at, question_version
    from judged as j
    join lineage as l on l.was_claim_id = j.claim_id
)
select
    claim_id, outcome, outcome is null as is_reopened, resolved_by, resolved_by_kind, event_date, evidence_url, note, recorded_at,
    count(*) over (partition by claim_id) as count_judgements, question_version, resolution_id
from inherited
qualify row_number() over (partition by claim_id order by recorded_at desc, resolution_id) = 1;
comment on macro table claim_outcomes is 'One row is a judged claim with the judgement that stood at as_of; outcome is empty where it was reopened. Earlier judgements stay in claim_history.';
