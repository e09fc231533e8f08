-- One row per claim: where it stood among the others at as_of (before its first grouping: where it was first put).
create or replace macro groupings_as_of(as_of) as table
select claim_id, story_id, origin_id, proposition_id, recorded_at
from groupings
qualify row_number() over (
    partition by claim_id
    order by recorded_at <= as_of desc, case when recorded_at <= as_of then recorded_at end desc, recorded_at
) = 1;
comment on macro table groupings_as_of is 'One row is a claim''s story, origin and proposition as known at as_of; before it was first grouped, as first grouped.';
