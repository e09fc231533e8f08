-- Matches that name a claim that was never read.
select match_id
from matches as m
where
    not exists (select 1 from claims as c where c.claim_id = m.claim_id)
    or not exists (select 1 from claims as c where c.claim_id = m.other_claim_id)
