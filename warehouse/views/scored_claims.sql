-- One row per trackable utterance and outlet that printed it, as known at as_of.
create or replace macro scored_claims(as_of) as table
select
    s.utterance_id, a.outlet_id,
    bool_or(s.is_fullest) as is_fullest,
    -- Where an outlet printed several copies, none of them the fullest, the smallest id stands for them: always the same one.
    first(c.claim_id order by s.is_fullest desc, c.claim_id) as claim_id,
    first(s.story_id order by s.is_fullest desc, c.claim_id) as story_id,
    first(c.claimant_id order by s.is_fullest desc, c.claim_id) as claimant_id,
    first(c.descriptor order by s.is_fullest desc, c.claim_id) as descriptor,
    first(c.anonymity order by s.is_fullest desc, c.claim_id) as anonymity,
    first(c.kind order by s.is_fullest desc, c.claim_id) as kind,
    first(c.polarity order by s.is_fullest desc, c.claim_id) as polarity,
    first(c.modality order by s.is_fullest desc, c.claim_id) as modality,
    first(lower(c.modality_phrase) order by s.is_fullest desc, c.claim_id) as modality_phrase,
    min(c.made_latest) as made_latest,
    min(s.due_latest) as due_latest,
    max(s.outcome) as outcome,
    case max(s.outcome)
        when 'held_up' then 1.0 when 'partly' then 0.5 when 'failed' then 0.0 when 'held_up_late' then 0.0
    end as value,
    -- The horizon rule: a claim counts once its horizon and two weeks for reporting have passed, however early it resolved.
    coalesce(bool_or(s.due_latest + interval 14 days <= as_of), false) as is_due,
    bool_or(s.is_judged_by_older) as is_judged_by_older
from claim_status(as_of) as s
join claims_as_of(as_of) as c using (claim_id)
join articles as a on a.article_id = c.article_id
where c.trackable
group by s.utterance_id, a.outlet_id;
comment on macro table scored_claims is 'One row is a trackable utterance and an outlet that printed it; is_due says whether it counts in rates at as_of (horizon plus 14 days for reporting has passed).';
