-- One row per outlet and anonymity level.
create or replace macro outlet_anonymity_record(as_of) as table
select
    subject, n_claims, n_due, n_resolved, held_up, failed, partly, undetermined, rate, low80, high80, low95, high95, verdict,
    as_of::timestamptz as as_of, held_up_late, n_scored, rate_if_unsettled_failed, rate_if_unsettled_held_up, estimated_at, method,
    adjusted_rate, adjusted_low80, adjusted_high80, adjusted_low95, adjusted_high95, adjusted_verdict,
    story_low95, story_high95, corrected_rate, corrected_low95, corrected_high95,
    n_readings_checked, reading_precision, n_judged_by_older, rate_if_partly_failed, rate_if_partly_held_up, rate_ever
from records(as_of)
where subject_kind = 'outlet and anonymity';
comment on macro table outlet_anonymity_record is 'One row is an outlet and an anonymity level, with the record of its claims as known at as_of.';
create or replace view outlet_anonymity_record as
select * from outlet_anonymity_record(now_as_of());
comment on view outlet_anonymity_record is 'One row is an outlet and an anonymity level, with the record of its claims as known now; outlet_anonymity_record(as_of) gives it for any other time.';
comment on column outlet_anonymity_record.subject is 'The outlet and the level.';
comment on column outlet_anonymity_record.n_claims is 'Trackable claims, each utterance once however often it was reprinted.';
comment on column outlet_anonymity_record.n_due is 'Those whose horizon, plus two weeks for reporting, has passed.';
comment on column outlet_anonymity_record.n_resolved is 'Due claims with an outcome.';
comment on column outlet_anonymity_record.held_up is 'Due claims that held up.';
comment on column outlet_anonymity_record.failed is 'Due claims that failed.';
comment on column outlet_anonymity_record.partly is 'Due claims that held up in part.';
comment on column outlet_anonymity_record.undetermined is 'Due claims of which it cannot be said.';
comment on column outlet_anonymity_record.rate is 'Share that held up, shrunken towards the peers: held_up 1, partly a half, failed and late 0; empty where nothing is scored.';
comment on column outlet_anonymity_record.low80 is 'Lower end of the 80 % interval of the rate.';
comment on column outlet_anonymity_record.high80 is 'Upper end of the 80 % interval of the rate.';
comment on column outlet_anonymity_record.low95 is 'Lower end of the 95 % interval of the rate.';
comment on column outlet_anonymity_record.high95 is 'Upper end of the 95 % interval of the rate.';
comment on column outlet_anonymity_record.verdict is 'What may be said: by default that there is no evidence of a difference from the peers.';
comment on column outlet_anonymity_record.as_of is 'Only what was known by this time counts (UTC).';
comment on column outlet_anonymity_record.held_up_late is 'Due claims that held up after their horizon.';
comment on column outlet_anonymity_record.n_scored is 'Due claims whose outcome has a score.';
comment on column outlet_anonymity_record.rate_if_unsettled_failed is 'Share that held up if every unsettled due claim had failed.';
comment on column outlet_anonymity_record.rate_if_unsettled_held_up is 'Share that held up if every unsettled due claim had held up.';
comment on column outlet_anonymity_record.estimated_at is 'When the rate was estimated (UTC).';
comment on column outlet_anonymity_record.method is 'How the rate was estimated.';
comment on column outlet_anonymity_record.adjusted_rate is 'Rate it would have on average claims: the overall rate plus its difference from what kind, polarity, modality, horizon and level lead one to expect.';
comment on column outlet_anonymity_record.adjusted_low80 is 'Lower end of the 80 % interval of the adjusted rate.';
comment on column outlet_anonymity_record.adjusted_high80 is 'Upper end of the 80 % interval of the adjusted rate.';
comment on column outlet_anonymity_record.adjusted_low95 is 'Lower end of the 95 % interval of the adjusted rate.';
comment on column outlet_anonymity_record.adjusted_high95 is 'Upper end of the 95 % interval of the adjusted rate.';
comment on column outlet_anonymity_record.adjusted_verdict is 'What may be said of the adjusted rate.';
comment on column outlet_anonymity_record.story_low95 is 'Lower end of a 95 % interval of the plain share when whole stories are drawn anew: claims of one story share their fate; empty with fewer than two stories.';
comment on column outlet_anonymity_record.story_high95 is 'Upper end of that interval.';
comment on column outlet_anonymity_record.corrected_rate is 'The rate if our own misreadings are taken out of it: what is observed is taken for a mixture of claims read rightly and of claims misread, which hold up as often as all do.';
comment on column outlet_anonymity_record.corrected_low95 is 'Lower end of its 95 % interval, which counts the uncertainty of the reading too.';
comment on column outlet_anonymity_record.corrected_high95 is 'Upper end of that interval.';
comment on column outlet_anonymity_record.n_readings_checked is 'Claims of all subjects whose reading a person has seen (reading_precision).';
comment on column outlet_anonymity_record.reading_precision is 'Share of those that stood as they were read: an upper bound of the precision of extraction behind this rate.';
comment on column outlet_anonymity_record.n_judged_by_older is 'Due claims whose question was changed after they were judged: their outcome answers superseded criteria.';
comment on column outlet_anonymity_record.rate_if_partly_failed is 'Share of scored claims that held up if those that did in part count as failed.';
comment on column outlet_anonymity_record.rate_if_partly_held_up is 'Share of scored claims that held up if those that did in part count as held up.';
comment on column outlet_anonymity_record.rate_ever is 'Share of scored claims that held up in time or later.';
