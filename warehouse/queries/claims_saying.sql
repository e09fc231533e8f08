-- One row per current claim of the article with this doc_id or address whose content holds $phrase, closest in length first.
select c.claim_id
from claims_as_of($as_of) as c
join articles as a on a.article_id = c.article_id
cross join lateral (
    select string_agg(substring(a.text, piece.start + 1, piece.end - piece.start), ' ' order by piece.start) as said
    from (select unnest(c.content) as piece)
) as content
where
    (a.doc_id = $doc_id or a.url = $url)
    and (contains(lower(content.said), lower($phrase)) or contains(lower($phrase), lower(content.said)))
order by abs(length(content.said) - length($phrase)), c.claim_id
