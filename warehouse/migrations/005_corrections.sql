-- What analysts corrected in the readings of machines.

create table corrections (
    correction_id varchar primary key,
    claim_id varchar not null,
    field varchar not null check (field in ('level', 'source', 'kind', 'polarity', 'modality', 'trackable', 'horizon')),
    value varchar not null check (length(value) > 0),
    due_earliest timestamptz,
    due_latest timestamptz,
    claimant_id varchar,
    why varchar not null check (length(why) > 0),
    decided_by varchar not null,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    check (due_earliest <= due_latest),
    check (field <> 'level' or value in ('A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7')),
    check (field <> 'kind' or value in ('fact', 'prediction', 'intention', 'conditional', 'denial', 'opinion', 'none')),
    check (field <> 'polarity' or value in ('positive', 'negative')),
    check (field <> 'modality' or value in ('certain', 'likely', 'possible', 'unlikely', 'none')),
    check (field <> 'trackable' or value in ('true', 'false'))
);
comment on table corrections is 'One row is an analyst''s decision on how one field of a claim is to be read; the latest stands over every reading, and a row with withdrawn_at takes it back.';
comment on column corrections.correction_id is 'Hash of claim, field, value, who decided and when.';
comment on column corrections.claim_id is 'The claim that was corrected; level and source then hold for all claims of its attribution.';
comment on column corrections.field is 'What was corrected: level, source, kind, polarity, modality, trackable or horizon.';
comment on column corrections.value is 'What it is instead: a level, a word of the vocabulary, true or false, the source''s name or description, the words or days of the horizon.';
comment on column corrections.due_earliest is 'Start of the horizon that follows from the correction of horizon, kind or trackable (UTC).';
comment on column corrections.due_latest is 'End of the horizon that follows from the correction of horizon, kind or trackable (UTC); empty where open.';
comment on column corrections.claimant_id is 'The claimant that a correction of level or source names.';
comment on column corrections.why is 'Why, in the analyst''s words.';
comment on column corrections.decided_by is 'The person: "person:" and a name.';
comment on column corrections.recorded_at is 'When it was decided (UTC).';
comment on column corrections.withdrawn_at is 'Set when this row takes the correction back: from this time on the machine''s reading stands.';
