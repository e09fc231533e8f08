-- One row per claim that new ones may meet, with its words; an even sample of $sample or some more where there are many.
with pool as (
    select claim_id
    from claim_terms
    where stands and (made_at between $first and $last or story_id in (select unnest($story_ids)))
),
sampled as (
    select claim_id
    from pool
    qualify (row_number() over (order by claim_id) - 1) % greatest(1, (select count(*) from pool) // $sample) = 0
)
select claim_id, arg_max(claim_text, recorded_at) as claim_text
from claims
where claim_id in (select claim_id from sampled)
group by claim_id
order by claim_id
