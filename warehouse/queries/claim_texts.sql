-- One row per claim of $claim_ids and its words, as read last.
select claim_id, arg_max(claim_text, recorded_at) as claim_text
from claims
where claim_id in (select unnest($claim_ids))
group by claim_id
