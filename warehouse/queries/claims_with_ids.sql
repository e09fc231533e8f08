-- One row per claim among $claim_ids that is current at $as_of, as corrected by then, with its source and where it was printed.
select
    c.* exclude (passage), s as source_row, a.outlet_id, a.credit, a.published_earliest, a.published_latest, a.fetched_at,
    substring(a.text, c.passage.start + 1, c.passage.end - c.passage.start) as passage
from claims_as_of($as_of) as c
join articles as a on a.article_id = c.article_id
join sources as s on s.source_id = c.source_id
where c.claim_id in (select unnest($claim_ids))
