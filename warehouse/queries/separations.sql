-- One row per pair of articles that a person took apart and nobody joined again.
with touched as (
    select distinct least(article_id, of_article_id) as one, greatest(article_id, of_article_id) as other
    from copies
    where starts_with(decided_by, 'person:') and withdrawn_at is not null
)
select article_id, of_article_id
from copies
join touched on one = least(article_id, of_article_id) and other = greatest(article_id, of_article_id)
where starts_with(decided_by, 'person:')
qualify row_number() over (partition by one, other order by recorded_at desc, withdrawn_at is not null desc, copy_id desc) = 1
    and withdrawn_at is not null
order by article_id, of_article_id
