-- One row per utterance that waits for a judgement: proposed first, then due by deadline.
select
    s.claim_id, s.workflow, s.due_earliest, s.due_latest, c.claim_text, c.kind, c.polarity, c.modality, c.horizon_text,
    c.made_earliest, c.made_latest, c.trackable_reason, c.resolved_source, c.source_text, c.source_spans, c.cue,
    c.passage.start as passage_start, c.anonymity, c.level_reason, a.outlet_id,
    a.url, a.doc_id, a.title, a.article_id,
    substring(a.text, c.passage.start + 1, c.passage.end - c.passage.start) as passage,
    p.outcome as proposed_outcome, p.confidence as proposed_confidence, p.resolution_id as proposal_id
from claim_status($as_of) as s
join claims_as_of($as_of) as c using (claim_id)
join articles as a on a.article_id = c.article_id
left join proposals_as_of($as_of) as p on p.claim_id = s.claim_id
where s.is_fullest and s.workflow in ('proposed', 'due', 'reopened')
order by s.workflow = 'proposed' desc, s.due_latest nulls last, s.claim_id
