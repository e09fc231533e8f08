-- One row per claim for which a machine proposed an outcome by as_of: its latest proposal.
create or replace macro proposals_as_of(as_of) as table
with told as materialized (
    select article_id, story_id from stories_as_of(as_of)
),
resting as (
    select resolution_id, claim_id, unnest(evidence_ids) as evidence_id from resolutions where resolved_by_kind = 'machine'
),
own as (
    -- An article may turn out to be a copy of the claim's own after a passage was taken from it: then it proves nothing.
    select distinct r.resolution_id
    from resting as r
    join evidence as e on e.evidence_id = r.evidence_id
    join claims as c on c.claim_id = r.claim_id
    join told as mine on mine.article_id = c.article_id
    join told as theirs on theirs.article_id = e.article_id
    where mine.story_id = theirs.story_id
),
rejected as (
    select resolution_id
    from rejections
    where recorded_at <= as_of
    group by resolution_id
    having arg_max(withdrawn_at is null, recorded_at)
)
select
    r.claim_id, r.outcome, r.resolution_id, r.evidence_ids, r.event_date, r.confidence, r.resolved_by as method,
    r.recorded_at as proposed_at
from resolutions as r
anti join own as o on o.resolution_id = r.resolution_id
anti join rejected as n on n.resolution_id = r.resolution_id
where r.resolved_by_kind = 'machine' and r.recorded_at <= as_of
qualify row_number() over (partition by r.claim_id order by r.recorded_at desc, r.confidence desc, r.resolution_id) = 1;
comment on macro table proposals_as_of is 'One row is a claim with the outcome that a machine had last proposed for it by as_of; proposals are never scored, none rests on a copy of the claim''s own article, and none that a person rejected is among them.';
