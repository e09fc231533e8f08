-- One row per match decision ever made by $as_of.
select * from matches where recorded_at <= $as_of order by recorded_at, match_id
