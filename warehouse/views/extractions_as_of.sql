-- One row per article that stood at its address at as_of: the reading of it that was current then.
create or replace macro extractions_as_of(as_of) as table
select extraction_id, article_id, extractor, reader, attribution_ids, claim_ids, recorded_at
from readings_as_of(as_of)
where article_id not in (select s.article_id from superseded_as_of(as_of) as s);
comment on macro table extractions_as_of is 'One row is the reading of an article that was current at as_of; before its first reading, the first. Earlier versions of a page are left out: they stand in readings_as_of.';
