-- One row per decision on the claim, by whomever, and when.
select recorded_at from resolutions
where claim_id = $claim_id or claim_id in (select was_claim_id from claim_lineage where claim_id = $claim_id)
union all
select recorded_at from rejections where claim_id = $claim_id
union all
select recorded_at from second_readings where claim_id = $claim_id
