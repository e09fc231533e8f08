-- One row per current claim at as_of: the utterance it reports, and whether it is the fullest report of it.
create or replace macro utterances(as_of) as table
with grouped as (
    select
        c.claim_id,
        coalesce(g.origin_id, c.claim_id) || '/' || coalesce(g.proposition_id, c.claim_id) as utterance_id,
        coalesce(g.story_id, v.first_article_id, c.article_id) as story_id,
        coalesce(g.origin_id, c.claim_id) as origin_id,
        coalesce(g.proposition_id, c.claim_id) as proposition_id,
        -- The story is named after the first text of its page, whichever of them stands.
        coalesce(v.first_article_id, c.article_id) as page_article_id, c.condition_stated, c.made_latest
    from claims_as_of(as_of) as c
    left join versions_as_of(as_of) as v on v.article_id = c.article_id
    left join groupings_as_of(as_of) as g using (claim_id)
)
select
    claim_id, utterance_id, story_id, origin_id, proposition_id,
    row_number() over (
        partition by utterance_id
        order by page_article_id = story_id desc, condition_stated desc, made_latest nulls last, claim_id
    ) = 1 as is_fullest
from grouped;
comment on macro table utterances is 'One row is a current claim and the utterance that it reports: what one source told one outlet once, however often it was reprinted.';
