-- One row per claim that is current at $as_of: the words it holds, and where in which article they stand.
select
    c.claim_id, a.article_id, a.doc_id, a.url, content.first, content.last, content.said
from claims_as_of($as_of) as c
join articles as a on a.article_id = c.article_id
cross join lateral (
    select
        min(piece.start) as first,
        max(piece.end) as last,
        string_agg(substring(a.text, piece.start + 1, piece.end - piece.start), ' ' order by piece.start) as said
    from (select unnest(c.content) as piece)
) as content
order by c.claim_id
