-- One row per claim current at $as_of whose story or decisions are not what its last grouping rested on.
with standing as materialized (
    select
        c.claim_id, s.story_id,
        count(*) over (partition by s.story_id) || ':' || bit_xor(hash(
            c.claim_id, c.reader, c.claim_text, c.kind, c.polarity, c.resolved_source, c.anonymity, c.claimant_id, c.descriptor,
            c.told_to, c.relayed_by, c.made_latest
        )) over (partition by s.story_id) as story_digest
    from claims_as_of($as_of) as c
    join stories_as_of($as_of) as s using (article_id)
),
decided as (
    select match_id, claim_id, other_claim_id
    from matches_as_of($as_of)
    where claim_id in (select claim_id from standing) and other_claim_id in (select claim_id from standing)
),
links as (
    select claim_id, count(*) || ':' || bit_xor(hash(match_id)) as digest
    from (select claim_id, match_id from decided union all select other_claim_id, match_id from decided)
    group by claim_id
),
signed as (
    select n.claim_id, n.story_id, n.story_id || ' ' || n.story_digest || ' ' || coalesce(l.digest, '') as signature
    from standing as n
    left join links as l using (claim_id)
)
select n.claim_id, n.story_id, n.signature
from signed as n
left join claim_places as p using (claim_id)
left join groupings_as_of($as_of) as g using (claim_id)
where
    p.signature is distinct from n.signature
    or (g.story_id, g.origin_id, g.proposition_id) is distinct from (p.story_id, p.origin_id, p.proposition_id)
order by n.story_id, n.claim_id
