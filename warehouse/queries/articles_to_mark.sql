-- One row per article without marks in the index of copies, oldest first, $how_many at most.
select *
from articles
where article_id not in (select article_id from copy_index)
order by published_earliest nulls last, article_id
limit $how_many
