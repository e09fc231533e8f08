-- One row per revision, latest first, with how many claims it touched.
select
    r.seen_at, a.outlet_id, r.change, r.words_added, r.words_removed, r.address, r.article_id, r.was_article_id,
    (
        select count(distinct coalesce(c.claim_id, c.was_claim_id))
        from revision_changes as c
        where c.article_id = r.article_id and c.was_article_id = r.was_article_id
    ) as claims_touched
from revisions as r
join articles as a using (article_id)
order by r.seen_at desc, r.address
limit $how_many
