-- One row per article, oldest first.
select * from articles order by published_earliest nulls last, article_id
