-- One row per verbal probability, polarity and standard: what the words have been worth, beside what is said of them.
create or replace macro phrase_record(as_of) as table
with scored as (
    select * rename (as_of as estimated_at) from phrase_scores
)
select
    phrase, polarity, standard, n, rate as held_up_share, said, worth, low80, high80, low95, high95,
    said is not null and (said < low95 or said > high95) as differs_from_standard, estimated_at
from scored
where estimated_at = (select max(estimated_at) from scored where estimated_at <= as_of)
order by n desc, phrase, polarity, standard;
comment on macro table phrase_record is 'One row is a wording ("expects"), a polarity and a standard: how often claims worded so held up, with intervals, beside the standard''s number, as estimated last by as_of.';
create or replace view phrase_record as
select * from phrase_record(now_as_of());
comment on view phrase_record is 'One row is a wording ("expects"), a polarity and a standard: what it has been worth, with intervals, beside what the standard says it is worth.';
comment on column phrase_record.phrase is 'The wording, in lower case.';
comment on column phrase_record.polarity is 'positive, or negative where the claim is that something is not so.';
comment on column phrase_record.standard is 'The survey or scale whose number is set beside it and weighs as at most five claims.';
comment on column phrase_record.n is 'Scored claims worded so, each utterance once.';
comment on column phrase_record.held_up_share is 'Share of them that held up, as counted.';
comment on column phrase_record.said is 'What the standard says such a claim is worth; empty where it gives no number ("may").';
comment on column phrase_record.worth is 'What it has been worth: that share, drawn towards the standard while claims are few.';
comment on column phrase_record.low80 is 'Lower end of the 80 % interval of the worth.';
comment on column phrase_record.high80 is 'Upper end of the 80 % interval of the worth.';
comment on column phrase_record.low95 is 'Lower end of the 95 % interval of the worth.';
comment on column phrase_record.high95 is 'Upper end of the 95 % interval of the worth.';
comment on column phrase_record.differs_from_standard is 'True where the standard''s number lies outside the 95 % interval.';
comment on column phrase_record.estimated_at is 'When it was estimated (UTC).';
