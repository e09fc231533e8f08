-- One row per article of $article_ids that is stored.
select article_id from articles where article_id in (select unnest($article_ids))
