-- One row per claim of $claim_ids with the last version of its question.
select * from questions where claim_id in (select unnest($claim_ids))
qualify row_number() over (partition by claim_id order by version desc) = 1
