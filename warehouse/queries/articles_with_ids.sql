-- One row per article of $article_ids.
select * from articles where article_id in (select unnest($article_ids))
