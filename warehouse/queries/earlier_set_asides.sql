-- One row per input of those asked for and error for which it was set aside before: whether that still stands.
select
    s.stage, s.what, s.error, bool_or(n.set_aside_id is not null) as stands,
    list(n.set_aside_id) filter (n.set_aside_id is not null) as standing_ids
from set_asides as s
left join set_asides_as_of('infinity'::timestamptz) as n on n.set_aside_id = s.set_aside_id
where list_contains($whats, s.what)
group by s.stage, s.what, s.error
