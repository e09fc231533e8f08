-- At most one row: the claim as it stands now, with the text it is part of.
select n.*, a.text as article_text, c.content, c.passage as passage_span, c.source_spans, c.cue
from claims_now as n
join articles as a using (article_id)
join claims_as_of(now_as_of()) as c on c.claim_id = n.claim_id
where n.claim_id = $claim_id
