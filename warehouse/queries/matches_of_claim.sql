-- One row per decision that stands about the claim and another one.
select m.*, n.claim_text as other_text
from same_claims as m
left join claims_now as n on n.claim_id = if(m.claim_id = $claim_id, m.other_claim_id, m.claim_id)
where m.claim_id = $claim_id or m.other_claim_id = $claim_id
order by m.score desc, m.claim_id, m.other_claim_id
