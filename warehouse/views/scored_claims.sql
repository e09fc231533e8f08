-- One row per trackable utterance and outlet that printed it, as known at as_of.
create or replace macro scored_claims(as_of) as table
select
    s.utterance_id, a.outlet_id,
    bool_or(s.is_fullest) as is_fullest,
    arg_max(c.claim_id, s.is_fullest) as claim_id,
    arg_max(s.story_id, s.is_fullest) as story_id,
    arg_max(c.claimant_id, s.is_fullest) as claimant_id,
    arg_max(c.descriptor, s.is_fullest) as descriptor,
    arg_max(c.anonymity, s.is_fullest) as anonymity,
    arg_max(c.kind, s.is_fullest) as kind,
    arg_max(c.polarity, s.is_fullest) as polarity,
    arg_max(c.modality, s.is_fullest) as modality,
    arg_max(lower(c.modality_phrase), s.is_fullest) as modality_phrase,
    min(c.made_latest) as made_latest,
    min(s.due_latest) as due_latest,
    max(s.outcome) as outcome,
    case max(s.outcome)
        when 'held_up' then 1.0 when 'partly' then 0.5 when 'failed' then 0.0 when 'held_up_late' then 0.0
    end as value,
    -- The horizon rule: a claim counts once its horizon and two weeks for reporting have passed, however early it resolved.
    coalesce(bool_or(s.due_latest + interval 14 days <= as_of), false) as is_due
from claim_status(as_of) as s
join claims_as_of(as_of) as c using (claim_id)
join articles as a on a.article_id = c.article_id
where c.trackable
group by s.utterance_id, a.outlet_id;
comment on macro table scored_claims is 'One row is a trackable utterance and an outlet that printed it; is_due says whether it counts in rates at as_of (horizon plus 14 days for reporting has passed).';
