-- One row per source of a claim that is current at $as_of.
select distinct s.*
from sources as s
join claims_as_of($as_of) as n using (source_id)
