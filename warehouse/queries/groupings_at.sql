-- One row per claim: where it stands among the others at $as_of.
select claim_id, story_id, origin_id, proposition_id from groupings_as_of($as_of)
