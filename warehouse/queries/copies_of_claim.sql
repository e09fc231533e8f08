-- One row per other report of the same utterance or proposition.
select n.claim_id, n.outlet_id, n.url, n.title, n.anonymity, n.condition_stated, n.modality, n.claim_text,
    n.utterance_id = me.utterance_id as is_same_utterance, n.story_id = me.story_id as is_same_story
from claims_now as n
join claims_now as me on me.claim_id = $claim_id
where n.claim_id <> $claim_id and n.proposition_id = me.proposition_id
order by is_same_story desc, n.published_latest nulls last, n.claim_id
