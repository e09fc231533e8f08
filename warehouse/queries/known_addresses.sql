-- One row per address or identifier that need not be fetched again: half of its MD5, as a number.
select distinct md5_number_lower(known) as known
from (
    select url as known from articles where url is not null
    union all
    select doc_id from articles where url is null and doc_id is not null
    union all
    select address from fetches where kind = 'page' and status <> 'unreachable'
    union all
    -- Asked for days on end without an answer: it stays set aside.
    select address from fetches where kind = 'page'
    group by address
    having count(*) >= 5 and max(recorded_at) - min(recorded_at) >= interval 3 days
)
order by known
