-- One row per claim of every story in which a claim is new, was read otherwise or changed its story since it was indexed.
with known as (
    select
        claim_id, article_id,
        md5(concat_ws('|', reader, kind, claim_text, resolved_source, organisation, anonymity, made_latest, passage)) as digest
    from claims_as_of($as_of)
),
-- A replay of a past day compares with what came later too: no other run will bring the two together again.
ahead as (
    select
        claim_id, article_id,
        md5(concat_ws('|', reader, kind, claim_text, resolved_source, organisation, anonymity, made_latest, passage)) as digest
    from claims_as_of($ever)
    where claim_id not in (select claim_id from known)
),
standing as materialized (
    select
        n.claim_id, n.digest, s.story_id, t.story_id as was_story_id,
        n.claim_id not in (select claim_id from groupings) as is_fresh,
        t.digest is distinct from n.digest as is_stale
    from (from known union all from ahead) as n
    join stories_as_of($ever) as s using (article_id)
    left join claim_terms as t using (claim_id)
),
touched as (
    select story_id from standing where is_fresh or is_stale or story_id is distinct from was_story_id
    union
    select was_story_id from standing where story_id is distinct from was_story_id
)
select claim_id, story_id, digest, is_fresh
from standing
where story_id in (select story_id from touched where story_id is not null)
order by story_id, claim_id
