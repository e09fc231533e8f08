-- One row per claim that was current at as_of, with its source and attribution, as corrected by then.
create or replace macro claims_as_of(as_of) as table
with found as (
    select unnest(claim_ids) as claim_id, reader, extractor
    from extractions_as_of(as_of)
),
corrected as (
    select
        claim_id,
        max(value) filter (field = 'level') as level,
        max('corrected by ' || replace(decided_by, 'person:', '') || ': ' || why) filter (field = 'level') as level_why,
        max(claimant_id) filter (field = 'level') as level_claimant_id,
        max(value) filter (field = 'source') as source,
        max(claimant_id) filter (field = 'source') as source_claimant_id,
        max(value) filter (field = 'kind') as kind,
        max(value) filter (field = 'polarity') as polarity,
        max(value) filter (field = 'modality') as modality,
        max(value) filter (field = 'trackable') = 'true' as trackable,
        max('corrected by ' || replace(decided_by, 'person:', '') || ': ' || why) filter (field = 'trackable') as trackable_why,
        max(value) filter (field = 'horizon') as horizon,
        -- A kind brings its own deadline: a fact is due at once. A corrected horizon stands before what follows from a kind.
        arg_max(
            {'earliest': due_earliest, 'latest': due_latest}, {'own': field = 'horizon', 'at': recorded_at}
        ) filter (field in ('horizon', 'kind', 'trackable')) as due
    from corrections_as_of(as_of)
    group by claim_id
)
select
    c.claim_id, c.attribution_id, c.article_id, c.claim_text, c.content,
    coalesce(k.kind, c.kind) as kind,
    coalesce(k.polarity, c.polarity) as polarity,
    coalesce(k.modality, c.modality) as modality,
    -- Words that were taken for another modality carry none.
    if(k.modality <> c.modality, null, c.modality_phrase) as modality_phrase,
    coalesce(k.trackable, c.trackable) as trackable,
    coalesce(
        k.trackable_why || ' (machine: ' || if(c.trackable, 'trackable, ', 'not trackable, ') || c.trackable_reason || ')',
        c.trackable_reason
    ) as trackable_reason,
    coalesce(k.horizon, c.horizon_text) as horizon_text,
    if(k.due is null, c.due_earliest, k.due.earliest) as due_earliest,
    if(k.due is null, c.due_latest, k.due.latest) as due_latest,
    if(k.due is null, c.horizon_policy, null) as horizon_policy,
    c.made_earliest,
    c.made_latest, c.reader, c.recorded_at,
    f.extractor,
    t.passage, t.source as source_spans, t.cue, t.quotation, t.nested_in, t.confidence,
    s.source_id, s.text as source_text,
    coalesce(k.source, s.resolved_source) as resolved_source,
    coalesce(k.level, s.anonymity) as anonymity,
    coalesce(k.level_why || ' (machine: ' || s.anonymity || ', ' || s.level_reason || ')', s.level_reason) as level_reason,
    s.plurality, s.role, s.organisation,
    s.seniority, s.standing, s.condition_stated, s.condition_reason, s.access, s.told_to, s.relayed_by, s.hops,
    case
        when k.level is null and k.source is null then s.claimant_id
        -- Only who is named is the same across articles.
        when coalesce(k.level, s.anonymity) not in ('A1', 'A2') then null
        else coalesce(k.source_claimant_id, k.level_claimant_id, if(k.source is null, s.claimant_id, null))
    end as claimant_id,
    case
        when k.level is null and k.source is null then s.descriptor
        when coalesce(k.level, s.anonymity) < 'A3' then null
        else coalesce(k.source, nullif(s.descriptor, 'bare'), s.resolved_source, 'bare')
    end as descriptor,
    k.due is not null as is_due_corrected
from found as f
join claims as c on c.claim_id = f.claim_id and c.reader = f.reader
join sources as s using (source_id)
join attributions as t on t.attribution_id = c.attribution_id
left join corrected as k on k.claim_id = c.claim_id;
comment on macro table claims_as_of is 'One row is a claim that was current at as_of, with how its source is presented and where it stands; what an analyst corrected by then stands over what the reader read.';
