-- One row per stage and class of error, most frequent first.
select stage, error, count(*) as n, max(recorded_at) as latest
from set_asides
group by all
order by n desc, stage, error
