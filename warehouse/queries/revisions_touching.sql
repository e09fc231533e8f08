-- One row per pair of versions of one page of which one is among $article_ids; a text that came back is not linked again.
select distinct r.article_id, r.was_article_id
from revisions as r
where
    (r.article_id in (select unnest($article_ids)) or r.was_article_id in (select unnest($article_ids)))
    and r.change <> 'replaced'
    and not exists (
        select 1
        from revisions as back
        where back.article_id = r.was_article_id and back.was_article_id = r.article_id and back.seen_at < r.seen_at
    )
