-- Evidence whose quote is not the article's text at its span.
select e.evidence_id, e.article_id
from evidence as e
left join articles as a using (article_id)
where a.article_id is null or substring(a.text, e.span.start + 1, e.span.end - e.span.start) <> e.quote
