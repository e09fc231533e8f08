-- One row per review by somebody else that seems to be about one of $claim_ids, the closest wording first.
select * from external_reviews where claim_id in (select unnest($claim_ids)) order by similarity desc nulls last, review_id
