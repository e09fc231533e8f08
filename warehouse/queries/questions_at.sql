-- One row per claim of $claim_ids with its question as it stood at $as_of.
select * from questions_as_of($as_of) where claim_id in (select unnest($claim_ids))
