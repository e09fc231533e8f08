-- One row: whether anything was fetched or read after $as_of.
select
    exists (select 1 from articles where fetched_at > $as_of) or exists (select 1 from extractions where recorded_at > $as_of)
