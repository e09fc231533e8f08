-- Copies that name an article that does not exist.
select copy_id
from copies as c
where
    not exists (select 1 from articles as a where a.article_id = c.article_id)
    or not exists (select 1 from articles as a where a.article_id = c.of_article_id)
