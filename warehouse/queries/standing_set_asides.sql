-- One row per stage and class of error of the inputs that could not be used and stand so at $as_of, most frequent first.
select stage, error, count(*) as n, max(recorded_at) as latest, arg_max(message, recorded_at) as message
from set_asides_as_of($as_of)
group by all
order by n desc, stage, error
