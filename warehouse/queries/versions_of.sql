-- One row per text of the page at $address (or of the article, or pages beneath it, that $address begins), oldest first.
select
    f.address, a.outlet_id, a.article_id, a.title, a.text, a.fetched_at, f.form, f.correction_notice, f.update_notice,
    f.modified_at, r.was_article_id, r.change, r.words_added, r.words_removed, r.kept_share, r.seen_at,
    coalesce(r.seen_at, a.fetched_at) as stood_from
from page_facts as f
join articles as a using (article_id)
left join revisions as r on r.article_id = a.article_id
where
    f.address in (
        select address from page_facts where address = $address or article_id = $address
    )
order by f.address, stood_from, a.article_id
