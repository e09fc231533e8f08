-- One row per source: a named claimant, or a class of unnamed sources.
create or replace macro source_record(as_of) as table
select
    coalesce(t.name, r.subject) as subject, r.n_claims, r.n_due, r.n_resolved, r.held_up, r.failed, r.partly, r.undetermined,
    r.rate, r.low80, r.high80, r.low95, r.high95, r.verdict, r.as_of, r.subject_kind, t.claimant_id, r.held_up_late,
    r.n_scored, r.rate_if_unsettled_failed, r.rate_if_unsettled_held_up, r.estimated_at, r.method,
    r.adjusted_rate, r.adjusted_low80, r.adjusted_high80, r.adjusted_low95,
    r.adjusted_high95, r.adjusted_verdict, r.story_low95, r.story_high95, r.corrected_rate, r.corrected_low95, r.corrected_high95,
    r.n_readings_checked, r.reading_precision, r.n_judged_by_older, r.rate_if_partly_failed, r.rate_if_partly_held_up, r.rate_ever
from records(as_of) as r
left join claimants as t on r.subject_kind = 'claimant' and t.claimant_id = r.subject
where r.subject_kind in ('claimant', 'descriptor');
comment on macro table source_record is 'One row is a source: a named claimant, or a class of unnamed sources, with the record of its claims as known at as_of.';
create or replace view source_record as
select * from source_record(now_as_of());
comment on view source_record is 'One row is a source: a named claimant, or a class of unnamed sources, with the record of its claims as known now; source_record(as_of) gives it for any other time.';
comment on column source_record.subject is 'Name of the claimant, or the descriptor of the class.';
comment on column source_record.n_claims is 'Trackable claims, each utterance once however often it was reprinted.';
comment on column source_record.n_due is 'Those whose horizon, plus two weeks for reporting, has passed.';
comment on column source_record.n_resolved is 'Due claims with an outcome.';
comment on column source_record.held_up is 'Due claims that held up.';
comment on column source_record.failed is 'Due claims that failed.';
comment on column source_record.partly is 'Due claims that held up in part.';
comment on column source_record.undetermined is 'Due claims of which it cannot be said.';
comment on column source_record.rate is 'Share that held up, shrunken towards the peers: held_up 1, partly a half, failed and late 0; empty where nothing is scored.';
comment on column source_record.low80 is 'Lower end of the 80 % interval of the rate.';
comment on column source_record.high80 is 'Upper end of the 80 % interval of the rate.';
comment on column source_record.low95 is 'Lower end of the 95 % interval of the rate.';
comment on column source_record.high95 is 'Upper end of the 95 % interval of the rate.';
comment on column source_record.verdict is 'What may be said: by default that there is no evidence of a difference from the peers.';
comment on column source_record.as_of is 'Only what was known by this time counts (UTC).';
comment on column source_record.subject_kind is 'What the subject is.';
comment on column source_record.claimant_id is 'The claimant, where the source is named.';
comment on column source_record.held_up_late is 'Due claims that held up after their horizon.';
comment on column source_record.n_scored is 'Due claims whose outcome has a score.';
comment on column source_record.rate_if_unsettled_failed is 'Share that held up if every unsettled due claim had failed.';
comment on column source_record.rate_if_unsettled_held_up is 'Share that held up if every unsettled due claim had held up.';
comment on column source_record.estimated_at is 'When the rate was estimated (UTC).';
comment on column source_record.method is 'How the rate was estimated.';
comment on column source_record.adjusted_rate is 'Rate it would have on average claims: the overall rate plus its difference from what kind, polarity, modality, horizon and level lead one to expect.';
comment on column source_record.adjusted_low80 is 'Lower end of the 80 % interval of the adjusted rate.';
comment on column source_record.adjusted_high80 is 'Upper end of the 80 % interval of the adjusted rate.';
comment on column source_record.adjusted_low95 is 'Lower end of the 95 % interval of the adjusted rate.';
comment on column source_record.adjusted_high95 is 'Upper end of the 95 % interval of the adjusted rate.';
comment on column source_record.adjusted_verdict is 'What may be said of the adjusted rate.';
comment on column source_record.story_low95 is 'Lower end of a 95 % interval of the plain share when whole stories are drawn anew: claims of one story share their fate; empty with fewer than two stories.';
comment on column source_record.story_high95 is 'Upper end of that interval.';
comment on column source_record.corrected_rate is 'The rate if our own misreadings are taken out of it: what is observed is taken for a mixture of claims read rightly and of claims misread, which hold up as often as all do.';
comment on column source_record.corrected_low95 is 'Lower end of its 95 % interval, which counts the uncertainty of the reading too.';
comment on column source_record.corrected_high95 is 'Upper end of that interval.';
comment on column source_record.n_readings_checked is 'Claims of all subjects whose reading a person has seen (reading_precision).';
comment on column source_record.reading_precision is 'Share of those that stood as they were read: an upper bound of the precision of extraction behind this rate.';
comment on column source_record.n_judged_by_older is 'Due claims whose question was changed after they were judged: their outcome answers superseded criteria.';
comment on column source_record.rate_if_partly_failed is 'Share of scored claims that held up if those that did in part count as failed.';
comment on column source_record.rate_if_partly_held_up is 'Share of scored claims that held up if those that did in part count as held up.';
comment on column source_record.rate_ever is 'Share of scored claims that held up in time or later.';
