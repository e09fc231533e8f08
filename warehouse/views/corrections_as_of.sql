-- One row per claim and field with the correction that stands as known at as_of.
create or replace macro corrections_as_of(as_of) as table
with recursive lineage as (
    select claim_id, was_claim_id
    from successions
    where recorded_at <= as_of
    union
    select s.claim_id, l.was_claim_id
    from lineage as l
    join successions as s on s.was_claim_id = l.claim_id
    where s.recorded_at <= as_of
),
decided as (
    select * from corrections where recorded_at <= as_of
),
reached as (
    select claim_id as reached_id, * from decided
    union all
    select l.claim_id, d.* from decided as d join lineage as l on l.was_claim_id = d.claim_id
),
-- Level and source say how the attribution presents who spoke: they hold for whatever else it says.
spread as (
    select distinct sibling.claim_id as of_claim_id, r.*
    from reached as r
    join claims as mine on mine.claim_id = r.reached_id
    join claims as sibling on sibling.attribution_id = mine.attribution_id
    where r.field in ('level', 'source')
    union all
    select reached_id, * from reached where field not in ('level', 'source')
),
ordered as (
    select
        *,
        -- An earlier claim's correction is older than any of its successor's own: the latest stands.
        row_number() over (
            partition by of_claim_id, field
            order by recorded_at desc, withdrawn_at is not null desc, of_claim_id = claim_id desc, correction_id
        ) as place
    from spread
)
select
    of_claim_id as claim_id, field, value, due_earliest, due_latest, claimant_id, why, decided_by, recorded_at,
    correction_id, claim_id as corrected_claim_id
from ordered
where place = 1 and withdrawn_at is null;
comment on macro table corrections_as_of is 'One row is a claim and field with the correction that stands as known at as_of: its own, that of a claim whose place it took, or (level and source) that of another claim of its attribution.';
