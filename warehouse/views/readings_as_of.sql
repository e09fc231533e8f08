-- One row per article fetched by as_of: the reading of it that was current then (before the first reading: the first).
create or replace macro readings_as_of(as_of) as table
select extraction_id, article_id, extractor, reader, attribution_ids, claim_ids, e.recorded_at
from extractions as e
join articles as a using (article_id)
where a.fetched_at <= as_of
qualify row_number() over (
    partition by article_id
    order by e.recorded_at <= as_of desc, case when e.recorded_at <= as_of then e.recorded_at end desc, e.recorded_at, extraction_id
) = 1;
comment on macro table readings_as_of is 'One row is the reading of an article that was current at as_of, of earlier versions of a page too; before its first reading, the first.';
