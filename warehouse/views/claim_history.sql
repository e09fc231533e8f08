-- One row per thing that happened to a claim.
create or replace view claim_history as
select claim_id, made_latest as happened_at, 'published' as event, null as who, made_earliest::varchar as detail
from claims where made_latest is not null
union all
select claim_id, recorded_at, 'read', reader, kind || ', ' || polarity || ', ' || modality || ': ' || trackable_reason from claims
union all
select claim_id, recorded_at, 'took the place of', null, was_claim_id from successions
union all
select claim_id, recorded_at, 'grouped', null, 'proposition ' || proposition_id || ', origin ' || origin_id from groupings
union all
select claim_id, recorded_at, if(withdrawn_at is null, 'matched', 'match undone'), decided_by, verdict || ' ' || other_claim_id || ': ' || detail from matches
union all
select other_claim_id, recorded_at, if(withdrawn_at is null, 'matched', 'match undone'), decided_by, verdict || ' (seen from ' || claim_id || '): ' || detail from matches
union all
select claim_id, recorded_at, if(withdrawn_at is null, 'corrected', 'correction undone'), decided_by, field || ': ' || value || ': ' || why from corrections
union all
select claim_id, recorded_at, 'evidence', found_by, stance || ': ' || quote from evidence
union all
select
    claim_id, recorded_at,
    case when resolved_by_kind = 'machine' then 'proposed' when outcome is null then 'reopened' else 'resolved' end,
    resolved_by, concat_ws(': ', outcome, note)
from resolutions;
comment on view claim_history is 'One row is something that happened to a claim: read, matched, corrected, evidence, proposed, resolved, reopened; nothing is ever taken away.';
comment on column claim_history.claim_id is 'The claim.';
comment on column claim_history.happened_at is 'When (UTC): when it was recorded; for "published" when it was public at the latest.';
comment on column claim_history.event is 'published, read, took the place of, grouped, matched, match undone, corrected, correction undone, evidence, proposed, resolved or reopened.';
comment on column claim_history.who is 'The person, or the method and its version.';
comment on column claim_history.detail is 'What, in words.';
