-- One row per claim for which a machine proposed an outcome by as_of: its latest proposal.
create or replace macro proposals_as_of(as_of) as table
select
    r.claim_id, r.outcome, r.resolution_id, r.evidence_ids, r.event_date, r.confidence, r.resolved_by as method,
    r.recorded_at as proposed_at
from resolutions as r
where r.resolved_by_kind = 'machine' and r.recorded_at <= as_of
qualify row_number() over (partition by r.claim_id order by r.recorded_at desc, r.confidence desc, r.resolution_id) = 1;
comment on macro table proposals_as_of is 'One row is a claim with the outcome that a machine had last proposed for it by as_of; proposals are never scored.';
