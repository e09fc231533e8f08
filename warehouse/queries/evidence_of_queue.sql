-- One row per claim of $claim_ids and piece of evidence for it or for another report of its utterance, what settles first.
with told as materialized (
    select claim_id, utterance_id from utterances($as_of)
),
asked as (
    select mine.claim_id as asked_claim_id, other.claim_id
    from told as mine
    join told as other using (utterance_id)
    where mine.claim_id in (select unnest($claim_ids))
    union
    select claim_id, claim_id from (select unnest($claim_ids) as claim_id)
)
select q.asked_claim_id, e.*, a.outlet_id, a.url, a.title, a.published_latest
from asked as q
join evidence as e on e.claim_id = q.claim_id
join articles as a on a.article_id = e.article_id
where e.recorded_at <= $as_of
order by e.stance = 'repeats', e.event_date nulls last, e.evidence_id
