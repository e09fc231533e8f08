-- Judgements of claims that were never read.
select r.resolution_id, r.claim_id from resolutions as r where not exists (select 1 from claims as c where c.claim_id = r.claim_id)
