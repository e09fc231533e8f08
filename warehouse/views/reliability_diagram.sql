-- One row per standard and forecast: a point of the reliability diagram of the verbal probabilities.
create or replace view reliability_diagram as
select standard, forecast, n, recalibrated, consistent_low, consistent_high, c.as_of as estimated_at
from calibration_curves as c
where c.as_of = (select max(d.as_of) from calibration_curves as d where d.as_of <= now_as_of())
order by standard, forecast;
comment on view reliability_diagram is 'One row is a point of the reliability diagram (CORP): what the words say, how often such claims held up, and where that would lie if the words were right.';
comment on column reliability_diagram.standard is 'The standard that gives the words their numbers.';
comment on column reliability_diagram.forecast is 'What the words say, as the standard has it.';
comment on column reliability_diagram.n is 'Scored claims with that number.';
comment on column reliability_diagram.recalibrated is 'The share that held up, made monotone (pool adjacent violators).';
comment on column reliability_diagram.consistent_low is 'Lower end of where that share lies nine times in ten if the words are right.';
comment on column reliability_diagram.consistent_high is 'Upper end of it.';
comment on column reliability_diagram.estimated_at is 'When it was estimated (UTC).';
