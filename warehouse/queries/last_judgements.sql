-- One row per claim of $claim_ids that a person or import has judged (or judged in the claim whose place it took): the last one.
with asked as (
    select unnest($claim_ids) as claim_id
),
reached as (
    select claim_id as asked_claim_id, claim_id from asked
    union all
    select l.claim_id, l.was_claim_id from claim_lineage as l where l.claim_id in (select claim_id from asked)
)
select q.asked_claim_id, arg_max(r.resolution_id, {'at': r.recorded_at, 'id': r.resolution_id}) as resolution_id
from reached as q
join resolutions as r on r.claim_id = q.claim_id
where r.resolved_by_kind <> 'machine'
group by q.asked_claim_id
