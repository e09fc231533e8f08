-- One row per claim on which two readers differ, as known now.
create or replace view reader_disagreements as
select
    s.claim_id, c.claim_text, s.first_reader, s.first_outcome, s.second_reader, s.second_outcome, s.second_note,
    s.third_reader, s.third_outcome, s.third_note, s.second_at, s.third_at
from second_readings_as_of(now_as_of()) as s
left join claims_as_of(now_as_of()) as c using (claim_id)
where s.first_outcome <> s.second_outcome;
comment on view reader_disagreements is 'One row is a claim on which two readers differ; the third reader''s word is its outcome, and until there is one the first reader''s.';
comment on column reader_disagreements.claim_id is 'The claim.';
comment on column reader_disagreements.claim_text is 'What is claimed; empty where a later reading took its place.';
comment on column reader_disagreements.first_reader is 'Who judged first.';
comment on column reader_disagreements.first_outcome is 'What the first reader said.';
comment on column reader_disagreements.second_reader is 'Who judged again.';
comment on column reader_disagreements.second_outcome is 'What the second reader said.';
comment on column reader_disagreements.second_note is 'Why, in the second reader''s words.';
comment on column reader_disagreements.third_reader is 'Who decided between them; empty while nobody has.';
comment on column reader_disagreements.third_outcome is 'What the third reader said.';
comment on column reader_disagreements.third_note is 'Why, in the third reader''s words.';
comment on column reader_disagreements.second_at is 'When the second reader judged (UTC).';
comment on column reader_disagreements.third_at is 'When the third reader decided (UTC).';
