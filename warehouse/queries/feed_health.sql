-- One row per feed or sitemap, the worst first.
select
    address, outlet_id, last_look_at, last_status, last_success_at, failures_in_row, new_a_day, silent_since,
    entries_waiting, next_look_at, is_dead, last_message
from feed_health
order by is_dead desc, failures_in_row desc, silent_since, address
