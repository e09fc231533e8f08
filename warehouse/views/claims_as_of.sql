-- One row per claim that was current at as_of, with its source and attribution.
create or replace macro claims_as_of(as_of) as table
with found as (
    select unnest(claim_ids) as claim_id, reader, extractor
    from extractions_as_of(as_of)
)
select
    c.claim_id, c.attribution_id, c.article_id, c.claim_text, c.content, c.kind, c.polarity, c.modality, c.modality_phrase,
    c.trackable, c.trackable_reason, c.horizon_text, c.due_earliest, c.due_latest, c.horizon_policy, c.made_earliest,
    c.made_latest, c.reader, c.recorded_at,
    f.extractor,
    t.passage, t.source as source_spans, t.cue, t.quotation, t.nested_in, t.confidence,
    s.source_id, s.text as source_text, s.resolved_source, s.anonymity, s.level_reason, s.plurality, s.role, s.organisation,
    s.seniority, s.standing, s.condition_stated, s.condition_reason, s.access, s.told_to, s.relayed_by, s.hops,
    s.claimant_id, s.descriptor
from found as f
join claims as c on c.claim_id = f.claim_id and c.reader = f.reader
join sources as s using (source_id)
join attributions as t on t.attribution_id = c.attribution_id;
comment on macro table claims_as_of is 'One row is a claim that was current at as_of, with how its source is presented and where it stands.';
