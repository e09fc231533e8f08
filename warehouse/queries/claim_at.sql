-- At most one row: the claim as it stands at $as_of.
select * from claims_as_of($as_of) where claim_id = $claim_id
