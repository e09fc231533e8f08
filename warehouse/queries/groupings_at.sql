-- One row per claim of $claim_ids: where it stands among the others at $as_of.
select claim_id, story_id, origin_id, proposition_id
from groupings_as_of($as_of)
where claim_id in (select unnest($claim_ids))
