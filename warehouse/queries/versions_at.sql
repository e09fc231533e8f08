-- One row per article that stood at one of $addresses, with when it last took another's place there.
select
    a.article_id, a.outlet_id, f.address, f.form, a.text,
    max(greatest(a.fetched_at, coalesce(r.seen_at, a.fetched_at))) as stands_since
from page_facts as f
join articles as a on a.article_id = f.article_id
left join revisions as r on r.article_id = f.article_id and r.change <> 'fuller'
where f.address in (select unnest($addresses))
group by all
