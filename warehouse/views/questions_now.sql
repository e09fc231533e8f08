-- One row per current claim that has a question: what would settle it, as it stands now.
create or replace view questions_now as
select
    q.claim_id, q.version, q.held_up_if, q.failed_if, q.earliest, q.latest, q.observability, q.written_by, q.note,
    q.recorded_at, o.outcome, o.question_version as judged_version, o.question_version < q.version as is_judged_by_older
from questions_as_of(now_as_of()) as q
join claims_as_of(now_as_of()) as c using (claim_id)
left join claim_outcomes(now_as_of()) as o using (claim_id);
comment on view questions_now is 'One row is a current claim and what would settle it: held up if, failed if, by when; written before it is judged.';
comment on column questions_now.claim_id is 'The claim.';
comment on column questions_now.version is 'Version of the question that stands.';
comment on column questions_now.held_up_if is 'The claim held up if this is so.';
comment on column questions_now.failed_if is 'The claim failed if this is so.';
comment on column questions_now.earliest is 'What counts happens no earlier than this (UTC).';
comment on column questions_now.latest is 'What counts happens by this time (UTC); empty where the horizon is open.';
comment on column questions_now.observability is 'certain where silence means that it did not happen, else uncertain.';
comment on column questions_now.written_by is 'Version of the machine''s rules, or "person:" and a name.';
comment on column questions_now.note is 'Why it was changed.';
comment on column questions_now.recorded_at is 'When this version was written (UTC).';
comment on column questions_now.outcome is 'The outcome that stands, where it was judged.';
comment on column questions_now.judged_version is 'The version that was judged.';
comment on column questions_now.is_judged_by_older is 'True if the question was changed after it was judged.';
