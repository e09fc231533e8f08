-- One row per claim that is current at $as_of, as corrected by then.
select *
from claims_as_of($as_of)
order by made_latest nulls last, article_id, content[1].start, claim_id
