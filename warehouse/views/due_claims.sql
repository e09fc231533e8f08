-- One row per utterance whose deadline has passed by `on` and whose outcome nobody has judged.
create or replace macro due_claims("on") as table
select
    c.claim_id, s.due_earliest, s.due_latest, date_diff('day', s.due_latest, "on") as days_overdue, s.workflow,
    c.resolved_source, c.anonymity, c.kind, c.polarity, c.modality, c.claim_text, c.horizon_text, a.outlet_id, a.url
from claim_status("on") as s
join claims_as_of("on") as c using (claim_id)
join articles as a on a.article_id = c.article_id
where s.is_fullest and c.trackable and s.due_latest <= "on" and s.workflow in ('due', 'proposed', 'reopened');
comment on macro table due_claims is 'One row is a claim whose deadline has passed and that waits for a judgement; reprints count once. A deadline that passes writes no outcome.';
