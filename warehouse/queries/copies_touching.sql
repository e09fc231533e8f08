-- One row per live copy decision about one of $article_ids, on either side.
select copy_id, article_id, of_article_id, relation, containment, shared_quotations, decided_by, recorded_at, withdrawn_at
from copies
where article_id in (select unnest($article_ids)) or of_article_id in (select unnest($article_ids))
qualify row_number() over (
    partition by least(article_id, of_article_id), greatest(article_id, of_article_id)
    order by starts_with(decided_by, 'person:') desc, recorded_at desc, withdrawn_at is not null desc, copy_id desc
) = 1 and withdrawn_at is null
order by article_id, of_article_id
