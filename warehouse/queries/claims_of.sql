-- One row per claim among $claim_ids, as the reader $reader reads it.
select * from claims where claim_id in (select unnest($claim_ids)) and reader = $reader
