-- One row per stage and the number of inputs that wait for it at $as_of, `since` when the first of them.
select 'ingest' as stage, 'pages behind feeds to fetch' as waiting, coalesce(sum(entries_waiting), 0)::bigint as n, null::timestamptz as since
from feed_health
union all
select 'extract', 'articles not read yet', count(*), min(a.recorded_at)
from articles as a
where not exists (
    select 1 from extractions as e where e.article_id = a.article_id and (e.extractor = 'given' or (e.extractor = $extractor and e.reader = $reader))
)
union all
select 'match', 'claims not grouped yet', count(*), min(c.recorded_at)
from claims_as_of($as_of) as c
where not exists (select 1 from groupings as g where g.claim_id = c.claim_id)
union all
select 'resolve', 'claims due, waiting for a judgement', count(*), min(due_latest) from due_claims($as_of)
union all
select 'resolve', 'proposals, waiting for a person', count(*), null
from claim_status($as_of) where is_fullest and workflow = 'proposed'
