-- One row per review by somebody else that seems to be about the claim, the closest wording first.
select * from external_reviews where claim_id = $claim_id order by similarity desc nulls last, review_id
