-- One row per match that stands at $as_of among the claims that are the same as any of $claim_ids, directly or through others.
with recursive current_claims as materialized (
    select unnest(claim_ids) as claim_id from extractions_as_of($as_of)
),
decided as materialized (
    select *
    from matches_as_of($as_of)
    where claim_id in (select claim_id from current_claims) and other_claim_id in (select claim_id from current_claims)
),
links as materialized (
    select claim_id, other_claim_id from decided where verdict = 'same'
    union all
    select other_claim_id, claim_id from decided where verdict = 'same'
),
reached as (
    select unnest($claim_ids) as claim_id
    union
    select l.other_claim_id
    from reached as r
    join links as l on l.claim_id = r.claim_id
)
select d.*, null::timestamptz as withdrawn_at
from decided as d
where d.claim_id in (select claim_id from reached) and d.other_claim_id in (select claim_id from reached)
