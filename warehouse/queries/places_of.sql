-- One row per claim of $claim_ids that was grouped, and where it was put last.
select * from claim_places where claim_id in (select unnest($claim_ids))
