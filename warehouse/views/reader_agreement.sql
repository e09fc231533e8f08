-- One row per first and second reader, and one for all of them: how often they agree.
create or replace view reader_agreement as
with pairs as (
    select first_reader, second_reader, first_outcome, second_outcome, third_outcome
    from second_readings_as_of(now_as_of())
),
labelled as (
    select * from pairs
    union all
    select 'all readers', 'all readers', first_outcome, second_outcome, third_outcome from pairs
),
counted as (
    select
        first_reader, second_reader,
        count(*) as n_read_twice,
        count(*) filter (first_outcome = second_outcome) as n_agreed,
        count(third_outcome) as n_third_readings,
        count(*) filter (third_outcome = first_outcome) as n_third_with_first,
        count(*) filter (third_outcome = second_outcome) as n_third_with_second,
        count(*) filter (first_outcome <> second_outcome and third_outcome is null) as n_waiting_for_third
    from labelled
    group by all
),
firsts as (
    select first_reader, second_reader, first_outcome as outcome, count(*) as n from labelled group by all
),
seconds as (
    select first_reader, second_reader, second_outcome as outcome, count(*) as n from labelled group by all
),
chance as (
    select f.first_reader, f.second_reader, sum(f.n * s.n) as products
    from firsts as f
    join seconds as s using (first_reader, second_reader, outcome)
    group by all
)
select
    first_reader, second_reader, n_read_twice, n_agreed,
    n_agreed / n_read_twice as agreement,
    -- Cohen's kappa has no value where both say one and the same of everything.
    (agreement - coalesce(products, 0) / n_read_twice ^ 2) / nullif(1 - coalesce(products, 0) / n_read_twice ^ 2, 0) as kappa,
    n_third_readings, n_third_with_first, n_third_with_second, n_waiting_for_third
from counted
left join chance using (first_reader, second_reader)
order by first_reader = 'all readers' desc, first_reader, second_reader;
comment on view reader_agreement is 'One row is a first and a second reader (one row for all of them): how often the second, who did not know the first judgement, came to the same outcome.';
comment on column reader_agreement.first_reader is 'Who judged first; "all readers" for all of them together.';
comment on column reader_agreement.second_reader is 'Who judged again.';
comment on column reader_agreement.n_read_twice is 'Claims that both judged.';
comment on column reader_agreement.n_agreed is 'Those on which they agree.';
comment on column reader_agreement.agreement is 'Share on which they agree.';
comment on column reader_agreement.kappa is 'Cohen''s kappa: agreement beyond chance, 1 at best; empty where both always say the same one thing.';
comment on column reader_agreement.n_third_readings is 'Disagreements that a third reader decided.';
comment on column reader_agreement.n_third_with_first is 'Those in which the third sided with the first.';
comment on column reader_agreement.n_third_with_second is 'Those in which the third sided with the second.';
comment on column reader_agreement.n_waiting_for_third is 'Disagreements that wait for a third reader.';
