-- One row per proposing method: how often people overturned what it proposed.
create or replace view proposal_overturns as
select
    p.method,
    count(*) as n_proposals,
    count(j.outcome) as n_judged,
    count(*) filter (j.outcome is not null and j.outcome <> p.outcome) as n_overturned,
    n_overturned / nullif(n_judged, 0) as overturned_share
from proposals_as_of(now_as_of()) as p
left join claim_outcomes(now_as_of()) as j using (claim_id)
group by p.method;
comment on view proposal_overturns is 'One row is a proposing method and how often people who judged the claim overturned its proposal.';
comment on column proposal_overturns.method is 'The method and its version.';
comment on column proposal_overturns.n_proposals is 'Claims for which it proposes an outcome.';
comment on column proposal_overturns.n_judged is 'Those that a person or import has judged.';
comment on column proposal_overturns.n_overturned is 'Judged claims whose outcome is another one.';
comment on column proposal_overturns.overturned_share is 'n_overturned over n_judged.';
