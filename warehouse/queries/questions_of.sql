-- One row per version of the claim's question, oldest first.
select * from questions where claim_id = $claim_id order by version
