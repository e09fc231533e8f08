-- One row per proposing method: how often people overturned what it proposed.
create or replace view proposal_overturns as
with rejected as (
    select claim_id, resolution_id
    from rejections
    where recorded_at <= now_as_of()
    group by claim_id, resolution_id
    having arg_max(withdrawn_at is null, recorded_at)
),
proposed as (
    select claim_id, method, outcome, false as is_rejected from proposals_as_of(now_as_of())
    union all
    select r.claim_id, r.resolved_by, r.outcome, true from resolutions as r join rejected as n using (resolution_id)
)
select
    p.method,
    count(*) as n_proposals,
    count(*) filter (j.outcome is not null or p.is_rejected) as n_judged,
    count(*) filter (p.is_rejected or (j.outcome is not null and j.outcome <> p.outcome)) as n_overturned,
    n_overturned / nullif(n_judged, 0) as overturned_share,
    count(*) filter (p.is_rejected) as n_rejected
from proposed as p
left join claim_outcomes(now_as_of()) as j using (claim_id)
group by p.method;
comment on view proposal_overturns is 'One row is a proposing method and how often people who judged the claim overturned its proposal, or rejected it without judging the claim.';
comment on column proposal_overturns.method is 'The method and its version.';
comment on column proposal_overturns.n_proposals is 'Claims for which it proposed an outcome.';
comment on column proposal_overturns.n_judged is 'Proposals on which a person or import has decided.';
comment on column proposal_overturns.n_overturned is 'Those judged otherwise than proposed, or rejected.';
comment on column proposal_overturns.overturned_share is 'Share overturned of those decided on.';
comment on column proposal_overturns.n_rejected is 'Those rejected because the outcome does not follow from the passages.';
