-- One row per standard and score: how right the verbal probabilities were, taken apart.
create or replace macro calibration_record(as_of) as table
with scored as (
    select * rename (as_of as estimated_at) from calibration_scores
)
select standard, score, n, n_stories, value, low95, high95, mcb, dsc, unc, rel, res, skill, estimated_at
from scored
where estimated_at = (select max(estimated_at) from scored where estimated_at <= as_of)
order by standard, score;
comment on macro table calibration_record is 'One row is a standard and a score (brier, log): the mean score of claims whose wording has a number, with its story-cluster interval, as miscalibration less discrimination plus uncertainty (CORP), as estimated last by as_of.';
create or replace view calibration_record as
select * from calibration_record(now_as_of());
comment on view calibration_record is 'One row is a standard and a score (brier, log): how right the verbal probabilities were: value = mcb - dsc + unc; less is better.';
comment on column calibration_record.standard is 'The standard that gives the words their numbers.';
comment on column calibration_record.score is 'brier or log.';
comment on column calibration_record.n is 'Scored claims whose wording has a number.';
comment on column calibration_record.n_stories is 'Stories that they come from.';
comment on column calibration_record.value is 'The mean score; less is better.';
comment on column calibration_record.low95 is 'Lower end of its 95 % interval when whole stories are drawn anew; too narrow with fewer than some twenty stories.';
comment on column calibration_record.high95 is 'Upper end of that interval.';
comment on column calibration_record.mcb is 'Miscalibration: what recalibrating the words would save.';
comment on column calibration_record.dsc is 'Discrimination: what the recalibrated words know beyond the base rate.';
comment on column calibration_record.unc is 'Uncertainty: the score of the base rate alone.';
comment on column calibration_record.rel is 'Murphy''s reliability over ten equal bins; only for brier.';
comment on column calibration_record.res is 'Murphy''s resolution over ten equal bins; only for brier.';
comment on column calibration_record.skill is 'One less the ratio to the score of the base rate; below 0 the base rate does better.';
comment on column calibration_record.estimated_at is 'When it was estimated (UTC).';
