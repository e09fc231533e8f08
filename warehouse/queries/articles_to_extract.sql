-- One row per article that this extractor and reader have not read yet, oldest first.
select a.*
from articles as a
where not exists (
    select 1
    from extractions as e
    where e.article_id = a.article_id and (e.extractor = 'given' or (e.extractor = $extractor and e.reader = $reader))
)
order by a.published_earliest nulls last, a.article_id
limit $how_many
