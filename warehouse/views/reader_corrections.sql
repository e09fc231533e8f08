-- One row per reader version and field: how often what it read is corrected.
create or replace view reader_corrections as
with known as (
    select c.reader, c.claim_id, c.kind, c.polarity, c.modality, c.trackable, c.due_earliest, c.due_latest, s.anonymity, s.resolved_source
    from claims as c
    join sources as s using (source_id)
    join articles as a on a.article_id = c.article_id
    where a.fetched_at <= now_as_of()
),
n_read as (
    select reader, count(*) as n_claims from known group by all
),
corrected as (
    select k.reader, d.field, count(*) as n_corrected, max(d.recorded_at) as latest_at
    from known as k
    join corrections_as_of(now_as_of()) as d using (claim_id)
    -- A version that reads it as the analyst does is not corrected.
    where
        case d.field
            when 'level' then d.value <> k.anonymity
            when 'source' then d.value is distinct from k.resolved_source
            when 'kind' then d.value <> k.kind
            when 'polarity' then d.value <> k.polarity
            when 'modality' then d.value <> k.modality
            when 'trackable' then (d.value = 'true') <> k.trackable
            else d.due_earliest is distinct from k.due_earliest or d.due_latest is distinct from k.due_latest
        end
    group by all
)
select
    r.reader, f.field, r.n_claims, coalesce(d.n_corrected, 0) as n_corrected,
    coalesce(d.n_corrected, 0) / r.n_claims as corrected_share, d.latest_at
from n_read as r
cross join (
    select unnest(['level', 'source', 'kind', 'polarity', 'modality', 'trackable', 'horizon']) as field
) as f
left join corrected as d on d.reader = r.reader and d.field = f.field;
comment on view reader_corrections is 'One row is a version of the reader and a field: how many of the claims that it read an analyst reads otherwise. Nobody checks every claim: the share is a lower bound.';
comment on column reader_corrections.reader is 'Version of the reader.';
comment on column reader_corrections.field is 'level, source, kind, polarity, modality, trackable or horizon.';
comment on column reader_corrections.n_claims is 'Claims that this version has read.';
comment on column reader_corrections.n_corrected is 'Those with a correction that stands and differs from what this version read.';
comment on column reader_corrections.corrected_share is 'n_corrected over n_claims.';
comment on column reader_corrections.latest_at is 'When the most recent of these corrections was decided (UTC); empty where there is none.';
