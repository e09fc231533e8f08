-- One row per current claim whose id begins with $prefix.
select claim_id from claims_as_of($as_of) where starts_with(claim_id, $prefix)
union
select claim_id from claims where claim_id = $prefix
order by claim_id
