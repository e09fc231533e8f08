-- One row per judgement of the claim, or of a claim whose place it took, oldest first.
select r.*
from resolutions as r
where
    r.claim_id = $claim_id
    or r.claim_id in (select was_claim_id from claim_lineage where claim_id = $claim_id)
order by r.recorded_at, r.resolution_id
