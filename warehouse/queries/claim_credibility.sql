-- One row per utterance: its outcome, its independent origins and the rate of its source, for the Admiralty figure.
select
    c.claim_id, c.claim_text, c.resolved_source, c.outcome, c.n_origins,
    coalesce(c.claimant_id, c.descriptor) as subject, if(c.claimant_id is null, 'descriptor', 'claimant') as subject_kind
from claims_now as c
where c.is_fullest and c.trackable
order by c.claim_id
