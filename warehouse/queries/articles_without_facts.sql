-- One row per article that was stored before anything was known of its page.
select a.article_id, a.url, a.published_basis, a.recorded_at
from articles as a
where not exists (select 1 from page_facts as f where f.article_id = a.article_id)
