-- One row per subject: the record of its claims as known at as_of.
create or replace macro records(as_of) as table
with scored as materialized (
    select * from scored_claims(as_of)
),
subjects as (
    select 'claimant' as subject_kind, claimant_id as subject, * from scored where is_fullest and claimant_id is not null
    union all
    select 'descriptor', descriptor, * from scored where is_fullest and claimant_id is null and descriptor is not null
    union all
    select 'anonymity', anonymity, * from scored where is_fullest
    union all
    select 'kind', kind, * from scored where is_fullest
    union all
    select 'outlet', outlet_id, * from scored
    union all
    select 'outlet and anonymity', outlet_id || ' ' || anonymity, * from scored
),
counted as (
    select
        subject_kind, subject,
        count(*) as n_claims,
        count(*) filter (is_due) as n_due,
        count(*) filter (is_due and outcome is not null) as n_resolved,
        count(*) filter (is_due and outcome = 'held_up') as held_up,
        count(*) filter (is_due and outcome = 'failed') as failed,
        count(*) filter (is_due and outcome = 'partly') as partly,
        count(*) filter (is_due and outcome = 'undetermined') as undetermined,
        count(*) filter (is_due and outcome = 'held_up_late') as held_up_late,
        count(*) filter (is_due and (outcome is null or outcome = 'undetermined')) as unsettled,
        sum(value) filter (is_due) as points,
        count(value) filter (is_due) as n_scored,
        count(*) filter (is_due and is_judged_by_older) as n_judged_by_older
    from subjects
    group by all
),
estimated as (
    select *
    from estimates as e
    where e.as_of <= as_of
    qualify row_number() over (partition by subject_kind, subject, method order by e.as_of desc) = 1
),
plain as (
    select * from estimated where method not in ('difference-from-expected', 'story-bootstrap', 'corrected-for-misreading')
),
resampled as (
    select * from estimated where method = 'story-bootstrap'
),
corrected as (
    select * from estimated where method = 'corrected-for-misreading'
),
read_rightly as (
    select n_checked, precision from reading_precision(as_of) where reader = 'all readers'
),
adjusted as (
    select * from estimated where method = 'difference-from-expected'
)
select
    counted.subject_kind, counted.subject, n_claims, n_due, n_resolved, held_up, failed, partly, undetermined,
    e.rate, e.low80, e.high80, e.low95, e.high95, coalesce(e.verdict, 'nothing scored yet') as verdict, as_of::timestamptz as as_of,
    held_up_late, n_scored,
    -- Manski bounds: if all unsettled claims had failed, and if all had held up.
    points / nullif(n_scored + unsettled, 0) as rate_if_unsettled_failed,
    (points + unsettled) / nullif(n_scored + unsettled, 0) as rate_if_unsettled_held_up,
    e.as_of as estimated_at, e.method,
    d.rate as adjusted_rate, d.low80 as adjusted_low80, d.high80 as adjusted_high80, d.low95 as adjusted_low95,
    d.high95 as adjusted_high95, d.verdict as adjusted_verdict,
    b.low95 as story_low95, b.high95 as story_high95,
    m.rate as corrected_rate, m.low95 as corrected_low95, m.high95 as corrected_high95,
    rr.n_checked as n_readings_checked, rr.precision as reading_precision, n_judged_by_older,
    held_up / nullif(n_scored, 0) as rate_if_partly_failed,
    (held_up + partly) / nullif(n_scored, 0) as rate_if_partly_held_up,
    (points + held_up_late) / nullif(n_scored, 0) as rate_ever
from counted
cross join read_rightly as rr
-- An estimate outlives its claims' outcomes: what was reopened since leaves no rate behind.
left join plain as e on e.subject_kind = counted.subject_kind and e.subject = counted.subject and n_scored > 0
left join adjusted as d on d.subject_kind = counted.subject_kind and d.subject = counted.subject and n_scored > 0
left join resampled as b on b.subject_kind = counted.subject_kind and b.subject = counted.subject and n_scored > 0
left join corrected as m on m.subject_kind = counted.subject_kind and m.subject = counted.subject and n_scored > 0;
comment on macro table records is 'One row is a subject (claimant, descriptor, outlet, anonymity, outlet and anonymity, kind) with the record of its claims as known at as_of; rates are shrunken and come with intervals.';
