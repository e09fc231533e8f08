-- One row per copy decision ever made by $as_of.
select * from copies where recorded_at <= $as_of order by recorded_at, copy_id
