-- One row per thing that the revisions between $article_ids changed about claims.
select distinct article_id, was_article_id, what, was, became
from revision_changes
where article_id in (select unnest($article_ids))
order by all
