-- One row per decided claim that $reader may read again: disagreements first, then the sample of $share, by id.
with decided as (
    select o.claim_id, o.resolution_id, o.resolved_by
    from claim_outcomes($as_of) as o
    join resolutions as r using (resolution_id)
    where
        o.resolved_by_kind = 'person' and o.outcome is not null and r.claim_id = o.claim_id
        -- The same claims for everybody, whatever was decided.
        and ('0x' || substr(sha256('second reading of ' || o.claim_id), 1, 8))::bigint / 4294967296.0 < $share
),
read as (
    select * from second_readings_as_of($as_of)
),
waiting as (
    select d.claim_id, d.resolution_id, 2 as place
    from decided as d
    where lower(d.resolved_by) <> $reader and d.claim_id not in (select claim_id from read)
    union all
    select d.claim_id, d.resolution_id, 3
    from read as d
    join claim_outcomes($as_of) as o using (resolution_id)
    where
        d.first_outcome <> d.second_outcome and d.third_reader is null
        and $reader not in (lower(d.first_reader), lower(d.second_reader))
)
select
    w.resolution_id as read_resolution_id, w.place,
    s.claim_id, 'second reading' as workflow, s.due_earliest, s.due_latest, c.claim_text, c.kind, c.polarity, c.modality,
    c.horizon_text, c.made_earliest, c.made_latest, c.trackable_reason, c.resolved_source, c.source_text, c.source_spans,
    c.cue, c.passage.start as passage_start, c.anonymity, c.level_reason, a.outlet_id, a.url, a.doc_id, a.title, a.article_id,
    substring(a.text, c.passage.start + 1, c.passage.end - c.passage.start) as passage,
    null as proposed_outcome, null as proposed_confidence, null as proposal_id
from waiting as w
join claim_status($as_of) as s using (claim_id)
join claims_as_of($as_of) as c using (claim_id)
join articles as a on a.article_id = c.article_id
order by w.place desc, s.claim_id
