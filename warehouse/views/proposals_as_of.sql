-- One row per claim for which a machine proposed an outcome by as_of: its latest proposal.
create or replace macro proposals_as_of(as_of) as table
with own as (
    -- An article may turn out to be a copy of the claim's own after a passage was taken from it: then it proves nothing.
    select distinct r.resolution_id
    from resolutions as r
    join evidence as e on list_contains(r.evidence_ids, e.evidence_id)
    join claims as c on c.claim_id = r.claim_id
    join stories_as_of(as_of) as mine on mine.article_id = c.article_id
    join stories_as_of(as_of) as theirs on theirs.article_id = e.article_id
    where r.resolved_by_kind = 'machine' and mine.story_id = theirs.story_id
)
select
    r.claim_id, r.outcome, r.resolution_id, r.evidence_ids, r.event_date, r.confidence, r.resolved_by as method,
    r.recorded_at as proposed_at
from resolutions as r
anti join own as o on o.resolution_id = r.resolution_id
where r.resolved_by_kind = 'machine' and r.recorded_at <= as_of
qualify row_number() over (partition by r.claim_id order by r.recorded_at desc, r.confidence desc, r.resolution_id) = 1;
comment on macro table proposals_as_of is 'One row is a claim with the outcome that a machine had last proposed for it by as_of; proposals are never scored, and none rests on a copy of the claim''s own article.';
