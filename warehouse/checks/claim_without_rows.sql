-- Current claims whose source, attribution or article is missing.
select f.claim_id
from (select unnest(claim_ids) as claim_id, reader from extractions) as f
left join claims as c on c.claim_id = f.claim_id and c.reader = f.reader
left join sources as s on s.source_id = c.source_id
left join attributions as t on t.attribution_id = c.attribution_id
left join articles as a on a.article_id = c.article_id
where c.claim_id is null or s.source_id is null or t.attribution_id is null or a.article_id is null
