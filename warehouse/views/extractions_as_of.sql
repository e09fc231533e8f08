-- One row per article that stood at its address at as_of: the reading of it that was current then.
create or replace macro extractions_as_of(as_of) as table
with read_by as (
    select e.article_id, min(e.recorded_at) as first_read_at from extractions as e group by e.article_id
),
waiting as (
    -- A text that waited to be read while another text of its page had been: then that one spoke for the page.
    select v.article_id
    from versions_as_of(as_of) as v
    join read_by as b using (article_id)
    qualify b.first_read_at > as_of and min(b.first_read_at) over (partition by v.first_article_id) <= as_of
)
select extraction_id, article_id, extractor, reader, attribution_ids, claim_ids, recorded_at
from readings_as_of(as_of)
where
    article_id not in (select s.article_id from superseded_as_of(as_of) as s)
    and article_id not in (select w.article_id from waiting as w);
comment on macro table extractions_as_of is 'One row is the reading of an article that was current at as_of; before its first reading, the first. Earlier versions of a page are left out: they stand in readings_as_of.';
