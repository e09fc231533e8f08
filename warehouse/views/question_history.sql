-- One row per version of a claim's question.
create or replace view question_history as
select
    q.claim_id, q.version, q.held_up_if, q.failed_if, q.earliest, q.latest, q.observability, q.written_by, q.note, q.recorded_at,
    q.version = max(q.version) over (partition by q.claim_id) as is_latest,
    (
        select count(*)
        from resolutions as r
        where r.claim_id = q.claim_id and r.question_version = q.version and r.resolved_by_kind <> 'machine'
    ) as n_judgements
from questions as q;
comment on view question_history is 'One row is one version of what would settle a claim, the first as the machine wrote it; none is ever taken away.';
comment on column question_history.claim_id is 'The claim.';
comment on column question_history.version is '1 for the first, then counted up.';
comment on column question_history.held_up_if is 'The claim held up if this is so.';
comment on column question_history.failed_if is 'The claim failed if this is so.';
comment on column question_history.earliest is 'What counts happens no earlier than this (UTC).';
comment on column question_history.latest is 'What counts happens by this time (UTC); empty where the horizon is open.';
comment on column question_history.observability is 'certain where silence means that it did not happen, else uncertain.';
comment on column question_history.written_by is 'Version of the machine''s rules, or "person:" and a name.';
comment on column question_history.note is 'Why it was changed.';
comment on column question_history.recorded_at is 'When it was written (UTC).';
comment on column question_history.is_latest is 'True for the last version.';
comment on column question_history.n_judgements is 'How many judgements by people or imports were of this version.';
