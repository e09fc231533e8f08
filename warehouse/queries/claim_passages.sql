-- One row per claim that is current at $as_of, with its passage and where its article was printed.
select
    c.claim_id, c.source_id, a.article_id, a.outlet_id, a.credit, a.published_earliest, a.published_latest,
    substring(a.text, c.passage.start + 1, c.passage.end - c.passage.start) as passage
from claims_as_of($as_of) as c
join articles as a on a.article_id = c.article_id
