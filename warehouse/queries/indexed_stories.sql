-- One row per claim of $claim_ids and the story under which it is indexed.
select claim_id, story_id from claim_terms where claim_id in (select unnest($claim_ids))
