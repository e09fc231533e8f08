-- One row per claim: its latest grouping.
select claim_id, story_id, origin_id, proposition_id
from groupings
qualify row_number() over (partition by claim_id order by recorded_at desc) = 1
