-- One row per article of $article_ids that was read at an address, with its outlet and its page's address.
select a.article_id, a.outlet_id, f.address
from page_facts as f
join articles as a using (article_id)
where f.article_id in (select unnest($article_ids)) and f.address is not null
