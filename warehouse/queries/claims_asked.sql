-- One row per claim of $claim_ids as it is read at $as_of.
select * from claims_as_of($as_of) where claim_id in (select unnest($claim_ids)) order by claim_id
