-- One row per verbal probability: how often claims worded so held up, beside what the standard says it is worth.
create or replace macro calibration(as_of, standard) as table
with worded as (
    select
        s.modality_phrase as phrase, s.value, p.low, p.mid,
        -- A doubt holds up when the thing does not happen.
        if(s.modality = 'unlikely', 1 - p.mid, p.mid) as stated,
        p.high
    from scored_claims(as_of) as s
    join phrase_probabilities as p on p.phrase = s.modality_phrase and p.standard = standard
    where s.is_fullest and s.is_due and s.value is not null
)
select
    phrase, count(*) as n_claims, any_value(low) as low, any_value(mid) as mid, any_value(high) as high,
    avg(stated) as stated, avg(value) as held_up_share,
    avg((stated - value) ^ 2) as brier_score,
    any_value(standard) as standard, any_value(as_of::timestamptz) as as_of
from worded
group by phrase;
comment on macro table calibration is 'One row is a verbal probability: the share of due claims worded so that held up, beside the range that the chosen standard gives it. "may", "might", "could" and "possible" have no number.';
