-- One row per judgement by a person or import, under its claim and under every claim that took that one's place.
with judged as (
    select * from resolutions where resolved_by_kind <> 'machine'
)
select * from judged
union all
select r.* replace (l.claim_id as claim_id) from judged as r join claim_lineage as l on l.was_claim_id = r.claim_id
order by recorded_at, resolution_id
