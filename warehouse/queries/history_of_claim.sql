-- One row per thing that happened to the claim, oldest first.
select * from claim_history where claim_id = $claim_id order by happened_at nulls first, event
