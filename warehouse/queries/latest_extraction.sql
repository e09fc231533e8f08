-- At most one row: the latest extraction of the article.
select * from extractions where article_id = $article_id order by recorded_at desc, extraction_id limit 1
