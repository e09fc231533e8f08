-- One row per article that $copier has not compared with the others yet, oldest first, $how_many at most.
select a.*
from articles as a
join copy_index as i using (article_id)
where i.compared_by is distinct from $copier
order by a.published_earliest nulls last, a.article_id
limit $how_many
