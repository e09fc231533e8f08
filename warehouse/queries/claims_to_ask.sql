-- One row per trackable claim without a question at $as_of, or whose reading has changed since a machine wrote it.
select c.claim_id, q.version
from claims_as_of($as_of) as c
left join (
    select claim_id, max(version) as version, arg_max(written_by, version) as written_by, arg_max(recorded_at, version) as recorded_at
    from questions
    group by claim_id
) as q using (claim_id)
left join (select claim_id, max(recorded_at) as recorded_at from corrections group by claim_id) as k using (claim_id)
where
    c.trackable
    and (
        q.version is null
        -- What a person wrote stands until a person changes it.
        or (not starts_with(q.written_by, 'person:') and greatest(c.recorded_at, coalesce(k.recorded_at, c.recorded_at)) > q.recorded_at)
    )
order by c.claim_id
