-- Corrections of claims that were never read, or that name a claimant who is not there.
select k.correction_id, k.claim_id
from corrections as k
where
    not exists (select 1 from claims as c where c.claim_id = k.claim_id)
    or (k.claimant_id is not null and not exists (select 1 from claimants as t where t.claimant_id = k.claimant_id))
