-- One row per reader version, and one for all that is current: how many of the readings that a person saw stood.
create or replace macro reading_precision(as_of) as table
with seen as (
    select claim_id, outcome = 'unresolvable' as is_misread from claim_outcomes(as_of) where outcome is not null
    union all
    select
        k.claim_id,
        case k.field
            when 'level' then s.anonymity <> k.value
            when 'source' then s.resolved_source is distinct from k.value
            when 'kind' then c.kind <> k.value
            when 'polarity' then c.polarity <> k.value
            when 'modality' then c.modality <> k.value
            when 'trackable' then c.trackable <> (k.value = 'true')
            else c.due_earliest is distinct from k.due_earliest or c.due_latest is distinct from k.due_latest
        end
    from corrections_as_of(as_of) as k
    join claims_as_of(as_of) as now using (claim_id)
    join claims as c on c.claim_id = now.claim_id and c.reader = now.reader
    join sources as s on s.source_id = c.source_id
),
checked as (
    select c.reader, s.claim_id, bool_or(s.is_misread) as is_misread
    from seen as s
    join claims_as_of(as_of) as c using (claim_id)
    group by all
),
counted as (
    select reader, count(*) as n_checked, count(*) filter (not is_misread) as n_right from checked group by all
    union all
    select 'all readers', count(*), count(*) filter (not is_misread) from checked
)
select
    reader, n_checked, n_right, n_right / nullif(n_checked, 0) as precision,
    -- Wilson's interval; 1.96 is the normal's 95 % point.
    (n_right + 1.9208 - 1.96 * sqrt(n_right * (n_checked - n_right) / nullif(n_checked, 0) + 0.9604)) / nullif(n_checked + 3.8416, 0) as low95,
    (n_right + 1.9208 + 1.96 * sqrt(n_right * (n_checked - n_right) / nullif(n_checked, 0) + 0.9604)) / nullif(n_checked + 3.8416, 0) as high95,
    as_of::timestamptz as as_of
from counted;
comment on macro table reading_precision is 'One row is a version of the reader (and one for all of them): of the claims that a person judged or corrected by as_of, how many stood as they were read; unresolvable counts against the reading. Who judges an outcome does not check every word: it is an upper bound.';
create or replace view reading_precision as
select * from reading_precision(now_as_of());
comment on view reading_precision is 'One row is a version of the reader (and one for all of them): of the claims that a person judged or corrected, how many stood as they were read. Who judges an outcome does not check every word: it is an upper bound.';
comment on column reading_precision.reader is 'Version of the reader; "all readers" for all of them together.';
comment on column reading_precision.n_checked is 'Current claims that a person or import has judged or corrected.';
comment on column reading_precision.n_right is 'Those that stand as they were read: not corrected, and not judged unresolvable.';
comment on column reading_precision.precision is 'Share of them.';
comment on column reading_precision.low95 is 'Lower end of its 95 % interval.';
comment on column reading_precision.high95 is 'Upper end of its 95 % interval.';
comment on column reading_precision.as_of is 'Only what was known by this time counts (UTC).';
