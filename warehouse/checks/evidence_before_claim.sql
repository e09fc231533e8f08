-- Evidence in an article that was published before the claim was.
select e.evidence_id, e.claim_id
from evidence as e
join claims as c using (claim_id)
join articles as a on a.article_id = e.article_id
where a.published_latest < c.made_earliest
