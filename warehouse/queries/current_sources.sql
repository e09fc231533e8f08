-- One row per source of a claim that is current at $as_of, as corrected by then.
select distinct
    s.* replace (
        n.resolved_source as resolved_source, n.anonymity as anonymity, n.level_reason as level_reason,
        n.claimant_id as claimant_id, n.descriptor as descriptor
    )
from sources as s
join claims_as_of($as_of) as n using (source_id)
