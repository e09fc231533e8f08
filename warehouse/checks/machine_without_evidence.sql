-- Proposals that rest on no evidence in the warehouse.
select r.resolution_id
from resolutions as r
where
    r.resolved_by_kind = 'machine'
    and (len(r.evidence_ids) = 0 or exists (
        select 1 from (select unnest(r.evidence_ids) as evidence_id) as n where n.evidence_id not in (select evidence_id from evidence)
    ))
