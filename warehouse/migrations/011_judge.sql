-- What a language model, if one is switched on, said of later passages.

create table judge_answers (
    answer_id varchar primary key,
    claim_id varchar not null,
    article_id varchar not null,
    span struct("start" integer, "end" integer) not null,
    model varchar not null,
    prompt varchar not null,
    stance varchar not null check (stance in ('supports', 'refutes', 'partly', 'repeats', 'unrelated')),
    quote varchar,
    event_date date,
    official boolean not null,
    why varchar,
    refused varchar,
    recorded_at timestamptz not null
);
comment on table judge_answers is 'One row is what a language model answered on one later passage of a claim; empty unless a judge is switched on.';
comment on column judge_answers.answer_id is 'Hash of claim, passage, model and prompt: nothing is asked twice.';
comment on column judge_answers.claim_id is 'The claim that was asked about.';
comment on column judge_answers.article_id is 'The later article of the passage.';
comment on column judge_answers.span is 'Where the passage stands in the article''s text.';
comment on column judge_answers.model is 'Name of the model, as the endpoint calls it.';
comment on column judge_answers.prompt is 'Version of the instructions that it was given.';
comment on column judge_answers.stance is 'What the model said: supports, refutes, partly, repeats or unrelated.';
comment on column judge_answers.quote is 'The words that it named as showing it.';
comment on column judge_answers.event_date is 'Day of the event, as the model read it.';
comment on column judge_answers.official is 'Whether the model said that an official act or statement is reported.';
comment on column judge_answers.why is 'The model''s reason, at most 300 characters.';
comment on column judge_answers.refused is 'Why the answer does not count: a quote that does not stand in the passage, an answer that is no answer; empty where it counts.';
comment on column judge_answers.recorded_at is 'When it was asked (UTC).';
