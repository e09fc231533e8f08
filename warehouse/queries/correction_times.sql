-- One row per time at which something was corrected.
select distinct recorded_at from corrections
