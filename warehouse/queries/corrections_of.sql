-- One row per field of the claim that is corrected at $as_of, beside what the reader made of it.
select
    k.field, k.value, k.due_earliest, k.due_latest, k.claimant_id, k.why, replace(k.decided_by, 'person:', '') as decided_by,
    k.recorded_at, k.corrected_claim_id,
    case k.field
        when 'level' then s.anonymity
        when 'source' then s.resolved_source
        when 'kind' then c.kind
        when 'polarity' then c.polarity
        when 'modality' then c.modality
        when 'trackable' then c.trackable::varchar
        else coalesce(c.horizon_text, strftime(c.due_latest, '%Y-%m-%d'))
    end as machine
from corrections_as_of($as_of) as k
join (select claim_id, reader from claims_as_of($as_of)) as n on n.claim_id = k.claim_id
join claims as c on c.claim_id = n.claim_id and c.reader = n.reader
join sources as s on s.source_id = c.source_id
where k.claim_id = $claim_id
order by k.field
