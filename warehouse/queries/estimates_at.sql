-- One row per subject's plain estimate as of the time of the views.
select *
from estimates
where method = $method and as_of = (select max(e.as_of) from estimates as e where e.as_of <= now_as_of())
order by subject_kind, subject
