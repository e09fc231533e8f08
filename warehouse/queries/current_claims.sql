-- One row per claim that is current at $as_of.
select c.*
from claims as c
join claims_as_of($as_of) as n on n.claim_id = c.claim_id and n.reader = c.reader
order by c.made_latest nulls last, c.article_id, c.content[1].start, c.claim_id
