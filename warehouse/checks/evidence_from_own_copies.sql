-- Evidence that a machine took from the claim's own article or from a copy of it.
select e.evidence_id, e.claim_id
from evidence as e
join claims_as_of('infinity'::timestamptz) as c using (claim_id)
join stories_as_of('infinity'::timestamptz) as mine on mine.article_id = c.article_id
join stories_as_of('infinity'::timestamptz) as theirs on theirs.article_id = e.article_id
join resolutions as r on r.claim_id = e.claim_id and list_contains(r.evidence_ids, e.evidence_id)
where r.resolved_by_kind = 'machine' and e.stance <> 'repeats' and mine.story_id = theirs.story_id
